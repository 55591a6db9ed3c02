"""fastmcp 4.1's client takes the journeys: client_fastmcp.py LEGS (see client_mcp1.py)"""

import contextlib
import warnings

import client_mcp2
import features
import legs
import mcp_types as types
from fastmcp import Client as FastClient
from recording import plain

warnings.simplefilter("ignore")


class Client(client_mcp2.Client):
    """Differs from its SDK's client in the names of its methods."""

    @contextlib.asynccontextmanager
    async def connected(self, url, mode):
        async with FastClient(
            url,
            mode=mode,
            elicitation_handler=self.asked,
            sampling_handler=self.asked_for_sample,
            roots=[types.Root.model_validate(root) for root in features.ROOTS],
            message_handler=self.notified,
            log_handler=self.logged,
            client_info=types.Implementation(name=self.name, version="1"),
        ) as self.client:
            yield self

    async def logged(self, message):
        """Noted by the message handler."""

    async def asked(self, message, response_type, params, context):
        answer = await self.elicited(context, params)
        if isinstance(answer, types.ErrorData):
            raise ValueError(answer.message)
        return answer

    async def asked_for_sample(self, messages, params, context):
        answer = await self.sampled(context, params)
        if isinstance(answer, types.ErrorData):
            raise ValueError(answer.message)
        return answer

    async def list(self, kind, cursor, again=False):
        ask = {
            "tools": self.client.list_tools_mcp,
            "resources": self.client.list_resources_mcp,
            "resourceTemplates": self.client.list_resource_templates_mcp,
            "prompts": self.client.list_prompts_mcp,
        }[kind]
        return plain(await ask(cursor=cursor, cache_mode="refresh" if again else "use"))

    async def call(self, name, arguments, progress=False, into=None, seconds=None):
        async def on_progress(step, total, message):
            if into is None:
                self.record.note("progress", [step, total, message])
            else:
                into.append([step, total, message])

        listener = on_progress if progress or into is not None else None
        return plain(await self.client.call_tool_mcp(name, arguments, listener, seconds))

    async def read(self, uri):
        return await self.client.read_resource_mcp(uri)

    async def prompt(self, name, arguments):
        return await self.client.get_prompt_mcp(name, arguments)

    async def complete(self, of, argument, value):
        ref = (
            types.PromptReference(type="ref/prompt", name=of["prompt"])
            if "prompt" in of
            else types.ResourceTemplateReference(type="ref/resource", uri=of["template"])
        )
        return await self.client.complete_mcp(ref, {"name": argument, "value": value})

    async def ping(self):
        return await self.client.ping()

    @property
    def hears_of_changes(self):
        return not self.is_modern

    @contextlib.asynccontextmanager
    async def watching(self, uri):
        """This client leaves subscriptions to the session below it, and has none in the modern era."""
        if self.is_modern:
            yield
        else:
            await self.client.session.subscribe_resource(uri)
            yield
            await self.client.session.unsubscribe_resource(uri)

    @contextlib.asynccontextmanager
    async def listening(self):
        yield


if __name__ == "__main__":
    legs.main(Client)
