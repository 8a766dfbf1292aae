"""The guard at the seam: a function of ours takes the place of one of the engine's only where all is as we know it.

What a graft replaces or relies on is told by fingerprints of its source. Where one differs, another version of the
engine or a changed copy is installed: the graft stands aside, the engine works by itself, and the author hears of it.
"""

import importlib
import linecache
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import reduce
from hashlib import sha256
from inspect import unwrap
from itertools import takewhile
from typing import Any

ENGINE = "weasyprint"
FIGURES = 16
"""Figures of a digest that tell sources apart: nobody makes two alike on purpose."""
HEAD = re.compile(r"\s*(?:async )?(?:def|class) (\w+)")

Function = Callable[..., Any]


@dataclass(frozen=True)
class Graft:
    """Functions of ours in the place of the engine's.

    `relies_on` is the fingerprint of every function or class of the engine that the graft replaces, calls, or takes for
    granted, by qualified name (`weasyprint.text.line_break.Layout.setup`). `replaces` gives for each replaced one what
    makes ours of the one that stood there.
    """

    name: str
    relies_on: Mapping[str, str]
    replaces: Mapping[str, Callable[[Function], Function]]


_standing: dict[str, bool] = {}
"""Whether each graft that was ever asked for is in its place; the others stand aside."""
_places: list[tuple[str, Any, str, Function, Function]] = []
"""All that was replaced, in order: by which graft, where, under which name, what stood there, and what does now."""


def install(grafts: Iterable[Graft]) -> tuple[str, ...]:
    """Put grafts into their places, in this order; give the names of those that stand aside.

    All fingerprints are taken before anything is replaced. A graft that was asked for before is left as it is.
    """
    asked = list(grafts)
    fresh = [graft for graft in asked if graft.name not in _standing]
    _standing.update({graft.name: not moved(graft) for graft in fresh})
    for graft in fresh:
        for name, make in graft.replaces.items() if _standing[graft.name] else ():
            _replace(graft, name, make)
    return tuple(graft.name for graft in asked if not _standing[graft.name])


def moved(graft: Graft) -> tuple[str, ...]:
    """The names that a graft relies on and whose source is not the one that it was written for."""
    return tuple(name for name, known in graft.relies_on.items() if fingerprint(name) != known)


def fingerprint(name: str) -> str:
    """The fingerprint of a function or class by its qualified name; nothing where there is none, or no source of it.

    An engine that is installed without its sources has none: nothing can be said of it.
    """
    try:
        _, _, thing = _found(name)
        source = _source(thing)
    except (ImportError, AttributeError, OSError):
        return ""
    return sha256(source.encode()).hexdigest()[:FIGURES]


@contextmanager
def laid_aside(*grafts: str) -> Iterator[None]:
    """Let the engine work as it came while the block runs, to measure and to compare; or without these grafts alone,
    which must replace nothing that another one does. It is not for other threads.
    """
    places = [place for place in _places if not grafts or place[0] in grafts]
    for _, holder, name, before, _ in reversed(places):
        setattr(holder, name, before)
    try:
        yield
    finally:
        for _, holder, name, _, after in places:
            setattr(holder, name, after)


def _replace(graft: Graft, name: str, make: Callable[[Function], Function]) -> None:
    """Replace a function at home, and in every module of the engine that has taken it over by name."""
    home, own, before = _found(name)
    after = make(before)
    modules = [module for key, module in sys.modules.items() if key == ENGINE or key.startswith(f"{ENGINE}.")]
    takers = [module for module in modules if module is not home and vars(module).get(own) is before]
    for holder in (home, *takers):
        setattr(holder, own, after)
        _places.append((graft.name, holder, own, before, after))


def _found(name: str) -> tuple[Any, str, Any]:
    """The module or class that holds a qualified name, the last part of that name, and what it stands for."""
    parts = name.split(".")
    for end in range(len(parts) - 1, 0, -1):
        try:
            module = importlib.import_module(".".join(parts[:end]))
        except ModuleNotFoundError:
            continue
        holder = reduce(getattr, parts[end:-1], module)
        return holder, parts[-1], getattr(holder, parts[-1])
    raise ImportError(name)


def _source(thing: Any) -> str:
    """The lines of a function or a class: from its head as far as lines stand deeper.

    Python's own `inspect` reads every line as tokens for it, which takes longer than all else that the guard does.

    Raises:
        OSError: there is no source.
    """
    thing = unwrap(thing)
    module = sys.modules[thing.__module__]
    lines = linecache.getlines(module.__file__ or "", vars(module))
    code = getattr(thing, "__code__", None)
    first = code.co_firstlineno - 1 if code else _head(lines, thing.__name__)
    if not 0 <= first < len(lines):
        raise OSError
    start = next((at for at in range(first, len(lines)) if HEAD.match(lines[at])), first)
    indent = _indent(lines[start])
    body = takewhile(
        lambda line: not line.strip() or line.lstrip()[0] == ")" or _indent(line) > indent, lines[start + 1 :]
    )
    return "".join((*lines[first : start + 1], *body)).rstrip()


def _head(lines: list[str], name: str) -> int:
    heads = (at for at, line in enumerate(lines) if (head := HEAD.match(line)) and head[1] == name)
    return next(heads, -1)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
