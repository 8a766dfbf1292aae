"""What there is to list and to explain: problem codes, themes, trims, languages."""

import importlib
import inspect

from publish.problems import EXPLANATIONS

ROOMS = (
    "publish.manuscript.findings",
    "publish.manuscript.metadata_findings",
    "publish.book.findings",
    "publish.book.dialect.findings",
    "publish.book.typography.findings",
    "publish.layout.findings",
    "publish.pdf.findings",
    "publish.epub.findings",
    "publish.checks.findings",
    "publish.outputs",
    "publish.pipeline",
    "publish.intake.findings",
)


def explanation(code: str) -> str | None:
    """What a problem code means and what to do about it, None where there is no such code."""
    _load()
    text = EXPLANATIONS.get(code.upper())
    return f"{code.upper()}: {inspect.cleandoc(text)}" if text else None


def codes() -> list[tuple[str, str]]:
    """All problem codes with the first line of what they mean."""
    _load()
    return [(code, inspect.cleandoc(text).splitlines()[0]) for code, text in sorted(EXPLANATIONS.items())]


def _load() -> None:
    for room in ROOMS:
        importlib.import_module(room)
