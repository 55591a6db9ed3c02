"""`slipway rehearse` with real containers: two regions, real clients, nothing left."""

import json
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time
import unittest

from engine import engine, eventually
from image_checks import DEMO, make_images
from up_checks import SLIPWAY

CLIENT = pathlib.Path(__file__).resolve().parent / "rehearsal_client.py"
FLEET = f"""
project_name: checks
server:
  command: [slipway-demo-server]
  image: {DEMO}
  secret_keys: [API_KEY]
defaults: {{ cpu: 256, memory: 512 }}
regions:
  eu-west-1: {{}}
  us-east-1: {{}}
schedule: {{ enable_weekend_only: true }}
"""


def standing():
    """What any rehearsal still has, containers and networks; the other checks call theirs otherwise."""
    def filter(name):
        return ["--filter", "label=slipway.rehearsal", "--format", '{{.%s}} {{.Label "slipway.rehearsal"}}' % name]

    lines = engine("ps", "--all", *filter("Names")) + "\n" + engine("network", "ls", *filter("Name"))
    return [line for line in lines.splitlines() if " rehearsal-" in line]


class ARehearsal(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        make_images()

    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.folder = pathlib.Path(scratch.name)
        (self.folder / "slipway.yaml").write_text(FLEET)
        # Whoever rehearses may be at work in an account of their own: it must not be asked.
        self.environment = os.environ | {
            "AWS_PROFILE": "mine", "AWS_ENDPOINT_URL_ECS": "http://127.0.0.1:9", "GOGC": "400"}

    def start(self, *words):
        with open(self.folder / "err", "w") as err:
            return subprocess.Popen([SLIPWAY, "rehearse", *words], cwd=self.folder, env=self.environment,
                                    stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=err, text=True)

    def said(self):
        return (self.folder / "err").read_text()

    def test_plays_a_fleets_whole_life_with_real_clients(self):
        rehearsal = self.start("--json", "--", sys.executable, str(CLIENT))
        out = rehearsal.communicate(timeout=1000)[0]
        report = json.loads(out) if out else {"acts": []}
        acts = {act["stage"]: act for act in report["acts"]}
        self.assertEqual(rehearsal.returncode, 0, self.said() + json.dumps([act["problems"] for act in report["acts"]]))
        self.assertEqual({name: act["state"] for name, act in acts.items() if act["state"] != "passed"}, {})
        self.assertEqual(len(acts), 14)
        for act in ("deploy", "kill"):
            facts = "\n".join(acts[act]["facts"])
            for region in ("eu-west-1", "us-east-1"):
                self.assertRegex(facts, rf"{region}, .*mcp 1.30.0: \d+ calls, .*mcp 2.3.0: \d+ calls, ")
        self.assertEqual([one["failed"] for one in acts["deploy"]["traffic"]], [0, 0, 0, 0])
        self.assertEqual(standing(), [])
        page = (self.folder / ".slipway/rehearsal.html").read_text()
        self.assertIn("<p class=\"verdict passed\">Passed. 14 of 14 acts passed", page)
        self.assertEqual([one.name for one in (self.folder / ".slipway").glob("rehearsal-*")], [])

    def test_leaves_nothing_when_an_operator_stops(self):
        rehearsal = self.start("--region", "eu-west-1")
        try:
            eventually("containers run", lambda: len(standing()) > 1, within=400)
            began = time.monotonic()
            rehearsal.send_signal(signal.SIGINT)
            self.assertEqual(rehearsal.wait(timeout=120), 130, self.said())
            self.assertLess(time.monotonic() - began, 60)
        finally:
            rehearsal.kill()
            rehearsal.communicate()
        self.assertEqual(standing(), [])
        self.assertEqual([one.name for one in (self.folder / ".slipway").glob("rehearsal-*")], [])
