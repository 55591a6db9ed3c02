"""The real Terraform on a copy of the configuration: one copy, one state, one region."""

import contextlib
import ctypes
import fcntl
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

SOURCES = Path(os.environ.get("SLIPWAY_TERRAFORM", Path(__file__).parent.parent.parent))
RUNS = Path(os.environ["SLIPWAY_RUNS"])


def _places():
    """How many commands may run at once. Most of an apply is waiting, so memory is what limits them, not cores."""
    said = os.environ.get("SLIPWAY_TERRAFORM_SLOTS")
    if said:
        return int(said)
    available = re.search(r"MemAvailable:\s+(\d+) kB", Path("/proc/meminfo").read_text()) \
        if Path("/proc/meminfo").exists() else None
    gigabytes = int(available.group(1)) / 1e6 if available else 4
    return min(6, max(2, int(gigabytes / 1.5)))


SLOTS = _places()


def _end_with_the_tests():
    """On Linux the kernel interrupts a command whose tests are gone, so that a run that was killed leaves nothing."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGINT)  # PR_SET_PDEATHSIG


class TerraformError(AssertionError):
    """A command that ended otherwise than expected, with its last words."""


@contextlib.contextmanager
def exclusively(path):
    """Holds a file lock, so that processes take turns."""
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@contextlib.contextmanager
def slot():
    """One of the places that all stories share: a provider takes up to a gigabyte."""
    while True:
        for number in range(SLOTS):
            with (RUNS / f"slot-{number}").open("w") as file:
                try:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    continue
                yield
                return
        time.sleep(0.1)


class Terraform:
    """Commands on one copy of a configuration. Every command is bounded in time and leaves its words in `logs/`."""

    def __init__(self, directory, emulator, region, variables, source=SOURCES / "region", backend=None,
                 example=None):
        self.directory, self.emulator, self.region = directory, emulator, region
        self.variables, self.backend = dict(variables), backend
        self.example = [f"-var-file={source / example}"] if example else []
        self.logs = directory / "logs"
        ignored = shutil.ignore_patterns(".terraform", "*.tfstate*", "*.tfvars", "tests", "*.md")
        shutil.copytree(source, directory / "configuration", ignore=ignored)
        self.logs.mkdir()
        self.times = []

    @property
    def configuration(self):
        return self.directory / "configuration"

    def environment(self):
        kept = {key: os.environ[key] for key in ("PATH", "HOME", "TF_CLI_CONFIG_FILE", "TF_PLUGIN_CACHE_DIR")
                if key in os.environ}
        return kept | {
            "AWS_ENDPOINT_URL": self.emulator.url, "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test",
            "AWS_REGION": self.region, "AWS_EC2_METADATA_DISABLED": "true", "CHECKPOINT_DISABLE": "1",
            "TF_IN_AUTOMATION": "1", "TF_INPUT": "0", "NO_PROXY": "127.0.0.1",
            # A quarter of a plan's work is Go looking for garbage; looking less often takes a third more memory.
            "GOGC": "400",
        }

    def run(self, *arguments, expect=(0,), seconds=900, waits=True):
        """Runs one command and returns what it said; raises TerraformError on an exit code that is not expected.

        A command that is to meet another one must not wait for that one's place: it says `waits=False`.
        """
        with slot() if waits else contextlib.nullcontext():
            for _ in range(3):
                code, words = self._run_once(arguments, seconds)
                # Terraform gives a provider a minute to start, which a crowded machine may exceed. Every command can
                # be repeated.
                if "timeout while waiting for plugin to start" not in words:
                    break
        if code not in expect:
            said = words[words.find("Error:"):] if "Error:" in words else words
            raise TerraformError(f"{self.region}: terraform {' '.join(arguments)}: exit code {code}\n{said[-6000:]}\n"
                                 f"The emulator's last changes:\n{self.emulator.last_lines}")
        return words

    def _run_once(self, arguments, seconds):
        log = self.logs / f"{len(self.times):02}-{arguments[0]}.log"
        with log.open("wb") as file:
            start = time.monotonic()
            process = subprocess.Popen(
                ["terraform", *arguments, "-no-color"], cwd=self.configuration,
                stdin=subprocess.DEVNULL, stdout=file, stderr=subprocess.STDOUT, env=self.environment(),
                preexec_fn=_end_with_the_tests,
            )
            try:
                code = process.wait(seconds)
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGINT)
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(30)
                process.kill()
                code = f"none within {seconds} s"
            self.times.append((arguments[0], round(time.monotonic() - start, 1)))
        return code, log.read_text(errors="replace")

    def init(self):
        """One at a time: Terraform's plugin cache does not bear two writers."""
        arguments = ["init"]
        if self.backend:  # as the state's README says
            shutil.copy(self.configuration / "backend.tf.example", self.configuration / "backend_override.tf")
            arguments += [f"-backend-config={key}={value}" for key, value in self.backend.items()]
        with exclusively(RUNS / "init"):
            return self.run(*arguments)

    def _with_variables(self, changes):
        self.variables |= changes
        file = self.directory / "variables.tfvars.json"
        file.write_text(json.dumps(self.variables))
        return [*self.example, f"-var-file={file}"]

    def plan(self, expect=(0, 2), **changes):
        return self.run("plan", *self._with_variables(changes), "-detailed-exitcode", "-out=plan.out", expect=expect)

    def apply(self, waits=True, **changes):
        return self.run("apply", *self._with_variables(changes), "-auto-approve", waits=waits)

    def apply_planned(self):
        """Applies what `planned` has shown, as the README does it."""
        return self.run("apply", "plan.out")

    def destroy(self, **changes):
        return self.run("destroy", *self._with_variables(changes), "-auto-approve")

    def planned(self, **changes):
        """The actions a plan would take, by address: {"aws_lb.main[0]": ["delete"]}."""
        self.plan(**changes)
        plan = json.loads(self.run("show", "-json", "plan.out"))
        return {
            one["address"]: one["change"]["actions"] for one in plan.get("resource_changes", [])
            if one["change"]["actions"] not in (["no-op"], ["read"])
        }

    def assert_no_changes(self):
        """A plan with the variables of the last apply says "No changes"; if not, the plan is in the failure."""
        words = self.plan()
        assert "No changes" in words, words[words.find("Terraform will perform"):][:6000]

    def outputs(self):
        return {name: one["value"] for name, one in json.loads(self.run("output", "-json")).items()}

    def resources(self):
        return sorted(line for line in self.run("state", "list").splitlines() if not line.startswith("data."))
