"""Regular expressions that every Python from 3.11 reads alike."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from conftest import HOUSE

CLASSES = re.compile(r"\[\^?\]?(?:\\.|[^\]\\])*\]")
POSSESSIVE = re.compile(r"[*+?}]\+|\(\?>")


def patterns() -> Iterator[tuple[str, str]]:
    """The patterns of all modules, with file and line."""
    for path in sorted((HOUSE / "src").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "compile":
                for part in ast.walk(node):
                    if isinstance(part, ast.Constant) and isinstance(part.value, str):
                        yield f"{path.relative_to(HOUSE)}:{part.lineno}", part.value


def is_possessive(pattern: str) -> bool:
    """Whether a pattern has a quantifier that gives nothing back."""
    return bool(POSSESSIVE.search(CLASSES.sub("x", re.sub(r"\\[^\]]", "x", pattern))))


def test_none_is_possessive() -> None:
    """Python 3.11.0 to 3.11.3, which Debian 12 has, fails on possessive quantifiers in groups that repeat."""
    found = list(patterns())
    assert len(found) > 100
    assert [place for place, pattern in found if is_possessive(pattern)] == []


def test_such_a_pattern_would_be_found() -> None:
    assert is_possessive(r"a*+b")
    assert is_possessive(r"(?>a)")
    assert not is_possessive(r"[-*+] \*+ a+?")


def test_files_of_the_house_are_looked_at() -> None:
    assert {Path(place.rpartition(":")[0]).name for place, _ in patterns()} >= {"attributes.py", "lines.py"}
