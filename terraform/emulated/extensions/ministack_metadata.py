"""The task metadata endpoint of ECS, version 4, for the containers of one network, and nothing else of the emulator.

It listens on the network's own gateway address, where only this machine and its containers are.
"""

import asyncio
import time

import ministack_engine as engine
from ministack.services import ecs_metadata

_PATIENCE = 5  # seconds that a container's first question waits until its address is known
_LARGEST_QUESTION = 8192


class MetadataEndpoint:
    def __init__(self, address):
        self.server = engine.on_the_wire(
            asyncio.start_server(self._answer, address, 0, limit=_LARGEST_QUESTION))
        self.origin = "http://%s:%d" % self.server.sockets[0].getsockname()[:2]

    def close(self):
        engine.on_the_wire(self._close())

    async def _close(self):
        self.server.close()

    async def _answer(self, reader, writer):
        try:
            head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 5)
            method, path, _ = head.split(b"\r\n", 1)[0].decode().split(" ")
            status, _, body = await self._found(method, path.split("?")[0])
            body = body.encode() if isinstance(body, str) else body
            writer.write(b"HTTP/1.1 %d -\r\nContent-Type: application/json\r\nContent-Length: %d\r\n"
                         b"Connection: close\r\n\r\n" % (status, len(body)) + body)
            await writer.drain()
        except (OSError, ValueError, TimeoutError, asyncio.TimeoutError, asyncio.IncompleteReadError,
                asyncio.LimitOverrunError):
            pass  # whoever asked has gone, or does not speak HTTP
        finally:
            writer.close()

    async def _found(self, method, path):
        if method != "GET" or not path.startswith("/v4/"):
            return 404, {}, b'{"message": "not found"}'
        deadline = time.monotonic() + _PATIENCE
        while not _knows_address(path) and time.monotonic() < deadline:
            await asyncio.sleep(0.05)
        return await ecs_metadata.handle_request(method, path, {}, b"", {})


def _knows_address(path):
    container = ecs_metadata._TOKEN_TO_CONTAINER.get(path.split("/")[2])
    return container is None or "Networks" in container


def tell_address(tokens, address, gateway):
    """What each container of a task is told of the network they share."""
    for token in tokens:
        container = ecs_metadata._TOKEN_TO_CONTAINER.get(token)
        if container is not None:
            container["Networks"] = [{
                "NetworkMode": "awsvpc", "IPv4Addresses": [address], "SubnetGatewayIpv4Address": f"{gateway}/16",
                "DomainNameServers": ["127.0.0.11"]}]
