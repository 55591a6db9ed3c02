"""What the gateway has to hold, as numbers."""

from collections.abc import Callable
from dataclasses import dataclass

from .results import Results


@dataclass(frozen=True)
class Goal:
    """`value` is None where it could not be measured; at most `limit` is wanted."""

    words: str
    value: Callable[[Results], float | None]
    limit: float
    unit: str


def share(key: str) -> Callable:
    return lambda results: quotient(results.median("slipway", "cpu"), results.median(key, "cpu"))


def quotient(one: float | None, other: float | None) -> float | None:
    return one / other if one is not None and other else None


GOALS = [
    Goal("CPU per call, beside mcp-proxy", share("mcp-proxy"), 1 / 15, "x"),
    Goal("CPU per call, beside ContextForge translate", share("translate"), 1 / 4, "x"),
    Goal("CPU per call", lambda results: results.median("slipway", "cpu"), 0.06, "ms"),
    Goal("memory at rest", lambda results: results.median("slipway", "rest"), 25, "MiB"),
    Goal(
        "CPU per forwarded call, beside a direct one",
        lambda results: quotient(results.median("forwarded", "cpu"), results.median("slipway", "cpu")),
        2.5,
        "x",
    ),
    Goal(
        "a session's first answer after its replica was killed, without the MCP server's own start",
        lambda results: results.takeover("cost"),
        300,
        "ms",
    ),
    Goal("an idle session with an open GET stream", lambda results: results.idle_session(), 20, "KiB"),
    Goal(
        "the same, of many on one replica",
        lambda results: results.held.size if results.held and results.held.kept_alive == results.held.sessions else None,
        20,
        "KiB",
    ),
    Goal(
        "memory that abandoned sessions leave behind",
        lambda results: max(0.0, results.abandoned.growth) if results.abandoned else None,
        10,
        "MiB",
    ),
    Goal(
        "CPU per call to an HTTP server, beside nginx passing the same bytes",
        lambda results: quotient(results.median("http", "cpu"), results.median("nginx", "cpu")),
        3.5,
        "x",
    ),
]


def verdict(goal: Goal, results: Results) -> tuple[bool, str]:
    """Whether the goal is held, and the sentence that says so."""
    value = goal.value(results)
    if value is None:
        return False, f"{goal.words}: not measured (at most {goal.limit:.3g} {goal.unit})"
    is_held = value <= goal.limit
    how = "holds" if is_held else "falls short"
    return is_held, f"{goal.words}: {value:.3g} {goal.unit}, at most {goal.limit:.3g} {goal.unit}: {how}"
