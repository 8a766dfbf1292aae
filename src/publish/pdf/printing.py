"""From a bound PDF to a printer's file: what it refuses taken out, colours made inks, finished in its flavour."""

import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

import pikepdf

from publish.pdf import printing_findings as findings
from publish.pdf.finish import ENGINE, MAKER
from publish.pdf.mending import saved
from publish.pdf.pdfx import Identity, Intent, as_x1a, as_x4
from publish.pdf.recolour import Found, recolour
from publish.pdf.separation import Black, Process, ProfileError, check_profile
from publish.pdf.stripping import strip
from publish.places import Span
from publish.problems import Problems

MADE = re.compile(r"D:(\d{14})Z")
ICC_2 = 2


@dataclass(frozen=True)
class Target:
    """What a printer takes.

    `flavour` is `pdf`, `x1a` (PDF/X-1a:2001) or `x4` (PDF/X-4); `strip` names what must not be in the file (see
    `stripping`). `black` says that the book is printed in black ink alone. `ink` is as much as pictures may have,
    `most_ink` as much as anything may, in percent, each 0 where nobody says. `condition` is how the printer prints, by
    its registered name or the author's; `profile` the ICC profile of it, which the author named at `place`.
    """

    flavour: str
    strip: frozenset[str]
    black: bool
    ink: int = 0
    most_ink: int = 0
    condition: str = ""
    profile: bytes | None = None
    place: Span | None = None


def printer_file(data: bytes, target: Target, pictures: Iterable[str], problems: Problems) -> bytes:
    """A bound PDF as a printer takes it; the same bytes for the same book and target.

    `pictures` are the names of the book's pictures, so that one that cannot be printed as it is can be named. All
    that stands against printing becomes a problem; where one is an error, the bytes are good for nothing but a look.
    """
    intent = _intent(target, problems)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        labels = [page.label for page in pdf.pages]
        identity = _identity(pdf, data, problems) if target.flavour != "pdf" else None
        strip(pdf, target.strip)
        inks = Black() if target.black else Process(intent.profile, target.ink or target.most_ink)
        flat = target.flavour != "x4"
        _report(recolour(pdf, inks, pictures, flat=flat, most_ink=target.most_ink), labels, problems)
        if identity is None:
            return saved(pdf)
        return as_x1a(pdf, identity, intent) if target.flavour == "x1a" else as_x4(pdf, identity, intent)


def _intent(target: Target, problems: Problems) -> Intent:
    """The way of printing; a profile that cannot be used is left out, with a problem."""
    intent = Intent(target.condition, target.profile)
    if intent.profile is not None:
        try:
            check_profile(intent.profile)
        except ProfileError as reason:
            problems.add(findings.profile_unfit(target.place, str(reason)))
            return Intent(target.condition)
    if target.flavour == "x4" and intent.profile is None:
        problems.add(findings.profile_missing(None, "PDF/X-4"))
    elif target.flavour == "x1a" and not intent.registered:
        if intent.profile is None:
            problems.add(findings.condition_unknown(None, target.condition))
        elif intent.profile[8] > ICC_2:
            problems.add(findings.profile_unfit(target.place, "PDF/X-1a takes profiles of ICC version 2 only"))
    return intent


def _identity(pdf: pikepdf.Pdf, data: bytes, problems: Problems) -> Identity:
    info = pdf.docinfo
    made = MADE.fullmatch(str(info.get("/CreationDate", "")))
    if made is None:
        problems.add(findings.date_missing(None))
    date = datetime.strptime(made[1], "%Y%m%d%H%M%S").replace(tzinfo=UTC) if made else datetime(1970, 1, 1, tzinfo=UTC)
    return Identity(str(info.get("/Title", "")), MAKER, ENGINE, date, sha256(data).digest())


def _report(found: Found, labels: list[str], problems: Problems) -> None:
    """Each finding with the pages where it is, by their printed numbers."""
    for picture, pages in found.unprofiled.items():
        problems.add(findings.colour_unprofiled(None, picture, _pages(pages, labels)))
    for what, pages in found.unknown.items():
        problems.add(findings.colour_unknown(None, what, _pages(pages, labels)))
    for what, pages in found.see_through.items():
        problems.add(findings.see_through(None, what, _pages(pages, labels)))
    for picture, pages in found.whitened.items():
        problems.add(findings.laid_on_white(None, picture, _pages(pages, labels)))
    for colour, pages in found.heavy.items():
        problems.add(findings.ink_heavy(None, colour, _pages(pages, labels)))


def _pages(pages: list[int], labels: list[str]) -> str:
    more = f" and {len(pages) - 1} more" if len(pages) > 1 else ""
    return f"page {labels[pages[0]]}{more}"
