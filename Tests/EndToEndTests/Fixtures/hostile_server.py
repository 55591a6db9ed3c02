"""An MCP server whose tools misbehave in the ways a pipe allows. Each call runs in a thread of its own."""

import json
import os
import sys
import threading
import time

turn = threading.Lock()
out = sys.stdout.buffer


def line(message):
    return json.dumps(message, ensure_ascii=False).encode() + b"\n"


def write(*pieces, pause=0.0):
    """Writes the pieces as one line that nobody else writes into, each flushed for itself."""
    with turn:
        for piece in pieces:
            out.write(piece)
            out.flush()
            time.sleep(pause)


def result(id, text):
    return line({"jsonrpc": "2.0", "id": id, "result": {"content": [{"type": "text", "text": text}]}})


def call(id, tool, arguments):
    text = arguments.get("text", "")
    if tool == "large-line":
        write(result(id, "x" * 5_000_000))
    elif tool == "loud-stderr":
        for _ in range(1000):
            os.write(2, b"e" * 999 + b"\n")
        write(result(id, text))
    elif tool == "noise":
        write(b"Loading model...\n\nnot json {\n[1, 2\n", result(id, text))
    elif tool == "split-character":
        whole = result(id, text)
        middle = whole.index("👋".encode()) + 2
        write(whole[:middle], whole[middle:], pause=0.1)
    elif tool == "wait":
        time.sleep(arguments["seconds"])
        write(result(id, text))
    elif tool == "death":
        os._exit(3)
    else:
        write(result(id, text))


for request in sys.stdin.buffer:
    message = json.loads(request)
    if message.get("method") == "initialize":
        welcome = {
            "protocolVersion": message["params"]["protocolVersion"],
            "capabilities": {"tools": {}},
            "serverInfo": {"name": "hostile", "version": "1"},
        }
        write(line({"jsonrpc": "2.0", "id": message["id"], "result": welcome}))
    elif message.get("method") == "tools/call":
        arguments = [message["id"], message["params"]["name"], message["params"].get("arguments", {})]
        threading.Thread(target=call, args=arguments, daemon=True).start()
    elif "id" in message and "method" in message:
        write(line({"jsonrpc": "2.0", "id": message["id"], "result": {}}))
