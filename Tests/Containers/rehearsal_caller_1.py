"""mcp 1.30 for Python: rehearsal_caller_1.py URL"""

import asyncio
import sys

from mcp import ClientSession
from mcp.client.streamable_http import streamable_http_client
from rehearsal_calls import keep_calling


async def session(calls):
    async with streamable_http_client(sys.argv[1]) as (read, write, _), ClientSession(read, write) as client:
        await client.initialize()

        async def call(text):
            result = await client.call_tool("echo", {"text": text})
            return result, None if result.isError else result.content[0].text

        await calls.make(call)


asyncio.run(keep_calling(session))
