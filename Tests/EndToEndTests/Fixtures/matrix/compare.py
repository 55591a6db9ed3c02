"""The matrix for one server: what each client sees through a fleet is what it sees without one.

compare.py SERVER INTERPRETER VENVS stdio=URL [http=URL] [CLIENT|JOURNEY...]

The URLs are of fleets in front of the server, by how they speak to it. Prints the cells, and the explanations that
must have explained something. A cell is one client in one mode through one fleet, with the journeys that differ, the
breaches of the wire's rules that only the fleet's side has, and the differences that are explained. MATRIX_DUMP names
a folder for all that was recorded.
"""

import asyncio
import json
import os
import signal
import sys

import eras
import modern_request
from explained import explanation, explanations
from tape import Tape
from wire_rules import Judge

HERE = os.path.dirname(os.path.abspath(__file__))
CLIENTS = [
    ("mcp-1.30", "client_mcp1.py", ["legacy"]),
    ("mcp-2.3", "client_mcp2.py", ["legacy", "auto", "2026-07-28"]),
    ("fastmcp-4.1", "client_fastmcp.py", ["legacy", "auto"]),
]
DIRECT = "direct"
LEGACY_ONLY = {"mcp1"}


class Run:
    """One server, directly and through its fleets."""

    def __init__(self, server, interpreter, venvs, places, journeys):
        self.server, self.interpreter, self.venvs = server, interpreter, venvs
        self.places = places
        self.journeys = journeys

    async def start_server(self):
        """The server over HTTP by itself."""
        script = os.path.join(HERE, f"server_{self.server}.py")
        process = await asyncio.create_subprocess_exec(
            self.interpreter, script, "http", stdout=asyncio.subprocess.PIPE
        )
        port = await asyncio.wait_for(process.stdout.readline(), 60)
        self.places[DIRECT] = f"http://127.0.0.1:{int(port)}/mcp"
        return process

    @property
    def sides(self):
        return [DIRECT] + [each for each in self.places if each != DIRECT]

    async def warm_up(self):
        """Lets every replica start the server: a client in auto mode waits ten seconds for its first answer."""
        for url in self.places.values():
            for _ in range(4):
                await asyncio.to_thread(modern_request.discover, url)

    def name(self, venv, mode, side):
        return f"{venv} {mode} to {self.server} over {side}"

    @staticmethod
    def client_name(cell):
        """As a client calls itself, which also goes into an address."""
        return cell.replace(" ", "-")

    async def cells(self, venv, script, modes):
        """All legs of every mode at the same time, each through a tape of its own."""
        legs, tapes = [], {}
        for mode in modes:
            for side in self.sides:
                name = self.name(venv, mode, side)
                tapes[name] = await Tape(self.places[side]).start()
                legs.append({"name": self.client_name(name), "url": tapes[name].url, "mode": mode})
        records = await self.run_client(venv, script, legs, list(tapes))
        if folder := os.environ.get("MATRIX_DUMP"):
            with open(os.path.join(folder, f"{self.server}-{venv}.json"), "w") as file:
                json.dump(records, file, indent=1, ensure_ascii=False)
        return [
            self.cell(records, tapes, venv, mode, side)
            for mode in modes
            for side in self.sides
            if side != DIRECT
        ]

    async def run_client(self, venv, script, legs, names):
        process = await asyncio.create_subprocess_exec(
            f"{self.venvs}/{venv}/bin/python",
            os.path.join(HERE, script),
            json.dumps(legs),
            *self.journeys,
            stdout=asyncio.subprocess.PIPE,
        )
        output, _ = await process.communicate()
        records = json.loads(output) if process.returncode == 0 else {}
        return {name: records.get(self.client_name(name), {}) for name in names}

    def cell(self, records, tapes, venv, mode, side):
        name, by_itself = self.name(venv, mode, side), self.name(venv, mode, DIRECT)
        direct, fleet = records[by_itself], records[name]
        if side == "stdio" and self.server in LEGACY_ONLY and mode != "legacy":
            legacy = records[self.name(venv, "legacy", DIRECT)]
            direct = eras.modern(legacy, mode, venv.startswith("fastmcp")) if legacy and not self.journeys else {}
            fleet = eras.comparable(fleet)
        elif mode != "legacy":
            direct, fleet = eras.in_any_words(direct), eras.in_any_words(fleet)
        differing, explained = differences(name, direct, fleet)
        without, through = [Judge(tapes[each].connections).verdict() for each in (by_itself, name)]
        return {
            "name": name,
            "journeys": len(direct.keys() & fleet.keys()),
            "differing": differing,
            "explained": explained,
            "breaches": [each for each in through if each not in without],
        }


def differences(name, direct, fleet):
    """By journey: where the two accounts part, and why those may that may."""
    differing, explained = {}, {}
    for journey in direct.keys() | fleet.keys():
        pair = [side.get(journey, {}) for side in (direct, fleet)]
        parts = [(part, *[side.get(part) for side in pair]) for part in ("result", "notes")]
        if where := "; ".join(first_difference(a, b, part) for part, a, b in parts if a != b):
            why = explanation(name, journey)
            (explained if why else differing)[journey] = why or where
    return differing, explained


def first_difference(direct, fleet, path=""):
    """Where two records part, and what stands there."""
    if isinstance(direct, dict) and isinstance(fleet, dict):
        for key in sorted(direct.keys() | fleet.keys()):
            if direct.get(key) != fleet.get(key):
                return first_difference(direct.get(key), fleet.get(key), f"{path}.{key}")
    if isinstance(direct, list) and isinstance(fleet, list) and len(direct) == len(fleet):
        for index, pair in enumerate(zip(direct, fleet)):
            if pair[0] != pair[1]:
                return first_difference(*pair, f"{path}[{index}]")
    return f"{path} is {short(direct)} without a fleet and {short(fleet)} with one"


def short(value):
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 300 else text[:300] + "…"


async def main(server, interpreter, venvs, *rest):
    places = dict(each.split("=", 1) for each in rest if "=" in each)
    names = [each for each in rest if "=" not in each]
    known = {venv for venv, _, _ in CLIENTS}
    run = Run(server, interpreter, venvs, places, [each for each in names if each not in known])
    process = await run.start_server()
    try:
        await run.warm_up()
        found = await asyncio.gather(
            *[run.cells(*client) for client in CLIENTS if not known & set(names) or client[0] in names]
        )
    finally:
        process.terminate()
        await process.wait()
    cells = [each for some in found for each in some]
    needed = explanations([] if run.journeys else [each["name"] for each in cells])
    print(json.dumps({"cells": cells, "explanations": needed}))


signal.alarm(270)
asyncio.run(main(*sys.argv[1:]))
