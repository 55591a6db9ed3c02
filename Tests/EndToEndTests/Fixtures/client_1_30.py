"""mcp 1.30 for Python through a fleet: client_1_30.py URL REPLICA… [--plain] [--short]"""

import asyncio
import json
import sys

from fleet_health import load_once_settled
from journey import ANSWER, journey
from mcp import ClientSession, types
from mcp.client.streamable_http import streamable_http_client


async def main(url, replicas):
    asked = []

    async def answer(context, params):
        asked.append(params.message)
        return types.ElicitResult(action="accept", content=ANSWER)

    async with streamable_http_client(url) as (read, write, _):
        async with ClientSession(read, write, elicitation_callback=answer) as session:
            welcome = await session.initialize()

            async def list_tools():
                return [tool.name for tool in (await session.list_tools()).tools]

            async def call(name, arguments, on_progress=None):
                result = await session.call_tool(name, arguments, progress_callback=on_progress)
                assert not result.isError, result
                return result.content[0].text

            story = await journey(list_tools, call, replicas)
    after = load_once_settled(replicas)
    print(json.dumps(story | {"revision": welcome.protocolVersion, "asked": asked, "after": after}))


asyncio.run(main(sys.argv[1], [word for word in sys.argv[2:] if not word.startswith("--")]))
