"""Opens sessions, makes one call in each and leaves them open: open_sessions.py URL HOW_MANY"""

import json
import sys

from raw_mcp import Session

opened = []
for number in range(int(sys.argv[2])):
    session = Session(sys.argv[1])
    session.initialize()
    status, answer = session.call(1, "echo", {"text": "here"})
    if status == 200 and "result" in answer:
        opened.append({"session": session.session})
print(json.dumps(opened))
