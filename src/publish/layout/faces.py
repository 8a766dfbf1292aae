"""Which faces a book gets: its theme's, and those that stand in for characters that the theme's lack."""

import difflib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from lxml import etree

from publish.book.model import Book
from publish.layout import fonts
from publish.layout.css import STAND_INS
from publish.layout.findings import no_glyph_in_print, no_glyph_on_screen, unknown_family
from publish.layout.markup import parse
from publish.layout.model import Document, FontFace, Medium, Theme
from publish.places import Address, Span
from publish.problems import Problems

STANDARD = Theme("")
KINDS = ("body", "sans", "mono")
CODE = ("code", "pre", "kbd", "samp")


def known_families(theme: Theme, problems: Problems) -> Theme:
    """The theme with families that are installed: the standard ones in place of those that are not."""
    there = {name.casefold(): name for name in fonts.families()}
    chosen = {"body": theme.body, "sans": theme.sans, "mono": theme.mono}
    for kind, family in chosen.items():
        if found := there.get(family.casefold()):
            chosen[kind] = found
            continue
        near = difflib.get_close_matches(family, there.values(), 1)
        place = Span(f"styles/{theme.name}/theme.toml", 1)
        problems.add(unknown_family(place, family, tuple(there.values()), near[0] if near else None))
        chosen[kind] = str(getattr(STANDARD, kind))
    return replace(theme, body=chosen["body"], sans=chosen["sans"], mono=chosen["mono"])


def choose(
    theme: Theme, book: Book, documents: Sequence[Document], medium: Medium, problems: Problems
) -> tuple[FontFace, ...]:
    """The faces of a book. A character that no face has is a problem at its first place in each section."""
    faces, lacking = faces_for(theme, *_texts(documents))
    _say(lacking, book, medium, problems)
    return faces


def faces_for(
    theme: Theme, text: set[str], code: set[str], besides: Mapping[str, set[str]] | None = None
) -> tuple[tuple[FontFace, ...], set[str]]:
    """The theme's faces and those that stand in, for the characters of a text and of its code, and what none has.

    `besides` names families that are needed in any case, each with its characters.
    """
    faces = [fonts.face(cut) for cut in fonts.cuts(theme)]
    needed = {family: set(characters) for family, characters in (besides or {}).items()}
    lacking: set[str] = set()
    for kind in KINDS:
        own = [face for face in faces if face.family == getattr(theme, kind)]
        missing = fonts.missing(code if kind == "mono" else text, own)
        for family in STAND_INS[kind] if missing else ():
            there = fonts.held(family, missing)
            needed.setdefault(family, set()).update(there)
            missing -= there
        lacking |= missing
    return (*faces, *_stand_ins(needed, {(face.family, face.weight, face.style) for face in faces})), lacking


def _stand_ins(needed: Mapping[str, set[str]], known: set[tuple[str, int, str]]) -> Iterator[FontFace]:
    """Faces for the characters that are needed of each family, but those faces that the book has already."""
    for family, characters in sorted(needed.items()):
        for cut in fonts.fallback_cuts(family) if characters else ():
            if (cut.family, cut.weight, cut.style) not in known:
                yield fonts.face(cut, fonts.blocks_of(characters))


def _texts(documents: Sequence[Document]) -> tuple[set[str], set[str]]:
    """The characters of all text, and those of code."""
    text: set[str] = set()
    code: set[str] = set()
    for document in documents:
        root = parse(document.xhtml)
        text.update(_text_of(root))
        for element in root.iter(*CODE):
            code.update(_text_of(element))
    return text, code


def _text_of(element: etree._Element) -> str:
    return etree.tostring(element, method="text", encoding="unicode", with_tail=False)


def _say(lacking: set[str], book: Book, medium: Medium, problems: Problems) -> None:
    if not lacking:
        return
    words = no_glyph_in_print if medium is Medium.PRINT else no_glyph_on_screen
    seen: Counter[str] = Counter()
    for character, span, times in _found(lacking, book):
        seen[character] += times
        problems.add(words(span, character, f"U+{ord(character):04X}", times))
    for character in sorted(lacking - seen.keys()):
        problems.add(words(None, character, f"U+{ord(character):04X}", 1))


def _found(lacking: set[str], book: Book) -> Iterator[tuple[str, Span | None, int]]:
    """Where the author typed characters: each once a section, at its first place there, and how often."""
    for section in book.sections:
        first: dict[str, Address] = {}
        times: Counter[str] = Counter()
        for xhtml in (section.xhtml, *(note.xhtml for note in section.notes)):
            for serial, direct in _direct_texts(xhtml):
                for character in sorted(lacking.intersection(direct)):
                    times[character] += direct.count(character)
                    first.setdefault(character, Address(section.id, serial, direct.index(character)))
        for character, address in first.items():
            yield character, section.places.of(address), times[character]


def _direct_texts(xhtml: bytes) -> Iterator[tuple[int, str]]:
    """The direct text of each element of the author's, with its serial."""
    if not xhtml:
        return
    for element in parse(xhtml).iter():
        serial = element.get("data-p", "")
        if serial.isdecimal():
            yield int(serial), "".join((element.text or "", *(child.tail or "" for child in element)))
