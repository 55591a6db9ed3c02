"""How long a session's first call takes after its replica was killed."""

import json
import os
import signal
import statistics
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from .client import Endpoint, REVISION, free_port
from .lanes import FLEET_KEY
from .problem import Problem
from .stage import Stage, Tools


@dataclass(frozen=True)
class Takeover:
    """Milliseconds: medians over the sessions of one killed replica."""

    answer: float
    worst: float
    # What the MCP server itself needs from its start to its answer to `initialize`.
    start: float

    @property
    def cost(self) -> float:
        return self.answer - self.start


def takeover(tools: Tools, sessions: int = 20) -> Takeover:
    """Kills the replica that has all sessions, and calls each of them through the other, one after another."""
    with Stage(tools) as stage:
        ports = [free_port(), free_port()]
        peers = ",".join(f"127.0.0.1:{port}" for port in ports)
        processes = []
        for port in ports:
            words = [tools.gateway, "--port", port, "--peers", peers, "--", tools.echo]
            process, _ = stage.start("Slipway", port, words, {"SLIPWAY_FLEET_KEY": FLEET_KEY}, wanted=200)
            processes.append(process)
        owner, other = Endpoint(ports[0]), Endpoint(ports[1])
        begun = [owner.begin_session() for _ in range(sessions)]
        for session in begun:
            other.verify_echo(session)
        os.kill(processes[0].process.pid, signal.SIGKILL)
        processes[0].process.wait()
        times = [seconds(lambda: other.verify_echo(session)) * 1000 for session in begun]
        start = statistics.median(server_start(tools.echo) for _ in range(sessions)) * 1000
        return Takeover(statistics.median(times), max(times), start)


def seconds(work) -> float:
    began = time.monotonic()
    work()
    return time.monotonic() - began


def server_start(program: Path) -> float:
    """From the start of an MCP server to its answer to `initialize`."""
    parameters = {"protocolVersion": REVISION, "capabilities": {}, "clientInfo": {"name": "bench", "version": "1"}}
    request = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": parameters}) + "\n"
    began = time.monotonic()
    with subprocess.Popen([program], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as server:
        server.stdin.write(request.encode())
        server.stdin.flush()
        answer = server.stdout.readline()
        took = time.monotonic() - began
        server.stdin.close()
    if b'"result"' not in answer:
        raise Problem(f"{program}: initialize was not answered", answer.decode(errors="replace"))
    return took
