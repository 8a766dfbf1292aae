"""Fonts in the EPUB: only the characters that the book uses, all features kept, the licence beside them."""

import io
from collections.abc import Iterable, Iterator, Mapping

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from publish.epub.model import Item
from publish.layout.model import FontFace

NAMES = [0, 1, 2, 3, 4, 5, 6, 13, 14]
"""Name records that stay: copyright, names, version, licence and its address."""
ALWAYS = "\u0020\u00a0\u00ad\u2010\u2011"
"""Characters that readers may put in by themselves: spaces and hyphens."""


def subset(face: FontFace, characters: Iterable[str]) -> bytes:
    """The face cut down to these characters, with every OpenType feature that concerns them."""
    options = Options()
    options.layout_features = ["*"]
    options.name_IDs = NAMES
    options.name_languages = ["*"]
    options.notdef_outline = True
    options.recalc_timestamp = False
    font = TTFont(io.BytesIO(face.data), recalcTimestamp=False)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes={ord(character) for character in [*characters, *ALWAYS]})
    subsetter.subset(font)
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def font_items(shown: Mapping[FontFace, set[str]], names: Mapping[str, str]) -> Iterator[Item]:
    """The faces as files, each for the characters that it shows, and each licence once.

    `names` are the file names by the faces' digests.
    """
    licences: dict[str, str] = {}
    for face, characters in shown.items():
        name = names[face.digest]
        ident = "font-" + name.partition("/")[2].removesuffix(".ttf")
        yield Item(ident, name, "font/ttf", subset(face, characters))
        licences.setdefault(face.licence, face.family)
    for text, family in licences.items():
        slug = _plain(family)
        yield Item(f"licence-{slug}", f"fonts/{slug}-licence.txt", "text/plain", text.encode())


def font_names(faces: Iterable[FontFace]) -> dict[str, str]:
    """A plain file name for each face, by its digest."""
    return {
        face.digest: f"fonts/{_plain(face.family)}-{face.weight}{'i' if face.style == 'italic' else ''}.ttf"
        for face in faces
    }


def font_css(faces: Iterable[FontFace], names: Mapping[str, str]) -> str:
    """The @font-face rules, for a style sheet in the folder `css/`."""
    rules = [
        f'@font-face {{ font-family: "{face.family}"; font-weight: {face.weight}; font-style: {face.style}; '
        f"src: url(../{names[face.digest]}); }}"
        for face in faces
    ]
    return "\n".join(rules) + "\n"


def _plain(name: str) -> str:
    return "-".join(name.lower().split())
