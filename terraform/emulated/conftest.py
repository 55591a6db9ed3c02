"""A file of tests is a story: its tests are steps, one region or fleet lives through them, and each needs the
one before.

When a step fails, the steps after it are skipped, except those marked `always`, which clean up or look at what is left.
"""

import os
import shutil
import signal
from pathlib import Path

import pytest

from harness.emulator import Emulator

RUNS = Path(os.environ["SLIPWAY_RUNS"])
# Whoever is started in the background ignores Ctrl-C, and so would what it starts; the stories send it.
signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_configure(config):
    config.addinivalue_line("markers", "always: runs even when an earlier step of its story failed")


def pytest_runtest_makereport(item, call):
    if call.excinfo is not None and not call.excinfo.errisinstance(pytest.skip.Exception):
        item.parent.failed_step = getattr(item.parent, "failed_step", item.name)


def pytest_runtest_setup(item):
    failed = getattr(item.parent, "failed_step", None)
    if failed and not item.get_closest_marker("always"):
        pytest.skip(f"the story ended at {failed}")


@pytest.fixture(scope="module")
def directory(request):
    """The story's own directory, below .build; kept after the run, so that its logs can be read."""
    path = RUNS / request.module.__name__
    shutil.rmtree(path, ignore_errors=True)
    path.mkdir(parents=True)
    return path


@pytest.fixture(scope="module")
def emulator(request, directory):
    """The emulator the module names, its own process; what it works around is shown with the results."""
    one = Emulator(getattr(request.module, "EMULATOR", "ministack"), directory / "emulator").start()
    yield one
    one.stop()
    (directory / "workarounds.txt").write_text("\n".join(one.workarounds) + "\n")


def pytest_terminal_summary(terminalreporter):
    lines = {line for file in RUNS.glob("*/workarounds.txt") for line in file.read_text().splitlines() if line}
    if lines:
        terminalreporter.section("faults of the emulators, not of the configuration")
        for line in sorted(lines):
            terminalreporter.line(line)
