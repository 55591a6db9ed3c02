"""What a run saw."""

import statistics
from dataclasses import dataclass, field


@dataclass
class Results:
    """Samples by lane, and why a lane has none."""

    samples: dict = field(default_factory=dict)
    reasons: dict = field(default_factory=dict)
    # KiB per idle session, one value a round.
    idle: list = field(default_factory=list)
    # A Held, where it was measured.
    held: object = None
    # One Takeover a round.
    takeovers: list = field(default_factory=list)
    # An Abandonment, where it was measured.
    abandoned: object = None

    def values(self, lane: str, figure: str) -> list:
        return [getattr(sample, figure) for sample in self.samples.get(lane, [])]

    def median(self, lane: str, figure: str) -> float | None:
        values = self.values(lane, figure)
        return statistics.median(values) if values else None

    def spread(self, lane: str, figure: str) -> tuple | None:
        values = self.values(lane, figure)
        return (min(values), max(values)) if values else None

    def wrong(self, lane: str) -> int:
        return sum(self.values(lane, "wrong"))

    def idle_session(self) -> float | None:
        return statistics.median(self.idle) if self.idle else None

    def takeover(self, figure: str) -> float | None:
        values = [getattr(seen, figure) for seen in self.takeovers]
        return statistics.median(values) if values else None
