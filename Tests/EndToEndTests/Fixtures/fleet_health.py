"""What the replicas say of themselves at /health."""

import json
import time
import urllib.request


def health(replicas):
    """The answers of all replicas."""
    answers = []
    for replica in replicas:
        with urllib.request.urlopen(replica + "/health", timeout=20) as response:
            answers.append(json.load(response))
    return answers


def load(replicas):
    """Sessions and children over all replicas."""
    answers = health(replicas)
    return {field: sum(answer[field] for answer in answers) for field in ("sessions", "children")}


def forwarded(replicas):
    """The calls that were passed on to another replica so far."""
    return sum(answer["calls"]["forwarded"] for answer in health(replicas))


def load_once_settled(replicas, seconds=5):
    """The load when it is zero, or after so many seconds."""
    deadline = time.monotonic() + seconds
    while True:
        now = load(replicas)
        if not any(now.values()) or time.monotonic() > deadline:
            return now
        time.sleep(0.1)
