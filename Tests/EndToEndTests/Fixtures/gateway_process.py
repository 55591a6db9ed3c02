"""A gateway by itself, without a fleet around it. Ends it, and the script that uses it, after two minutes."""

import json
import re
import signal
import subprocess
import threading
import time

signal.alarm(170)


class Gateway:
    """A running slipway-gateway whose log is gathered, and whose ports are free ones."""

    def __init__(self, program, options, command, environment=None):
        words = [program, "--port", "0", *options, "--", *command]
        self.process = subprocess.Popen(words, stderr=subprocess.PIPE, text=True, env=environment)
        self.lines = []
        self.reader = threading.Thread(target=self.read, daemon=True)
        self.reader.start()
        self.address = self.wait_for('"message":"listening"', r'"address":"([^"]+)"')[1]
        self.url = f"http://{self.address}/mcp"

    def read(self):
        for line in self.process.stderr:
            self.lines.append(line.rstrip("\n"))

    def wait_for(self, text, pattern="", seconds=20):
        """The first line of the log that holds `text`, searched for `pattern`."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            for line in list(self.lines):
                if text in line:
                    return re.search(pattern, line)
            time.sleep(0.02)
        raise SystemExit(f"the log never said {text}:\n" + "\n".join(self.lines))

    def objects(self):
        """Every line of the log, as the JSON object it has to be."""
        return [json.loads(line) for line in list(self.lines) if line.startswith("{")]

    def wait(self, seconds=30):
        """Waits for its end: its exit status."""
        status = self.process.wait(seconds)
        self.reader.join(5)
        return status

    def end(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self.wait()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
