"""mcp 2.3 for Python, as it comes: rehearsal_caller_2.py URL"""

import asyncio
import sys

from mcp import Client
from rehearsal_calls import keep_calling


async def session(calls):
    async with Client(sys.argv[1]) as client:
        assert client.protocol_version == "2026-07-28", client.protocol_version

        async def call(text):
            result = await client.call_tool("echo", {"text": text})
            return result, None if result.is_error else result.content[0].text

        await calls.make(call)


asyncio.run(keep_calling(session))
