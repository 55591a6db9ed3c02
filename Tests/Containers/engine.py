"""The container engine of this machine, as the checks use it. Whatever they start bears the label of this run."""

import datetime
import json
import os
import pathlib
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
import uuid

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "Tests/EndToEndTests/Fixtures"))

from raw_mcp import Session  # noqa: E402, F401

signal.alarm(0)  # raw_mcp bounds scripts of its own; this one is bounded by whoever started it

ENGINE = os.environ["SLIPWAY_ENGINE"]
STATIC = pathlib.Path(os.environ["SLIPWAY_STATIC"])
LABEL = f"slipway-checks={uuid.uuid4().hex}"
PATIENCE = 60


def engine(*words, check=True, input=None):
    """Runs the engine; returns what it wrote on standard output, without the last line break."""
    done = subprocess.run([ENGINE, *words], input=input, capture_output=True, text=True, timeout=PATIENCE)
    if check and done.returncode:
        raise AssertionError(f"{ENGINE} {' '.join(words)}: exit code {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout.strip()


def inspect(container, path):
    return engine("inspect", "--format", "{{json %s}}" % path, container)


class Container:
    """A container for the length of a `with`."""

    def __init__(self, image, *command, options=()):
        port = free_port()
        self.url = f"http://127.0.0.1:{port}"
        self.words = ["run", "--detach", "--label", LABEL, "--publish", f"127.0.0.1:{port}:8001", *options, image, *command]

    def __enter__(self):
        self.asked = time.time()
        self.id = engine(*self.words)
        return self

    def __exit__(self, *_):
        engine("rm", "--force", "--volumes", self.id, check=False)

    def log(self):
        done = subprocess.run([ENGINE, "logs", self.id], capture_output=True, text=True, timeout=PATIENCE)
        return done.stdout + done.stderr

    def ready(self):
        """Waits for the first 200 on /health; returns when that was."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                with urllib.request.urlopen(self.url + "/health", timeout=2) as answer:
                    if answer.status == 200:
                        return time.time()
            except OSError:
                time.sleep(0.005)
        raise AssertionError("no 200 on /health:\n" + self.log())

    def state(self):
        return json.loads(inspect(self.id, ".State"))

    def started(self):
        """When the engine had the process running, which it is slow to do on a busy machine."""
        moment = re.sub(r"(\.\d{6})\d*", r"\1", self.state()["StartedAt"]).replace("Z", "+00:00")
        return datetime.datetime.fromisoformat(moment).timestamp()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def eventually(what, ask, within=PATIENCE):
    """Asks until the answer is true; returns it."""
    until = time.monotonic() + within
    while time.monotonic() < until:
        answer = ask()
        if answer:
            return answer
        time.sleep(0.1)
    raise AssertionError(f"{what}: not within {within} s")


def build(context, tag, *options):
    """Builds an image from a folder; returns what the engine said."""
    environment = os.environ | {"DOCKER_BUILDKIT": "0"}
    words = [ENGINE, "build", "--label", LABEL, "--tag", tag, *options, str(context)]
    done = subprocess.run(words, capture_output=True, text=True, timeout=300, env=environment)
    if done.returncode:
        raise AssertionError(f"{' '.join(words)}\n{done.stdout}{done.stderr}")
    return done.stdout
