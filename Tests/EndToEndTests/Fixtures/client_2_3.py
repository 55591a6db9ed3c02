"""mcp 2.3 for Python, as it comes, through a fleet: client_2_3.py URL REPLICA… [--plain] [--short] [--legacy]"""

import asyncio
import json
import sys

import mcp_types as types
from fleet_health import load_once_settled
from journey import ANSWER, journey
from mcp import Client


async def main(url, replicas):
    asked = []

    async def answer(context, params):
        asked.append(params.message)
        return types.ElicitResult(action="accept", content=ANSWER)

    mode = "legacy" if "--legacy" in sys.argv else "auto"
    async with Client(url, mode=mode, elicitation_callback=answer) as client:

        async def list_tools():
            return [tool.name for tool in (await client.list_tools()).tools]

        async def call(name, arguments, on_progress=None):
            result = await client.call_tool(name, arguments, progress_callback=on_progress)
            assert not result.is_error, result
            return result.content[0].text

        story = await journey(list_tools, call, replicas)
        revision = client.protocol_version
    after = load_once_settled(replicas)
    print(json.dumps(story | {"revision": revision, "asked": asked, "after": after}))


asyncio.run(main(sys.argv[1], [word for word in sys.argv[2:] if not word.startswith("--")]))
