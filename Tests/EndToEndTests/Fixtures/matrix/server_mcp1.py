"""mcp 1.30's low-level server: server_mcp1.py stdio | http"""

import contextlib

import features
import serving
import tools
from endpoint import application
from mcp import types
from mcp.server.lowlevel import NotificationOptions, Server
from mcp.server.stdio import stdio_server
from mcp.shared.exceptions import McpError


class ChangingServer(Server):
    """Says that its tools change: the HTTP manager asks for the options without saying which."""

    def create_initialization_options(self):
        return super().create_initialization_options(NotificationOptions(tools_changed=True))


server = ChangingServer("matrix", version="1", instructions=features.INSTRUCTIONS)


class Side:
    """What a tool can do in its session."""

    modern = False

    def __init__(self):
        self.context = server.request_context
        self.session = self.context.session
        self.client = self.session.client_params.clientInfo.name
        self.related = self.context.request_id

    async def progress(self, step, total, message):
        token = self.context.meta and self.context.meta.progressToken
        if token is not None:
            await self.session.send_progress_notification(token, step, total, message, str(self.related))

    async def log(self, level, data):
        await self.session.send_log_message(level, data, "matrix", self.related)

    async def elicit(self, message, schema):
        return dump(await self.session.elicit_form(message, schema, self.related))

    async def sample(self, prompt):
        message = types.SamplingMessage(role="user", content=types.TextContent(type="text", text=prompt))
        return dump(await self.session.create_message([message], max_tokens=9, related_request_id=self.related))

    async def roots(self):
        return dump(await self.session.list_roots())

    async def tools_changed(self):
        await self.session.send_tool_list_changed()

    async def updated(self, uri, watched):
        if uri in watched:
            await self.session.send_resource_updated(uri)

    async def end_stream(self):
        if self.context.close_sse_stream:
            await self.context.close_sse_stream()

    def of_client(self):
        return dump(self.session.client_params) | {"meta": None}


def dump(model):
    return model.model_dump(mode="json", by_alias=True, exclude_none=True)


def own_memory():
    return tools.memory[server.request_context.session.client_params.clientInfo.name]


@contextlib.contextmanager
def refusals():
    try:
        yield
    except features.Refused as refusal:
        raise McpError(types.ErrorData(code=refusal.code, message=refusal.message, data=refusal.data)) from None


def handles(request):
    """Registers a handler that gives its result as JSON."""

    def register(answer):
        async def handler(message):
            with refusals():
                model, result = await answer(message.params)
                return types.ServerResult(model.model_validate(result))

        server.request_handlers[request] = handler

    return register


@handles(types.ListToolsRequest)
async def list_tools(params):
    return types.ListToolsResult, {"tools": tools.tools_for(Side().client)}


@handles(types.CallToolRequest)
async def call_tool(params):
    try:
        return types.CallToolResult, await tools.call(params.name, params.arguments or {}, Side())
    except (ValueError, TypeError) as error:
        return types.CallToolResult, features.text_result(str(error)) | {"isError": True}


@handles(types.ListResourcesRequest)
async def list_resources(params):
    resources, cursor = features.page_of(params and params.cursor)
    return types.ListResourcesResult, {"resources": resources, "nextCursor": cursor}


@handles(types.ListResourceTemplatesRequest)
async def list_templates(params):
    return types.ListResourceTemplatesResult, {"resourceTemplates": features.TEMPLATES}


@handles(types.ReadResourceRequest)
async def read_resource(params):
    return types.ReadResourceResult, {"contents": [features.content_of(str(params.uri))]}


@handles(types.SubscribeRequest)
async def subscribe(params):
    own_memory()["watched"].append(str(params.uri))
    return types.EmptyResult, {}


@handles(types.UnsubscribeRequest)
async def unsubscribe(params):
    own_memory()["watched"].remove(str(params.uri))
    return types.EmptyResult, {}


@handles(types.ListPromptsRequest)
async def list_prompts(params):
    return types.ListPromptsResult, {"prompts": features.PROMPTS}


@handles(types.GetPromptRequest)
async def get_prompt(params):
    return types.GetPromptResult, features.prompt_of(params.name, params.arguments or {})


@handles(types.CompleteRequest)
async def complete(params):
    completion = features.completion_of(params.argument.name, params.argument.value)
    return types.CompleteResult, {"completion": completion}


@handles(types.SetLevelRequest)
async def set_level(params):
    own_memory()["level"] = params.level
    return types.EmptyResult, {}


async def roots_changed(notification):
    # This SDK does not say in which session a notification arrived.
    tools.memory[tools.ANYBODY]["roots_changed"] += 1


server.notification_handlers[types.RootsListChangedNotification] = roots_changed


async def stdio():
    async with stdio_server() as (read, write):
        await server.run(read, write, server.create_initialization_options())


serving.main(stdio, lambda: application(server))
