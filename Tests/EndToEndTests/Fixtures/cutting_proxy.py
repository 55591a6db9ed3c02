"""A TCP proxy whose connections a test can cut, and whose target it can change."""

import asyncio
import contextlib


class CuttingProxy:
    def __init__(self, target):
        self.target = target
        self.writers = set()
        self.told = None

    @contextlib.asynccontextmanager
    async def running(self):
        """Gives the proxy's URL."""
        server = await asyncio.start_server(self.accept, "127.0.0.1", 0)
        async with server:
            yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/mcp"
            self.cut()

    async def accept(self, reader, writer):
        host, port = self.target
        try:
            up_reader, up_writer = await asyncio.open_connection(host, port)
        except OSError:
            return writer.close()
        self.writers |= {writer, up_writer}
        await asyncio.gather(self.pump(reader, up_writer), self.pump(up_reader, writer))

    async def pump(self, reader, writer):
        with contextlib.suppress(OSError):
            while data := await reader.read(65536):
                writer.write(data)
                await writer.drain()
        self.writers.discard(writer)
        writer.close()

    def cut(self):
        """Breaks every connection, both ways, without a goodbye."""
        for writer in self.writers:
            writer.transport.abort()
        self.writers = set()
