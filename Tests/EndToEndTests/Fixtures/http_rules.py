"""What the edge answers to requests that keep or break the rules: http_rules.py URL"""

import json
import socket
import sys
import threading
import urllib.request

from raw_mcp import Session

url = sys.argv[1]
PING = {"jsonrpc": "2.0", "id": 1, "method": "ping"}


def opened():
    session = Session(url)
    session.initialize()
    return session


def refusal(session, **headers):
    status, _, messages = session.post(PING, **headers)
    return {"status": status, "isError": bool(messages) and "error" in messages[-1]}


def status_of(session, **headers):
    return session.post(PING, **headers)[0]


def forged(ticket):
    """The ticket with one character in its middle changed."""
    middle = len(ticket) // 2
    other = "A" if ticket[middle] != "A" else "B"
    return ticket[:middle] + other + ticket[middle + 1 :]


def streams():
    """Two GET streams of one session, the second opened while the first is."""
    session = opened()
    first, second = session.beside(), session.beside()
    second.connection.timeout = 2
    answers, ends = [], []
    for each in (first, second):
        response = each.request("GET", Accept="text/event-stream", Content_Type=None)
        answers.append({"status": response.status, "contentType": response.headers.get_content_type()})
        ends.append(threading.Event())
        threading.Thread(target=read_to_end, args=[response, ends[-1]], daemon=True).start()
    ended = [ends[0].wait(3), ends[1].wait(0.5)]
    return [answer | {"ended": end} for answer, end in zip(answers, ended)]


def read_to_end(response, end):
    try:
        while response.readline():
            pass
        end.set()
    except (TimeoutError, socket.timeout):
        pass  # still open, which is what the caller wants to know


with urllib.request.urlopen(url.removesuffix("/mcp") + "/health", timeout=20) as response:
    health_status, health = response.status, json.load(response)
session = opened()
other = opened()
first_stream, second_stream = streams()
answers = {
    "health": health_status,
    "healthStatus": health["status"],
    "foreignOrigin": status_of(session, Origin="http://elsewhere.example"),
    "unknownSession": refusal(session, Mcp_Session_Id="unknown"),
    "forgedSession": refusal(session, Mcp_Session_Id=forged(session.session)),
    "unknownRevision": status_of(session, MCP_Protocol_Version="1999-01-01"),
    "firstStream": first_stream,
    "secondStream": second_stream,
}
deletion = other.request("DELETE", Content_Type=None)
deletion.read()
answers["deletion"] = deletion.status
answers["afterDeletion"] = refusal(other)
print(json.dumps(answers))
