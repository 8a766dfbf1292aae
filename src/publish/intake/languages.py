"""Which language a text is in, by its commonest words; and a passage, where its letters prove it."""

import re
import tomllib
from collections import Counter
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

DEFAULT = "en"

SHARE = 0.5
"""Of a passage's words, how many must look like a language that its letters prove; names alone prove nothing."""

STRANGE = 0.3
"""Of a passage's words, how many hold letters that plain English lacks where it may be in another language."""

COMMON = 0.08
"""Of a text's words, how many are among the commonest ones of the language that it is in."""

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


@dataclass(frozen=True)
class Language:
    """What the intake knows of a language."""

    tag: str
    proof: tuple[re.Pattern[str], ...]
    alphabet: re.Pattern[str] | None
    words: frozenset[str]
    chapter: re.Pattern[str] | None


def of_text(text: str) -> str | None:
    """The language of a whole text, None where its words do not tell."""
    words = Counter(word.lower() for word in WORD.findall(text))
    total = sum(words.values())
    scores = {tag: sum(words[word] for word in language.words) for tag, language in _languages().items()}
    best = max(scores, key=lambda tag: scores[tag])
    if total and scores[best] >= COMMON * total:
        return best
    return of_passage(text)


def of_passage(text: str) -> str | None:
    """The language that the letters of a passage prove, None where they prove none."""
    words = WORD.findall(text)
    for tag, language in _languages().items():
        if language.alphabet is None or not all(group.search(text) for group in language.proof):
            continue
        if sum(language.alphabet.search(word) is not None for word in words) >= SHARE * len(words):
            return tag
    return None


def strange(text: str) -> bool:
    """Whether many words of a passage hold letters that English lacks."""
    words = WORD.findall(text)
    return len(words) > 2 and sum(not word.replace("’", "'").isascii() for word in words) > STRANGE * len(words)


def is_chapter(line: str, lang: str) -> bool:
    """Whether a line is the heading of a numbered chapter: `Chapter 7`, `Chapter VII: The Storm`."""
    language = _languages().get(lang)
    return bool(language and language.chapter and language.chapter.fullmatch(line))


@cache
def _languages() -> dict[str, Language]:
    table = tomllib.loads((files("publish.intake") / "languages.toml").read_text(encoding="utf-8"))
    return {tag: _language(tag, row) for tag, row in table.items()}


def _language(tag: str, row: dict[str, str | list[str]]) -> Language:
    proof = tuple(re.compile(f"[{group}]") for group in row.get("proof", []))
    alphabet = re.compile(f"[{row['alphabet']}]") if "alphabet" in row else None
    chapter = None
    if "chapter" in row:
        numbers = "|".join([r"[0-9]{1,3}", "[ivxlc]{1,8}", *str(row.get("numbers", "")).split()])
        chapter = re.compile(rf"{row['chapter']}\s+(?:{numbers})(?:\s*[.:—–-]\s*.{{0,80}})?", re.IGNORECASE)
    return Language(tag, proof, alphabet, frozenset(str(row.get("words", "")).split()), chapter)
