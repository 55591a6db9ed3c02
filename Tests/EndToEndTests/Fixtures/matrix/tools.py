"""The tools of the matrix, for the servers whose SDK leaves results to them. `s` is what SDK and session can do."""

import json
from collections import defaultdict

import anyio
from features import (
    GROWN, LEVELS, PIXEL, QUESTION_SCHEMA, RESOURCES, SEVER, TOOLS, Refused, cancelled, content_of, text_result,
    was_cancelled, weather,
)

memory = defaultdict(lambda: {"roots_changed": 0, "grown": False, "level": "debug", "watched": []})
"""What the server remembers of each client, by the name the client gave."""

ANYBODY = ""
"""Stands for every client where the SDK does not say which."""


def tools_for(client):
    return TOOLS + ([GROWN] if memory[client]["grown"] else [])


async def call(name, arguments, s):
    if name not in {tool["name"] for tool in tools_for(s.client)}:
        raise Refused(-32602, f"Unknown tool: {name}")
    return await globals()["tool_" + name](s, **arguments)


async def tool_text(s, text):
    return text_result(text)


async def tool_large(s, size):
    return text_result("x" * size)


async def tool_image(s):
    return {
        "content": [{"type": "image", "data": PIXEL, "mimeType": "image/png"}, {"type": "text", "text": "a picture"}]
    }


async def tool_links(s):
    inside = {"type": "resource", "resource": content_of("matrix://text")}
    return {"content": [inside, {"type": "resource_link"} | RESOURCES[1]]}


async def tool_weather(s, city):
    answer = weather(city)
    return text_result(json.dumps(answer)) | {"structuredContent": answer}


async def tool_failing(s):
    return text_result("This did not work.") | {"isError": True}


async def tool_raising(s):
    raise ValueError("raised in the tool")


async def tool_refusing(s):
    raise Refused(-31999, "Refused in the tool", {"reason": ["data", 1, None]})


async def tool_steps(s, count, text):
    for step in range(1, count + 1):
        await s.progress(step, count, f"{text} {step}")
        await anyio.sleep(0.02)
    return text_result(f"{text} done")


async def tool_severed(s):
    await s.progress(1, 3, "before")
    await s.progress(2, 3, SEVER)
    await anyio.sleep(1.5)
    await s.progress(3, 3, "after")
    return text_result("whole again")


async def tool_polled(s):
    await s.progress(1, 2, "before")
    await s.end_stream()
    # Long enough for the client to be back: the SDK loses an answer that comes while it takes the client in again.
    await anyio.sleep(1.5)
    return text_result("polled")


async def tool_logs(s):
    least = LEVELS.index(memory[s.client]["level"])
    for level in LEVELS if s.modern else LEVELS[least:]:
        await s.log(level, {"at": level, "text": "grüße"})
    return text_result("logged")


async def tool_slow(s, seconds, mark):
    try:
        await s.progress(1, 2, "waiting")
        await anyio.sleep(seconds)
    except anyio.get_cancelled_exc_class():
        cancelled(mark)
        raise
    return text_result("waited")


async def tool_was_cancelled(s, mark):
    return text_result(str(await was_cancelled(mark)))


async def tool_elicit(s, message):
    answer = await s.elicit(message, QUESTION_SCHEMA)
    return text_result(f"{answer['action']} {answer.get('content')}")


async def tool_elicit_twice(s):
    first = await s.elicit("first", QUESTION_SCHEMA)
    second = await s.elicit(f"second after {first['content']['answer']}", QUESTION_SCHEMA)
    return text_result(f"{first['content']['answer']}, {second['content']['answer']}")


async def tool_sample(s, prompt):
    answer = await s.sample(prompt)
    return text_result(f"{answer['model']}: {answer['content']['text']}")


async def tool_roots(s):
    answer = await s.roots()
    return text_result(" ".join(root["uri"] for root in answer["roots"]))


async def tool_told_of_roots(s):
    for _ in range(30):
        if memory[s.client]["roots_changed"] or memory[ANYBODY]["roots_changed"]:
            return text_result("told")
        await anyio.sleep(0.1)
    return text_result("not told")


async def tool_region(s, region):
    return text_result(region)


async def tool_grow(s):
    memory[s.client]["grown"] = True
    await s.tools_changed()
    return text_result("grown")


async def tool_grown(s):
    return text_result("here now")


async def tool_touch(s, uri):
    await s.updated(uri, memory[s.client]["watched"])
    return text_result("touched")


async def tool_client(s):
    return text_result(json.dumps(s.of_client(), sort_keys=True))
