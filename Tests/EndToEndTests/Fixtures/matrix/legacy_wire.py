"""Holds an endpoint to the rules of the revisions with sessions: legacy_wire.py URL [NAME...]

Prints how many rules there were, and {name, wanted, got} of those that were broken. A NAME is one to leave out.
"""

import signal
import sys
import threading

from raw_exchange import Exchange, Rules, of

signal.alarm(270)
url, rules = sys.argv[1], Rules(sys.argv[2:])
rule = rules.rule
NEWEST = "2025-11-25"
REVISIONS = ["2025-03-26", "2025-06-18", NEWEST]
STREAM = "text/event-stream"
USUAL = {"Content-Type": "application/json", "Accept": f"application/json, {STREAM}"}
CLIENT = {"name": "raw", "version": "1"}


def message(method, id=None, **params):
    return {"jsonrpc": "2.0", "method": method, "params": params} | ({} if id is None else {"id": id})


def call(name, id, token=None, **arguments):
    meta = {} if token is None else {"_meta": {"progressToken": token}}
    return message("tools/call", id, name=name, arguments=arguments, **meta)


class Session:
    def __init__(self, revision=NEWEST, capabilities=None, **headers):
        hello = message(
            "initialize", 0, protocolVersion=revision, capabilities=capabilities or {}, clientInfo=CLIENT
        )
        self.opened = Exchange(url, hello, headers=USUAL | headers)
        self.welcome = self.opened.answer()
        self.id = self.opened.session
        self.revision = of(self.welcome, "result", "protocolVersion")
        self.told = self.send(message("notifications/initialized"))

    def send(self, body=None, verb="POST", timeout=20, **headers):
        """A header given as None is left out."""
        own = {"Mcp-Session-Id": self.id, "MCP-Protocol-Version": self.revision}
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        return Exchange(url, body, verb, USUAL | own | given, timeout)

    def get(self, timeout=20, **headers):
        return self.send(None, "GET", timeout, **({"Accept": STREAM, "Content_Type": None} | headers))


def opening():
    for revision in REVISIONS:
        session = Session(revision)
        rule(f"{revision}: opened", [200, revision], [session.opened.status, session.revision])
        rule(f"{revision}: the id", True, bool(session.id) and session.id.isascii() and session.id.isprintable())
        session.told.response.read()
        rule(f"{revision}: told", [202, None], [session.told.status, session.told.session])
        bare = session.send(call("text", 1, text="x"), MCP_Protocol_Version=None)
        rule(f"{revision}: without its header", 200, bare.status)
    rule("an unknown revision is answered with a known one", True, Session("2031-01-01").revision in REVISIONS)
    rule("initialize with a stale id", 200, Session(**{"Mcp-Session-Id": Session().id[:-1] + "x"}).opened.status)


def refusals():
    session = Session()
    text = call("text", 1, text="x")
    for name, status, exchange in [
        ("no session", 400, session.send(text, Mcp_Session_Id=None)),
        ("an unknown session", 404, session.send(text, Mcp_Session_Id="0" * 32)),
        ("an unknown session, GET", 404, session.get(Mcp_Session_Id="0" * 32)),
        ("an unknown session, DELETE", 404, session.send(None, "DELETE", Mcp_Session_Id="0" * 32)),
        ("an unknown revision in the header", 400, session.send(text, MCP_Protocol_Version="2031-01-01")),
        ("accepts JSON only", 406, session.send(text, Accept="application/json")),
        ("GET without accepting streams", 406, session.get(Accept="application/json")),
        ("no JSON", 400, session.send(b"{nonsense")),
        ("a batch", 400, session.send([text])),
        ("a foreign page", 403, session.send(text, Origin="http://evil.example.com")),
        ("PUT", 405, session.send(text, "PUT")),
    ]:
        rule(name, status, exchange.status)
        rule(f"{name}: no session", None, exchange.session)
        exchange.close()
    rule("it goes on", "x", text_of(session.send(text)))


def text_of(exchange):
    content = of(exchange.answer(), "result", "content") or [{}]
    return content[0].get("text")


def ending():
    session = Session()
    rule("DELETE", 2, session.send(None, "DELETE").status // 100)
    rule("afterwards", 404, session.send(call("text", 1, text="x")).status)
    rule("afterwards, GET", 404, session.get().status)


def streams():
    session = Session()
    waiting = session.get()
    rule("GET", [200, STREAM], [waiting.status, waiting.kind])
    found = {}

    def one(number):
        exchange = session.send(call("steps", number, number, count=3, text=f"call {number}"))
        found[number] = [exchange.kind, exchange.messages()]

    threads = [threading.Thread(target=one, args=(number,)) for number in range(3)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    for number, (kind, messages) in found.items():
        rule(f"stream {number} beside others", [STREAM, number], [kind, messages[-1].get("id")])
        tokens = [of(each, "params", "progressToken") for each in messages[:-1]]
        rule(f"stream {number} beside others: its own", [number] * 3, tokens)
    waiting.close()


def questions():
    """The server's question comes on the stream of the call, and its answer is posted."""
    session = Session(capabilities={"elicitation": {}})
    exchange = session.send(call("elicit", 5, message="accept"))
    events = exchange.events()
    question = next(events)
    rule("a question", ["elicitation/create", STREAM], [question.get("method"), exchange.kind])
    answer = {"action": "accept", "content": {"answer": "yes"}}
    posted = session.send({"jsonrpc": "2.0", "id": question["id"], "result": answer})
    rule("its answer is taken", [202, b""], [posted.status, posted.response.read()])
    rule("the call's own answer", 5, next(events).get("id"))


def resumption():
    """A stream that breaks is gone on with from the last event the client has, by nobody but its session."""
    session, other = Session(), Session()
    exchange = session.send(call("severed", 9, "t"))
    first = next(exchange.events())
    rule("before the break", 1, of(first, "params", "progress"))
    rule("there is something to go on from", True, bool(exchange.event_ids))
    last = exchange.event_ids[-1]
    exchange.connection.sock.shutdown(2)
    stolen = other.get(timeout=3, Last_Event_ID=last)
    rule("another session gets nothing of it", [], leaked(stolen))
    rest = []
    # A server may leave the stream open after the answer.
    for each in session.get(Last_Event_ID=last).events():
        rest.append(each)
        if "id" in each:
            break
    rule("after the break", [2, 3], [of(each, "params", "progress") for each in rest[:-1]])
    rule("the answer", 9, rest[-1].get("id"))
    old = Session("2025-06-18").send(call("steps", 1, 1, count=1, text="x"))
    old.messages()
    empty = [line for line in old.lines if line.startswith(b"data:") and not line[5:].strip()]
    rule("no empty event for an older client", [], empty)


def leaked(exchange):
    if exchange.status != 200:
        return []
    try:
        return [each for each in exchange.events()]
    except TimeoutError:
        return []


rules.hold(opening, refusals, ending, streams, questions, resumption)
