"""Sessions that are opened and left: what of them stays with the gateway once they have expired."""

import concurrent.futures
import http.client
import os
import time
from dataclasses import dataclass
from pathlib import Path

from .client import Endpoint, health
from .problem import Problem
from .stage import Stage, Tools

IDLE_SECONDS = 2
WORKERS = 8
# MiB by which memory may have grown once all of them have expired.
MOST_GROWTH = 10


@dataclass(frozen=True)
class Abandonment:
    """Memory in MiB: before the first session, at its highest, and after the last one expired."""

    sessions: int
    wave: int
    before: float
    peak: float
    after: float
    children: int
    seconds: float

    @property
    def growth(self) -> float:
        return self.after - self.before

    @property
    def is_clean(self) -> bool:
        return self.growth <= MOST_GROWTH and self.children == 0


def abandon(tools: Tools, sessions: int, wave: int) -> Abandonment:
    """Opens sessions, at most `wave` at a time, leaves each in one of four states, and waits until all expired."""
    with Stage(tools) as stage:
        port, process = started(stage, wave)
        before = mebibytes(process)
        began = time.monotonic()
        peak = before
        opened = 0
        with concurrent.futures.ThreadPoolExecutor(WORKERS) as workers:
            while opened < sessions:
                room = min(wave - health(port)["sessions"], sessions - opened)
                if room <= 0:
                    time.sleep(0.05)
                    continue
                list(workers.map(leave, [port] * room, range(opened, opened + room)))
                opened += room
                peak = max(peak, mebibytes(process))
        settle(port)
        # What was freed goes back to the system within seconds.
        after = least(process, seconds=15, goal=before)
        return Abandonment(
            sessions, wave, before, peak, after, len(process.descendants()), time.monotonic() - began
        )


def started(stage: Stage, wave: int):
    from .lanes import gateway

    options = ["--idle", IDLE_SECONDS, "--max-sessions", wave, "--max-children", wave, "--log-level", "error"]
    process, port, _ = gateway(stage, *options)
    return port, process


def leave(port: int, number: int) -> None:
    """Opens a session and leaves it: begun; called; listening until the client goes; or in the middle of a call."""
    endpoint = Endpoint(port)
    session = endpoint.begin_session()
    if number % 4 == 1:
        endpoint.verify_echo(session)
    elif number % 4 == 2:
        endpoint.open_stream(session).close()
    elif number % 4 == 3:
        go_during_call(endpoint, session)


def go_during_call(endpoint: Endpoint, session: str) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", endpoint.port, timeout=20)
    headers = {"Mcp-Session-Id": session, "Content-Type": "application/json", "Accept": "text/event-stream"}
    body = '{"jsonrpc":"2.0","id":9,"method":"tools/call","params":{"name":"echo","arguments":{"text":"left"}}}'
    connection.request("POST", endpoint.path, body, headers)
    connection.close()


def settle(port: int) -> None:
    """Waits until no session and no child is left."""
    deadline = time.monotonic() + IDLE_SECONDS + 30
    while (now := health(port))["sessions"] or now["children"]:
        if time.monotonic() > deadline:
            raise Problem(f"port {port}: {now['sessions']} sessions and {now['children']} children did not expire")
        time.sleep(0.1)


def least(process, seconds: float, goal: float) -> float:
    """The least memory within some seconds, or as soon as it is not above the goal."""
    deadline = time.monotonic() + seconds
    found = mebibytes(process)
    while time.monotonic() < deadline and found > goal + 1:
        time.sleep(0.5)
        found = min(found, mebibytes(process))
    return found


def mebibytes(process) -> float:
    return process.resident_bytes() / 1024 / 1024


def named(variable: str, otherwise) -> Path:
    """A program that an environment variable names, or else one that is built now."""
    return Path(os.environ[variable]).resolve() if os.environ.get(variable) else otherwise()
