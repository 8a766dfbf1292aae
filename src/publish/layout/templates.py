"""The templates of a theme, filled. What one gives for the same values is kept: the room in which templates are filled
(`sandbox.py`) takes longer to open than to use.
"""

from collections.abc import Mapping
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from publish import cache
from publish.layout.model import Template
from publish.problems import Problem
from publish.versions import maker

if TYPE_CHECKING:
    from publish.layout.sandbox import Room

BUDGET = 4_000_000
"""Characters that a template may write beyond the documents it is given; each run of a block counts as `STEP`."""


class TemplateFaultError(Exception):
    """A template could not be filled; `problem` says why and where."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


class Templates:
    """The templates of a theme, to be filled one after another."""

    def __init__(self, templates: Mapping[str, Template]) -> None:
        self._known = templates

    def __contains__(self, name: str) -> bool:
        return name in self._known

    def fill(self, name: str, values: Mapping[str, Any], *, extra: int = 0) -> str:
        """Fill a template with values. `extra` widens the budget by the length of documents that it is to print.

        Raises:
            TemplateFaultError: the template is missing, broken, asks for what is not there, or does what it may not.
        """
        if extra:
            return self._room.fill(name, values, extra=extra)
        texts = [part for template in self._known.values() for part in (template.name, template.origin, template.text)]
        key = cache.key("template", maker(), name, repr(sorted(values.items())), *texts)
        if (kept := cache.load(key)) is not None:
            return kept.decode()
        text = self._room.fill(name, values)
        cache.store(key, text.encode())
        return text

    def origin(self, name: str) -> str:
        """The file of a template, as problems name it."""
        return origin(self._known, name)

    @cached_property
    def _room(self) -> "Room":
        from publish.layout.sandbox import Room  # noqa: PLC0415  see above

        return Room(self._known)


def opened(templates: Mapping[str, Template]) -> Templates:
    """The templates in a room that stays open: to compile one takes longer than to fill it for every section."""
    return _opened(tuple(templates.values()))


@lru_cache(maxsize=4)
def _opened(templates: tuple[Template, ...]) -> Templates:
    return Templates({template.name: template for template in templates})


def origin(templates: Mapping[str, Template], name: str) -> str:
    """The file of a template, as problems name it."""
    found = templates.get(name)
    return found.origin if found else name
