"""What both callers of a rehearsal do: call until SIGTERM, say so once they do, and say in the end what they met."""

import asyncio
import json
import signal


class Calls:
    def __init__(self):
        self.count, self.failures, self.over = 0, [], asyncio.Event()

    async def make(self, call):
        """`call` takes a text and returns the result and what it holds, until nobody wants more."""
        while not self.over.is_set():
            self.count += 1
            result, text = await call(str(self.count))
            if text != str(self.count):
                self.failures.append(str(result)[:200])
            if self.count == 1:
                print("calling", flush=True)
            await asyncio.sleep(0.1)


async def keep_calling(session):
    """`session(calls)` is one session; what its transport does not survive, such as a balancer's 502, ends it."""
    calls = Calls()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, calls.over.set)
    while not calls.over.is_set():
        try:
            await session(calls)
        except Exception as problem:
            calls.failures.append(repr(problem)[:200])
            await asyncio.sleep(0.2)
    print(json.dumps({"calls": calls.count, "failures": calls.failures}))
