"""A client for `slipway rehearse -- python3 rehearsal_client.py`: both versions of the Python SDK call a region, each in
one session, until SIGTERM. Says so once both do, and in the end what they met; exit code 1 where more failed than may.

While a task is killed, the one call that each has in hand may fail; while a revision is deployed, none.
"""

import json
import os
import pathlib
import signal
import subprocess
import sys
import threading

HERE = pathlib.Path(__file__).resolve().parent
VENVS = HERE.parents[1] / ".build/venvs"
CALLERS = {"mcp 1.30.0": ("mcp-1.30", "rehearsal_caller_1.py"), "mcp 2.3.0": ("mcp-2.3", "rehearsal_caller_2.py")}


def main(url):
    over = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: over.set())
    callers = {
        name: subprocess.Popen([VENVS / venv / "bin/python", HERE / script, url], stdout=subprocess.PIPE, text=True)
        for name, (venv, script) in CALLERS.items()
    }
    for caller in callers.values():
        caller.stdout.readline()
    print("both call", flush=True)
    over.wait()
    may = 1 if os.environ["SLIPWAY_REHEARSAL_ACT"] == "kill" else 0
    good, met = True, []
    for name, caller in callers.items():
        caller.terminate()
        said = json.loads(caller.communicate(timeout=25)[0] or '{"calls": 0, "failures": ["it said nothing"]}')
        good &= said["calls"] >= 3 and len(said["failures"]) <= may
        met.append(f"{name}: {said['calls']} calls, {len(said['failures'])} failed {said['failures'] or ''}".strip())
    print("; ".join(met), flush=True)
    sys.exit(0 if good else 1)


main(sys.argv[1])
