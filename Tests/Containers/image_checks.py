"""The gateway's image, and a server's image made from it, as a strict platform would run them."""

import os
import pathlib
import shutil
import subprocess
import tempfile
import time
import unittest

from engine import ENGINE, ROOT, STATIC, Container, Session, build, engine, eventually, inspect

GATEWAY = "slipway-checks/gateway:latest"
DEMO = "slipway-checks/demo:latest"
# What an image has to bear.
STRICT = ["--read-only", "--cap-drop", "ALL", "--security-opt", "no-new-privileges", "--memory", "128m"]


def make_images():
    """The gateway's image by the script that makes the real one, and the demo server's from it."""
    words = [ROOT / "scripts/image", STATIC / "slipway-gateway"]
    name = GATEWAY.removesuffix(":latest")
    subprocess.run(words, check=True, timeout=300, env=os.environ | {"IMAGE": name}, stdout=subprocess.DEVNULL)
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(STATIC / "slipway-demo-server", folder)
        pathlib.Path(folder, "Dockerfile").write_text(
            f"FROM {GATEWAY}\nCOPY slipway-demo-server /usr/local/bin/\nENTRYPOINT []\n"
            'CMD ["slipway-gateway", "--", "slipway-demo-server"]\n'
        )
        build(folder, DEMO)


class TheImage(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        make_images()

    def test_says_who_it_is(self):
        config = inspect(GATEWAY, ".Config")
        version = engine("run", "--rm", GATEWAY, "--version")
        self.assertIn(f'"org.opencontainers.image.version":"{version}"', config)
        self.assertIn('"org.opencontainers.image.licenses":"Apache-2.0"', config)
        self.assertIn('"User":"65532:65532"', config)
        self.assertIn('"slipway-gateway","health"', config)

    def test_holds_the_authorities_and_nothing_else_but_the_gateway(self):
        container = engine("create", GATEWAY)
        try:
            listing = subprocess.run(f"{ENGINE} export {container} | tar t", shell=True, capture_output=True, text=True)
        finally:
            engine("rm", container)
        ours = {"usr/local/bin/slipway-gateway", "etc/ssl/certs/ca-certificates.crt"}
        # What an engine puts into every container, and the folders on the way.
        engines = {".dockerenv", "etc/hostname", "etc/hosts", "etc/resolv.conf", "etc/mtab", "dev/console"}
        files = {line for line in listing.stdout.splitlines() if not line.endswith("/")}
        self.assertEqual(files - engines, ours)

    def test_serves_within_the_strictest_bounds(self):
        options = [*STRICT, "--memory-swap", "128m", "--env", "SLIPWAY_CHILDREN=shared"]
        with Container(DEMO, options=options) as demo:
            ready = demo.ready()
            after_start, in_all = ready - demo.started(), ready - demo.asked
            sessions = [Session(demo.url + "/mcp") for _ in range(20)]
            for number, session in enumerate(sessions):
                session.initialize()
                self.assertEqual(session.text(1, "echo", {"text": f"this is {number}"}), f"this is {number}")
            for number, session in enumerate(sessions):
                self.assertEqual(session.text(2, "echo", {"text": f"again {number}"}), f"again {number}")
            self.assertEqual(len({session.text(3, "where") for session in sessions}), 1)
            memory = engine("stats", "--no-stream", "--format", "{{.MemUsage}}", demo.id)
            began = time.monotonic()
            engine("stop", "--time", "30", demo.id)
            stopping = time.monotonic() - began
            state = demo.state()
        print(
            f"first 200 {after_start * 1000:.0f} ms after the start, {in_all * 1000:.0f} ms after the engine was asked; "
            f"20 sessions in {memory}; stopped in {stopping:.1f} s ... ", end=""
        )
        self.assertFalse(state["OOMKilled"])
        self.assertEqual(state["ExitCode"], 0)
        self.assertLess(after_start, 5)
        self.assertLess(stopping, 5)

    def test_runs_as_nobody_in_particular(self):
        with Container(DEMO, options=STRICT) as demo:
            demo.ready()
            for line in engine("top", demo.id, "-eo", "pid,uid,gid,args").splitlines()[1:]:
                self.assertEqual(line.split()[1:3], ["65532", "65532"], line)

    def test_knows_its_own_health(self):
        quick = ["--health-interval", "1s", "--health-retries", "1", "--health-start-period", "0s"]
        with Container(DEMO, options=[*STRICT, *quick, "--env", "SLIPWAY_PORT=8001"]) as demo:
            demo.ready()
            eventually("healthy", lambda: demo.state()["Health"]["Status"] == "healthy")
        # A server that does not start: the gateway stays, so that somebody can see why, and says that it is not well.
        with Container(DEMO, "slipway-gateway", "--", "/nothing", options=[*STRICT, *quick]) as broken:
            broken.ready()
            session = Session(broken.url + "/mcp")
            for _ in range(5):
                try:
                    session.initialize()
                except SystemExit:
                    pass
                time.sleep(0.1)
            health = eventually("a verdict", lambda: verdict(broken), within=120)
            self.assertIn("answered 503", health)

    def test_says_what_is_missing(self):
        done = subprocess.run([ENGINE, "run", "--rm", GATEWAY], capture_output=True, text=True, timeout=60)
        self.assertEqual(done.returncode, 64)
        self.assertIn("--upstream http://127.0.0.1:9000/mcp", done.stderr)


def verdict(container):
    health = container.state()["Health"]
    if health["Status"] != "unhealthy":
        # Starts are tried again with growing pauses; a client has to ask for each.
        try:
            Session(container.url + "/mcp").initialize()
        except SystemExit:
            pass
        return None
    return health["Log"][-1]["Output"]
