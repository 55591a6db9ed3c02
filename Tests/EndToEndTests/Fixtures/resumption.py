"""The parts of the resumption test that do not depend on an SDK.

Words after the script: URL_OF_OWNER URL_OF_OTHER PID_OF_OWNER direct|hop|moved. The client's connections are cut in the
middle of a call; it comes back to the owner, to another replica that passes it on, or after the owner was killed."""

import asyncio
import os
import signal
import sys
import urllib.parse

from cutting_proxy import CuttingProxy

signal.alarm(170)


def address(url):
    parts = urllib.parse.urlsplit(url)
    return parts.hostname, parts.port


async def story(client):
    """`client(url)` is a context that gives `call(name, arguments, on_progress)`, which answers with a text."""
    owner, other, process, way = sys.argv[1:5]
    proxy = CuttingProxy(address(owner))
    steps = []
    told = {}

    async def on_progress(progress, total, message):
        steps.append(progress)
        if progress == 2:
            if way != "direct":
                proxy.target = address(other)
            if way == "moved":
                os.kill(int(process), signal.SIGKILL)
            proxy.cut()

    async with proxy.running() as url, client(url) as call:
        before = await call("where", {}, None)
        try:
            told["answer"] = await asyncio.wait_for(
                call("slow", {"seconds": 4, "steps": 8}, on_progress), timeout=40
            )
        except asyncio.TimeoutError:
            told["answer"] = "nothing"
        told["same_process"] = await call("where", {}, None) == before
        told["next"] = await call("echo", {"text": "still here"}, None)
    return told | {"steps": steps}
