"""What goes on while a book is made: the stage and the seconds so far, on a line of a terminal or in lines of a log."""

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console as Terminal
from rich.text import Text

LOOK_SECONDS = 2.0
"""Without a terminal, how often the stage is looked at; a new one is a line."""
PATIENCE_SECONDS = 15.0
"""Without a terminal, after how long a stage that goes on is named again."""


class Progress:
    """The stage that a run is in. Calling it names the next one."""

    def __init__(self, screen: Terminal) -> None:
        self._screen = screen
        self._started = time.monotonic()
        self._stage = ""

    @property
    def seconds(self) -> float:
        """Seconds since the run began."""
        return time.monotonic() - self._started

    def __call__(self, stage: str) -> None:
        """Say what goes on from now."""
        self._stage = stage

    @contextmanager
    def shown(self) -> Iterator[None]:
        """Show progress while the block runs: a line that goes away again, or plain lines without a terminal."""
        if self._screen.is_terminal:
            with self._screen.status(_Line(self)):
                yield
            return
        finished = threading.Event()
        log = threading.Thread(target=self._log, args=(finished,), daemon=True)
        log.start()
        try:
            yield
        finally:
            finished.set()
            log.join()

    def line(self) -> Text:
        """The stage and the seconds so far."""
        return Text.assemble(self._stage, (f"  {self.seconds:.0f} s", "dim"))

    def _log(self, finished: threading.Event) -> None:
        """Write a line for a new stage, and now and then one for a stage that goes on."""
        said, when = "", 0.0
        while not finished.wait(LOOK_SECONDS):
            stage, seconds = self._stage, self.seconds
            if stage != said or seconds - when >= PATIENCE_SECONDS:
                sys.stderr.write(f"  {seconds:5.1f} s  {stage}\n")
                sys.stderr.flush()
                said, when = stage, seconds


class _Line:
    """The line of a terminal, made anew each time it is painted, so that the seconds go on within a stage."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress

    def __rich__(self) -> Text:
        return self._progress.line()
