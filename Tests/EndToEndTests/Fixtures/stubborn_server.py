"""An MCP server that takes no hint: it ignores the end of its input and every signal that can be ignored.

Ends itself after a minute and a half, so that a failed test leaves nothing behind for long.
"""

import json
import signal
import sys
import time

for ignored in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGPIPE):
    signal.signal(ignored, signal.SIG_IGN)
signal.alarm(90)

for request in sys.stdin:
    message = json.loads(request)
    if "id" in message and "method" in message:
        result = {"content": [{"type": "text", "text": "no"}]}
        if message["method"] == "initialize":
            version = message["params"]["protocolVersion"]
            server = {"name": "stubborn", "version": "1"}
            result = {"protocolVersion": version, "capabilities": {"tools": {}}, "serverInfo": server}
        print(json.dumps({"jsonrpc": "2.0", "id": message["id"], "result": result}), flush=True)

while True:
    time.sleep(1)
