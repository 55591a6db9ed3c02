"""One round of one lane, from its start to its end."""

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path

from .client import Endpoint, health
from .lanes import Lane, Running, gateway
from .problem import Problem
from .stage import Stage, Tools

CONNECTIONS = 16


@dataclass(frozen=True)
class Pace:
    """How much is measured; times in seconds."""

    rounds: int
    load: float
    warm_up: float
    idle_sessions: int
    held: int
    abandoned: int


FULL = Pace(rounds=5, load=4, warm_up=1, idle_sessions=300, held=10_000, abandoned=10_000)
QUICK = Pace(rounds=3, load=1.5, warm_up=0.5, idle_sessions=150, held=1_000, abandoned=1_000)


@dataclass(frozen=True)
class Sample:
    """What one round saw. Times in milliseconds, memory in MiB."""

    cpu: float
    rate: float
    p50: float
    p99: float
    start: float
    rest: float
    loaded: float
    wrong: int


def sample(lane: Lane, tools: Tools, pace: Pace) -> Sample:
    """Starts the lane's servers, begins sessions, warms up, measures, and ends what was started."""
    with Stage(tools) as stage:
        running = lane.start(stage)
        rest = resident(running)
        sessions = [begin(running) for _ in range(CONNECTIONS)]
        load(tools.load, running, sessions, pace.warm_up)
        before = cpu(running)
        seen = load(tools.load, running, sessions, pace.load)
        spent = cpu(running) - before
        if not seen["right"]:
            raise Problem(f"{lane.name}: no call was answered", seen["complaint"])
        if lane.key == "forwarded":
            verify_forwarded(running, seen["right"])
        return Sample(
            cpu=spent * 1000 / seen["right"],
            rate=seen["right"] / seen["seconds"],
            p50=seen["p50"] / 1000,
            p99=seen["p99"] / 1000,
            start=running.first_answer * 1000,
            rest=rest,
            loaded=resident(running),
            wrong=seen["wrong"] + seen["unanswered"],
        )


def cpu(running: Running) -> float:
    return sum(process.cpu_seconds() for process in running.counted)


def resident(running: Running) -> float:
    return sum(process.resident_bytes() for process in running.counted) / 1024 / 1024


def begin(running: Running) -> str | None:
    """Begins a session and sees its echo come back by the way that is measured."""
    if not running.has_sessions:
        return None
    session = running.begins.begin_session()
    if not running.is_fixed:
        running.calls.verify_echo(session)
    return session


def load(program: Path, running: Running, sessions: list, seconds: float) -> dict:
    """Calls on one connection for each session, for some seconds."""
    target = running.calls
    connections = "".join(f"{target.port} {target.path} {session or '-'}\n" for session in sessions)
    words = [program, str(seconds), "same" if running.is_fixed else "varied"]
    done = subprocess.run(words, input=connections, capture_output=True, text=True, timeout=seconds + 30)
    if done.returncode != 0:
        raise Problem(f"port {target.port}: the load was not carried out", done.stderr)
    return json.loads(done.stdout.splitlines()[-1])


def verify_forwarded(running: Running, calls: int) -> None:
    """A forwarded call that was none would flatter the gateway."""
    passed_on = health(running.calls.port)["calls"]["forwarded"]
    if passed_on < calls:
        raise Problem(f"Slipway: only {passed_on} of {calls} calls were forwarded")


def idle_session(tools: Tools, count: int) -> float:
    """KiB that one more idle session with an open GET stream costs the gateway, its MCP server not counted."""
    with Stage(tools) as stage:
        process, port, seconds = gateway(stage, "--max-sessions", "100000")
        endpoint = Endpoint(port)
        running = Running([process], endpoint, endpoint, seconds)

        def open_sessions(number: int) -> None:
            for _ in range(number):
                stage.enter_context(endpoint.open_stream(begin(running)))

        # The first ones also pay for what all sessions share.
        open_sessions(50)
        before = process.resident_bytes()
        open_sessions(count)
        grown = process.resident_bytes() - before
        if health(port)["sessions"] != count + 50:
            raise Problem("Slipway: the idle sessions did not stay")
        return grown / 1024 / count
