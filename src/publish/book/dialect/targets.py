"""What links and images lead to: `(address "title")`, and definitions `[label]: address "title"`."""

import html
import re
from collections.abc import Sequence
from typing import NamedTuple

from publish.book.dialect.lines import Line

LONGEST = 2000
"""Characters of an address or title at most, so that a stray bracket is not looked after to the end of a file."""

TITLE = (
    rf"""(?:"(?P<dq>(?:\\.|[^"\\]){{0,{LONGEST}}})"|'(?P<sq>(?:\\.|[^'\\]){{0,{LONGEST}}})'"""
    rf"""|\((?P<pq>(?:\\.|[^()\\]){{0,{LONGEST}}})\))"""
)
ANGLED = rf"<(?P<angled>(?:\\.|[^<>\\\n]){{0,{LONGEST}}})>"
SPACES = re.compile(r"\s*")
TARGET_TITLE = re.compile(rf"(?:\s+{TITLE})?\s*\)", re.DOTALL)
TARGET_ANGLED = re.compile(ANGLED)
SPACED = re.compile(rf"""[^\s()<>"'](?:[^()<>"'\n]{{0,{LONGEST}}}[^\s()<>"'])?""")
ADDRESS_LIKE = re.compile(r"[/#]|\.\w{1,5}$")
LABEL = re.compile(r"\[((?:[^\[\]\\]|\\.){1,999})\]", re.DOTALL)
DEFINITION = re.compile(
    rf"[ ]{{0,3}}\[(?!\^)(?P<label>(?:[^\[\]\\]|\\.){{1,999}})\]:[ \t]*\n?[ \t]*(?:{ANGLED}|(?P<bare>[^\s<]\S*))"
    rf"(?:(?:[ \t]+|[ \t]*\n[ \t]*){TITLE})?[ \t]*(?=\n|\Z)",
    re.DOTALL,
)
DEFINITION_LINES = 12
"""Lines that a definition with its title may take."""
ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")


class Target(NamedTuple):
    """An address and a title as meant, and where their text ends."""

    address: str
    title: str | None
    end: int


def plain(text: str) -> str:
    """Text as meant: without the backslashes that escape, with the characters that `&names;` mean."""
    return html.unescape(ESCAPE.sub(lambda found: f"&#{ord(found[1])};", text))


def target_at(text: str, at: int) -> Target | None:
    """The address in round brackets that opens at `at`; None where there is none, so that the brackets are text.

    An address with spaces should stand in angle brackets; without them it is one only if it looks like one.
    """
    if not text.startswith("(", at):
        return None
    spaces = SPACES.match(text, at + 1)
    start = spaces.end() if spaces else at + 1
    angled = TARGET_ANGLED.match(text, start)
    if angled is None and text.startswith("<", start):
        return None
    end = angled.end() if angled else _bare_end(text, start)
    closing = TARGET_TITLE.match(text, end)
    if closing:
        return Target(plain(angled["angled"] if angled else text[start:end]), _title(closing), closing.end())
    spaced = SPACED.match(text, start)
    if spaced and ADDRESS_LIKE.search(spaced.group()):
        closing = TARGET_TITLE.match(text, spaced.end())
        return Target(plain(spaced.group()), _title(closing), closing.end()) if closing else None
    return None


def _bare_end(text: str, at: int) -> int:
    """Where an address without angle brackets ends; round brackets in it come in pairs."""
    level, last = 0, min(len(text), at + LONGEST)
    while at < last and text[at] > " ":
        if text[at] == "\\" and text[at + 1 : at + 2] > " ":
            at += 1
        elif text[at] == "(":
            level += 1
        elif text[at] == ")":
            level -= 1
            if level < 0:
                break
        at += 1
    return at


def _title(found: re.Match[str]) -> str | None:
    title = next((found[name] for name in ("dq", "sq", "pq") if found[name] is not None), None)
    return None if title is None else plain(title)


def label_at(text: str, at: int) -> tuple[str, int] | None:
    """The label in square brackets that opens at `at` (empty for `[]`), and where it ends."""
    if text.startswith("[]", at):
        return "", at + 2
    found = LABEL.match(text, at)
    return (found[1], found.end()) if found else None


def normal(label: str) -> str:
    """A label in the form in which labels are compared."""
    return " ".join(label.split()).casefold()


def definition_at(lines: Sequence[Line], at: int) -> tuple[str, Target] | None:
    """The definition of a link that begins on a line: label, target (its end: how many lines it takes)."""
    taken = []
    for line in lines[at : at + DEFINITION_LINES]:
        if line.blank:
            break
        taken.append(line.text)
    text = "\n".join(taken)
    found = DEFINITION.match(text)
    if found is None or not found["label"].strip():
        return None
    address = plain(found["bare"] if found["angled"] is None else found["angled"])
    return normal(found["label"]), Target(address, _title(found), 1 + text.count("\n", 0, found.end()))
