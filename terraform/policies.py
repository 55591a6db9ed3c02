#!/usr/bin/env python3
"""What checkov finds in terraform/, and whether docs/security.md says the same counts: policies.py PATH-OF-CHECKOV."""

import json
import pathlib
import re
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
SECURITY = HERE.parent / "docs" / "security.md"


def main():
    # Without network: the rules that ask checkov's maker are left out.
    answer = subprocess.run(
        [sys.argv[1], "--directory", str(HERE), "--framework", "terraform", "--skip-download",
         "--skip-path", "emulated", "--output", "json"], capture_output=True, text=True)
    if not answer.stdout.lstrip().startswith("{"):
        sys.exit(f"Error: checkov did not answer\n{answer.stdout}{answer.stderr}")
    report = json.loads(answer.stdout)
    wrong = [f"{one['file_path']}:{one['file_line_range'][0]}: {one['check_id']} {one['check_name']} ({one['resource']})"
             for one in report["results"]["failed_checks"]]
    wrong += [f"{one['file_path']}: {one['check_id']} is skipped without a reason"
              for one in report["results"]["skipped_checks"] if len(one["check_result"].get("suppress_comment", "")) < 10]
    summary = report["summary"]
    counted = f"{summary['passed']} passed, {summary['failed']} failed, {summary['skipped']} skipped"
    said = re.search(r"\d+ passed, \d+ failed, \d+ skipped", SECURITY.read_text())
    if not said or said.group(0) != counted:
        wrong.append(f"docs/security.md says {said.group(0) if said else 'nothing'}, and checkov counts: {counted}")
    for line in wrong:
        print(line, file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
