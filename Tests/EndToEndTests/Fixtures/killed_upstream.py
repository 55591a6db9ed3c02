"""Kills the HTTP server that has a session, under a call, and goes on: killed_upstream.py URL"""

import json
import os
import signal
import sys
import time

from raw_mcp import Session, text_of

session = Session(sys.argv[1], timeout=60)
session.initialize()
process = int(session.text(1, "where").split()[1])
killed = []


def kill_at_first_progress(message):
    if message.get("method") == "notifications/progress" and not killed:
        killed.append(time.monotonic())
        os.kill(process, signal.SIGKILL)


_, answer = session.call(
    2, "slow", {"seconds": 5, "steps": 20}, kill_at_first_progress, {"progressToken": "steps"}
)
story = {"interrupted": text_of(answer), "seconds": time.monotonic() - killed[0]}
session = session.beside()
story["next"] = session.text(3, "echo", {"text": "still here"})
story["isOtherProcess"] = int(session.text(4, "where").split()[1]) != process
session.request("DELETE").read()
story["ended"] = session.post({"jsonrpc": "2.0", "id": 5, "method": "ping"})[0]
print(json.dumps(story))
