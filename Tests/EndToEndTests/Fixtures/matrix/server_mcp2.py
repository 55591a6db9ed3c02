"""mcp 2.3's low-level server, which speaks both eras: server_mcp2.py stdio | http"""

import contextlib
import json
import warnings

import features
import mcp_types as types
import serving
import tools
from endpoint import application
from mcp.server.lowlevel import NotificationOptions, Server
from mcp.server.request_state import RequestStateBoundary, RequestStateSecurity
from mcp.server.stdio import stdio_server
from mcp.server.subscriptions import InMemorySubscriptionBus, ListenHandler, ResourceUpdated, ToolsListChanged
from mcp.shared.exceptions import MCPError
from mcp_types.version import MODERN_PROTOCOL_VERSIONS

warnings.simplefilter("ignore")
bus = InMemorySubscriptionBus()


def dump(model):
    return model.model_dump(mode="json", by_alias=True, exclude_none=True)


def name_of_client(context):
    """In 2026-07-28 a client need not say who it is."""
    said = context.session.client_params
    return said.client_info.name if said else tools.ANYBODY


def own_memory(context):
    return tools.memory[name_of_client(context)]


class Side:
    """What a tool can do: in its session, or within its request where there are no sessions."""

    def __init__(self, context, params):
        self.context, self.params = context, params
        self.session = context.session
        self.client = name_of_client(context)
        self.modern = context.protocol_version in MODERN_PROTOCOL_VERSIONS
        self.related = context.request_id
        self.asked = 0

    async def progress(self, step, total, message):
        token = (self.context.meta or {}).get("progress_token")
        if token is not None:
            await self.session.send_progress_notification(token, step, total, message, self.related)

    async def log(self, level, data):
        await self.session.send_log_message(level, data, "matrix", self.related)

    async def elicit(self, message, schema):
        params = {"mode": "form", "message": message, "requestedSchema": schema}
        if self.modern:
            return self.answer_to({"method": "elicitation/create", "params": params})
        return dump(await self.session.elicit_form(message, schema, self.related))

    async def sample(self, prompt):
        message = {"role": "user", "content": {"type": "text", "text": prompt}}
        params = {"messages": [message], "maxTokens": 9}
        if self.modern:
            return self.answer_to({"method": "sampling/createMessage", "params": params})
        messages = [types.SamplingMessage.model_validate(message)]
        return dump(await self.session.create_message(messages, max_tokens=9, related_request_id=self.related))

    async def roots(self):
        if self.modern:
            return self.answer_to({"method": "roots/list"})
        return dump(await self.session.list_roots())

    def answer_to(self, request):
        """The client's answer if this call brings it; else the client is asked to call again with it."""
        key = f"question-{self.asked}"
        self.asked += 1
        capability = request["method"].partition("/")[0]
        if capability not in dump(self.session.client_capabilities):
            wanted = {"requiredCapabilities": {capability: {}}}
            raise features.Refused(types.MISSING_REQUIRED_CLIENT_CAPABILITY, f"This needs {capability}", wanted)
        answers = json.loads(self.params.request_state or "{}")
        answers |= {key: dump(answer) for key, answer in (self.params.input_responses or {}).items()}
        if key not in answers:
            raise features.InputRequired({key: request}, json.dumps(answers))
        return answers[key]

    async def tools_changed(self):
        if self.modern:
            await bus.publish(ToolsListChanged())
        else:
            await self.session.send_tool_list_changed()

    async def updated(self, uri, watched):
        if self.modern:
            await bus.publish(ResourceUpdated(uri=uri))
        elif uri in watched:
            await self.session.send_resource_updated(uri)

    async def end_stream(self):
        if self.context.close_sse_stream:
            await self.context.close_sse_stream()

    def of_client(self):
        said = dump(self.session.client_params)
        return said | {"protocolVersion": self.context.protocol_version, "meta": None}


@contextlib.contextmanager
def refusals():
    try:
        yield
    except features.Refused as refusal:
        raise MCPError(refusal.code, refusal.message, refusal.data) from None


async def list_tools(context, params):
    return types.ListToolsResult.model_validate({"tools": tools.tools_for(name_of_client(context))})


async def call_tool(context, params):
    with refusals():
        try:
            result = await tools.call(params.name, params.arguments or {}, Side(context, params))
        except features.InputRequired as needed:
            asked = {"inputRequests": needed.requests, "requestState": needed.state}
            return types.InputRequiredResult.model_validate(asked)
        except (ValueError, TypeError) as error:
            result = features.text_result(str(error)) | {"isError": True}
    return types.CallToolResult.model_validate(result)


async def list_resources(context, params):
    with refusals():
        resources, cursor = features.page_of(params and params.cursor)
    return types.ListResourcesResult.model_validate({"resources": resources, "nextCursor": cursor})


async def list_templates(context, params):
    return types.ListResourceTemplatesResult.model_validate({"resourceTemplates": features.TEMPLATES})


async def read_resource(context, params):
    with refusals():
        return types.ReadResourceResult.model_validate({"contents": [features.content_of(str(params.uri))]})


async def subscribe(context, params):
    own_memory(context)["watched"].append(str(params.uri))
    return types.EmptyResult()


async def unsubscribe(context, params):
    own_memory(context)["watched"].remove(str(params.uri))
    return types.EmptyResult()


async def list_prompts(context, params):
    return types.ListPromptsResult.model_validate({"prompts": features.PROMPTS})


async def get_prompt(context, params):
    with refusals():
        return types.GetPromptResult.model_validate(features.prompt_of(params.name, params.arguments or {}))


async def complete(context, params):
    completion = features.completion_of(params.argument.name, params.argument.value)
    return types.CompleteResult.model_validate({"completion": completion})


async def set_level(context, params):
    own_memory(context)["level"] = params.level
    return types.EmptyResult()


async def roots_changed(context, params):
    own_memory(context)["roots_changed"] += 1


class ChangingServer(Server):
    """Says that its tools change: the HTTP manager asks for the options without saying which."""

    def create_initialization_options(self, notification_options=None, *rest, **named):
        return super().create_initialization_options(NotificationOptions(tools_changed=True), *rest, **named)


server = ChangingServer(
    "matrix",
    version="1",
    instructions=features.INSTRUCTIONS,
    on_list_tools=list_tools,
    on_call_tool=call_tool,
    on_list_resources=list_resources,
    on_list_resource_templates=list_templates,
    on_read_resource=read_resource,
    on_subscribe_resource=subscribe,
    on_unsubscribe_resource=unsubscribe,
    on_subscriptions_listen=ListenHandler(bus),
    on_list_prompts=list_prompts,
    on_get_prompt=get_prompt,
    on_completion=complete,
    on_set_logging_level=set_level,
    on_roots_list_changed=roots_changed,
)
# A key of this process alone, as the SDK has it by default: a retry is understood only where the question was asked.
server.middleware.append(RequestStateBoundary(RequestStateSecurity.ephemeral(), default_audience="matrix"))


async def stdio():
    async with stdio_server() as (read, write):
        await server.run(read, write, server.create_initialization_options())


serving.main(stdio, lambda: application(server))
