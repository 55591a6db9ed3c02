"""`slipway up --containers`: replicas as containers, with a real engine."""

import json
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile
import unittest
import urllib.request

from engine import STATIC, Session, build, engine, eventually, inspect
from image_checks import DEMO, GATEWAY, make_images

SLIPWAY = pathlib.Path(os.environ["SLIPWAY_BIN"]) / "slipway"
FLEET = """
project_name: checks
server:
  command: [slipway-demo-server]
  %s
defaults:
  cpu: 512
  memory: 1024
  container_environment: { GREETING: hello }
regions:
  eu-west-1: { desired_count: 3 }
"""
DOCKERFILE = f"FROM {GATEWAY}\nCOPY slipway-demo-server /usr/local/bin/\nENTRYPOINT []\n"


class Fleet:
    """`slipway up --containers` in a folder of its own, for the length of a `with`."""

    def __init__(self, *words, files={}, ending=signal.SIGINT):
        self.words = [SLIPWAY, "up", "--containers", "--port", "0", *words]
        self.files, self.ending = files, ending

    def __enter__(self):
        self.scratch = tempfile.TemporaryDirectory()
        self.folder = pathlib.Path(self.scratch.name)
        for name, content in self.files.items():
            (self.folder / name).write_text(content)
        shutil.copy(STATIC / "slipway-demo-server", self.folder)
        self.log = self.folder / "log"
        with open(self.log, "w") as log, open(self.folder / "out", "w") as out:
            self.process = subprocess.Popen(self.words, cwd=self.folder, stdout=out, stderr=log, stdin=subprocess.DEVNULL)
        try:
            eventually("the fleet is up", self.said_where, within=120)
        except AssertionError:
            self.process.kill()
            raise AssertionError("the fleet did not come up:\n" + self.log.read_text()) from None
        lines = (self.folder / "out").read_text().splitlines()
        self.url = next(line.strip() for line in lines if line.strip().endswith("/mcp"))
        self.replicas = [line.split() for line in lines if line.startswith("  replica-")]
        self.containers = [words[3] for words in self.replicas]
        return self

    def said_where(self):
        if self.process.poll() is not None:
            raise AssertionError(f"exit code {self.process.returncode}")
        return "Press Ctrl-C" in (self.folder / "out").read_text()

    def end(self):
        """Returns the exit code."""
        self.process.send_signal(self.ending)
        return self.process.wait(timeout=60)

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.end()
        self.scratch.cleanup()


def left():
    """What bears the label of some `slipway up`, containers and networks."""
    filter = ["--filter", "label=slipway.process"]
    containers = engine("ps", "--all", "--format", "{{.Names}}", *filter)
    networks = engine("network", "ls", "--format", "{{.Name}}", *filter)
    return containers.split() + networks.split()


