"""The container engine of this machine, as the checks use it. Whatever they start bears the label of this run."""

import json
import os
import pathlib
import signal
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
        self.words = ["run", "--detach", "--label", LABEL, "--publish", "127.0.0.1::8001", *options, image, *command]

    def __enter__(self):
        self.began = time.monotonic()
        self.id = engine(*self.words)
        try:
            self.url = "http://" + engine("port", self.id, "8001/tcp").splitlines()[0]
        except AssertionError:
            raise AssertionError("it ended at once:\n" + self.log()) from None
        return self

    def __exit__(self, *_):
        engine("rm", "--force", "--volumes", self.id, check=False)

    def log(self):
        done = subprocess.run([ENGINE, "logs", self.id], capture_output=True, text=True, timeout=PATIENCE)
        return done.stdout + done.stderr

    def ready(self):
        """Waits for the first 200 on /health; returns the seconds since the engine was asked for the container."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                with urllib.request.urlopen(self.url + "/health", timeout=2) as answer:
                    if answer.status == 200:
                        return time.monotonic() - self.began
            except OSError:
                time.sleep(0.005)
        raise AssertionError("no 200 on /health:\n" + self.log())

    def state(self):
        return json.loads(inspect(self.id, ".State"))


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
