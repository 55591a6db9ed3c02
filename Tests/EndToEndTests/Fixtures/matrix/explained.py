"""Differences that are as they should be. Each names its journey, whom it is for, and why."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Explained:
    journey: str
    why: str
    cells: tuple = ("",)
    """The cells it is for, each by a part of its name, such as 'auto to mcp1 over stdio'."""
    always: bool = True
    """Whether the difference is there in every run, so that its absence is worth a word."""


NEWER = ("mcp-2.3", "fastmcp-4.1")
"""The clients on the newer line of the SDK."""

DIFFERENCES = [
    Explained(
        "large",
        "The SDK's client refuses an event over 1 MiB. Its server sends such an answer as an event; the gateway sends "
        "an answer that nothing precedes as JSON, and so it arrives.",
        tuple(f"{client} legacy to {server} over stdio" for client in NEWER for server in ("mcp1", "mcp2", "fastmcp"))
        + ("2026-07-28 to mcp1 over stdio", "auto to mcp1 over stdio"),
    ),
    Explained(
        "client_info",
        "A process that serves requests of 2026-07-28 in the words of an older revision was initialized before, by the "
        "gateway and for all clients.",
        ("2026-07-28 to mcp1 over stdio", "auto to mcp1 over stdio"),
    ),
    *[
        Explained(
            journey,
            "A server that speaks older revisions only refuses every request of 2026-07-28 in words of its own. That "
            "this revision lacks a method, the gateway says.",
            ("2026-07-28 to mcp1 over http",),
        )
        for journey in ("ping", "logs")
    ],
    Explained(
        "logs",
        "On a pipe a line of the log does not say which request it belongs to. While one process serves several, the "
        "gateway gives it to nobody rather than to the wrong client.",
        tuple(f"{mode} to {server} over stdio" for mode in ("2026-07-28", "auto") for server in ("mcp2", "fastmcp")),
        always=False,
    ),
    *[
        Explained(
            journey,
            "A request of 2026-07-28 has no session. What a tool changes in the process that runs it, other processes "
            "of the server do not know, nor who listens to them.",
            tuple(f"{mode} to {server}" for mode in ("2026-07-28", "auto") for server in ("mcp1", "mcp2", "fastmcp")),
            always=False,
        )
        for journey in ("changed_tools", "subscription")
    ],
]


def explanation(cell, journey):
    return next(
        (each.why for each in DIFFERENCES if each.journey == journey and any(part in cell for part in each.cells)), None
    )


def explanations(names):
    """The explanations that cells of these names must need."""
    return [
        each.why for each in DIFFERENCES if each.always and any(part in name for part in each.cells for name in names)
    ]
