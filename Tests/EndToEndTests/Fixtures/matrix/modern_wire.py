"""Holds an endpoint to the rules of revision 2026-07-28: modern_wire.py URL [NAME...]

Prints how many rules there were, and {name, wanted, got} of those that were broken. A NAME is one to leave out.
"""

import json
import signal
import sys
import threading
import uuid

from modern_cases import CACHED, CASES, NO_VERSION, PARAMS
from modern_request import PREFIX, REVISION, message, meta, send
from raw_exchange import Rules, of

signal.alarm(270)
url, rules = sys.argv[1], Rules(sys.argv[2:])
rule = rules.rule
ELICITATION = {"elicitation": {"form": {}}}


def table():
    for case in CASES:
        exchange = send(url, case.body, case.verb, case.headers)
        text = exchange.response.read()
        answer = json.loads(text) if text.strip() and exchange.kind == "application/json" else None
        statuses = case.status if isinstance(case.status, tuple) else (case.status,)
        status = exchange.status if exchange.status not in statuses else case.status
        code = of(answer, "error", "code") if case.status not in (403, 405, 406, (400, 415)) else case.code
        rule(case.name, [case.status, case.code], [status, code])
        rule(f"{case.name}: no session", None, exchange.session)
        if isinstance(case.body, dict) and "method" in case.body and case.code and isinstance(case.body["id"], str):
            rule(f"{case.name}: the same id", case.body["id"], of(answer, "id"))
        if case.status == 405:
            rule(f"{case.name}: what is allowed", True, "POST" in (exchange.response.headers["Allow"] or ""))
        if case.status == 202:
            rule(f"{case.name}: nothing to read", b"", text)
        if case.code == NO_VERSION:
            data = of(answer, "error", "data") or {}
            discovered = of(ask("server/discover"), "result", "supportedVersions") or []
            supported = data.get("supported") or []
            rule(f"{case.name}: supported", True, bool(supported) and set(supported) <= set(discovered))
            rule(f"{case.name}: requested", case.headers["MCP-Protocol-Version"], data.get("requested"))


def ask(method, id="q-1", _meta=None, **params):
    return send(url, message(method, id, _meta, **params)).answer()


def call(name, id="q-1", _meta=None, more=None, **arguments):
    return ask("tools/call", id, _meta, name=name, arguments=arguments, **(more or {}))


def results():
    """What each result carries."""
    for method, params in CACHED:
        result = of(ask(method, **params), "result") or {}
        rule(f"{method}: result type", "complete", result.get("resultType"))
        rule(f"{method}: server info", "matrix", of(result, "_meta", PREFIX + "serverInfo", "name"))
        rule(f"{method}: time to live", True, isinstance(result.get("ttlMs"), int) and result["ttlMs"] >= 0)
        rule(f"{method}: cache scope", True, result.get("cacheScope") in ("public", "private"))
    discovered = of(ask("server/discover"), "result") or {}
    rule("the versions", [REVISION], discovered.get("supportedVersions"))
    rule("the instructions", True, bool(discovered.get("instructions")))
    called = of(call("text", text="hello"), "result") or {}
    rule("a call: result type", "complete", called.get("resultType"))
    rule("a call: server info", "matrix", of(called, "_meta", PREFIX + "serverInfo", "name"))
    for id in (0, 7, 2**53, "7", "grüße 👋", ""):
        rule(f"the id {id!r} comes back", [id, type(id).__name__], same(of(call("text", id, text="x"), "id")))


def same(value):
    return [value, type(value).__name__]


def streams():
    """Progress and logs come on the stream of their request, and only where they were asked for."""
    for token in (5, "five"):
        body = message("tools/call", _meta=meta(progressToken=token), name="steps", arguments={"count": 3, "text": "s"})
        exchange = send(url, body)
        found = exchange.messages()
        rule(f"progress {token!r}: the kind", "text/event-stream", exchange.kind)
        tokens = [of(each, "params", "progressToken") for each in found[:-1]]
        rule(f"progress {token!r}", [token] * 3, tokens)
        rule(f"progress {token!r}: the end", "q-1", found[-1].get("id"))
        rule(f"progress {token!r}: no event ids", [], exchange.event_ids)
    for level, count in ((None, 0), ("warning", 5), ("debug", 8)):
        wanted = meta(**({PREFIX + "logLevel": level} if level else {}))
        found = send(url, message("tools/call", _meta=wanted, name="logs", arguments={})).messages()
        rule(f"logs from {level} on", count, sum(each.get("method") == "notifications/message" for each in found))


