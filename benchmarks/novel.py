"""The novel that typesetters are compared by, as each of them reads it: HTML and CSS, LaTeX, and the faces.

The text is that of the folder which OCTAVO_CORPUS names, with the quotation marks and dashes that a book has. All its
spaces are plain ones, since typesetters do not agree on whether a no-break space gives. Page, measure, indent and
leading are the same for all, and so is what may be hyphenated: words of five letters or more with two on either side,
by the American patterns, which all of them have. (Prince divides some words of four letters nevertheless.)
"""

import html
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from fontTools.ttLib import TTFont
from lxml import etree

from publish.book.typography.signs import set_signs
from publish.layout.fonts import Cut, face
from publish.problems import Problems

MEASURE = 287.6
"""Points."""
PAGE = (129 / 25.4 * 72, 198 / 25.4 * 72)
MARGIN = (PAGE[0] - MEASURE) / 2
INDENT = 1.2
"""Em."""
LANG = "en-US"
SPECIAL = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    **{sign: f"\\{sign}" for sign in "&%$#_{}"},
}
"""Signs that mean something to TeX."""
SHORT = re.compile(r"(?<![^\W\d_])[^\W\d_]{4}(?![^\W\d_])")
"""Words that TeX would divide, though they have fewer than five letters."""


@dataclass(frozen=True)
class Face:
    """A typeface as the novel is set in it: points, leading as a multiple of them, and its two files."""

    name: str
    size: float
    leading: float
    upright: bytes
    italic: bytes

    @property
    def natural(self) -> float:
        """The width of its space, in points."""
        font = TTFont(BytesIO(self.upright))
        return float(font["hmtx"][font.getBestCmap()[ord(" ")]][0] / font["head"].unitsPerEm * self.size)

    def __str__(self) -> str:
        return f"{self.name} {self.size:g}/{self.leading:g}"


def house_face() -> Face:
    """The face of our books."""
    name = "EB Garamond"
    return Face(name, 11.5, 1.35, face(Cut(name, 400, "normal")).data, face(Cut(name, 400, "italic")).data)


def wide_face() -> Face | None:
    """A face of the system that makes lines of few letters, as a hard case; None where it is not installed."""
    name = "DejaVu Serif"
    files = [_system_file(name, style) for style in ("", ":italic")]
    return Face(name, 11, 1.35, *(file.read_bytes() for file in files if file)) if all(files) else None


def _system_file(family: str, style: str) -> Path | None:
    """The file of a face that fontconfig knows by just this name."""
    if not (command := shutil.which("fc-match")):
        return None
    said = subprocess.run(
        [command, "-f", "%{family[0]}\n%{file}", family + style], capture_output=True, text=True, check=True
    ).stdout
    found, _, file = said.partition("\n")
    return Path(file) if found == family else None


def read_novel(corpus: Path) -> etree._Element:
    """The novel as the body of a page: headings and paragraphs with emphasis, from Markdown of the plainest kind.

    Lines between scenes are left out, and letters are set as all other paragraphs.
    """
    body = etree.Element("body")
    for file in sorted((corpus / "pride-and-prejudice").glob("*.md")):
        text = re.sub("(?m)^> ?", "", file.read_text(encoding="utf-8"))
        for block in re.split(r"\n\s*\n", text.strip()):
            if not block.strip("-"):
                continue
            text = html.escape(" ".join(block.split()), quote=False)
            tag, text = ("h1", text[2:]) if text.startswith("# ") else ("p", text)
            text = re.sub(r"(?<!\w)([*_])(.+?)\1(?!\w)", r"<em>\2</em>", text)
            body.append(etree.fromstring(f"<{tag}>{text}</{tag}>"))
    set_signs(body, LANG, None, "", Problems())
    for element in body.iter():
        element.text, element.tail = (text and text.replace("\u00a0", " ") for text in (element.text, element.tail))
    return body


def write_sources(folder: Path, novel: etree._Element, face: Face) -> None:
    """Write what the typesetters read: `novel.html`, its `novel.css` and `faces.css`, `novel.tex`, and two faces."""
    (folder / "upright.ttf").write_bytes(face.upright)
    (folder / "italic.ttf").write_bytes(face.italic)
    (folder / "faces.css").write_text(_faces(face), "utf-8")
    (folder / "novel.css").write_text(_css(face), "utf-8")
    sheets = "".join(f'<link rel="stylesheet" href="{name}.css"/>' for name in ("faces", "novel"))
    head = f'<head><meta charset="utf-8"/><title>Novel</title>{sheets}</head>'
    body = str(etree.tostring(novel, encoding="unicode", method="html"))
    (folder / "novel.html").write_text(f'<!DOCTYPE html><html lang="{LANG}">{head}{body}</html>', "utf-8")
    (folder / "novel.tex").write_text("\n\n".join(_tex(folder, novel, face)), "utf-8")


def _faces(face: Face) -> str:
    return "\n".join(
        f'@font-face {{ font-family: "{face.name}"; font-style: {style}; src: url("{file}.ttf") }}'
        for style, file in (("normal", "upright"), ("italic", "italic"))
    )


def _css(face: Face) -> str:
    return f"""@page {{ size: {PAGE[0]}pt {PAGE[1]}pt; margin: 18mm {MARGIN}pt 20mm }}
html {{ font: {face.size}pt/{face.leading} "{face.name}"; text-align: justify; --octavo-line-breaking: optimal }}
html {{ hyphens: auto; hyphenate-limit-chars: 5 2 2 }}
body {{ margin: 0 }}
p {{ margin: 0; text-indent: {INDENT}em; widows: 2; orphans: 2 }}
h1 {{ break-before: page; hyphens: none; text-align: center; font-size: 2em; margin: 20mm 0 10mm }}
"""


def _tex(folder: Path, novel: etree._Element, face: Face) -> Iterator[str]:
    """The novel for XeLaTeX, paragraph by paragraph.

    TeX has no least length of a word to be hyphenated; those of four letters are listed as words that stay whole.
    """
    text = "".join(map(str, novel.itertext()))
    short = " ".join(sorted({word.lower() for word in SHORT.findall(text)}))
    yield rf"""\documentclass{{book}}
\usepackage[paperwidth={PAGE[0]}bp,paperheight={PAGE[1]}bp,left={MARGIN}bp,textwidth={MEASURE}bp,%
top=18mm,bottom=20mm,headheight=0pt,headsep=0pt,footskip=0pt]{{geometry}}
\usepackage{{fontspec}}
\setmainfont{{upright.ttf}}[Path={folder}/,ItalicFont=italic.ttf]
\hyphenation{{{short}}}
\tolerance=9999 \frenchspacing \raggedbottom \pagestyle{{empty}} \clubpenalty=10000 \widowpenalty=10000
\parindent={INDENT * face.size}bp \parskip=0pt
\begin{{document}}
\lefthyphenmin=2 \righthyphenmin=2 \XeTeXdashbreakstate=1
\fontsize{{{face.size}bp}}{{{face.size * face.leading}bp}}\selectfont"""
    for block in novel:
        words = _in_tex(block.text) + "".join(rf"\emph{{{_in_tex(em.text)}}}{_in_tex(em.tail)}" for em in block)
        heading = rf"\clearpage\vspace*{{20mm}}{{\centering\Huge {words}\par}}\vspace{{10mm}}"
        yield heading if block.tag == "h1" else words
    yield r"\end{document}"


def _in_tex(text: str | None) -> str:
    return "".join(SPECIAL.get(sign, sign) for sign in text or "")
