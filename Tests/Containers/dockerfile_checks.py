"""The Dockerfile of the gateway and those that `slipway init` writes, built and run.

No registry is asked: stand-ins bear the names of the images they begin with. A stand-in has a shell (busybox) and, for
each program that the lines call, one that notes its words and does what the next line needs.
"""

import json
import os
import pathlib
import re
import shutil
import stat
import subprocess
import tempfile
import unittest

from engine import ROOT, STATIC, Container, Session, build, engine, eventually, inspect
from image_checks import GATEWAY

SLIPWAY = pathlib.Path(os.environ["SLIPWAY_BIN"]) / "slipway"
BUSYBOX = os.environ.get("SLIPWAY_BUSYBOX")
VERSION = '(index .Config.Labels "org.opencontainers.image.version")'
NOTE = '#!/bin/sh\necho "$(basename "$0") $*" >>/calls\n'


def stand_in(tag, programs):
    """An image with a shell, with the demo server at /demo, and with programs that are scripts."""
    with tempfile.TemporaryDirectory() as folder:
        tree = pathlib.Path(folder, "tree")
        for place in ("bin", "usr/local/bin", "etc/ssl/certs", "tmp"):
            (tree / place).mkdir(parents=True)
        (tree / "tmp").chmod(0o1777)
        shutil.copy(BUSYBOX, tree / "bin/busybox")
        for word in "sh basename cat chmod cp echo install mkdir mv rm".split():
            (tree / "bin" / word).symlink_to("busybox")
        shutil.copy(STATIC / "slipway-demo-server", tree / "demo")
        if "swift" in programs:
            shutil.copy(STATIC / "slipway-gateway", tree / "gateway")
        (tree / "etc/ssl/certs/ca-certificates.crt").write_text("authorities\n")
        for name, script in programs.items():
            program = tree / "usr/local/bin" / name
            program.write_text(NOTE + script)
            program.chmod(program.stat().st_mode | stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH)
        pathlib.Path(folder, "Dockerfile").write_text('FROM scratch\nCOPY tree /\nENTRYPOINT ["entrypoint-of-its-own"]\n')
        build(folder, tag)


