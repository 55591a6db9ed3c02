"""The register of what is the emulator's fault: each workaround names the fault it is for.

An extension prints its register when it starts, and the tests show it, so that nobody mistakes a workaround
for a property of the configuration. A workaround whose fault is gone is to be deleted.
"""

import os
import threading

FAULTS = []
_last_acts = []


def at_end(act):
    """Registers what is to be done before the emulator goes, however it ends; it is to be over in seconds."""
    _last_acts.append(act)


def run_last_acts():
    for act in _last_acts:
        act()


def works_around(fault):
    """Marks a function as the workaround for `fault`, told in one sentence, and runs it at start-up."""

    def register(install):
        FAULTS.append((fault, install))
        return install

    return register


def _end_with_the_tests():
    """The tests hold the other end of stdin; it closes when they end, in whatever way they end."""
    while os.read(0, 1024):
        pass
    try:
        run_last_acts()
    finally:
        os._exit(0)


def install_all(emulator):
    threading.Thread(target=_end_with_the_tests, daemon=True).start()
    for fault, install in FAULTS:
        install()
        print(f"worked around in {emulator}: {fault}", flush=True)
