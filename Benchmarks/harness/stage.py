"""What a measurement has around it: a folder, the programs, and the servers it starts."""

import contextlib
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from .client import first_answer
from .process import MeasuredProcess
from .problem import Problem


@dataclass
class Tools:
    """The programs that measurements use."""

    gateway: Path
    echo: Path
    load: Path
    nginx: str | None
    environments: dict = field(default_factory=dict)


class Stage(contextlib.ExitStack):
    """Ends every server that was started on it, and removes its folder."""

    def __init__(self, tools: Tools):
        super().__init__()
        self.tools = tools
        self.folder = Path(self.enter_context(tempfile.TemporaryDirectory(prefix="slipway-bench-")))

    def start(self, name: str, port: int, words: list, variables: dict | None = None, wanted: int | None = None):
        """Starts a server; the answer is its process and the seconds until its first HTTP answer."""
        began = time.monotonic()
        server = MeasuredProcess(words, variables or {}, self.folder, not_counted=self.tools.echo)
        self.callback(server.stop)
        if not first_answer(port, wanted, 60, lambda: server.process.poll() is None):
            raise Problem(f"{name}: it did not answer HTTP", server.last_words())
        return server, time.monotonic() - began
