"""One subset a face for the whole book: the subsets that the engine cut for its parts, united.

WeasyPrint keeps the numbers of the glyphs that it paints, so a page shows the same with any font program that has
these glyphs under these numbers. It names a font resource by a digest of Pango's description of it (`Font.hash` in its
pdf/fonts.py): family, style, weight, width, variations, and nothing of the file. So a name is only a hint here. Fonts
are one where all that they have in common is the same to the byte: tables, metrics, outlines, characters. Where two
parts differ, as they would over two releases of a family, both fonts are in the result, and each part shows its own.
"""

import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, TypeVar

import pikepdf
from pikepdf import Dictionary

from publish import cache
from publish.pdf import fontdict
from publish.pdf.fontdict import Face
from publish.pdf.truetype import PRINT, Program, unite
from publish.versions import maker

_Value = TypeVar("_Value")

Table = Mapping[str, Face | None]
"""The fonts of a part by the names of their resources; None where a font must stay alone."""


@dataclass(frozen=True)
class Subsets:
    """The united fonts: a PDF whose only page has them as resources, and by which name each part finds them there.

    `names` has for each part the name in the book of each font of its own; a font that is not there stays as it is.
    """

    pdf: bytes
    names: tuple[Mapping[str, str], ...]


def table(pdf: pikepdf.Pdf) -> Table:
    """The fonts of a part, as the engine wrote it. Fonts that share a name within the part must stay alone too."""
    return {name: fontdict.face(fonts[0]) if len(fonts) == 1 else None for name, fonts in _named(pdf).items()}


def dump(fonts: Table) -> dict[str, Any]:
    """A table as JSON can hold it."""
    return {name: face and _dumped(face) for name, face in fonts.items()}


def load(dumped: Mapping[str, Any]) -> Table:
    """The table that was dumped."""
    return {name: face and _loaded(**face) for name, face in dumped.items()}


def united(tables: Sequence[Table], open_part: Callable[[int], pikepdf.Pdf]) -> Subsets:
    """The fonts of all parts, given in the order of the book, united: the same bytes for the same fonts.

    Parts are opened one after another, only those whose glyphs are needed, and none where the cache has the result.
    They are not closed. A glyph that stands for one text here and another there has the first, as in one run over the
    whole book.
    """
    case = _Case()
    placed = [case.place(part, fonts) for part, fonts in enumerate(tables)]
    names = tuple({**case.idle(fonts), **found} for fonts, found in zip(tables, placed, strict=True))
    key = cache.key("subsets", maker(), json.dumps(case.state()))
    data = cache.load(key)
    if data is None:
        data = case.written(open_part)
        cache.store(key, data)
    return Subsets(data, names)


