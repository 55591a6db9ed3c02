"""Who may use a session, at two replicas that check tokens: door_sessions.py GATEWAY SERVER"""

import asyncio
import itertools
import json
import sys

import httpx2
from gateways import two_gateways
from issuer import Issuer
from mcp import Client
from mcp.client.streamable_http import streamable_http_client
from raw_mcp import Session

PUBLIC = "https://mcp.example.com/mcp"
PING = {"jsonrpc": "2.0", "id": 1, "method": "ping"}


class Signed(Session):
    """A client that shows a token with every request."""

    def __init__(self, url, token, session=None):
        super().__init__(url, session=session)
        self.token = token

    def request(self, verb, body=None, **headers):
        if self.token:
            headers = {"Authorization": f"Bearer {self.token}"} | headers
        return super().request(verb, body, **headers)


class Alternating(httpx2.AsyncHTTPTransport):
    """A balancer without affinity."""

    def __init__(self, replicas):
        super().__init__()
        self.ports = itertools.cycle([int(replica.origin.rpartition(":")[2]) for replica in replicas])

    async def handle_async_request(self, request):
        request.url = request.url.copy_with(port=next(self.ports))
        return await super().handle_async_request(request)


async def through_both(replicas, token):
    """What mcp 2.3 gets with a bearer header, dealt to the replicas in turn."""
    headers = {"Authorization": f"Bearer {token}"}
    async with httpx2.AsyncClient(headers=headers, transport=Alternating(replicas)) as http:
        async with Client(streamable_http_client(replicas[0].url, http_client=http), mode="legacy") as client:
            words = []
            for number in range(10):
                result = await client.call_tool("echo", {"text": f"call {number}"})
                words.append(result.content[0].text)
            return words


def ping(replica, token, session, **headers):
    client = Signed(replica.url, token, session)
    status, fields, messages = client.post(PING, **headers)
    error = messages[-1].get("error", {}).get("message") if messages else None
    return {"status": status, "error": error, "challenge": fields["WWW-Authenticate"]}


program, server = sys.argv[1:]
issuer = Issuer(PUBLIC)
flags = ["--jwt-issuer", issuer.url, "--jwt-audience", PUBLIC, "--public-url", PUBLIC, "--jwt-scopes", "mcp:use"]
flags += ["--allow-host", "127.0.0.1"]
here, there = replicas = two_gateways(program, server, *flags)
alice, bob = issuer.token("alice"), issuer.token("bob")
echoes = asyncio.run(through_both(replicas, alice))

session = Signed(here.url, alice)
session.initialize()
ticket = session.session
before = there.health()["calls"]["forwarded"], here.health()["calls"]["received"]
owned = ping(there, alice, ticket)
after = there.health()["calls"]["forwarded"], here.health()["calls"]["received"]
forged_hop = {"Slipway_Hop": "1.AAAA", "Slipway_Hop_Caller": "AAAA", "Slipway_Hop_Intent": "take"}
answers = {
    "echoes": echoes,
    "owned": owned,
    "passedOn": [after[0] - before[0], after[1] - before[1]],
    "anotherHere": ping(here, bob, ticket),
    "anotherThere": ping(there, bob, ticket),
    "invented": ping(here, bob, "invented"),
    "nobodyHere": ping(here, None, ticket),
    "nobodyThere": ping(there, None, ticket),
    "forgedHop": ping(here, None, ticket, **forged_hop),
    "newToken": ping(there, issuer.token("alice", jti="another"), ticket),
    "withoutScope": ping(here, issuer.token("alice", scope="other"), ticket),
}
here.kill()
answers["resumed"] = ping(there, alice, ticket)
answers["notResumedForAnother"] = ping(there, bob, ticket)
answers["asked"] = issuer.asked
print(json.dumps(answers))
