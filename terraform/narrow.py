#!/usr/bin/env python3
"""Whoever lets a statement of a policy be about everything says in a comment why AWS allows nothing narrower.

Also refused: an action that is a wildcard, except in the policy of a key, where AWS wants the account to keep all.
"""

import pathlib
import re
import sys

HERE = pathlib.Path(__file__).resolve().parent


def faults(path):
    for number, line in enumerate(path.read_text().splitlines(), 1):
        place = f"{path.relative_to(HERE)}:{number}"
        if re.search(r'\bResource\s*=\s*"\*"', line) and "#" not in line:
            yield f'{place}: Resource = "*" without a reason behind it'
        if re.search(r'"[a-z0-9-]+:\*"', line) and "kms:*" not in line and "s3:*" not in line:
            yield f"{place}: an action that is everything a service can do"
        if re.search(r'\bPrincipal\s*=\s*"\*"', line) and path.parent.name != "state":
            yield f"{place}: a principal that is everybody"


def main():
    files = sorted((HERE / "region").glob("*.tf")) + sorted((HERE / "state").glob("*.tf"))
    found = [fault for path in files for fault in faults(path)]
    for fault in found:
        print(fault, file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
