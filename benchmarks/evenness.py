"""How evenly a novel is set: spaces between words, hyphens and CPU, beside other typesetters, in one run.

    OCTAVO_CORPUS=... python benchmarks/evenness.py [--frontier] [FOLDER]

The novel of the folder that OCTAVO_CORPUS names is one HTML file with one style sheet (129 x 198 mm, a measure of 287.6
pt, EB Garamond 11.5/1.35 as a static instance, `hyphenate-limit-chars: 5 2 2`). It is set by WeasyPrint as it came, by
ours with the lines planned, by Prince (`pip install prince-pdf`; free for what is not commercial) and by XeLaTeX at
`\\tolerance=9999`, as far as they are installed, each in a process of its own. Words and their places are read from the
PDFs by poppler's `pdftotext -bbox`; a space is measured in natural ones, on lines that are justified.

    mean, sd   of all spaces                      hyphens    lines that end with one
    p95        of the lines' mean spaces          ladders    more than two such lines in a row
    >2x, <.7x  lines by their mean space          turns      words divided over a page turn
    ends       last lines of a paragraph that are the end of a divided word, or under four characters
    CPU        seconds for layout and PDF, imports included

`--frontier` sets the novel with hyphens dearer and cheaper: hyphens against evenness. FOLDER keeps what was made.
"""

import argparse
import html
import importlib.util
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from fontTools.ttLib import TTFont

from measuring import run
from publish.layout.fonts import Cut, face
from publish.layout.model import FontFace, Stylesheet
from spacing import measured

SIZE, LEADING, MEASURE = 11.5, 1.35, 287.6
"""Points, times the size, points."""
PAGE = (129 / 25.4 * 72, 198 / 25.4 * 72)
MARGIN = (PAGE[0] - MEASURE) / 2
FAMILY = "EB Garamond"
CSS = f"""@font-face {{ font-family: "{FAMILY}"; src: url("text.ttf") }}
@font-face {{ font-family: "{FAMILY}"; font-style: italic; src: url("italic.ttf") }}
@page {{ size: {PAGE[0]}pt {PAGE[1]}pt; margin: 18mm {MARGIN}pt 20mm }}
html {{ font: {SIZE}pt/{LEADING} "{FAMILY}"; hyphens: auto; hyphenate-limit-chars: 5 2 2; text-align: justify }}
html {{ --octavo-line-breaking: optimal }}
body {{ margin: 0 }}
p {{ margin: 0; text-indent: 1.2em; widows: 2; orphans: 2 }}
h1 {{ break-before: page; hyphens: none; text-align: center; font-size: 2em; margin: 20mm 0 10mm }}
"""
TEX = (
    rf"""\documentclass{{book}}
\usepackage[paperwidth={PAGE[0]}bp,paperheight={PAGE[1]}bp,left={MARGIN}bp,textwidth={MEASURE}bp,top=18mm,bottom=20mm,"""
    r"""headheight=0pt,headsep=0pt,footskip=0pt]{geometry}
\usepackage{fontspec}
\setmainfont{text.ttf}[Path=FOLDER/,ItalicFont=italic.ttf]
\tolerance=9999 \frenchspacing \raggedbottom \pagestyle{empty}
"""
    rf"\parindent={1.2 * SIZE}bp \parskip=0pt \clubpenalty=10000 \widowpenalty=10000"
    rf"\begin{{document}}\fontsize{{{SIZE}bp}}{{{SIZE * LEADING}bp}}\selectfont"
)
SPECIAL = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", **{sign: f"\\{sign}" for sign in "&%$#_{}"}}
SYLLABLES = (50, 100, 150, 200, 300, 500, 1000)
"""What a hyphen costs along the frontier."""


def paragraphs(corpus: Path) -> list[tuple[str, str]]:
    """The novel's headings (`h1`) and paragraphs (`p`), in Markdown of the plainest kind."""
    blocks: list[tuple[str, str]] = []
    for file in sorted((corpus / "pride-and-prejudice").glob("*.md")):
        for block in re.split(r"\n\s*\n", file.read_text(encoding="utf-8").strip()):
            text = " ".join(block.split())
            blocks.append(("h1", text[2:]) if text.startswith("# ") else ("p", text))
    return blocks


def emphasised(text: str, start: str, end: str) -> str:
    return re.sub(r"(?<!\w)([*_])(.+?)\1(?!\w)", rf"{start}\2{end}", text)


