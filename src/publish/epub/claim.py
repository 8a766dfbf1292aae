"""The claim that a book meets EPUB Accessibility 1.1, level AA: made only where it is earned.

It is earned when the author names who certifies it, when our own rules find nothing in the book that stands against
it, and when Ace by DAISY has tried these very contents and found nothing. Ace takes long and is not everywhere, so
`publish check epub` runs it and keeps its verdict beside the outputs; a build of the same contents finds it there.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from publish.epub import findings
from publish.files import look, write_atomically
from publish.manuscript.model import Metadata
from publish.problems import Problem, from_json, to_json
from publish.versions import maker

STANDARD = "EPUB Accessibility 1.1 - WCAG 2.2 Level AA"
"""The words of the claim, letter by letter (EPUB Accessibility 1.1, 2.4.2)."""
BARRIERS = frozenset(("B012", "B020", "B021", "B022", "L023", "L024"))
"""Problems of a book that stand against the claim, while they let the book be built."""


@dataclass(frozen=True)
class Verdict:
    """What was found in an EPUB of these contents, by Ace and by our own rules for finished files."""

    contents: str
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Evidence:
    """What is known for and against the claim before the book is packaged: the last verdict, and what bars it."""

    verdict: Verdict | None = None
    barriers: tuple[Problem, ...] = ()


NO_EVIDENCE = Evidence()


def gather(metadata: Metadata, kept: Path, problems: Iterable[Problem]) -> Evidence:
    """The evidence for a book; none where its author claims nothing. `kept` is where verdicts are kept."""
    if not metadata.accessibility.certified_by:
        return NO_EVIDENCE
    return Evidence(load(look(kept)), tuple(problem for problem in problems if problem.code in BARRIERS))


def refusal(metadata: Metadata, evidence: Evidence, contents: str) -> Problem | None:
    """Why the claim is not made for these contents; None where it is earned."""
    place, verdict = metadata.where.get("accessibility"), evidence.verdict
    if evidence.barriers:
        return findings.claim_barred(place, *_first(evidence.barriers))
    if verdict is None or verdict.contents != contents:
        return findings.claim_untried(place)
    if verdict.problems:
        return findings.claim_denied(place, *_first(verdict.problems))
    return None


def _first(problems: tuple[Problem, ...]) -> tuple[str, int]:
    """The first of some problems with its place, and how many there are besides."""
    first = problems[0]
    return f"{first.span}: {first.message}" if first.span else first.message, len(problems) - 1


def digest_of(files: Iterable[tuple[str, bytes]]) -> str:
    """A digest of what a reader meets in an EPUB: every file, named from the package document, but not that itself."""
    digest = sha256()
    for name, data in sorted(files):
        digest.update(f"{len(name)} {name} {len(data)} ".encode() + data)
    return digest.hexdigest()


def load(kept: Path) -> Verdict | None:
    """The verdict that was kept last; None where there is none, or one of an older program's."""
    try:
        stored = json.loads(kept.read_bytes())
        if stored["by"] != maker():
            return None
        return Verdict(str(stored["contents"]), tuple(from_json(problem) for problem in stored["problems"]))
    except (OSError, KeyError, TypeError, ValueError, RecursionError):
        return None


def keep(kept: Path, verdict: Verdict) -> None:
    """Keep a verdict in place of the last one.

    Raises:
        OSError: the folder cannot be written or the disk is full.
    """
    record = {"by": maker(), "contents": verdict.contents, "problems": [to_json(found) for found in verdict.problems]}
    write_atomically(kept, json.dumps(record, ensure_ascii=False, indent=1).encode() + b"\n")
