"""A call is under way when its replica gets a signal: call_during_signal.py URL SIGNAL even|odd REPLICA_URL=PID…"""

import json
import os
import re
import signal
import sys
import time

from raw_mcp import Session, text_of

number = signal.Signals[sys.argv[2]]
process_by_address = {}
for word in sys.argv[4:]:
    url, process = word.split("=")
    process_by_address[url.removeprefix("http://")] = int(process)

session = Session(sys.argv[1])
session.initialize()
replica = re.match(r"replica (\S+),", session.text(1, "where"))[1]
if sys.argv[3] == "odd":
    session.text(9, "where")
told = []


def tell_at_first_progress(message):
    if message.get("method") == "notifications/progress" and not told:
        told.append(time.monotonic())
        os.kill(process_by_address[replica], number)


story = {"answer": None}
try:
    arguments = {"seconds": 2, "steps": 8}
    _, answer = session.call(2, "slow", arguments, tell_at_first_progress, {"progressToken": "steps"})
    story["answer"] = text_of(answer)
except (Exception, SystemExit) as error:
    story["cut"] = repr(error)
story["seconds"] = time.monotonic() - told[0]
try:
    story["next"] = session.beside().text(3, "echo", {"text": "still here"})
except (Exception, SystemExit) as error:
    story["next"] = repr(error)
print(json.dumps(story))
