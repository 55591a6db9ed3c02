"""Each load balancer as a port of its own on loopback: what DNSName says, so that whoever asks for it gets there.

It forwards as the first listener does that forwards, without TLS; one that redirects is obeyed where no other forwards.
A connection carries one request. Bytes pass as they come, both ways, no faster than they are taken.
"""

import asyncio
import itertools

import ministack_engine as engine
import ministack_targets as targets
from ministack.core.responses import AccountRegionScopedDict, get_account_id
from ministack.services import alb
from ministack.services.cloudformation import provisioners
from workaround import works_around

_LARGEST_HEAD, _PIECE = 1 << 16, 1 << 16
_CONNECTING = 1.0  # seconds until the next target is tried
_GONE = (OSError, asyncio.IncompleteReadError)


@works_around("a balancer answers under a name that nobody resolves, gathers answers before it passes them on, and asks "
              "targets that are not healthy")
def open_balancers():
    standing = _Balancers()
    standing._data.update(alb._lbs._data)
    alb._lbs = standing
    make = provisioners._elbv2_load_balancer_create

    def create(*arguments):
        arn, attributes = make(*arguments)
        return arn, attributes | {"DNSName": standing[arn]["DNSName"]}

    provisioners._elbv2_load_balancer_create = create
    provisioners._RESOURCE_HANDLERS["AWS::ElasticLoadBalancingV2::LoadBalancer"]["create"] = create


class _Balancers(AccountRegionScopedDict):
    """The emulator's store of balancers, which opens and closes ports."""

    __slots__ = ()
    open = {}

    def __setitem__(self, arn, record):
        if arn not in self.open:
            self.open[arn] = Balancer(arn, get_account_id())
            record["DNSName"] = f"127.0.0.1:{self.open[arn].port}"
        super().__setitem__(arn, record)

    def pop(self, arn, *default):
        if balancer := self.open.pop(arn, None):
            balancer.close()
        return super().pop(arn, *default)

    def __delitem__(self, arn):
        self.pop(arn)


class Balancer:
    def __init__(self, arn, account):
        self.arn, self.account, self.turn = arn, account, itertools.count()
        self.connections = set()
        self.server = engine.on_the_wire(asyncio.start_server(self._serve, "127.0.0.1", 0, limit=_LARGEST_HEAD))
        self.port = self.server.sockets[0].getsockname()[1]

    def close(self):
        engine.on_the_wire(self._close())

    async def _close(self):
        self.server.close()
        for one in list(self.connections):
            one.cancel()

    async def _serve(self, reader, writer):
        self.connections.add(asyncio.current_task())
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            await self._route(head, reader, writer)
        except asyncio.LimitOverrunError:
            await _refuse(writer, 400, "Bad Request")
        except _GONE:
            pass  # the client has gone, or the target in the middle of its answer, which the client sees by itself
        finally:
            self.connections.discard(asyncio.current_task())
            writer.close()

    async def _route(self, head, reader, writer):
        listeners = [one for one in list(alb._listeners._data.values()) if one["LoadBalancerArn"] == self.arn]
        for listener in listeners:
            for action in listener["DefaultActions"]:
                if group := _group(action):
                    return await self._forward(group, _passed_on(head, writer, listener), reader, writer)
        for listener in listeners:
            for action in listener["DefaultActions"]:
                if action["Type"] == "redirect":
                    return await _redirect(action["RedirectConfig"], head, writer)
        await _refuse(writer, 503, "Service Temporarily Unavailable")

    async def _forward(self, group, head, reader, writer):
        tried = set()
        while True:
            choices = [one for one in targets.choices(self.account, group) if id(one) not in tried]
            if not choices:
                return await _refuse(writer, 503, "Service Temporarily Unavailable")
            target = choices[next(self.turn) % len(choices)]
            tried.add(id(target))
            where = target.address, target.port
            targets.in_flight[where] += 1
            try:
                connected = await asyncio.wait_for(
                    asyncio.open_connection(*where, limit=_LARGEST_HEAD), _CONNECTING)
            except (OSError, asyncio.TimeoutError):
                target.left_out = True
                targets.in_flight[where] -= 1
                continue
            try:
                return await _exchange(head, reader, writer, *connected)
            finally:
                targets.in_flight[where] -= 1
                connected[1].close()


