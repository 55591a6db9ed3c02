"""Processes that are measured: started in a group of their own, and ended whatever happens."""

import ctypes
import os
import signal
import subprocess
import time
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")
LIBC = ctypes.CDLL(None)
PR_SET_PDEATHSIG = 1


class MeasuredProcess:
    """One server. Its own processes count, the MCP servers that it starts do not."""

    def __init__(self, words: list, variables: dict, folder: Path, not_counted: Path):
        self.log = folder / f"{time.monotonic_ns()}.log"
        self.not_counted = str(not_counted)
        base = {"PATH": os.environ.get("PATH", os.defpath), "HOME": str(folder), "LANG": "C.UTF-8"}
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [str(word) for word in words],
                env=base | variables,
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=end_with_parent,
            )

    def cpu_seconds(self) -> float:
        """User and system time so far, in steps of 10 ms."""
        fields = [stat_fields(pid) for pid in self.counted()]
        return sum(int(parts[11]) + int(parts[12]) for parts in fields if parts) / TICKS

    def resident_bytes(self) -> int:
        """Resident memory now."""
        fields = [stat_fields(pid) for pid in self.counted()]
        return sum(int(parts[21]) for parts in fields if parts) * PAGE

    def counted(self) -> list:
        return [pid for pid in [self.process.pid, *self.descendants()] if executable(pid) != self.not_counted]

    def descendants(self) -> list:
        """Processes that this one started, directly or not."""
        parents = {pid: int(parts[1]) for pid in all_processes() if (parts := stat_fields(pid))}
        family = {self.process.pid}
        while True:
            more = {pid for pid, parent in parents.items() if parent in family} - family
            if not more:
                return sorted(family - {self.process.pid})
            family |= more

    def last_words(self) -> str:
        return self.log.read_text(errors="replace")[-2000:]

    def stop(self) -> None:
        """Asks politely, then ends the group and every MCP server that was left behind."""
        servers = [pid for pid in self.descendants() if executable(pid) == self.not_counted]
        signal_group(self.process.pid, signal.SIGTERM)
        try:
            self.process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            pass  # what follows ends it
        finally:
            signal_group(self.process.pid, signal.SIGKILL)
            self.process.wait()
            for pid in servers:
                if executable(pid) == self.not_counted:
                    os.kill(pid, signal.SIGKILL)


def end_with_parent() -> None:
    """Asks the system to kill the process that calls it when the benchmark dies, however it dies."""
    LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def all_processes() -> list:
    return [int(entry) for entry in os.listdir("/proc") if entry.isdigit()]


def stat_fields(pid: int) -> list | None:
    """/proc/PID/stat from the state on (proc(5), field 3); None for a process that is gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None


def executable(pid: int) -> str | None:
    try:
        return os.readlink(f"/proc/{pid}/exe")
    except OSError:
        return None


def signal_group(group: int, number: int) -> None:
    try:
        os.killpg(group, number)
    except ProcessLookupError:
        pass  # it has ended already
