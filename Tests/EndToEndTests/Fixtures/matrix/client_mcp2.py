"""mcp 2.3's client, in each of its modes, takes the journeys: client_mcp2.py LEGS (see client_mcp1.py)"""

import contextlib
import warnings

import anyio
import features
import legs
import mcp_types as types
from mcp import Client as SDKClient
from recording import Record, plain

warnings.simplefilter("ignore")


class Client:
    hears_of_changes = True
    hears_late_answers = False

    def __init__(self, name):
        self.name = name
        self.record = Record()
        self.client = None

    @contextlib.asynccontextmanager
    async def connected(self, url, mode):
        async with SDKClient(
            url,
            mode=mode,
            elicitation_callback=self.elicited,
            sampling_callback=self.sampled,
            list_roots_callback=self.asked_for_roots,
            message_handler=self.notified,
            log_level="debug",
            client_info=types.Implementation(name=self.name, version="1"),
        ) as self.client:
            yield self

    async def notified(self, message):
        self.record.notified(message)

    async def elicited(self, context, params):
        self.record.note("elicitation/create", plain(params))
        answer = legs.elicited(params.message)
        return types.ErrorData(**answer) if "code" in answer else types.ElicitResult(**answer)

    async def sampled(self, context, params):
        self.record.note("sampling/createMessage", plain(params))
        answer = legs.sampled(params.messages[0].content.text)
        return types.ErrorData(**answer) if "code" in answer else types.CreateMessageResult.model_validate(answer)

    async def asked_for_roots(self, context):
        self.record.note("roots/list", {})
        return types.ListRootsResult.model_validate({"roots": features.ROOTS})

    def welcome(self):
        c = self.client
        said = {"revision": c.protocol_version, "server": c.server_info, "capabilities": c.server_capabilities}
        return plain(said | {"instructions": c.instructions})

    async def list(self, kind, cursor, again=False):
        ask = {
            "tools": self.client.list_tools,
            "resources": self.client.list_resources,
            "resourceTemplates": self.client.list_resource_templates,
            "prompts": self.client.list_prompts,
        }[kind]
        return plain(await ask(cursor=cursor, cache_mode="refresh" if again else "use"))

    async def call(self, name, arguments, progress=False, into=None, seconds=None):
        async def on_progress(step, total, message):
            if into is None:
                self.record.note("progress", [step, total, message])
            else:
                into.append([step, total, message])

        listener = on_progress if progress or into is not None else None
        return plain(await self.client.call_tool(name, arguments, seconds, listener))

    async def read(self, uri):
        return await self.client.read_resource(uri)

    async def prompt(self, name, arguments):
        return await self.client.get_prompt(name, arguments)

    async def complete(self, of, argument, value):
        ref = (
            types.PromptReference(type="ref/prompt", name=of["prompt"])
            if "prompt" in of
            else types.ResourceTemplateReference(type="ref/resource", uri=of["template"])
        )
        return await self.client.complete(ref, {"name": argument, "value": value})

    async def set_level(self, level):
        return await self.client.set_logging_level(level)

    async def ping(self):
        return await self.client.send_ping()

    async def roots_changed(self):
        await self.client.send_roots_list_changed()

    async def give_up(self, name, arguments):
        """Calls and stops waiting once the call is under way: what that sends is the SDK's affair."""
        async with anyio.create_task_group() as group:
            group.start_soon(lambda: self.call(name, arguments, progress=True))
            await self.record.heard("progress")
            group.cancel_scope.cancel()
        return "given up"

    @property
    def is_modern(self):
        return self.client.protocol_version >= "2026"

    @contextlib.asynccontextmanager
    async def watching(self, uri):
        if self.is_modern:
            async with self.subscribed(resource_subscriptions=[uri]):
                yield
        else:
            await self.client.subscribe_resource(uri)
            yield
            await self.client.unsubscribe_resource(uri)

    @contextlib.asynccontextmanager
    async def listening(self):
        if self.is_modern:
            async with self.subscribed(tools_list_changed=True):
                yield
        else:
            yield

    @contextlib.asynccontextmanager
    async def subscribed(self, **what):
        """A listen stream is open; what it brings is also handed to the message handler, which notes it."""
        async with self.client.listen(**what) as subscription:
            self.record.note("honoured", plain(subscription.honored))
            yield


if __name__ == "__main__":
    legs.main(Client)
