"""Gets everything that is measured, or measures, onto this machine."""

import os
import shutil
import signal
import subprocess
from pathlib import Path

from .problem import Problem
from .process import signal_group

ROOT = Path(__file__).resolve().parent.parent.parent
BUILD = ROOT / ".build"
NATIVE = ROOT / "Benchmarks" / "native"

# Packages and their versions, as PyPI names them.
PACKAGES = {
    "mcp-proxy": "0.13.0",
    "mcp-contextforge-gateway": "1.0.7",
    "fastmcp": "4.1.2",
    "mcp-streamablehttp-proxy": "0.2.0",
}

NO_NGINX = (
    "nginx is not on the PATH, so the rows that need it are left out (Debian and Ubuntu: apt-get install nginx-light)"
)


def carry_out(words: list, purpose: str, hint: str, limit: int = 3600) -> None:
    """Runs a command to its end; what it said is shown only where it did not do its work."""
    quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    try:
        process = subprocess.Popen(words, cwd=ROOT, start_new_session=True, **quiet)
    except FileNotFoundError:
        raise Problem(purpose, f"{words[0]} is not on the PATH", hint) from None
    try:
        said, _ = process.communicate(timeout=limit)
    except subprocess.TimeoutExpired:
        raise Problem(purpose, f"{words[0]} took longer than {limit} s", hint) from None
    finally:
        if process.poll() is None:
            signal_group(process.pid, signal.SIGTERM)
            process.wait()
    if process.returncode != 0:
        raise Problem(purpose, said.decode(errors="replace"), hint)


def gateway() -> Path:
    """The gateway as it is released. SLIPWAY_BENCH_GATEWAY names another that is there already."""
    named = os.environ.get("SLIPWAY_BENCH_GATEWAY")
    if named:
        path = Path(named).resolve()
        if not os.access(path, os.X_OK) or path.is_dir():
            raise Problem(f"SLIPWAY_BENCH_GATEWAY: {named} is not a program", hint="unset SLIPWAY_BENCH_GATEWAY")
        return path
    carry_out(["make", "release"], "the gateway was not built", "make release")
    return BUILD / "release-static" / "release" / "slipway-gateway"


def echo() -> Path:
    """The MCP server behind every gateway."""
    return native("echo", "echo.c")


def load() -> Path:
    """The load generator."""
    return native("load", "load.c", "answer.c")


def nginx() -> str | None:
    """nginx where it is installed; Debian keeps it where only root looks."""
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")


def native(name: str, *sources: str) -> Path:
    """Compiles a C program of ours where its sources are newer. Swift's toolchain brings a compiler."""
    program = BUILD / "bench" / name
    files = [NATIVE / source for source in sources]
    newest = max(file.stat().st_mtime for file in NATIVE.iterdir())
    if program.exists() and program.stat().st_mtime > newest:
        return program
    program.parent.mkdir(parents=True, exist_ok=True)
    compiler = shutil.which("cc") or shutil.which("clang") or "cc"
    carry_out(
        [compiler, "-O2", "-Wall", "-Wextra", "-Werror", "-o", program, *files],
        f"Benchmarks/native/{name} was not compiled",
        "install a C compiler (Debian and Ubuntu: apt-get install gcc libc6-dev)",
    )
    return program


def environment(package: str) -> Path:
    """The `bin` folder of a virtual environment that holds the package."""
    wanted = f"{package}=={PACKAGES[package]}"
    venv = BUILD / "venvs" / f"bench-{package}"
    stamp = venv / "stamp"
    if stamp.exists() and stamp.read_text().strip() == wanted:
        return venv / "bin"
    shutil.rmtree(venv, ignore_errors=True)
    purpose = f"{wanted} was not installed"
    hint = "pip must reach PyPI, or a mirror named in PIP_INDEX_URL; then run make bench again"
    carry_out(["python3", "-m", "venv", venv], purpose, hint, limit=120)
    carry_out([venv / "bin" / "pip", "install", "--quiet", wanted], purpose, hint, limit=900)
    stamp.write_text(wanted + "\n")
    return venv / "bin"
