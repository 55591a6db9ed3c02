"""An emulated AWS as a process on loopback: started on a free port, stopped by its pid, its faults known by name."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import boto3

EXTENSIONS = Path(__file__).parent.parent / "extensions"
VENVS = Path(os.environ["SLIPWAY_VENVS"])
CREDENTIALS = {"aws_access_key_id": "test", "aws_secret_access_key": "test"}


class Emulator:
    """`name` is ministack or moto; each is the pinned version in its own virtual environment. `more` is what ministack
    needs to run tasks as containers: the name of the rehearsal, and where the engine listens."""

    settings = {
        "ministack": {
            "BIND_HOST": "127.0.0.1", "IOT_MTLS_ENABLED": "0", "SFTP_ENABLED": "0", "PERSIST_STATE": "0",
            "LOG_LEVEL": "WARNING", "SFN_WAIT_SCALE": "0.002",
        },
        "moto": {"MOTO_IAM_LOAD_MANAGED_POLICIES": "true", "MOTO_ACM_VALIDATION_WAIT": "1"},
    }

    def __init__(self, name, directory, **more):
        self.name, self.directory, self.more = name, directory, more
        directory.mkdir(parents=True, exist_ok=True)
        self.log = directory / f"{name}.log"

    def start(self):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        python = VENVS / self.name / "bin" / "python"
        environment = {
            "PATH": os.environ["PATH"], "HOME": str(self.directory), "TMPDIR": str(self.directory),
            "GATEWAY_PORT": str(self.port), **self.settings[self.name], **self.more,
        }
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [python, "-u", EXTENSIONS / f"{self.name}_start.py"], env=environment, stdin=subprocess.PIPE,
                stdout=log, stderr=subprocess.STDOUT,
            )
        self._wait_until_it_answers()
        return self

    def _wait_until_it_answers(self, seconds=180):
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                self.client("sts", "us-east-1").get_caller_identity()
                return
            except Exception:  # not listening yet, in whatever way a half-started server says so
                time.sleep(0.2)
        self.stop()
        sys.exit(f"{self.name} did not answer within {seconds} s; its log:\n{self.log.read_text()[-4000:]}")

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait(10)

    def client(self, service, region):
        return boto3.client(
            service, region_name=region, endpoint_url=self.url, **CREDENTIALS,
            config=boto3.session.Config(retries={"total_max_attempts": 1}, connect_timeout=5, read_timeout=60,
                                        inject_host_prefix=False),
        )

    def post(self, path, body=b"{}"):
        request = urllib.request.Request(self.url + path, data=body, method="POST")
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.read()

    def get(self, path):
        with urllib.request.urlopen(self.url + path, timeout=10) as answer:
            return answer.read()

    @property
    def workarounds(self):
        return [line for line in self.log.read_text().splitlines() if line.startswith("worked around in")]

    @property
    def last_lines(self):
        """The last changes, and before them what was refused or came twice."""
        lines = self.log.read_text(errors="replace").splitlines()
        odd = [line for line in lines[:-20] if re.search(r" [45]\d\d$|^answered as before", line)]
        return "\n".join(odd[-20:] + lines[-20:])
