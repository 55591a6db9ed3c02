"""A relay between client and server that keeps every byte, and cuts a connection where a server asks for it."""

import asyncio
import time
import urllib.parse

from features import SEVER


class Connection:
    """What went each way, in pieces with the second each arrived."""

    def __init__(self):
        self.sent, self.received = [], []


class Tape:
    """Listens on a port of its own in front of `url`."""

    def __init__(self, url):
        self.target = urllib.parse.urlsplit(url)
        self.connections = []
        self.server = None

    @property
    def url(self):
        host, port = self.server.sockets[0].getsockname()[:2]
        return f"http://{host}:{port}{self.target.path}"

    async def start(self):
        self.server = await asyncio.start_server(self.relay, "127.0.0.1", 0)
        return self

    async def relay(self, reader, writer):
        connection = Connection()
        self.connections.append(connection)
        try:
            far_reader, far_writer = await asyncio.open_connection(self.target.hostname, self.target.port)
        except OSError:
            return writer.close()
        ways = [
            asyncio.create_task(self.pass_on(reader, far_writer, connection.sent, None)),
            asyncio.create_task(self.pass_on(far_reader, writer, connection.received, SEVER.encode())),
        ]
        # Either side's end is the end of both: half-closed connections are not HTTP's way.
        await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        for way in ways:
            way.cancel()
        await asyncio.gather(*ways, return_exceptions=True)
        for each in (writer, far_writer):
            each.close()

    async def pass_on(self, reader, writer, pieces, cut_at):
        while piece := await reader.read(65536):
            pieces.append((time.monotonic(), piece))
            writer.write(piece)
            await writer.drain()
            if cut_at and cut_at in piece:
                # Late enough for the client to have read up to here.
                await asyncio.sleep(0.2)
                return
