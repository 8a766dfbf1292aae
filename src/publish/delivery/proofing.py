"""A paper proof on its way: handed to a printer, and watched until it lies there or waits for somebody."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from publish.delivery import paper_findings as findings
from publish.delivery.paper import ONE_SIDE, PaperError, Printer, Ticket, Wanted, ticket
from publish.delivery.standing import Standing, State, telling
from publish.problems import Problems

POLL_SECONDS = 2.0
"""How often a printer is asked how the job stands."""
PATIENCE_SECONDS = 180.0
"""After how long without any change nobody waits any more."""
LONGEST_SECONDS = 3600.0
"""How long a job is watched at most."""
MISSES = 3
"""How many times in a row a printer may fail to say how the job stands."""


@dataclass
class Proofing:
    """One proof for one printer: where problems go, what `say` prints for good, what `show` prints as the stage."""

    printer: Printer
    problems: Problems
    say: Callable[[str], None]
    show: Callable[[str], None]
    job: str = field(default="", init=False)
    handing: bool = field(default=False, init=False)
    _told: set[str] = field(default_factory=set, init=False)

    def run(self, wanted: Wanted, pdf: Path) -> bool:
        """Print a file, and wait for it. Whether the printer has it or may have it, be it printed or not."""
        where = self.printer.where
        try:
            fitted = ticket(wanted, pdf, where, self.printer.look(), self.problems)
            if fitted is None:
                return False
            self.show(f"handing the book to {where}")
            self.handing = True
            self.job, said = self.printer.hand(pdf, fitted, self._tell)
        except PaperError as fault:
            self.problems.add(fault.problem)
            return fault.unsure
        self.problems.add_all(said)
        self.say(f"{where} has it as job {self.job}: {described(fitted)}")
        self._wait()
        return True

    def _wait(self) -> None:
        began = changed = time.monotonic()
        misses, last = 0, Standing(State.WAITING)
        while True:
            try:
                now = self.printer.standing(self.job)
            except PaperError as fault:
                misses += 1
                if misses == MISSES:
                    self.problems.add(findings.lost_sight(None, self.printer.where, self.job, fault.problem.message))
                    return
                now = last
            else:
                misses = 0
            self._tell(now)
            if now.state.over:
                return self._end(now)
            here = time.monotonic()
            changed = here if now != last else changed
            last = now
            if here - changed > PATIENCE_SECONDS or here - began > LONGEST_SECONDS:
                self.problems.add(findings.still_waiting(None, self.printer.where, self.job, now.words))
                return None
            time.sleep(POLL_SECONDS)

    def _tell(self, now: Standing) -> None:
        """Say what the printer says of itself, each thing once."""
        count = f"; {now.sheets} sheet{'s' * (now.sheets != 1)} so far" if now.sheets else ""
        self.show(f"{now.words}{count}")
        for words in telling(now.reasons) if not now.state.over else ():
            if words not in self._told:
                self._told.add(words)
                self.say(f"{self.printer.where}: {words}")

    def _end(self, now: Standing) -> None:
        if now.state is State.COMPLETED:
            self.say(f"job {self.job} is printed")
        else:
            self.problems.add(findings.job_failed(None, self.printer.where, self.job, now.words))


def described(fitted: Ticket) -> str:
    """A job in plain words."""
    copies = f"{fitted.copies} copies on " if fitted.copies > 1 else ""
    return f"{copies}{fitted.sheet}, {'one-sided' if fitted.sides == ONE_SIDE else 'on both sides'}"
