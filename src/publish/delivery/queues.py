"""A printer that the system knows: a queue of CUPS, by the programs that everybody has, `lp` and `lpstat`."""

import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

from publish.delivery import paper_findings as findings
from publish.delivery.addresses import is_one_line, one_line
from publish.delivery.paper import LONG_EDGE, MEDIA, ONE_SIDE, SHORT_EDGE, Abilities, PaperError, Ticket
from publish.delivery.standing import LONGEST, Standing, State
from publish.problems import Problem

SECONDS = 60.0
"""Seconds in which a program has to end: it waits for a print server, which may be another machine."""
LONGEST_QUEUE = 127
"""Bytes of a queue's name at most, as CUPS has it."""
TAKEN = re.compile(r"^request id is (\S+-\d+) ", re.MULTILINE)
ALERTS = re.compile(r"^\tAlerts: (.*)$", re.MULTILINE)
PAPERS = {"A4": MEDIA["a4"], "Letter": MEDIA["letter"]}
"""What CUPS calls the sheets in a queue's options."""
SCALINGS = frozenset({"none", "fit"})


def queue(text: str) -> str:
    """The name of a queue.

    Raises:
        ValueError: it can be none; the text says why.
    """
    if text.startswith("-"):
        raise ValueError("a queue's name does not begin with a hyphen")
    if not text or not is_one_line(text) or re.search(r"[\s/#?'\"\\,]", text):
        raise ValueError("a queue's name has no spaces, slashes or quotation marks")
    if len(text.encode("utf-8", "replace")) > LONGEST_QUEUE:
        raise ValueError(f"a queue's name has at most {LONGEST_QUEUE} bytes")
    return text


class Queue:
    """A queue of the system's print server."""

    def __init__(self, name: str) -> None:
        self.where = name

    def __enter__(self) -> None:
        """A queue holds nothing open."""

    def __exit__(self, *_: object) -> None:
        """So there is nothing to close."""

    def look(self) -> Abilities:
        """What the queue's options say. What they do not name is left to CUPS, which turns PDF into what is needed.

        Raises:
            PaperError: CUPS is not here, knows no such queue, or the queue takes no jobs.
        """
        told, complaint = self._ask("lpstat", "-a", self.where)
        if not told.startswith(self.where):
            raise PaperError(findings.queue_unknown(None, self.where, complaint or "no answer"))
        if told.startswith(f"{self.where} not accepting"):
            reason = one_line(told.partition("\n")[2])[:LONGEST]
            raise PaperError(findings.accepts_nothing(None, self.where, reason))
        options = {}
        if shutil.which("lpoptions"):
            lines = self._ask("lpoptions", "-p", self.where, "-l")[0].splitlines()
            options = {name: values.replace("*", "").split() for name, _, values in map(_halves, lines)}
        papers = [PAPERS[name] for name in options.get("PageSize", ()) if name in PAPERS]
        sides = {ONE_SIDE} if options else set()
        if any(value != "None" for value in options.get("Duplex", ())):
            sides |= {LONG_EDGE, SHORT_EDGE}
        # Paper that it names otherwise is none to choose from.
        media = frozenset(papers or (["unknown"] if "PageSize" in options else []))
        return Abilities(sides=frozenset(sides), media=media, scalings=SCALINGS, collates=True)

    def hand(self, pdf: Path, ticket: Ticket, _meanwhile: Callable[[Standing], None]) -> tuple[str, list[Problem]]:
        """Hand a file over. The name of the job.

        Raises:
            PaperError: CUPS did not take it.
        """
        options = {"sides": ticket.sides, "media": ticket.media, "print-scaling": ticket.scaling, "collate": "true"}
        words = [word for name, value in options.items() for word in ("-o", f"{name}={value}")]
        named = ["-d", self.where, "-n", str(ticket.copies), "-t", ticket.title]
        told, complaint = self._ask("lp", *named, *words, "--", str(pdf.resolve()))
        taken = TAKEN.search(told)
        if taken is None:
            shut = "not accepting" in complaint
            finding = findings.accepts_nothing if shut else findings.job_refused
            raise PaperError(finding(None, self.where, complaint or "no answer"))
        return taken[1], []

    def standing(self, job: str) -> Standing:
        """How a job stands.

        Raises:
            PaperError: CUPS does not say.
        """
        pending = self._entry("not-completed", job)
        if pending is not None:
            printer = self._ask("lpstat", "-l", "-p", self.where)[0]
            working = f"now printing {job}." in printer
            held = any(one.startswith("job-hold") for one in pending)
            state = State.HELD if held else State.PRINTING if working else State.WAITING
            paused = ("paused",) if printer.startswith(f"printer {self.where} disabled") else ()
            return Standing(state, (*pending, *_alerts(printer), *paused))
        done = self._entry("completed", job)
        if done is None:
            raise PaperError(findings.queue_unknown(None, self.where, f"it no longer knows {job}"))
        if any("canceled" in one for one in done):
            return Standing(State.CANCELED, done)
        broken = any("abort" in one or "error" in one for one in done)
        return Standing(State.ABORTED if broken else State.COMPLETED, done)

    def _entry(self, which: str, job: str) -> tuple[str, ...] | None:
        """What is said of a job in a list of jobs; None where it is not in it."""
        told = self._ask("lpstat", "-l", "-W", which, "-o", self.where)[0]
        entries = re.split(r"^(?=\S)", told, flags=re.MULTILINE)
        return next((_alerts(entry) for entry in entries if entry.startswith(f"{job} ")), None)

    def _ask(self, program: str, *words: str) -> tuple[str, str]:
        """What a program prints, and what it complains of."""
        if shutil.which(program) is None:
            raise PaperError(findings.queues_missing(None))
        environment = {**os.environ, "LC_ALL": "C.UTF-8"}
        try:
            done = subprocess.run(
                [program, *words],
                stdin=subprocess.DEVNULL,
                capture_output=True,
                env=environment,
                timeout=SECONDS,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired) as fault:
            reason = getattr(fault, "strerror", None) or "it does not answer in time"
            raise PaperError(findings.printer_unreachable(None, self.where, f"{program}: {reason}")) from fault
        complaint = one_line(done.stderr.decode("utf-8", "replace")).removeprefix(f"{program}: ")[:LONGEST]
        return done.stdout.decode("utf-8", "replace"), complaint


def _halves(line: str) -> tuple[str, str, str]:
    """The name of an option and its values, of a line such as `PageSize/Media Size: *A4 Letter`."""
    name, colon, values = line.partition(":")
    return name.partition("/")[0], colon, values


def _alerts(told: str) -> tuple[str, ...]:
    found = ALERTS.search(told)
    return tuple(found[1].split()) if found else ()
