"""A call is under way when its replica gets SIGTERM: call_during_stop.py URL REPLICA_URL=PID…"""

import json
import os
import re
import signal
import sys

from raw_mcp import Session, text_of

process_by_address = {}
for word in sys.argv[2:]:
    url, process = word.split("=")
    process_by_address[url.removeprefix("http://")] = int(process)

session = Session(sys.argv[1])
session.initialize()
replica = re.match(r"replica (\S+),", session.text(1, "where"))[1]
story = {"replica": replica, "slow": None, "error": None, "next": None}
told = []


def stop_at_first_progress(message):
    if message.get("method") == "notifications/progress" and not told:
        told.append(process_by_address[replica])
        os.kill(told[0], signal.SIGTERM)


try:
    arguments = {"seconds": 2, "steps": 8}
    _, answer = session.call(2, "slow", arguments, stop_at_first_progress, {"progressToken": "steps"})
    story["slow"] = text_of(answer)
    story["next"] = session.beside().text(3, "echo", {"text": "still here"})
except (Exception, SystemExit) as error:
    story["error"] = repr(error)
print(json.dumps(story))
