"""One journey per feature, in the order a session takes them. `c` is a client of any SDK (see the client_*.py)."""

import asyncio

from recording import attempt


async def welcome(c):
    return c.welcome()


async def lists(c):
    """Every page of everything."""
    pages = {}
    for kind in ("tools", "resources", "resourceTemplates", "prompts"):
        pages[kind], cursor = [], None
        while True:
            page = await attempt(c.list(kind, cursor))
            pages[kind].append(page)
            cursor = page.get("nextCursor")
            if cursor is None:
                break
    pages["lost"] = await attempt(c.list("resources", "no such cursor"))
    return pages


async def contents(c):
    text = 'grüße 👋 \u2028 "\\ \n\t'
    calls = [("text", {"text": text}), ("image", {}), ("links", {}), ("weather", {"city": "Köln"})]
    return [await attempt(c.call(name, arguments)) for name, arguments in calls]


async def large(c):
    answers = [await attempt(c.call("large", {"size": size})) for size in (70_000, 1_500_000)]
    echoed = await attempt(c.call("text", {"text": "y" * 300_000}))
    return [len(answer["content"][0]["text"]) if "content" in answer else answer for answer in answers + [echoed]]


async def errors(c):
    calls = [("failing", {}), ("raising", {}), ("refusing", {}), ("text", {"wrong": 1}), ("nobody", {})]
    return [await attempt(c.call(name, arguments)) for name, arguments in calls]


async def resources(c):
    uris = ["matrix://text", "matrix://binary", "matrix://greeting/Zo%C3%AB", "matrix://nowhere"]
    return [await attempt(c.read(uri)) for uri in uris]


async def prompts(c):
    asked = [("plain", None), ("letter", {"to": "Zoë", "tone": "formal"}), ("letter", {}), ("nobody", None)]
    return [await attempt(c.prompt(name, arguments)) for name, arguments in asked]


async def completion(c):
    of_prompt, of_template = {"prompt": "letter"}, {"template": "matrix://greeting/{name}"}
    asked = [(of_prompt, "tone", "f"), (of_prompt, "tone", "x"), (of_template, "name", "Z")]
    return [await attempt(c.complete(of, argument, value)) for of, argument, value in asked]


async def progress(c):
    return await c.call("steps", {"count": 4, "text": "step"}, progress=True)


async def unasked_progress(c):
    """Nobody asked for progress, so none comes."""
    return await c.call("steps", {"count": 2, "text": "step"})


async def at_once(c):
    """Many calls of one session under way together: each gets its own answer and its own progress."""

    async def one(number):
        seen = []
        answer = await c.call("steps", {"count": 3, "text": f"call {number}"}, into=seen)
        return [answer, seen]

    return await asyncio.gather(*[one(number) for number in range(8)])


async def logs(c):
    """All of them, and those from a level on."""
    asked = [lambda: c.call("logs", {}), lambda: c.set_level("error"), lambda: c.call("logs", {})]
    answers = [await attempt(ask()) for ask in asked]
    await asyncio.sleep(0.1)
    return answers


async def sampling(c):
    return await c.call("sample", {"prompt": "Why?"})


async def sampling_refused(c):
    return await attempt(c.call("sample", {"prompt": "refuse"}))


async def elicitation(c):
    answers = ("accept", "decline", "cancel", "refuse")
    return [await attempt(c.call("elicit", {"message": answer})) for answer in answers]


async def elicitation_twice(c):
    return await c.call("elicit_twice", {})


async def elicitation_at_once(c):
    """Each call gets the answer to its own question."""
    answers = await asyncio.gather(*[c.call("elicit", {"message": f"accept {number}"}) for number in range(4)])
    c.record.notes.sort(key=str)
    return answers


async def roots(c):
    return await c.call("roots", {})


async def roots_changed(c):
    return [await attempt(c.roots_changed()), await attempt(c.call("told_of_roots", {}))]


async def ping(c):
    return await c.ping()


async def cancellation(c):
    """The server sees that a call was given up, and the session goes on."""
    mark = {"mark": c.name}
    return [await attempt(c.give_up("slow", {"seconds": 30} | mark)), await attempt(c.call("was_cancelled", mark))]


async def time_out(c):
    """The client loses patience, and whatever comes late is for nobody."""
    answers = [
        await attempt(c.call("slow", {"seconds": 1.5, "mark": "late"}, seconds=0.5)),
        await attempt(c.call("text", {"text": "still here"})),
    ]
    if c.hears_late_answers:
        await c.record.heard("fault")
    return answers


async def client_info(c):
    return await c.call("client", {})


async def mirrored_argument(c):
    """In 2026-07-28 the client repeats the argument in a header, which must arrive with the body or not at all."""
    return [await attempt(c.call("region", {"region": region})) for region in ("west", "Köln 👋", " edge ")]


async def subscription(c):
    """Told of the watched resource, and no longer once it is not watched."""
    watched = f"matrix://watched/{c.name}"
    async with c.watching(watched):
        touched = await attempt(c.call("touch", {"uri": watched}))
        await c.record.heard("notifications/resources/updated")
    later = await attempt(c.call("touch", {"uri": watched}))
    await asyncio.sleep(0.3)
    return [touched, later]


async def changed_tools(c):
    """A tool that adds a tool: the client is told, lists again, and can call it."""
    async with c.listening():
        before = await attempt(c.call("grown", {}))
        grown = await attempt(c.call("grow", {}))
        if c.hears_of_changes:
            await c.record.heard("notifications/tools/list_changed")
    # In 2026-07-28 whoever listens is told of every change, and others make the same journey at the same time.
    c.record.notes = [note for n, note in enumerate(c.record.notes) if note not in c.record.notes[:n]]
    listed = await attempt(c.list("tools", None, again=True))
    names = [tool["name"] for tool in listed["tools"]] if "tools" in listed else listed
    return [before, grown, names, await attempt(c.call("grown", {}))]


async def polling(c):
    """The server ends the stream of a call early; the client fetches the answer with Last-Event-ID."""
    return await c.call("polled", {}, progress=True, seconds=30)


async def severed(c):
    """The wire is cut in the middle of a call; the client comes back with Last-Event-ID, or gives up in its own way."""
    return await attempt(c.call("severed", {}, progress=True, seconds=10))


ALL = [
    welcome, lists, contents, large, errors, resources, prompts, completion, progress, unasked_progress, at_once, logs,
    sampling, sampling_refused, elicitation, elicitation_twice, elicitation_at_once, roots, roots_changed, ping,
    cancellation, time_out, client_info, mirrored_argument, subscription, changed_tools, polling, severed,
]


async def take_all(client, only=None):
    for journey in ALL:
        if not only or journey.__name__ in only:
            await client.record.take(journey.__name__, journey(client))
