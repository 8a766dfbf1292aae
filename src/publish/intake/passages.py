"""Passages in another language: marked where their letters prove it, else hinted at."""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from publish.intake import findings, languages
from publish.places import Span
from publish.problems import Problems

CITATION = re.compile(r"-?@[\w{]")


def mark_passages(passages: Iterable[tuple[str, Span]], lang: str, problems: Problems) -> Iterator[str]:
    """Yield blocks of Markdown, those that are proved to be in another language than `lang` marked as such.

    A paragraph alone is marked as a span, so that it stays an ordinary paragraph; several in a row as a block.
    """
    tried = [(block, None if _made(block) else proved(block, lang, span, problems)) for block, span in passages]
    for other, group in groupby(tried, key=lambda passage: passage[1]):
        run = [block for block, _ in group]
        if other is None:
            yield from run
        elif len(run) == 1:
            yield marked(run[0], other)
        else:
            yield "\n\n".join([f"::: {{lang={other}}}", *run, ":::"])


def proved(passage: str, lang: str, span: Span, problems: Problems) -> str | None:
    """The language other than `lang` that the passage's letters prove; what only looks foreign is hinted at."""
    other = languages.of_passage(passage)
    if other is not None and other != lang:
        problems.add(findings.passage_marked(span, other))
        return other
    if other is None and lang == languages.DEFAULT and languages.strange(passage):
        problems.add(findings.perhaps_foreign(span))
    return None


def marked(passage: str, lang: str) -> str:
    """A passage as a span in its language; what begins like a citation stays text."""
    escape = "\\" if CITATION.match(passage) else ""
    return f"[{escape}{passage}]{{lang={lang}}}"


def _made(block: str) -> bool:
    """Whether a block is a heading or a break between scenes."""
    return block.startswith("# ") or block == "* * *"
