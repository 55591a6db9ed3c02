"""What three clients of one server do beside each other, whatever their SDK is called."""

import asyncio
import json
import signal

signal.alarm(170)

NAMES = ["a", "b", "c"]


class Guest:
    """A client, and what it heard. `call(name, arguments, on_progress)` gives a text and whether it is an error."""

    def __init__(self, name):
        self.name = name
        self.logs, self.updates, self.questions = [], [], []

    async def on_log(self, params):
        self.logs.append(str(params.data))

    def hear(self, message):
        notification = getattr(message, "root", message)
        if getattr(notification, "method", "") == "notifications/resources/updated":
            self.updates.append(str(notification.params.uri))


async def each(guests, deed):
    return await asyncio.gather(*[deed(guest) for guest in guests])


async def follow(guest):
    heard = []

    async def on_progress(progress, total, message):
        heard.append(message)

    text, _ = await guest.call("steps", {"name": guest.name}, on_progress)
    return [text, *heard]


async def story(guests):
    a, b, c = guests
    told = {"progress": await each(guests, follow)}

    await each(guests, lambda guest: guest.set_level("debug"))
    told["talks"] = [text for text, _ in await each(guests, lambda g: g.call("talk", {"name": g.name}))]
    told["logs"] = [guest.logs for guest in guests]

    for guest, uri in [(a, "test://one"), (b, "test://two"), (c, "test://two")]:
        await guest.subscribe(uri)
    for uri in ["test://one", "test://two"]:
        await c.call("touch", {"uri": uri})
    await c.unsubscribe("test://two")
    await a.call("touch", {"uri": "test://two"})
    await asyncio.sleep(0.3)
    told["updates"] = [guest.updates for guest in guests]

    left = asyncio.create_task(b.call("wait", {"name": "b", "seconds": 1}))
    await a.cancelled_call("wait", {"name": "a", "seconds": 60})
    told["waited"] = (await left)[0]
    told["seen"] = json.loads((await c.call("seen", {}))[0])

    told["asked"] = await each(guests, lambda guest: guest.call("ask", {"name": guest.name}))
    told["questions"] = [guest.questions for guest in guests]
    return told
