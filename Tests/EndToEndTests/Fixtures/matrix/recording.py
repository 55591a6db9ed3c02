"""What a client saw, as plain JSON."""

import json
import re

import anyio


def plain(value):
    """A model of any SDK, or anything made of such, as JSON would say it."""
    if hasattr(value, "model_dump"):
        return plain(value.model_dump(mode="json", by_alias=True, exclude_none=True))
    if isinstance(value, dict):
        return {str(key): plain(each) for key, each in value.items() if each is not None}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    return value if isinstance(value, str | int | float | bool | None) else str(value)


def fault(error):
    """An exception's kind and, where it carries an error of the protocol, that error."""
    if isinstance(error, BaseExceptionGroup) and len(error.exceptions) == 1:
        return fault(error.exceptions[0])
    said = {"raised": type(error).__name__}
    inner = getattr(error, "error", None)
    if hasattr(inner, "code"):
        return said | {"code": inner.code, "message": inner.message, "data": plain(inner.data)}
    return said | {"message": str(error)[:300]}


class Record:
    """Collects what one client sees, journey by journey."""

    def __init__(self):
        self.journeys = {}
        self.notes = []

    def note(self, what, value):
        self.notes.append({what: value})

    def notified(self, message):
        """A notification as the SDK hands it over. Progress is noted by who asked for it."""
        if isinstance(message, Exception):
            return self.note("fault", fault(message))
        message = plain(message)
        if message.get("method") != "notifications/progress":
            self.note(message.get("method"), message.get("params", {}))

    async def heard(self, what, count=1, seconds=10):
        """Waits until there are so many notes of this kind, or gives up."""
        with anyio.move_on_after(seconds):
            while sum(what in note for note in self.notes) < count:
                await anyio.sleep(0.02)

    async def take(self, name, journey, seconds=60):
        self.notes = []
        try:
            with anyio.fail_after(seconds):
                result = plain(await journey)
        except Exception as error:
            result = fault(error)
        self.journeys[name] = {"result": result, "notes": self.notes}


async def attempt(awaitable):
    """The result, or the fault in its place."""
    try:
        return plain(await awaitable)
    except Exception as error:
        return fault(error)


def stable(value, name):
    """The record without what differs from run to run: this client's own name, and how many streams it opened."""
    text = json.dumps(value, sort_keys=True).replace(name, "CLIENT")
    return json.loads(re.sub(r'"listen-\d+"', '"listen-N"', text))
