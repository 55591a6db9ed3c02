"""mcp 2.3's own way in, from a 401 to a call: door_oauth.py GATEWAY SERVER"""

import asyncio
import json
import sys
import urllib.parse

import httpx2
from gateways import Gateway, free_port
from issuer import Issuer
from mcp import Client
from mcp.client.auth import OAuthClientProvider
from mcp.client.streamable_http import streamable_http_client
from mcp.shared.auth import AuthorizationCodeResult, OAuthClientMetadata


class Storage:
    """What the client remembers, for as long as it runs."""

    tokens = client = None

    async def get_tokens(self):
        return self.tokens

    async def set_tokens(self, tokens):
        self.tokens = tokens

    async def get_client_info(self):
        return self.client

    async def set_client_info(self, client):
        self.client = client


async def sign_in(url, requests):
    answers = []

    async def visit(authorization_url):
        async with httpx2.AsyncClient() as browser:
            response = await browser.get(authorization_url, follow_redirects=False)
        answers.append(dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(response.headers["location"]).query)))

    async def come_back():
        return AuthorizationCodeResult(code=answers[-1]["code"], state=answers[-1]["state"])

    async def note(response):
        requests.append([response.request.method, response.request.url.path, response.status_code])

    metadata = OAuthClientMetadata(client_name="a test", redirect_uris=["http://127.0.0.1:9/back"])
    storage = Storage()
    provider = OAuthClientProvider(url, metadata, storage, redirect_handler=visit, callback_handler=come_back)
    async with httpx2.AsyncClient(auth=provider, event_hooks={"response": [note]}) as http:
        async with Client(streamable_http_client(url, http_client=http), mode="legacy") as client:
            result = await client.call_tool("echo", {"text": "signed in"})
            return {"echo": result.content[0].text, "scope": storage.tokens.scope}


program, server = sys.argv[1:]
port = free_port()
url = f"http://127.0.0.1:{port}/mcp"
issuer = Issuer(url)
flags = ["--jwt-issuer", issuer.url, "--jwt-audience", url, "--public-url", url, "--jwt-scopes", "mcp:use"]
gateway = Gateway(program, server, port, *flags)
gateway.wait_until_ready()
requests = []
answers = asyncio.run(sign_in(url, requests))
print(json.dumps(answers | {"asked": issuer.asked, "first": requests[0]}))
