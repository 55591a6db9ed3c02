"""mcp 2.3 for Python, as it comes: rehearsal_caller_2.py URL calls a tool until SIGTERM, then says what it met."""

import asyncio
import json
import signal
import sys

from mcp import Client

calls, failures = 0, []


async def call_on(url, over):
    global calls
    async with Client(url) as client:
        assert client.protocol_version == "2026-07-28", client.protocol_version
        while not over.is_set():
            calls += 1
            result = await client.call_tool("echo", {"text": str(calls)})
            if result.is_error or result.content[0].text != str(calls):
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