def resources(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Every dictionary of resources in a PDF, once: of pages, forms, patterns, soft masks."""
    seen: set[tuple[int, int]] = set()
    found: list[Any] = [page.obj.get("/Resources") for page in pdf.pages]
    while found:
        one = found.pop()
        if one is None or (one.is_indirect and one.objgen in seen):
            continue
        seen.add(one.objgen)
        yield one
        masks = [state.get("/SMask") for state in _held(one, "/ExtGState").values()]
        inner = [*_held(one, "/XObject").values(), *_held(one, "/Pattern").values()]
        inner += [mask.G for mask in masks if isinstance(mask, Dictionary)]
        found += [holder.get("/Resources") for holder in inner]


def _held(resources: Any, kind: str) -> Mapping[str, Any]:
    return resources.get(kind) or {}


def _named(pdf: pikepdf.Pdf) -> dict[str, list[Any]]:
    """The fonts of a part by name; one that several resources name is there once."""
    found: dict[str, dict[Any, Any]] = {}
    for one in resources(pdf):
        for name, font in _held(one, "/Font").items():
            found.setdefault(name.removeprefix("/"), {})[font.objgen if font.is_indirect else id(font)] = font
    return {name: list(fonts.values()) for name, fonts in sorted(found.items())}


def _dumped(face: Face) -> dict[str, Any]:
    return {
        "identity": face.identity,
        "ascent": face.ascent,
        "descent": face.descent,
        "glyphs": list(face.outlines),
        "outlines": "".join(face.outlines.values()),
        "widths": list(face.widths.values()),
        "texts": list(face.texts.values()),
    }


def _loaded(glyphs: list[int], outlines: str, widths: list[int], texts: list[str], **rest: Any) -> Face:
    step = 2 * PRINT
    prints = (outlines[place : place + step] for place in range(0, len(outlines), step))
    return Face(
        outlines=dict(zip(glyphs, prints, strict=True)),
        widths=dict(zip(glyphs, widths, strict=True)),
        texts=dict(zip(glyphs, texts, strict=True)),
        **rest,
    )


@dataclass
class _Drawing:
    """A font program of the book: prints of its glyphs, then the programs of parts that these are taken from."""

    identity: str
    outlines: dict[int, str] = field(default_factory=dict)
    said: Mapping[str, str] = field(default_factory=dict)
    sources: dict[int, Program] = field(default_factory=dict)

    def agrees(self, face: Face) -> bool:
        """Whether the face is of the same font."""
        return self.identity == face.identity and _agree(self.outlines, face.outlines)

    def take(self, face: Face, font: Any) -> None:
        """Take all glyphs that the font of an open part has."""
        self.said = fontdict.said(font)
        self.sources |= dict.fromkeys(face.outlines, fontdict.program(font))


@dataclass
class _Font:
    """A font of the book: a program with widths and texts.

    The engine rounds a width at the size in which it first paints the glyph, so parts can differ by a thousandth of
    the em, and their kerning with them. Then there are two fonts that share one program.
    """

    name: str
    drawing: _Drawing
    ascent: int = 0
    descent: int = 0
    widths: dict[int, int] = field(default_factory=dict)
    texts: dict[int, str] = field(default_factory=dict)

    def add(self, face: Face) -> None:
        """Add the glyphs of a part's face."""
        self.drawing.outlines.update(face.outlines)
        self.widths.update(face.widths)
        self.texts = {**face.texts, **self.texts}
        self.ascent, self.descent = max(self.ascent, face.ascent), min(self.descent, face.descent)

    def face(self) -> Face:
        """All that is to be written of it."""
        outlines, widths, texts = _in_order(self.drawing.outlines), _in_order(self.widths), _in_order(self.texts)
        return Face(self.drawing.identity, self.ascent, self.descent, outlines, widths, texts)


class _Case:
    """The type of the whole book."""

    def __init__(self) -> None:
        self._fonts: dict[str, list[_Font]] = {}
        self._parts: dict[int, list[tuple[str, _Drawing, Face]]] = {}

    def place(self, part: int, fonts: Table) -> dict[str, str]:
        """Put the fonts of a part to those of the book that they are one with: the names of these."""
        names = {}
        for name, face in fonts.items():
            if face is not None and face.outlines:
                font = self._one_with(name, face)
                font.add(face)
                names[name] = font.name
                self._parts.setdefault(part, []).append((name, font.drawing, face))
        return names

    def idle(self, fonts: Table) -> dict[str, str]:
        """A font of the book, once all are there, for each font of a part that shows nothing: it may be any."""
        some = [font.name for font in self._all()[:1]]
        empty = [name for name, face in fonts.items() if face is not None and not face.outlines]
        return {name: font for name in empty for font in ([name] if name in self._fonts else some)}

    def state(self) -> list[Any]:
        """All that the result depends on, but the programs that write it."""
        return [(font.name, asdict(font.face())) for font in self._all()]

    def written(self, open_part: Callable[[int], pikepdf.Pdf]) -> bytes:
        """The PDF with the fonts on its only page."""
        for part in self._needed():
            opened = open_part(part)  # its objects live no longer than it does
            named = _named(opened)
            for name, drawing, face in self._parts[part]:
                drawing.take(face, named[name][0])
        programs: dict[int, pikepdf.Stream] = {}
        with pikepdf.new() as pdf:
            fonts = Dictionary()
            for font in self._all():
                drawing = font.drawing
                if id(drawing) not in programs:
                    data = unite(drawing.sources)
                    programs[id(drawing)] = pdf.make_stream(data, Length1=len(data))
                fonts[f"/{font.name}"] = fontdict.written(pdf, drawing.said, font.face(), programs[id(drawing)])
            pdf.add_blank_page().obj.Resources = Dictionary(Font=pdf.make_indirect(fonts))
            out = io.BytesIO()
            pdf.save(out, compress_streams=True, deterministic_id=True)
        return out.getvalue()

    def _one_with(self, name: str, face: Face) -> _Font:
        """The font of the book that a part's font is one with; a new one if there is none."""
        fonts = self._fonts.setdefault(name, [])
        same = [font for font in fonts if font.drawing.agrees(face)]
        for font in same:
            if _agree(font.widths, face.widths):
                return font
        drawing = same[0].drawing if same else _Drawing(face.identity)
        fonts.append(_Font(f"{name}.{len(fonts) + 1}" if fonts else name, drawing))
        return fonts[-1]

    def _needed(self) -> list[int]:
        """Few parts that have all glyphs between them: the next is always one with most of what is still missing."""
        have = {
            part: {(id(drawing), glyph) for _, drawing, face in fonts for glyph in face.outlines}
            for part, fonts in self._parts.items()
        }
        missing: set[tuple[int, int]] = set().union(*have.values())
        chosen = []
        while missing:
            best = max(have, key=lambda part: (len(missing & have[part]), -part))
            missing -= have[best]
            chosen.append(best)
        return chosen

    def _all(self) -> list[_Font]:
        return [font for _, fonts in sorted(self._fonts.items()) for font in fonts]


def _agree(known: Mapping[int, Any], other: Mapping[int, Any]) -> bool:
    return all(known.get(glyph, value) == value for glyph, value in other.items())


def _in_order(glyphs: Mapping[int, _Value]) -> dict[int, _Value]:
    return {glyph: glyphs[glyph] for glyph in sorted(glyphs)}
