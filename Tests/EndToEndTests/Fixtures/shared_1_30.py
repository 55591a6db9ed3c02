"""Three clients on mcp 1.30 for Python that share a server: shared_1_30.py URL"""

import asyncio
import json
import sys
from contextlib import AsyncExitStack

from mcp import ClientSession, types
from mcp.client.streamable_http import streamable_http_client
from pydantic import AnyUrl
from shared_story import NAMES, Guest, story


class Guest130(Guest):
    async def enter(self, url, stack):
        read, write, _ = await stack.enter_async_context(streamable_http_client(url))
        session = ClientSession(
            read, write, logging_callback=self.on_log, message_handler=self.on_message, elicitation_callback=self.answer
        )
        self.session = await stack.enter_async_context(session)
        await self.session.initialize()

    async def on_message(self, message):
        self.hear(message)

    async def answer(self, context, params):
        self.questions.append(params.message)
        return types.ElicitResult(action="decline")

    async def call(self, name, arguments, on_progress=None):
        result = await self.session.call_tool(name, arguments, progress_callback=on_progress)
        return result.content[0].text, result.isError

    async def cancelled_call(self, name, arguments):
        id = self.session._request_id
        call = asyncio.create_task(self.session.call_tool(name, arguments))
        await asyncio.sleep(0.3)
        params = types.CancelledNotificationParams(requestId=id)
        cancel = types.CancelledNotification(method="notifications/cancelled", params=params)
        await self.session.send_notification(types.ClientNotification(cancel))
        return await asyncio.gather(call, return_exceptions=True)

    async def set_level(self, level):
        await self.session.set_logging_level(level)

    async def subscribe(self, uri):
        await self.session.subscribe_resource(AnyUrl(uri))

    async def unsubscribe(self, uri):
        await self.session.unsubscribe_resource(AnyUrl(uri))


async def main(url):
    guests = [Guest130(name) for name in NAMES]
    async with AsyncExitStack() as stack:
        for guest in guests:
            await guest.enter(url, stack)
        told = await story(guests)
    print(json.dumps(told))


asyncio.run(main(sys.argv[1]))
