"""Runs the matrix, or a part of it, against the programs that were built, and says in words what differs.

by_hand.py [--raw] SERVER [CLIENT|JOURNEY...]     a SERVER is mcp1, mcp2 or fastmcp

--raw holds the fleets to the rules of the wire instead. SLIPWAY_BIN is the folder of the programs, SIDES (stdio,http)
the fleets to run.
"""

import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.abspath(os.path.join(HERE, "../../../.."))
BIN = os.environ.get("SLIPWAY_BIN", f"{ROOT}/.build/debug")
VENVS = f"{ROOT}/.build/venvs"
INTERPRETERS = {"mcp1": "mcp-1.30", "mcp2": "mcp-2.3", "fastmcp": "fastmcp-4.1"}
PATIENCE = 90


@contextlib.contextmanager
def fleet(server, side):
    """The address of two replicas in front of the server, which they speak to over pipes or over HTTP."""
    place = ["--url", "http://127.0.0.1:9000/mcp"] if side == "http" else []
    command = [f"{VENVS}/{INTERPRETERS[server]}/bin/python", f"{HERE}/server_{server}.py", side]
    with tempfile.TemporaryDirectory() as folder, open(f"{folder}/log", "w+") as log:
        words = [f"{BIN}/slipway", "up", "--port", "0", "--replicas", "2", *place, "--", *command]
        process = subprocess.Popen(words, cwd=folder, stdout=log, stderr=log)
        try:
            yield address(process, log.name)
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(30)


def address(process, log):
    deadline = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < deadline:
        with open(log) as file:
            text = file.read()
        if "Press Ctrl-C" in text:
            return re.search(r"^\s+(http://127\.0\.0\.1:\d+/mcp)\s*$", text, re.MULTILINE)[1]
        time.sleep(0.1)
    raise SystemExit(f"slipway up did not start:\n{text}")


def compare(server, urls, words):
    interpreter = f"{VENVS}/{INTERPRETERS[server]}/bin/python"
    places = [f"{side}={url}" for side, url in urls.items()]
    command = [f"{VENVS}/mcp-2.3/bin/python", f"{HERE}/compare.py", server, interpreter, VENVS, *places, *words]
    account = json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)
    for cell in account["cells"]:
        print(f"{cell['name']}: {cell['journeys']} journeys; explained: {', '.join(cell['explained']) or 'nothing'}")
        for journey, difference in cell["differing"].items():
            print(f"  {journey}: {difference}")
        for breach in cell["breaches"]:
            print(f"  the wire: {breach}")
    used = {why for cell in account["cells"] for why in cell["explained"].values()}
    for why in set(account["explanations"]) - used:
        print(f"explains nothing any more: {why}")


def raw(urls):
    for side, url in urls.items():
        for script in ("legacy_wire.py", "modern_wire.py"):
            command = [sys.executable, f"{HERE}/{script}", url]
            verdict = json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)
            print(f"{script} over {side}: {verdict['rules']} rules")
            for broken in verdict["broken"]:
                print(f"  {broken['name']}: wanted {broken['wanted']}, got {broken['got']}")


def main(words):
    is_raw = "--raw" in words
    server, *rest = [word for word in words if word != "--raw"]
    with contextlib.ExitStack() as stack:
        sides = os.environ.get("SIDES", "stdio,http").split(",")
        urls = {side: stack.enter_context(fleet(server, side)) for side in sides}
        raw(urls) if is_raw else compare(server, urls, rest)


main(sys.argv[1:])
