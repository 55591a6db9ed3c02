"""What every real client does in its session, whatever its SDK is called. With --plain among the script's words it
leaves out what needs a server that can speak first."""

import signal
import sys

from fleet_health import forwarded, load

signal.alarm(170)

QUESTION = "What is the answer?"
ANSWER = {"answer": "forty-two"}


async def journey(list_tools, call, replicas):
    """`list_tools()` gives names; `call(name, arguments, on_progress)` gives a text."""
    steps = []

    async def on_progress(progress, total, message):
        steps.append({"progress": progress, "total": total})

    story = {
        "tools": await list_tools(),
        "echo": await call("echo", {"text": "grüße 👋"}),
        "slow": await call("slow", {"seconds": 0.4, "steps": 4}, on_progress),
        "progress": steps,
        "answer": "" if "--plain" in sys.argv else await call("ask", {"question": QUESTION}),
    }
    before = forwarded(replicas)
    rounds = 40 if "--short" in sys.argv else 200
    story["counts"] = [await call("count", {}) for _ in range(rounds)]
    story["forwarded"] = forwarded(replicas) - before
    story["during"] = load(replicas)
    return story
