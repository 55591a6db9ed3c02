"""What the clients of the matrix share: their answers to the server's questions, and how their legs are run."""

import asyncio
import json
import logging
import signal
import sys

import journeys
from recording import attempt, fault, stable

__all__ = ["attempt", "elicited", "main", "sampled"]


def elicited(message):
    """A user's answer, which the message names; or an error."""
    action = message.split()[0]
    if action == "refuse":
        return {"code": -31998, "message": "The client refuses"}
    if action in ("decline", "cancel"):
        return {"action": action}
    return {"action": "accept", "content": {"answer": f"yes to {message}"}}


def sampled(prompt):
    if prompt == "refuse":
        return {"code": -31997, "message": "No model today"}
    return {"role": "assistant", "model": "parrot", "content": {"type": "text", "text": f"{prompt} Because."}}


async def run(make, leg, only):
    client = make(leg["name"])
    try:
        async with asyncio.timeout(200):
            async with client.connected(leg["url"], leg["mode"]):
                await journeys.take_all(client, only)
    except BaseException as error:
        client.record.journeys["the end"] = {"result": fault(error), "notes": []}
    return stable(client.record.journeys, leg["name"])


async def run_all(make, legs, only):
    """Every leg is a session of its own, all at the same time."""
    records = await asyncio.gather(*[run(make, leg, only) for leg in legs])
    print(json.dumps({leg["name"]: record for leg, record in zip(legs, records)}))


def main(make):
    signal.alarm(230)
    logging.disable(logging.CRITICAL)
    asyncio.run(run_all(make, json.loads(sys.argv[1]), sys.argv[2:]))
