"""mcp 1.30's client takes the journeys: client_mcp1.py LEGS, where LEGS is a list of {name, url, mode} in JSON."""

import contextlib
from datetime import timedelta

import anyio
import features
import legs
from mcp import ClientSession, types
from mcp.client.streamable_http import streamable_http_client
from recording import Record, plain


class Client:
    hears_of_changes = True
    hears_late_answers = True

    def __init__(self, name):
        self.name = name
        self.record = Record()
        self.session = self.said = None

    @contextlib.asynccontextmanager
    async def connected(self, url, mode):
        async with streamable_http_client(url) as (read, write, _):
            async with ClientSession(
                read,
                write,
                elicitation_callback=self.elicited,
                sampling_callback=self.sampled,
                list_roots_callback=self.asked_for_roots,
                message_handler=self.notified,
                client_info=types.Implementation(name=self.name, version="1"),
            ) as self.session:
                self.said = await self.session.initialize()
                yield self

    async def notified(self, message):
        if isinstance(message, types.ServerNotification | Exception):
            self.record.notified(getattr(message, "root", message))

    async def elicited(self, context, params):
        self.record.note("elicitation/create", plain(params))
        answer = legs.elicited(params.message)
        return types.ErrorData(**answer) if "code" in answer else types.ElicitResult(**answer)

    async def sampled(self, context, params):
        self.record.note("sampling/createMessage", plain(params))
        answer = legs.sampled(params.messages[0].content.text)
        return types.ErrorData(**answer) if "code" in answer else types.CreateMessageResult(**answer)

    async def asked_for_roots(self, context):
        self.record.note("roots/list", {})
        return types.ListRootsResult(roots=features.ROOTS)

    def welcome(self):
        return plain(self.said)

    async def list(self, kind, cursor, again=False):
        ask = {
            "tools": self.session.list_tools,
            "resources": self.session.list_resources,
            "resourceTemplates": self.session.list_resource_templates,
            "prompts": self.session.list_prompts,
        }[kind]
        return plain(await ask(params=types.PaginatedRequestParams(cursor=cursor)))

    async def call(self, name, arguments, progress=False, into=None, seconds=None):
        async def on_progress(step, total, message):
            if into is None:
                self.record.note("progress", [step, total, message])
            else:
                into.append([step, total, message])

        limit = timedelta(seconds=seconds) if seconds else None
        listener = on_progress if progress or into is not None else None
        return plain(await self.session.call_tool(name, arguments, limit, progress_callback=listener))

    async def read(self, uri):
        return await self.session.read_resource(uri)

    async def prompt(self, name, arguments):
        return await self.session.get_prompt(name, arguments)

    async def complete(self, of, argument, value):
        ref = (
            types.PromptReference(type="ref/prompt", name=of["prompt"])
            if "prompt" in of
            else types.ResourceTemplateReference(type="ref/resource", uri=of["template"])
        )
        return await self.session.complete(ref, {"name": argument, "value": value})

    async def set_level(self, level):
        return await self.session.set_logging_level(level)

    async def ping(self):
        return await self.session.send_ping()

    async def roots_changed(self):
        await self.session.send_roots_list_changed()

    async def give_up(self, name, arguments):
        """Calls, and sends the notification that cancels the call once it is under way."""
        answer = {}

        async def call():
            answer["is"] = await legs.attempt(self.call(name, arguments, progress=True))

        async with anyio.create_task_group() as group:
            number = self.session._request_id
            group.start_soon(call)
            await self.record.heard("progress")
            params = types.CancelledNotificationParams(requestId=number, reason="enough")
            notification = types.CancelledNotification(params=params)
            await self.session.send_notification(types.ClientNotification(notification))
        return answer["is"]

    @contextlib.asynccontextmanager
    async def watching(self, uri):
        await self.session.subscribe_resource(uri)
        yield
        await self.session.unsubscribe_resource(uri)

    @contextlib.asynccontextmanager
    async def listening(self):
        yield


legs.main(Client)
