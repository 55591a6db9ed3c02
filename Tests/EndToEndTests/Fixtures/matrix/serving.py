"""Runs a server of the matrix: `stdio`, or `http` at a free port, or the one in PORT, which is printed in a line."""

import asyncio
import os
import signal
import socket
import sys


def listening(port):
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("127.0.0.1", port))
    listener.listen(64)
    return listener


async def over_http(app):
    import uvicorn

    listener = listening(int(os.environ.get("PORT", "0")))
    print(listener.getsockname()[1], flush=True)
    config = uvicorn.Config(app, log_level="critical", timeout_graceful_shutdown=1, timeout_keep_alive=60)
    await uvicorn.Server(config).serve(sockets=[listener])


def main(stdio, http_app):
    """`stdio` is a coroutine function; `http_app` makes an application with its endpoint at /mcp."""
    if sys.argv[1] == "stdio":
        return asyncio.run(stdio())
    signal.alarm(300)
    # What the servers complain of when clients leave is not what is tested.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    asyncio.run(over_http(http_app()))
