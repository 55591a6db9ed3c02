"""The results as a page of Markdown."""

import datetime
import math
import os
import re
from pathlib import Path

from .goals import GOALS, verdict
from .lanes import LANES
from .measure import CONNECTIONS, Pace
from .results import Results

COLUMNS = {
    "cpu": "CPU ms a call",
    "rate": "calls/s",
    "p50": "p50 ms",
    "p99": "p99 ms",
    "start": "start ms",
    "rest": "MiB at rest",
    "loaded": "MiB under load",
}

METHOD = """\
Every row ran in each of {rounds} rounds, one after the other, so that whatever else the machine did hit all alike; a
figure is the median of its rounds. In a round a gateway is started afresh, answers HTTP for the first time (`start`;
Slipway: 200 from `/health`), begins {connections} sessions (protocol 2025-06-18) whose echo is looked at, warms up for
{warm_up} s and is then called for {load} s: `tools/call echo` with 32 bytes, one call at a time on each of
{connections} keep-alive connections, over loopback. An answer counts when status, id and text are right; everything
else counts as wrong.

Every gateway wraps the same MCP server, `native/echo.c`, and is called by the same generator, `native/load.c`. CPU is
user and system time of the gateway's own processes, never of the MCP servers behind them. Gateway, MCP servers and
generator share the cores, so calls/s and latencies say what this machine can do; CPU a call is the figure to compare.

- Forwarded: two replicas with one key; the sessions live on one, the calls go to the other. CPU and memory are the sum
  of both.
- HTTP server: the gateway before an nginx that holds the one answer; sessions, of which that server knows nothing.
- An idle session: growth of the gateway's memory over {idle} sessions with an open GET stream each, divided by
  their number, after 50 that are not counted. The MCP servers themselves are not counted.
- Many idle sessions: the same with `--children shared`, where one MCP server serves all of them.
- A replica killed: two replicas that know each other, 20 sessions on one of them, which gets SIGKILL; each session is
  then called once through the other, one after another. The MCP server's own start is measured without a gateway.
- Abandoned sessions: `abandoned` opens them, leaves each of them begun, called, listening or in the middle of a call,
  with `--idle 2`, and compares the gateway's memory from before the first with that after the last one expired.
- nginx: what passing the same bytes on costs a plain HTTP proxy, one process with keep-alive to an nginx as in the row
  of the HTTP server. No sessions, no MCP server.
- ContextForge translate and mcp-proxy share one MCP server between all clients; Slipway and
  mcp-streamablehttp-proxy start one for each session.
"""


def page(results: Results, pace: Pace, versions: dict) -> str:
    """The whole page."""
    method = METHOD.format(
        rounds=pace.rounds,
        connections=CONNECTIONS,
        warm_up=pace.warm_up,
        load=pace.load,
        idle=pace.idle_sessions,
    )
    today = datetime.datetime.now(datetime.timezone.utc).date()
    named = ", ".join(f"{name} {version}" for name, version in versions.items())
    parts = [
        "# The gateway beside its peers",
        f"{today}, {machine()}. {named}.\n`make bench` writes this page.",
        table(results, "Absolute", absolute),
        table(results, "Slipway = 1", relative) if "slipway" in results.samples else "",
        "\n".join(lines_below(results)),
        "## Goals",
        "\n".join(f"- {verdict(goal, results)[1]}" for goal in GOALS),
        "## How it was measured",
        method.rstrip(),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def table(results: Results, corner: str, cell) -> str:
    rows = [
        [lane.name, *(cell(results, lane.key, figure) for figure in COLUMNS)]
        for lane in LANES
        if lane.key in results.samples
    ]
    lines = [[corner, *COLUMNS.values()], ["---", *("---:" for _ in COLUMNS)], *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def absolute(results: Results, lane: str, figure: str) -> str:
    text = rounded(results.median(lane, figure), 3)
    if figure != "cpu":
        return text
    least, most = results.spread(lane, figure)
    return f"{text} ({rounded(least, 3)} to {rounded(most, 3)})"


def relative(results: Results, lane: str, figure: str) -> str:
    return rounded(results.median(lane, figure) / results.median("slipway", figure), 2)


def lines_below(results: Results) -> list:
    """What does not fit a table."""
    lines = []
    if (size := results.idle_session()) is not None:
        lines.append(f"- An idle session with an open GET stream: {size:.1f} KiB in Slipway's gateway.")
    if held := results.held:
        lines.append(
            f"- {held.sessions:,} idle sessions on one replica, each with an open GET stream: {held.size:.1f} KiB each; "
            f"{held.kept_alive:,} of the streams heard from the gateway within 40 s; {held.cpu:.1f} ms CPU a second."
        )
    if (answer := results.takeover("answer")) is not None:
        start, worst = results.takeover("start"), results.takeover("worst")
        lines.append(
            f"- A session's first answer after its replica was killed: {answer:.1f} ms, the slowest {worst:.1f} ms; the "
            f"MCP server's own start takes {start:.1f} ms of it."
        )
    if seen := results.abandoned:
        lines.append(
            f"- {seen.sessions:,} sessions opened and abandoned, {seen.wave} at a time: {seen.before:.1f} MiB before, "
            f"{seen.peak:.1f} MiB at most, {seen.after:.1f} MiB after the last one expired; {seen.children} processes "
            "left."
        )
    for lane in LANES:
        if wrong := results.wrong(lane.key):
            lines.append(f"- {lane.name}: {wrong} wrong or missing answers.")
        if reason := results.reasons.get(lane.key):
            lines.append(f"- {lane.name}: {reason}")
    if not any(results.wrong(lane.key) for lane in LANES):
        lines.append("- No answer was wrong or missing.")
    return lines


def rounded(number: float, digits: int) -> str:
    """So many digits that count, without an exponent: 0.0312, 1.25, 31,200."""
    if number == 0:
        return "0"
    decimals = digits - 1 - math.floor(math.log10(abs(number)))
    return f"{round(number, decimals):,.{max(0, decimals)}f}"


def machine() -> str:
    """Cores, memory and how busy the machine was; nothing that names it."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3
    model = re.search(r"^model name\s*:\s*(.+)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    cores = f"{os.cpu_count()} cores" + (f" ({model[1].strip()})" if model else "")
    return f"{cores}, {memory:.0f} GiB, Linux"
