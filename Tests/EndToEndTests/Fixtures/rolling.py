"""rolling.py URL SIGNAL SESSIONS ROUNDS PID@ADDRESS...: replaces every replica, one after another, under sessions that call
without pause. Prints what every call came to."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.request

from raw_mcp import Session

url, signal_name, sessions, rounds = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
replicas = [(int(pid), address) for pid, address in (pair.split("@") for pair in sys.argv[5:])]
done = threading.Event()
begun = threading.Semaphore(0)
totals = {"calls": 0, "errors": 0, "failures": [], "slowest_error": 0.0, "lost_sessions": 0}
lock = threading.Lock()


def caller(number):
    session = Session(url)
    session.initialize()
    begun.release()
    call = 0
    last_ok = False
    while not done.is_set() or not last_ok:
        call += 1
        text = f"session {number} call {call}"
        start = time.monotonic()
        last_ok = False
        try:
            status, answer = session.call(call, "echo", {"text": text})
            got = answer.get("result", {}).get("content", [{}])[0].get("text")
            with lock:
                totals["calls"] += 1
                if status == 200 and got == text:
                    last_ok = True
                elif status == 200 and "error" in answer and answer["id"] == call:
                    totals["errors"] += 1
                    totals.setdefault("said", []).append(answer["error"]["message"])
                    totals["slowest_error"] = max(totals["slowest_error"], time.monotonic() - start)
                else:
                    totals["failures"].append(f"{text}: {status} {str(answer)[:200]}")
        except (OSError, Exception) as error:
            with lock:
                totals["failures"].append(f"{text}: {error!r}"[:300])
            session = session.beside()
        if len(totals["failures"]) > 20:
            break
    if not last_ok:
        with lock:
            totals["lost_sessions"] += 1


def is_healthy(address):
    try:
        with urllib.request.urlopen(f"{address}/health", timeout=10) as response:
            return response.status == 200
    except OSError:
        return False


def replace(replica):
    """As a platform replaces a task: the next one goes only when this one's successor is healthy."""
    process, address = replica
    os.kill(process, getattr(signal, signal_name))
    deadline = time.monotonic() + 40
    while os.path.exists(f"/proc/{process}") or not is_healthy(address):
        if time.monotonic() > deadline:
            raise SystemExit(f"{address} was not replaced")
        time.sleep(0.05)
    time.sleep(1)
    port = address.rsplit(":", 1)[1]
    found = subprocess.run(["pgrep", "-f", f"slipway-gateway .*--port {port} "], capture_output=True, text=True)
    return int(found.stdout.split()[0]), address


threads = [threading.Thread(target=caller, args=(n,), daemon=True) for n in range(sessions)]
for thread in threads:
    thread.start()
for thread in threads:
    if not begun.acquire(timeout=30):
        raise SystemExit("not every session began")
time.sleep(1)
for _ in range(rounds):
    replicas = [replace(replica) for replica in replicas]
done.set()
for thread in threads:
    thread.join(20)
totals["alive"] = sum(thread.is_alive() for thread in threads)
print(json.dumps(totals))
