"""slipway as an operator types it, in the fleet's folder."""

import json
import os
import subprocess
from pathlib import Path

BUILT = Path(os.environ.get("SLIPWAY_BIN", Path(__file__).parent.parent.parent.parent / ".build" / "debug"))
SLIPWAY = BUILT / "slipway"


class Operator:
    """Runs slipway, and remembers everything it said."""

    def __init__(self, directory, emulator):
        self.directory, self.emulator, self.said = directory, emulator, []

    def __call__(self, *words, expect=0, given="", **variables):
        environment = {
            "PATH": os.environ["PATH"], "HOME": str(self.directory), "AWS_ENDPOINT_URL": self.emulator.url,
            "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test",
        } | variables
        run = subprocess.run([SLIPWAY, *words], cwd=self.directory, env=environment, input=given, text=True,
                             capture_output=True, timeout=100)
        self.said.append(f"{words}\n{run.stdout}{run.stderr}")
        assert run.returncode == expect, self.said[-1]
        return run

    def json(self, *words, **more):
        return json.loads(self(*words, "--json", **more).stdout)
