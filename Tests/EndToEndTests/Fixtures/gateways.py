"""Gateways started by hand, each with flags of its own. They end with the script that starts them."""

import json
import os
import secrets
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request

signal.alarm(170)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Gateway:
    def __init__(self, program, server, port, *flags, **variables):
        self.origin = f"http://127.0.0.1:{port}"
        self.url = f"{self.origin}/mcp"
        words = [program, "--port", str(port), "--log-level", "warning", "--exit-with-parent", *flags, "--", server]
        environment = {name: value for name, value in os.environ.items() if not name.startswith("SLIPWAY_")}
        self.process = subprocess.Popen(words, stdin=subprocess.PIPE, env=environment | variables)

    def wait_until_ready(self):
        for _ in range(200):
            try:
                return self.health()
            except (urllib.error.URLError, ConnectionError):
                if self.process.poll() is not None:
                    raise SystemExit(f"the gateway ended with {self.process.returncode}")
                time.sleep(0.05)
        raise SystemExit("the gateway was not ready within 10 s")

    def health(self):
        with urllib.request.urlopen(self.origin + "/health", timeout=20) as response:
            return json.load(response)

    def kill(self):
        self.process.kill()
        self.process.wait()


def two_gateways(program, server, *flags):
    """Two replicas that know each other."""
    ports = [free_port(), free_port()]
    peers = ",".join(f"127.0.0.1:{port}" for port in ports)
    key = secrets.token_hex(32)
    replicas = [
        Gateway(program, server, port, "--peers", peers, *flags, SLIPWAY_FLEET_KEY=key) for port in ports
    ]
    for replica in replicas:
        replica.wait_until_ready()
    return replicas
