"""A low-level server of either line of the Python SDK over Streamable HTTP, with events that can be fetched again."""

from mcp.server.streamable_http import EventMessage, EventStore
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from mcp.server.transport_security import TransportSecuritySettings
from starlette.applications import Starlette
from starlette.routing import Route


class MemoryEvents(EventStore):
    """The events of all streams, in order."""

    def __init__(self):
        self.events = []

    async def store_event(self, stream_id, message):
        self.events.append((stream_id, message))
        return str(len(self.events))

    async def replay_events_after(self, last_event_id, send_callback):
        last = int(last_event_id)
        stream = self.events[last - 1][0]
        for number, (of, message) in enumerate(list(self.events), 1):
            if number > last and of == stream and message is not None:
                await send_callback(EventMessage(message, str(number)))
        return stream


class Manager(StreamableHTTPSessionManager):
    """Gives each session a store of its own: a stream's id is its request's, and so not the session's alone."""

    event_store = property(lambda self: MemoryEvents(), lambda self, store: None)


class Endpoint:
    """An application, which a route takes as it is; a function it would take for a handler of GET."""

    def __init__(self, manager):
        self.manager = manager

    async def __call__(self, scope, receive, send):
        await self.manager.handle_request(scope, receive, send)


def application(server):
    local = ["http://127.0.0.1:*", "http://localhost:*"]
    security = TransportSecuritySettings(allowed_hosts=["127.0.0.1:*", "localhost:*"], allowed_origins=local)
    manager = Manager(server, retry_interval=100, security_settings=security)
    return Starlette(routes=[Route("/mcp", Endpoint(manager))], lifespan=lambda app: manager.run())
