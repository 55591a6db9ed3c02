"""Three clients on mcp 2.3 for Python, in its older mode, that share a server: shared_2_3.py URL"""

import asyncio
import json
import sys
import warnings
from contextlib import AsyncExitStack

import mcp_types as types
from mcp import Client
from shared_story import NAMES, Guest, story

warnings.simplefilter("ignore")


class Guest23(Guest):
    async def enter(self, url, stack):
        client = Client(
            url,
            mode="legacy",
            logging_callback=self.on_log,
            message_handler=self.on_message,
            elicitation_callback=self.answer,
        )
        self.client = await stack.enter_async_context(client)

    async def on_message(self, message):
        self.hear(message)

    async def answer(self, context, params):
        self.questions.append(params.message)
        return types.ElicitResult(action="decline")

    async def call(self, name, arguments, on_progress=None):
        result = await self.client.call_tool(name, arguments, progress_callback=on_progress)
        return result.content[0].text, result.is_error

    async def cancelled_call(self, name, arguments):
        """This SDK cancels what it gives up waiting for."""
        call = self.client.call_tool(name, arguments, read_timeout_seconds=0.3)
        return await asyncio.gather(call, return_exceptions=True)

    async def set_level(self, level):
        await self.client.set_logging_level(level)

    async def subscribe(self, uri):
        await self.client.subscribe_resource(uri)

    async def unsubscribe(self, uri):
        await self.client.unsubscribe_resource(uri)


async def main(url):
    guests = [Guest23(name) for name in NAMES]
    async with AsyncExitStack() as stack:
        for guest in guests:
            await guest.enter(url, stack)
        told = await story(guests)
    print(json.dumps(told))


asyncio.run(main(sys.argv[1]))
