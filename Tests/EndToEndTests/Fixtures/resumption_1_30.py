"""mcp 1.30 for Python, cut off in the middle of a call: see resumption.py."""

import asyncio
import contextlib
import json

from mcp import ClientSession, McpError
from mcp.client.streamable_http import streamable_http_client
from resumption import story


@contextlib.asynccontextmanager
async def client(url):
    async with streamable_http_client(url) as (read, write, _):
        async with ClientSession(read, write) as session:
            await session.initialize()

            async def call(name, arguments, on_progress):
                try:
                    result = await session.call_tool(name, arguments, progress_callback=on_progress)
                except McpError as error:
                    return f"error {error.error.code} {error.error.message}"
                return result.content[0].text

            yield call


print(json.dumps(asyncio.run(story(client))))
