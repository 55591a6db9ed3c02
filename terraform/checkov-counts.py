#!/usr/bin/env python3
"""Compares the counts in docs/security.md with what checkov counts: checkov-counts.py PATH-OF-CHECKOV."""

import json
import pathlib
import re
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent


def main():
    answer = subprocess.run(
        [sys.argv[1], "--directory", str(HERE), "--framework", "terraform", "--skip-download",
         "--skip-path", "emulated", "--output", "json"], capture_output=True, text=True)
    counted = json.loads(answer.stdout)["summary"]
    found = {kind: counted[kind] for kind in ("passed", "failed", "skipped")}
    said = re.search(r"checkov \S+: (\d+) passed, (\d+) failed, (\d+) skipped", (HERE.parent / "docs" / "security.md").read_text())
    right = "{passed} passed, {failed} failed, {skipped} skipped".format(**found)
    if not said or said.groups() != tuple(str(count) for count in found.values()):
        print(f"docs/security.md says other counts than checkov: {right}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
