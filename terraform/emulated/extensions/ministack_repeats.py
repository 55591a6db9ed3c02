"""Answers a change that is asked for twice as it was answered the first time.

Every AWS SDK names a call by an id that its repetitions keep: amz-sdk-invocation-id. Go's HTTP client, below the
provider, also repeats by itself what it wrote to a connection that broke.
"""

import asyncio
from collections import OrderedDict

from ministack import app
from workaround import works_around

_KEPT = 512
_answers = OrderedDict()


@works_around("a connection may break on a crowded machine before an answer is out; the provider makes its call again, "
              "and what was made or deleted a moment ago is refused as a double or as unknown")
def answer_repeats_as_before():
    application = app.app

    async def answering(scope, receive, send):
        id = dict(scope.get("headers", [])).get(b"amz-sdk-invocation-id")
        if not id or scope["method"] in ("GET", "HEAD"):
            return await application(scope, receive, send)
        if messages := id in _answers and await asyncio.shield(_answers[id]):
            while (await receive()).get("more_body"):
                pass
            seen = dict(scope["headers"])
            words = [seen.get(name, b"").decode() for name in (b"amz-sdk-request", b"x-amz-target", b"user-agent")]
            print(f"answered as before: {' '.join(words)}", flush=True)
            for message in messages:
                await send(message)
            return
        await _remembering(id, application, scope, receive, send)

    app.app = answering


async def _remembering(id, application, scope, receive, send):
    """Only success is kept: what was refused may be asked for again."""
    messages, _answers[id] = [], asyncio.get_running_loop().create_future()
    answer = _answers[id]
    while len(_answers) > _KEPT:
        _answers.popitem(last=False)

    async def sending(message):
        messages.append(message)
        await send(message)

    try:
        await application(scope, receive, sending)
    finally:
        succeeded = messages and messages[0]["status"] < 300 and not messages[-1].get("more_body")
        answer.set_result(messages if succeeded else None)
