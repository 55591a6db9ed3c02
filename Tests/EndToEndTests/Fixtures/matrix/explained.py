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


DIFFERENCES = [
    Explained(
        "large",
        "The SDK's client refuses an event over 1 MiB. Its server sends such an answer as an event; the gateway sends "
        "an answer that nothing precedes as JSON, and so it arrives.",
        ("mcp-2.3 legacy to mcp1 over stdio", "mcp-2.3 legacy to mcp2 over stdio", "mcp-2.3 legacy to fastmcp over stdio")
        + ("fastmcp-4.1 legacy to mcp1 over stdio", "fastmcp-4.1 legacy to mcp2 over stdio")
        + ("fastmcp-4.1 legacy to fastmcp over stdio", "2026-07-28 to mcp1 over stdio", "auto to mcp1 over stdio"),
    ),
    Explained(
        "client_info",
        "A process that serves requests of 2026-07-28 in the words of an older revision was initialized before, by the "
        "gateway and for all clients.",
        ("2026-07-28 to mcp1 over stdio", "auto to mcp1 over stdio"),
    ),
    Explained(
        "changed_tools",
        "A request of 2026-07-28 has no session. What a tool changes in the process that runs it, other processes of "
        "the server do not know.",
        ("2026-07-28 to mcp1 over stdio", "auto to mcp1 over stdio"),
        always=False,
    ),
    Explained(
        "cancellation",
        "The server's SDK says nothing over stdio to a call that was cancelled, so the gateway says it in its words.",
        ("mcp-1.30 legacy to mcp2 over stdio", "mcp-1.30 legacy to fastmcp over stdio"),
    ),
]

PUT_OFF = ["auto to mcp2 over stdio", "2026-07-28 to mcp2 over stdio"] + [
    "auto to fastmcp over stdio", "2026-07-28 to fastmcp over stdio"
]
"""Cells that wait for a stdio server of the newer revision behind the gateway."""


def is_put_off(cell):
    return any(part in cell for part in PUT_OFF)


def explanation(cell, journey):
    return next(
        (each.why for each in DIFFERENCES if each.journey == journey and any(part in cell for part in each.cells)), None
    )


def explanations(names):
    """The explanations that cells of these names must need."""
    return [
        each.why for each in DIFFERENCES if each.always and any(part in name for part in each.cells for name in names)
    ]
