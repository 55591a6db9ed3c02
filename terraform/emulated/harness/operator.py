"""slipway as an operator types it, in a fleet's folder; everything it said is remembered."""

import json
import os
import signal
import subprocess
import threading
import time
from pathlib import Path

SLIPWAY = Path(os.environ.get("SLIPWAY_BIN", Path(__file__).parents[3] / ".build" / "debug")) / "slipway"


class ArgumentWatch:
    """Looks at the arguments of every process, again and again, for what must not be among them (Linux)."""

    def __init__(self, secrets):
        self.secrets, self.found, self.looks = [one.encode() for one in secrets], set(), 0
        self.ended = threading.Event()
        self.thread = threading.Thread(target=self._watch, daemon=True)
        self.thread.start()

    def _watch(self):
        while not self.ended.wait(0.05):
            self.looks += 1
            for file in Path("/proc").glob("[0-9]*/cmdline"):
                try:
                    words = file.read_bytes()
                except OSError:
                    continue  # it has ended meanwhile
                self.found |= {words for one in self.secrets if one in words}

    def stop(self):
        self.ended.set()
        self.thread.join()


class Operator:
    def __init__(self, directory, url):
        self.directory, self.url, self.said = directory, url, []
        # Looking for garbage less often spares a quarter of a plan's work (harness/terraform.py).
        self.settings = {"GOGC": "400"}

    def environment(self, variables):
        kept = {key: os.environ[key] for key in ("PATH", "TF_CLI_CONFIG_FILE", "TF_PLUGIN_CACHE_DIR")
                if key in os.environ}
        return kept | {
            "HOME": str(self.directory), "AWS_ENDPOINT_URL": self.url, "NO_PROXY": "127.0.0.1",
            "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_EC2_METADATA_DISABLED": "true",
            "TF_VAR_provider_settings": '{"max_retries":4}',
        } | self.settings | variables

    def __call__(self, *words, expect=0, given="", seconds=100, **variables):
        run = subprocess.run([SLIPWAY, *words], cwd=self.directory, env=self.environment(variables), input=given,
                             text=True, capture_output=True, timeout=seconds)
        self.said.append(f"{words}\n{run.stdout}{run.stderr}")
        assert run.returncode == expect, f"exit code {run.returncode}: {self.said[-1]}"
        return run

    def json(self, *words, **more):
        return json.loads(self(*words, "--json", **more).stdout)

    def interrupted(self, *words, when, seconds=300, **variables):
        """Runs until `when()` is true, then asks it to stop as Ctrl-C does: (exit code, stdout, stderr)."""
        run = subprocess.Popen([SLIPWAY, *words], cwd=self.directory, env=self.environment(variables), text=True,
                               stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        deadline = time.monotonic() + seconds
        try:
            while not when():
                assert run.poll() is None, run.communicate()
                assert time.monotonic() < deadline, f"not within {seconds} s"
                time.sleep(0.1)
            run.send_signal(signal.SIGINT)
            out, err = run.communicate(timeout=seconds)
        finally:
            run.kill()
            run.wait()
        self.said.append(f"{words}\n{out}{err}")
        return run.returncode, out, err