def _group(action):
    several = (action.get("ForwardConfig") or {}).get("TargetGroups") or [{}]
    return action["Type"] == "forward" and (action.get("TargetGroupArn") or several[0].get("TargetGroupArn"))


def _lines(head):
    first, *fields = head.decode("latin-1").removesuffix("\r\n\r\n").split("\r\n")
    return first, [(name, value.strip()) for name, _, value in (field.partition(":") for field in fields)]


def _head(first, fields):
    return "\r\n".join([first, *(f"{name}: {value}" for name, value in fields), "", ""]).encode("latin-1")


def _passed_on(head, writer, listener):
    first, fields = _lines(head)
    before = [value for name, value in fields if name.lower() == "x-forwarded-for"]
    replaced = ("connection", "keep-alive", "x-forwarded-for", "x-forwarded-proto", "x-forwarded-port")
    return _head(first, [one for one in fields if one[0].lower() not in replaced] + [
        ("X-Forwarded-For", ", ".join([*before, writer.get_extra_info("peername")[0]])),
        ("X-Forwarded-Proto", "https" if listener["Protocol"] == "HTTPS" else "http"),
        ("X-Forwarded-Port", listener["Port"]), ("Connection", "close")])


async def _exchange(head, reader, writer, answers, questions):
    """One request and its answer. Either side's end ends it."""
    questions.write(head)
    asking = asyncio.ensure_future(_pipe(reader, questions))
    answering = asyncio.ensure_future(_answer(answers, writer))
    try:
        await asyncio.wait({asking, answering}, return_when=asyncio.FIRST_COMPLETED)
        if asking.done() and not answering.done() and asking.exception() is not None:
            await answering  # the target takes no more, and may have said why
        elif answering.done():
            answering.result()
    finally:
        asking.cancel()
        answering.cancel()
        await asyncio.gather(asking, answering, return_exceptions=True)


async def _answer(answers, writer):
    status = 100
    while 100 <= status < 200:  # more follows
        try:
            head = await answers.readuntil(b"\r\n\r\n")
            first, fields = _lines(head)
            status = int(first.split(" ")[1])
        except (*_GONE, asyncio.LimitOverrunError, ValueError, IndexError):
            return await _refuse(writer, 502, "Bad Gateway")
        if status >= 200:
            fields = [one for one in fields if one[0].lower() not in ("connection", "keep-alive")]
            head = _head(first, [*fields, ("Connection", "close")])
        writer.write(head)
    await _pipe(answers, writer)


async def _pipe(reader, writer):
    while piece := await reader.read(_PIECE):
        writer.write(piece)
        await writer.drain()


async def _redirect(where, head, writer):
    first, fields = _lines(head)
    host = next((value for name, value in fields if name.lower() == "host"), "").split(":")[0]
    path, _, query = first.split(" ")[1].removeprefix("/").partition("?")
    place = "{Protocol}://{Host}:{Port}{Path}?{Query}".format(**{
        "Protocol": "#{protocol}", "Host": "#{host}", "Port": "#{port}", "Path": "/#{path}", "Query": "#{query}"} | where)
    for name, value in {"protocol": "http", "host": host, "port": "80", "path": path, "query": query}.items():
        place = place.replace("#{%s}" % name, value)
    place = place.replace("HTTPS:", "https:").replace("HTTP:", "http:").removesuffix("?")
    status = where["StatusCode"].removeprefix("HTTP_")
    await _refuse(writer, int(status), "Moved", ("Location", place))


async def _refuse(writer, status, words, *more):
    body = f"<html><head><title>{status} {words}</title></head></html>\r\n"
    writer.write(_head(f"HTTP/1.1 {status} {words}", [
        ("Server", "awselb/2.0"), ("Content-Type", "text/html"), ("Content-Length", len(body)), *more,
        ("Connection", "close")]) + body.encode())
    await writer.drain()
