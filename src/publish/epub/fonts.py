"""Fonts in the EPUB: only the characters that the book uses, all features kept, the licence beside them."""

from collections.abc import Iterable, Iterator, Mapping

from publish.epub.findings import face_uncut
from publish.epub.model import Item
from publish.epub.subsetting import SubsetError, cut
from publish.layout.model import FontFace
from publish.problems import Problem

ALWAYS = "\u0020\u00a0\u00ad\u2010\u2011"
"""Characters that readers may put in by themselves: spaces and hyphens."""


class UncutFaceError(Exception):
    """A face could not be cut; `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def subset(face: FontFace, characters: Iterable[str]) -> bytes:
    """The face cut down to these characters, with every OpenType feature that concerns them.

    Raises:
        UncutFaceError: it cannot be cut.
    """
    try:
        return cut(face.data, {*characters, *ALWAYS})
    except SubsetError as failure:
        raise UncutFaceError(face_uncut(None, face.family, str(failure))) from failure


def font_items(shown: Mapping[FontFace, set[str]], names: Mapping[str, str]) -> Iterator[Item]:
    """The faces as files, each for the characters that it shows, and each licence once.

    `names` are the file names by the faces' digests.

    Raises:
        UncutFaceError: as in `subset`.
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
