"""Calls a tool that misbehaves, then a plain one in the same session: hostile_calls.py URL MISBEHAVIOUR"""

import json
import sys
import threading
import time

from raw_mcp import Session, text_of

url, misbehaviour = sys.argv[1:]
TEXT = "grüße 👋 世界"
LARGE = "x" * 5_000_000
session = Session(url)
session.initialize()


def outcome(status, answer, seconds, wanted):
    return {
        "status": status,
        "isRight": "result" in answer and text_of(answer) == wanted,
        "error": answer.get("error", {}).get("code"),
        "seconds": seconds,
    }


def timed_call(session, id, tool, arguments, wanted=TEXT, since=None, **options):
    """`since()`, asked once the answer is there, says when the clock started; else it starts with the call."""
    called = time.monotonic()
    status, answer = session.call(id, tool, arguments, **options)
    return outcome(status, answer, time.monotonic() - (since() if since else called), wanted)


def death_beside_another_call():
    """The other call's time counts from the moment the server was told to die."""
    told = []
    other = []
    waiting = threading.Thread(
        target=lambda: other.append(
            timed_call(session.beside(), 1, "wait", {"seconds": 8, "text": TEXT}, since=lambda: told[0])
        )
    )
    waiting.start()
    time.sleep(0.5)
    told.append(time.monotonic())
    own = timed_call(session, 2, "death", {})
    waiting.join()
    return [own] + other


if misbehaviour == "death-beside-another-call":
    outcomes = death_beside_another_call()
elif misbehaviour == "large-line":
    outcomes = [timed_call(session, 1, misbehaviour, {}, LARGE)]
elif misbehaviour == "large-line-and-close":
    # Read late, so that the answer does not fit into the sockets' buffers when the other side has sent its last byte.
    outcomes = [timed_call(session, 1, "large-line", {}, LARGE, pause=0.5, Connection="close")]
else:
    outcomes = [timed_call(session, 1, misbehaviour, {"text": TEXT})]

start = time.monotonic()
next_text = session.text(3, "plain", {"text": TEXT})
for each in outcomes:
    each |= {"nextIsRight": next_text == TEXT, "nextSeconds": time.monotonic() - start}
print(json.dumps(outcomes))
