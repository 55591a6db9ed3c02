"""The targets of balancers: how each of them is, and how many requests are under way to it."""

import time
from collections import Counter
from dataclasses import dataclass

from ministack.services import alb

SHORTEST_DRAIN, LONGEST_DRAIN = 0.3, 5  # seconds; AWS's deregistration delay of minutes, scaled like the checks


@dataclass
class Target:
    """One address in one target group, in the words of DescribeTargetHealth."""

    address: str
    port: int
    since: float
    state: str = "initial"
    reason: str = "Elb.RegistrationInProgress"
    description: str = "Target registration is in progress"
    passed: int = 0  # checks in a row
    failed: int = 0
    left_out: bool = False  # it refused a connection, and has passed no check since

    def become(self, state, reason="", description=""):
        changed = self.state != state
        self.state, self.reason, self.description = state, reason, description
        return changed


known = {}  # (account, ARN of the group, address, port): Target
in_flight = Counter()  # (address, port): requests


def registered(account, group):
    """(address, port) of the targets that a group has now, whatever their health."""
    default = record(account, group).get("Port", 80)
    return [(one["Id"], int(one.get("Port") or default)) for one in alb._targets._data.get((account, group)) or []]


def record(account, group):
    """A target group as it was made; empty when it is gone."""
    return alb._tgs._data.get((account, group.split(":")[3], group)) or {}


def choices(account, group):
    """Where a request may go."""
    found = [known.get((account, group, *where)) for where in registered(account, group)]
    return [one for one in found if one and one.state == "healthy" and not one.left_out]


def is_drained(address):
    return not any(count for (one, _), count in in_flight.items() if one == address)


def wait_until_drained(address):
    """Until no request is under way to what is no target any more, or the patience for streams is over."""
    began = time.monotonic()
    time.sleep(SHORTEST_DRAIN)  # a request may just have been given to it
    while not is_drained(address) and time.monotonic() - began < LONGEST_DRAIN:
        time.sleep(0.05)