@unittest.skipUnless(BUSYBOX, "there is no static busybox for the images to stand in")
class TheDockerfiles(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name, "notes")
        self.folder.mkdir()

    def init(self, kind, *words):
        subprocess.run(
            [SLIPWAY, "init", "--dockerfile", kind, *words], check=True, timeout=60, cwd=self.folder, stdout=subprocess.PIPE
        )
        (self.folder / "slipway.env").write_text("API_KEY=never in an image\n")
        build(self.folder, "slipway-checks/server:latest", "--build-arg", f"GATEWAY={GATEWAY}")

    def run_it(self, *options):
        """Runs the image as the platform does: read-only, and with a session that has to work."""
        with Container("slipway-checks/server:latest", options=["--read-only", *options]) as server:
            server.ready()
            session = Session(server.url + "/mcp")
            session.initialize()
            self.assertEqual(session.text(1, "echo", {"text": "hello"}), "hello", server.log())

    def calls(self):
        """What the stand-in's programs were called with, while the image was built."""
        return engine("run", "--rm", "--entrypoint", "/bin/cat", "slipway-checks/server:latest", "/calls").splitlines()

    def holds(self, path):
        words = ["run", "--rm", "--entrypoint", "/bin/sh", "slipway-checks/server:latest", "-c", f"[ -e '{path}' ] && echo yes"]
        return engine(*words, check=False) == "yes"

    def test_npm_package(self):
        stand_in("node:22-slim", {"npm": "", "npx": 'exec /demo\n'})
        self.init("npm", "--", "npx", "-y", "@my-org/notes@1.2.0")
        self.assertEqual(
            self.calls(), ["npm install --omit=dev --no-audit --no-fund @my-org/notes@1.2.0", "npm cache clean --force"]
        )
        self.run_it()

    def test_npm_project(self):
        stand_in("node:22-slim", {"npm": "", "node": '[ "$1" = index.js ] && [ -f index.js ] && exec /demo\n'})
        (self.folder / "package.json").write_text("{}")
        (self.folder / "index.js").write_text("")
        (self.folder / ".env").write_text("SECRET=1")
        self.init("npm", "--", "node", "index.js")
        self.assertEqual(self.calls()[0], "npm install --omit=dev")
        self.assertTrue(self.holds("/srv/server/index.js"))
        for secret in ("slipway.env", ".env", "Dockerfile"):
            self.assertFalse(self.holds(f"/srv/server/{secret}"), secret)
        self.run_it()

    def test_pypi_package(self):
        stand_in("python:3.13-slim", {"pip": "", "uv": "", "uvx": "exec /demo\n"})
        self.init("pypi", "--", "uvx", "--from", "notes[http]==1.2", "notes")
        self.assertEqual(
            self.calls(), ["pip install --no-cache-dir uv", "uv tool install --no-cache notes[http]==1.2"]
        )
        self.run_it()

    def test_pypi_project(self):
        stand_in("python:3.13-slim", {"pip": "", "python3": '[ -f my_server.py ] && exec /demo\n'})
        (self.folder / "my_server.py").write_text("")
        (self.folder / "requirements.txt").write_text("mcp\n")
        self.init("pypi", "--", "python3", "-m", "my_server")
        self.assertEqual(self.calls(), ["pip install --no-cache-dir -r requirements.txt"])
        self.run_it()

    def test_binary(self):
        stand_in("debian:stable-slim", {})
        (self.folder / "build").mkdir()
        shutil.copy(STATIC / "slipway-demo-server", self.folder / "build/my server")
        self.init("binary", "--", "./build/my server")
        self.run_it()

    def test_http(self):
        self.init("http", "--url", "http://127.0.0.1:9000/mcp?a=$b")
        self.assertIn("SLIPWAY_UPSTREAM=http://127.0.0.1:9000/mcp?a=$b", json.loads(inspect("slipway-checks/server", ".Config.Env")))
        with Container("slipway-checks/server:latest", options=["--read-only"]) as gateway:
            eventually("it listens", lambda: '"listening"' in gateway.log())

    def test_of_the_gateway(self):
        """Every line but the compiler's own work; the compiler's words are those of `make release`."""
        swift = "mkdir -p .build/release-static/release && cp /gateway .build/release-static/release/slipway-gateway\n"
        strip = 'cp "$3" "$2"\n'
        text = (ROOT / "Dockerfile").read_text()
        base = re.search(r"^FROM (swift:\S+) AS build$", text, re.MULTILINE)[1]
        stand_in(base, {"apt-get": "", "swift": "[ -f Package.swift ] && [ -d Tests/Fuzzing ] || exit 1\n" + swift, "strip": strip})
        build(ROOT, "slipway-checks/built:latest", "--build-arg", "VERSION=1.2.3")
        build(ROOT, "slipway-checks/stage:latest", "--target", "build")
        calls = engine("run", "--rm", "--entrypoint", "/bin/cat", "slipway-checks/stage:latest", "/calls").splitlines()
        words = next(call for call in calls if call.startswith("swift "))
        self.assertEqual(words, release_words())
        self.assertEqual(inspect("slipway-checks/built", VERSION), '"1.2.3"')
        with Container("slipway-checks/built:latest", "--", "/nothing", options=["--read-only", "--cap-drop", "ALL"]) as gateway:
            gateway.ready()


def release_words():
    """What `make release` would call."""
    done = subprocess.run(["make", "--dry-run", "release"], cwd=ROOT, capture_output=True, text=True, check=True)
    lines = done.stdout.replace("\\\n", " ").splitlines()
    return " ".join(next(line for line in lines if line.startswith("swift build")).split())
