"""The tests' hand on a running state machine: GET /_harness/calls lists its calls, POST /_harness/fault plans a fault.

A fault is {"kind": "stop" | "throttle" | "lose" | "blind", "call": n}: at the n-th call from now on (the first is 1)
the execution is stopped before it is made, or the call is refused once, or made and its answer lost once, or its lists
come back empty, as from a service that is consistent only after a while. A POST forgets the calls so far.
GET /_harness/inventory lists everything that stands in the account (ministack_inventory.py).

Every request that changes something is a line of the emulator's log, so that a test that fails can show what came
before: seconds, the client's port, operation, status.
"""

import json
import re
import threading
import time

import ministack_ground
from ministack_inventory import inventory

_OPERATION = re.compile(rb"Action=(\w+)")
_READING = ("Describe", "Get", "List", "Head")

calls = []
_fault = {}
_lock = threading.Lock()


def before_call(execution, service, operation):
    """Records a call; returns the kind of fault that is to meet it, or None."""
    with _lock:
        calls.append({"service": service, "operation": operation, "execution": execution["executionArn"]})
        hit = _fault.get("call") == len(calls) or (_fault.get("kind") == "stop" and _fault.get("call", 0) < len(calls))
        return _fault["kind"] if _fault and hit else None


def in_front_of(application):
    async def controlled(scope, receive, send):
        if scope["type"] != "http":
            return await application(scope, receive, send)
        if not scope["path"].startswith("/_harness/"):
            return await application(scope, *_told(scope, receive, send))
        if scope["path"] == "/_harness/fault":
            with _lock:
                calls.clear()
                _fault.clear()
                _fault.update(json.loads((await receive())["body"] or b"{}"))
        if scope["path"] == "/_harness/ground":
            ministack_ground.lay(json.loads((await receive())["body"]))
        body = json.dumps(inventory() if scope["path"] == "/_harness/inventory" else calls).encode()
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"application/json")]})
        await send({"type": "http.response.body", "body": body})

    return controlled


def _told(scope, receive, send):
    """`receive` and `send` of one request, which write its line when its answer begins."""
    target = dict(scope["headers"]).get(b"x-amz-target", b"").decode()
    operation = target.rsplit(".", 1)[-1] or f"{scope['method']} {scope['path']}"

    async def receiving():
        nonlocal operation
        message = await receive()
        if named := _OPERATION.search(message.get("body", b"")):
            operation = named[1].decode()
        return message

    async def sending(message):
        if message["type"] == "http.response.start" and not operation.startswith((*_READING, "GET", "HEAD")):
            print(f"{time.time():.2f} {(scope['client'] or ('', 0))[1]} {operation} {message['status']}", flush=True)
        await send(message)

    return receiving, sending