def listening():
    """The acknowledgement comes first, bears the request's id, and what was not asked for does not come."""
    for id in (41, "forty-one"):
        body = message("subscriptions/listen", id, notifications={"promptsListChanged": True})
        exchange = send(url, body)
        rule(f"listening {id!r}: the kind", [200, "text/event-stream"], [exchange.status, exchange.kind])
        frames = []
        reading = threading.Thread(target=lambda: frames.extend(exchange.events()), daemon=True)
        if exchange.kind == "text/event-stream":
            reading.start()
            call("grow")
            reading.join(1)
        first = frames[0] if frames else {}
        rule(f"listening {id!r}: first", "notifications/subscriptions/acknowledged", first.get("method"))
        tagged = [same(of(each, "params", "_meta", PREFIX + "subscriptionId")) for each in frames]
        rule(f"listening {id!r}: every frame says so", [same(id)] * max(1, len(frames)), tagged)
        others = [each.get("method") for each in frames if "tools/list_changed" in each.get("method", "")]
        rule(f"listening {id!r}: nothing else", [], others)
        exchange.connection.sock and exchange.connection.sock.shutdown(2)


def hearing():
    """What the acknowledgement honours is delivered, whoever brings it about and wherever."""
    for turn in range(4):
        body = message("subscriptions/listen", turn, notifications={"toolsListChanged": True})
        exchange = send(url, body, timeout=15)
        frames = exchange.events()
        acknowledged = next(frames, {})
        if not of(acknowledged, "params", "notifications", "toolsListChanged"):
            return exchange.close()
        call("grow")
        try:
            heard = next(frames, {}).get("method")
        except TimeoutError:
            heard = None
        rule(f"hearing {turn}", "notifications/tools/list_changed", heard)
        exchange.close()


def leaving():
    """A client that leaves has cancelled."""
    mark = uuid.uuid4().hex
    arguments = {"seconds": 30, "mark": mark}
    exchange = send(url, message("tools/call", _meta=meta(progressToken=1), name="slow", arguments=arguments))
    rule("leaving: under way", "notifications/progress", of(next(exchange.events(), None), "method"))
    exchange.close()
    answer = call("was_cancelled", mark=mark)
    rule("leaving cancels", "True", ((of(answer, "result", "content") or [{}])[0]).get("text"))


def questions():
    """The server's question is a result, and the answer comes with the call made again."""
    able = meta(ELICITATION)
    asked = of(call("elicit", _meta=able, message="accept"), "result") or {}
    requests = asked.get("inputRequests") or {}
    rule("a question: result type", "input_required", asked.get("resultType"))
    rule("a question: the method", ["elicitation/create"], [each.get("method") for each in requests.values()])
    rule("a question: the state", True, isinstance(asked.get("requestState"), str))
    if not requests:
        return
    key, state = next(iter(requests)), asked.get("requestState")
    answers = {key: {"action": "accept", "content": {"answer": "yes"}}}
    back = {"inputResponses": answers, "requestState": state}

    def again(**changed):
        return call("elicit", "q-2", able, back | changed, message="accept")

    rule("a forged state", PARAMS, of(again(requestState=state + "-forged"), "error", "code"))
    done = again()
    rule("the answer: result type", "complete", of(done, "result", "resultType"))
    rule("the answer: the id", "q-2", of(done, "id"))
    said = ((of(done, "result", "content") or [{}])[0]).get("text", "")
    rule("the answer: what was said", True, said.startswith("accept") and "yes" in said)
    unable = call("elicit", message="accept")
    rule("who can't be asked is not asked", None, of(unable, "result", "inputRequests"))
    rule("who can't be asked gets an answer", True, "result" in unable or "error" in unable)


rules.hold(table, results, streams, listening, hearing, leaving, questions)
