"""mcp 1.30 for Python: rehearsal_caller_1.py URL calls a tool in one session until SIGTERM, then says what it met."""

import asyncio
import json
import signal
import sys

from mcp import ClientSession
from mcp.client.streamable_http import streamable_http_client

calls, failures = 0, []


async def call_on(url, over):
    """One session. What its transport does not survive, such as a balancer's 502, ends it."""
    global calls
    async with streamable_http_client(url) as (read, write, _), ClientSession(read, write) as session:
        await session.initialize()
        while not over.is_set():
            calls += 1
            result = await session.call_tool("echo", {"text": str(calls)})
            if result.isError or result.content[0].text != str(calls):
                failures.append(str(result)[:200])
            await asyncio.sleep(0.1)


async def main(url):
    over = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, over.set)
    while not over.is_set():
        try:
            await call_on(url, over)
        except Exception as problem:
            failures.append(repr(problem)[:200])
            await asyncio.sleep(0.2)
    print(json.dumps({"calls": calls, "failures": failures}))


asyncio.run(main(sys.argv[1]))