def write_sources(folder: Path, blocks: Sequence[tuple[str, str]]) -> None:
    """Write the novel as HTML and as LaTeX, the style sheet, and the faces."""
    body = "\n".join(
        f"<{tag}>{emphasised(html.escape(text, quote=False), '<em>', '</em>')}</{tag}>" for tag, text in blocks
    )
    head = '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Novel</title>'
    (folder / "novel.html").write_text(f'{head}<link rel="stylesheet" href="novel.css"></head><body>{body}', "utf-8")
    (folder / "novel.css").write_text(CSS, "utf-8")
    for name, style in (("text", "normal"), ("italic", "italic")):
        (folder / f"{name}.ttf").write_bytes(face(Cut(FAMILY, 400, style)).data)
    lines = [TEX.replace("FOLDER", str(folder))]
    for tag, text in blocks:
        words = emphasised("".join(SPECIAL.get(sign, sign) for sign in text), r"\\emph{", "}")
        chapter = rf"\clearpage\vspace*{{20mm}}{{\centering\Huge {words}\par}}\vspace{{10mm}}"
        lines.append(chapter if tag == "h1" else words)
    (folder / "novel.tex").write_text("\n\n".join([*lines, r"\end{document}"]), "utf-8")


def commands(folder: Path) -> Iterator[tuple[str, Path, tuple[str, ...]]]:
    """What sets the novel here: the name, the PDF that comes of it, and the command."""
    ours = (sys.executable, __file__, "--set")
    yield "WeasyPrint alone", folder / "plain.pdf", (*ours, "plain", str(folder))
    yield "Octavo", folder / "planned.pdf", (*ours, "planned", str(folder))
    prince = shutil.which("prince")
    by_module = importlib.util.find_spec("prince_pdf") is not None
    if prince or by_module:
        command = (prince,) if prince else (sys.executable, "-m", "prince_pdf")
        yield "Prince", folder / "prince.pdf", (*command, str(folder / "novel.html"), "-o", str(folder / "prince.pdf"))
    if tex := shutil.which("xelatex"):
        options = ("-interaction=batchmode", f"-output-directory={folder}", str(folder / "novel.tex"))
        yield "XeLaTeX, tolerance 9999", folder / "novel.pdf", (tex, *options)


def set_novel(how: str, folder: Path) -> None:
    """Set the novel with our engine: `plain`, as it came; `planned`; or `planned` and what a hyphen costs."""
    from publish.pdf import engine
    from publish.pdf.grafts.guard import laid_aside
    from publish.pdf.grafts.lines import planning
    from publish.pdf.lines import steering
    from publish.pdf.lines.planner import Planner
    from publish.pdf.lines.taste import JUSTIFIED

    way, _, syllable = how.partition("-")
    if syllable:
        vars(steering)["JUSTIFIED"] = replace(JUSTIFIED, syllable=float(syllable))
    faces = []
    for name, style in (("text", "normal"), ("italic", "italic")):
        data = (folder / f"{name}.ttf").read_bytes()
        faces.append(FontFace(FAMILY, 400, style, data, name, ""))
    sheet = Stylesheet("novel", re.sub(r"@font-face .*", "", CSS))
    text = (folder / "novel.html").read_text("utf-8").replace('<link rel="stylesheet" href="novel.css">', "")
    with ExitStack() as stack:
        stack.enter_context(laid_aside() if way == "plain" else planning(Planner()))
        press = engine.Press([sheet], faces, _nothing)
        stack.enter_context(engine.listening(lambda _: None))
        (folder / f"{how}.pdf").write_bytes(engine.paint(press.lay_out(text, _nothing)))


def _nothing(url: str) -> tuple[bytes, str]:
    raise ValueError(url)


def natural_space(folder: Path) -> float:
    """The width of the font's space at the novel's size, in points."""
    font = TTFont(folder / "text.ttf")
    return float(font["hmtx"][font.getBestCmap()[32]][0] / font["head"].unitsPerEm * SIZE)


def main() -> None:
    """Set the novel in every way there is, and print the table."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("folder", nargs="?", type=Path)
    asked.add_argument("--frontier", action="store_true")
    asked.add_argument("--set", metavar="HOW", help=argparse.SUPPRESS)
    words = asked.parse_args()
    if words.set:
        set_novel(words.set, words.folder)
        return
    if "OCTAVO_CORPUS" not in os.environ or not shutil.which("pdftotext"):
        sys.exit("OCTAVO_CORPUS must name the folder of manuscripts, and poppler's pdftotext must be installed")
    folder = (words.folder or Path(tempfile.mkdtemp())).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    write_sources(folder, paragraphs(Path(os.environ["OCTAVO_CORPUS"])))
    natural = natural_space(folder)
    rows = [*frontier(folder)] if words.frontier else [*commands(folder)]
    print(f"{'':26}mean   sd     p95   >2x <.7x hyphens ladders turns ends pages CPU")
    for name, pdf, command in rows:
        took = run(*command)
        print(f"{name:26}{measured(pdf, natural).row}  {took.cpu:.1f} s", flush=True)


def frontier(folder: Path) -> Iterator[tuple[str, Path, tuple[str, ...]]]:
    """The novel with hyphens that cost more and more."""
    for cost in SYLLABLES:
        how = f"planned-{cost}"
        yield f"hyphen {cost}", folder / f"{how}.pdf", (sys.executable, __file__, "--set", how, str(folder))


if __name__ == "__main__":
    main()
