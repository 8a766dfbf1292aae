"""Why a section was laid out again: what of its fragment is not as it was in the last build."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from publish import cache
from publish.pdf.cut import Cut
from publish.pdf.fragment import Fragment, Kit
from publish.versions import maker, shapers


@dataclass(frozen=True)
class Ingredients:
    """Digests of what decides how a fragment is set."""

    maker: str
    sheets: str
    faces: str
    text: str
    html: str
    pictures: str
    side: str

    def reason(self, before: "Ingredients | None") -> str:
        """Why a fragment of these was set anew, in words that follow "since"."""
        if before is None:
            return "it was not there before"
        for name, words in REASONS.items():
            if getattr(self, name) != getattr(before, name):
                return words
        return "it was no longer in the cache"


REASONS: Mapping[str, str] = {
    "maker": "Octavo itself, or something that it stands on, is another",
    "sheets": "the styles have changed",
    "faces": "the book shows characters or faces that it did not show before",
    "text": "its text has changed",
    "pictures": "a picture in it has changed",
    "html": "page numbers in it have changed, or where its notes stand",
    "side": "it begins on the other side of a leaf",
}
"""What of a fragment can be another, in the order in which it is said."""


def ingredients(kit: Kit, fragment: Fragment) -> Ingredients:
    """The ingredients of a fragment."""
    sheets = [part for sheet in kit.sheets for part in (sheet.name, sheet.css)]
    faces = [f"{face.family} {face.weight} {face.style} {face.digest}" for face in kit.faces]
    texts = [part for text in fragment.texts for part in (text.section, text.note or "", text.xhtml)]
    pictures = {**kit.pictures, **fragment.pictures}
    return Ingredients(
        f"{maker()} {shapers()}",
        cache.key(*sheets),
        cache.key(*faces),
        cache.key(*texts),
        cache.key(fragment.html),
        cache.key(*(f"{name} {picture.digest}" for name, picture in sorted(pictures.items()))),
        f"{fragment.side} {fragment.furniture}",
    )


class LastBuild:
    """The ingredients of the last build of a project, kept in the cache: lost, they cost no more than words."""

    def __init__(self, project: Path) -> None:
        self._key = cache.key("ingredients", str(project.resolve()))
        try:
            stored = json.loads(cache.load(self._key) or b"{}")
            self._before = {name: Ingredients(**one) for name, one in stored.items()}
        except (ValueError, TypeError, AttributeError):
            self._before = {}

    def reasons(self, cut: Cut, set_anew: frozenset[str]) -> Iterator[tuple[str, str]]:
        """The names of the fragments that were set anew, in the order of the book, each with why."""
        for kit, fragment in cut.fragments:
            if fragment.name in set_anew:
                yield fragment.name, ingredients(kit, fragment).reason(self._before.get(fragment.name))

    def keep(self, cut: Cut) -> None:
        """Remember the ingredients of this build for the next."""
        stored = {fragment.name: asdict(ingredients(kit, fragment)) for kit, fragment in cut.fragments}
        cache.store(self._key, json.dumps(stored).encode())
