"""A replica is stopped, not killed, while it runs calls: silent_replica.py STOPPED_URL STOPPED_PID OTHER_URL THIRD_URL"""

import json
import os
import signal
import sys
import threading
import time
import urllib.request

from raw_mcp import Session

stopped, process, other, third = sys.argv[1], int(sys.argv[2]), sys.argv[3], sys.argv[4]
sessions = []
for _ in range(6):
    session = Session(stopped + "/mcp")
    session.initialize()
    sessions.append(session)

story = {"calls": [], "next": [], "slowest": 0.0}
begun = threading.Barrier(len(sessions) + 1)


def call(session, by):
    """A call that the other replicas pass to the stopped one."""
    passed = Session(by + "/mcp", timeout=60, session=session.session)
    told = []

    def on_message(message):
        if message.get("method") == "notifications/progress" and not told:
            told.append(True)
            begun.wait(30)

    try:
        _, answer = passed.call(7, "slow", {"seconds": 40, "steps": 200}, on_message, {"progressToken": "p"})
        story["calls"].append("error" if "error" in answer and answer["id"] == 7 else "answer")
    except (OSError, Exception, SystemExit) as error:
        story["calls"].append(repr(error))
    story["slowest"] = max(story["slowest"], time.monotonic() - stopped_at[0])


stopped_at = [0.0]
threads = [
    threading.Thread(target=call, args=(session, (other, third)[number % 2]), daemon=True)
    for number, session in enumerate(sessions)
]
for thread in threads:
    thread.start()
begun.wait(30)
stopped_at[0] = time.monotonic()
os.kill(process, signal.SIGSTOP)
try:
    for thread in threads:
        thread.join(60)
    places = {}
    for number, session in enumerate(sessions):
        by = Session((third, other)[number % 2] + "/mcp", timeout=60, session=session.session)
        places[number] = by.text(8, "where")
        story["next"].append(places[number].startswith("replica"))
finally:
    os.kill(process, signal.SIGCONT)


def held_by_stopped():
    with urllib.request.urlopen(stopped + "/health", timeout=20) as response:
        return json.load(response)


deadline = time.monotonic() + 30
while time.monotonic() < deadline and (health := held_by_stopped())["sessions"] > 0:
    time.sleep(0.1)
story["left"] = health["sessions"]
while time.monotonic() < deadline and (health := held_by_stopped())["children"] > 0:
    time.sleep(0.1)
story["children_left"] = health["children"]
# Back on the replica that was stopped: the session is where it was taken to.
story["same"] = [
    Session(stopped + "/mcp", timeout=60, session=session.session).text(9, "where") == places[number]
    for number, session in enumerate(sessions)
]
print(json.dumps(story))