class UpWithContainers(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        make_images()

    def test_is_the_fleet_of_the_file(self):
        files = {"slipway.yaml": FLEET % f"image: {DEMO}", "slipway.env": "API_KEY='a secret of mine'\n"}
        with Fleet(files=files) as fleet:
            self.assertEqual(len(fleet.containers), 3)
            config = json.loads(inspect(fleet.containers[0], "."))
            host = config["HostConfig"]
            self.assertEqual((host["CpuQuota"], host["CpuPeriod"]), (50_000, 100_000))
            self.assertEqual((host["Memory"], host["MemorySwap"]), (1024 << 20, 1024 << 20))
            self.assertEqual((config["Config"]["StopTimeout"], config["Config"]["User"]), (120, "65532:65532"))
            ports = [p["HostIp"] for ports in host["PortBindings"].values() for p in ports]
            self.assertEqual(ports, ["127.0.0.1"])
            self.assertIn("GREETING=hello", config["Config"]["Env"])
            self.assertIn("API_KEY=a secret of mine", config["Config"]["Env"])
            self.assertFalse([entry for entry in config["Config"]["Env"] if entry.startswith("PWD=")])
            words = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True).stdout
            self.assertNotIn("a secret of mine", words)

            # Without affinity: every replica serves the one session, which lives in one of them.
            session = Session(fleet.url)
            session.initialize()
            places = {session.text(number, "where") for number in range(1, 7)}
            self.assertEqual(len(places), 1, places)
            self.assertEqual(session.text(7, "count"), "1")
            self.assertEqual(session.beside().text(8, "count"), "2")
            self.assertEqual(fleet.end(), 0, fleet.log.read_text())
        self.assertEqual(left(), [])

    def test_replaces_a_replica_and_its_session_goes_on(self):
        with Fleet("--replicas", "2", files={"slipway.yaml": FLEET % f"image: {DEMO}"}) as fleet:
            session = Session(fleet.url)
            session.initialize()
            owner = session.text(1, "where").split(":")[0].removeprefix("replica ")
            engine("kill", next(name for name in fleet.containers if name.endswith(owner)))
            eventually("it is replaced", lambda: "it is being replaced" in fleet.log.read_text())
            self.assertEqual(session.beside().text(2, "echo", {"text": "still here"}), "still here")
            eventually("it runs again", lambda: f"{owner} | runs again\n" in fleet.log.read_text())
            for _, url, *_ in fleet.replicas:
                eventually("all are well", lambda: well(url))

    def test_builds_the_dockerfile_beside_the_fleet_file_and_writes_nothing(self):
        files = {"slipway.yaml": FLEET % "", "Dockerfile": DOCKERFILE}
        with Fleet("--replicas", "1", "--read-only", files=files, ending=signal.SIGTERM) as fleet:
            self.assertEqual(json.loads(inspect(fleet.containers[0], ".HostConfig"))["ReadonlyRootfs"], True)
            session = Session(fleet.url)
            session.initialize()
            self.assertEqual(session.text(1, "echo", {"text": "x"}), "x")
            self.assertEqual(fleet.end(), 0, fleet.log.read_text())
        self.assertEqual(left(), [])

    def test_leaves_nothing_when_it_is_killed(self):
        with Fleet("--replicas", "1", files={"slipway.yaml": FLEET % f"image: {DEMO}"}, ending=signal.SIGKILL) as fleet:
            network = fleet.containers[0].removesuffix("-replica-1")
            fleet.end()
            eventually("the gateway sees it", lambda: fleet.containers[0] not in left())
            self.assertEqual(left(), [network])
            # What outlived that program, as one without a gateway's lifeline would.
            label = inspect(network, '(index .Labels "slipway.process")').strip('"')
            orphan = engine("create", "--label", f"slipway.process={label}", GATEWAY)
            foreign = engine("create", "--label", "slipway.process=another-machine/1", GATEWAY)
        try:
            with Fleet("--replicas", "1", files={"slipway.yaml": FLEET % f"image: {DEMO}"}) as fleet:
                names = engine("ps", "--all", "--quiet", "--no-trunc").split()
                self.assertNotIn(orphan, names)
                self.assertIn(foreign, names)
                self.assertIn("removed 1 container that", fleet.log.read_text())
        finally:
            engine("rm", foreign)
        self.assertEqual(left(), [])

    def test_says_what_the_engine_said(self):
        words = [SLIPWAY, "up", "--containers", "--port", "0", "--image", "127.0.0.1:9/nobody/nothing:1"]
        done = subprocess.run(words, capture_output=True, text=True, timeout=120, cwd=tempfile.gettempdir())
        self.assertEqual(done.returncode, 1)
        self.assertIn("Error: the image 127.0.0.1:9/nobody/nothing:1 is not here and was not pulled\n", done.stderr)
        nowhere = os.environ | {"DOCKER_HOST": "unix:///nowhere.sock", "CONTAINER_HOST": "unix:///nowhere.sock"}
        done = subprocess.run(words, capture_output=True, text=True, timeout=120, cwd=tempfile.gettempdir(), env=nowhere)
        self.assertEqual(done.returncode, 1)
        self.assertIn("does not answer\n", done.stderr)
        self.assertIn("nowhere.sock", done.stderr)
        self.assertEqual(left(), [])


def well(url):
    try:
        with urllib.request.urlopen(url + "/health", timeout=2) as answer:
            return answer.status == 200
    except OSError:
        return False
