"""Many idle sessions at a time, each with an open GET stream, held until every stream was kept alive."""

import resource
import selectors
import time
from dataclasses import dataclass

from .client import Endpoint, health
from .lanes import gateway
from .problem import Problem
from .stage import Stage, Tools

# Seconds within which every stream has to hear from the gateway, which speaks every 15.
PATIENCE = 40


@dataclass(frozen=True)
class Held:
    """KiB of the gateway for each, and the processor time in ms a second that keeping all of them costs."""

    sessions: int
    kept_alive: int
    size: float
    cpu: float


def hold(tools: Tools, count: int) -> Held:
    """Opens the sessions of one replica whose sessions share a server process, and looks whether all stay."""
    count = min(count, resource.getrlimit(resource.RLIMIT_NOFILE)[0] - 500)
    with Stage(tools) as stage:
        process, port, _ = gateway(stage, "--max-sessions", "100000", "--children", "shared")
        endpoint = Endpoint(port)
        streams = []

        def open_sessions(number: int) -> None:
            for _ in range(number):
                streams.append(stage.enter_context(endpoint.open_stream(endpoint.begin_session())))

        # The first ones also pay for what all sessions share.
        open_sessions(50)
        before = process.resident_bytes()
        open_sessions(count)
        grown = process.resident_bytes() - before
        spent, began = process.cpu_seconds(), time.monotonic()
        alive = heard(streams)
        cpu = (process.cpu_seconds() - spent) * 1000 / (time.monotonic() - began)
        if health(port)["sessions"] != count + 50:
            raise Problem("Slipway: the idle sessions did not stay")
        return Held(count, alive - 50, grown / 1024 / count, cpu)


def heard(streams: list) -> int:
    """How many streams bring something from now on, until all have or the time is up."""
    for stream in streams:
        drain(stream)
    with selectors.DefaultSelector() as selector:
        for stream in streams:
            selector.register(stream, selectors.EVENT_READ)
        end = time.monotonic() + PATIENCE
        alive = 0
        while alive < len(streams) and time.monotonic() < end:
            for key, _ in selector.select(1):
                # A stream that ended brings nothing.
                if b":" in key.fileobj.recv(4096):
                    alive += 1
                selector.unregister(key.fileobj)
        return alive


def drain(stream) -> None:
    """Reads what came before."""
    stream.setblocking(False)
    try:
        while stream.recv(4096):
            pass
    except BlockingIOError:
        pass
