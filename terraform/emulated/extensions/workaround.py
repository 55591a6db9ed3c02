"""The register of what is the emulator's fault: each workaround names the fault it is for.

An extension prints its register when it starts, and the tests show it, so that nobody mistakes a workaround
for a property of the configuration. A workaround whose fault is gone is to be deleted.
"""

FAULTS = []


def works_around(fault):
    """Marks a function as the workaround for `fault`, told in one sentence, and runs it at start-up."""

    def register(install):
        FAULTS.append((fault, install))
        return install

    return register


def install_all(emulator):
    for fault, install in FAULTS:
        install()
        print(f"worked around in {emulator}: {fault}", flush=True)
