"""The verdict on an EPUB's accessibility: what Ace by DAISY and our own rules find, once for the same contents."""

import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from publish.checks import access_rules, ace
from publish.checks.opened import Opened, open_epub
from publish.epub.claim import Verdict, digest_of, keep, load
from publish.epub.findings import ace_failed, ace_missing
from publish.problems import Problem, Problems


@dataclass(frozen=True)
class Found:
    """What was found, and whether a new verdict was kept."""

    problems: tuple[Problem, ...] = ()
    new: bool = False


NOTHING = Found()


def judge(book: Path, kept: Path, progress: Callable[[str], None]) -> Found:
    """Find out what stands against an EPUB, or recall it where the verdict kept is on the same contents."""
    epub = open_epub(book.read_bytes(), Problems())
    if epub is None:  # which is told where the file is read back
        return NOTHING
    contents, last = contents_of(epub), load(kept)
    if last is not None and last.contents == contents:
        return Found(last.problems)
    command = ace.find()
    if command is None:
        return Found((ace_missing(None),))
    progress("Ace by DAISY (a minute for a long book)")
    try:
        found = Problems(ace.problems(ace.run(command, book), epub))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, subprocess.SubprocessError) as failure:
        return Found((ace_failed(None, str(failure)),))
    access_rules.check(epub, found)
    verdict = Verdict(contents, tuple(found))
    try:
        keep(kept, verdict)
    except OSError:  # The next check runs Ace again; meanwhile the book makes no claim.
        return Found(verdict.problems)
    return Found(verdict.problems, new=True)


def contents_of(epub: Opened) -> str:
    """The digest of all that a reader meets, named from the package document as it was when it was packed."""
    folder = PurePosixPath(epub.package_name).parent
    names = [name for name in epub.files if PurePosixPath(name).is_relative_to(folder) and name != epub.package_name]
    return digest_of((str(PurePosixPath(name).relative_to(folder)), epub.read(name)) for name in names)
