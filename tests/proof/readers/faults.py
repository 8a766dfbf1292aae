"""Faults, each put into a finished e-book of ours, and who finds it."""

import re
import zipfile
from dataclasses import dataclass
from pathlib import Path

MARK = r'<(?:span|div) (role="doc-pagebreak"[^>]*)/>'
PAGE_LIST = r'(epub:type="page-list".*?<ol>)'
ROW = r"(<li>(?:(?!</li>).)*</li>)"


@dataclass(frozen=True)
class Fault:
    """What is done to the first file of such a name in which a pattern is found, and the finder's word for it.

    `finder` is the code of one of our own rules, or an id of EPUBCheck's or of Ace's.
    """

    name: str
    file: str
    pattern: str
    instead: str
    finder: str
    everywhere: bool = False


FOUND_BY_US = (
    Fault("a picture without words", r"\.xhtml", r' alt="[^"]+"', ' alt=""', "E013"),
    Fault("a level of headings left out", r"\.xhtml", r"<h2([^>]*)>(.*?)</h2>", r"<h4\1>\2</h4>", "E014"),
    Fault("a note without a way back", r"\.xhtml", r'<a class="note-back.*?</a>', "", "E010"),
    Fault("a document that shows nothing", r"dedication", r"<body([^>]*)>.*</body>", r"<body\1></body>", "E012"),
    Fault("no landmark of the text", "nav", r'<li><a epub:type="bodymatter".*?</li>', "", "E015"),
    Fault("no package document", "container", r'full-path="[^"]*"', 'full-path="none.opf"', "E016"),
    Fault("a mark in a heading", "chapter", rf"{MARK}(<header.*?<h1[^>]*>)", r"\2<span \1/>", "E024"),
    Fault("a mark in a link", "chapter", rf"({MARK})", r'<a href="nav.xhtml">\1On</a>', "E024"),
    Fault("a page list out of order", "nav", PAGE_LIST + ROW + ROW, r"\1\3\2", "E025"),
    Fault("no page list", "nav", r'<nav epub:type="page-list".*?</nav>', "", "E026"),
    Fault("a page list that lacks a page", "nav", PAGE_LIST + ROW, r"\1", "E026"),
    Fault("a page list for older readers that lacks a page", "toc", r"<pageTarget.*?</pageTarget>", "", "E026"),
    Fault("a page under another number", "nav", PAGE_LIST + r"(<li><a [^>]*>)[^<]*", r"\1\g<2>999", "E026"),
    Fault("a mark without a label", "chapter", r'(doc-pagebreak" id="[^"]*") aria-label="[^"]*"', r"\1", "E027"),
    Fault("no source of pages", "content", r'<meta property="pageBreakSource">.*?</meta>', "", "E028"),
    Fault("a feature unsaid", "content", r"<meta [^>]*>pageBreakMarkers</meta>", "", "E029"),
    Fault("no language", "chapter", r'<html([^>]*?) lang="[^"]*" xml:lang="[^"]*"', r"<html\1", "E037"),
    Fault("an id twice", "chapter", r'(id="page-[^"]*")(.*?)id="page-[^"]*"', r"\1\2\1", "E038"),
    Fault("contents out of order", "nav", rf"({ROW})({ROW})", r"\3\1", "E039"),
    Fault("heads of no column", r"\.xhtml", r' scope="col"', "", "E040", everywhere=True),
    Fault("a link without words", "chapter", r'(<a href="[^"]*" class="ref made">)[^<]*</a>', r"\1</a>", "E041"),
    Fault(
        "no metadata of access", "content", r'<meta property="schema:[^>]*>[^<]*</meta>', "", "E042", everywhere=True
    ),
    Fault("hazards both ways", "content", r"(<meta [^>]*Hazard\">)none(</meta>)", r"\1none\2\1flashing\2", "E043"),
    Fault(
        "a claim of nobody's",
        "content",
        r"</metadata>",
        '<meta property="dcterms:conformsTo">EPUB Accessibility 1.1 - WCAG 2.2 Level AA</meta></metadata>',
        "E044",
    ),
    Fault("a document that is broken off", "chapter", r"</body>\s*</html>", "", "E093"),
    Fault("an entity", "chapter", r"<!DOCTYPE html>", '<!DOCTYPE html [<!ENTITY a "b">]>', "E094"),
    Fault("a file that is not there", "content", r'href="toc\.ncx"', 'href="none.ncx"', "E095"),
    Fault("a page that is not there", "nav", PAGE_LIST + r'(<li><a href="[^"#]*)#[^"]*"', r'\1\2#none"', "E098"),
    Fault("a chapter that is not there", "nav", r'(epub:type="toc".*?<a href=")[^"]*"', r'\1none.xhtml"', "E098"),
)
FOUND_BY_EPUBCHECK = (
    Fault("a link to no place", "chapter", r'(<a href="[^"#]*)#[^"]*"', r'\1#none"', "RSC-012"),
    Fault("a link to no file", "chapter", r'(<a href=")[^"#]*#', r"\1none.xhtml#", "RSC-007"),
    Fault(
        "a style sheet of another kind", "content", r'(css" id="[^"]*" media-type=")text/css', r"\1image/png", "OPF-029"
    ),
    Fault("no identifier", "content", r"<dc:identifier.*?</dc:identifier>", "", "OPF-030"),
    Fault("an element that is none", "chapter", r"<h1>", "<h1><li>x</li>", "RSC-005"),
)
FOUND_BY_ACE = (
    Fault("letters too pale", r"\.css", r"\A", "p { color: #bbb !important }\n", "color-contrast", everywhere=True),
    Fault("a mark without a role", r"\.xhtml", r' role="doc-pagebreak"', "", "epub-type-has-matching-role"),
)


def put(fault: Fault, sound: Path, folder: Path) -> Path:
    """An e-book with a fault in it."""
    faulty = folder / f"{fault.name}.epub"
    done = False
    with zipfile.ZipFile(sound) as source, zipfile.ZipFile(faulty, "w") as target:
        for entry in source.infolist():
            data = source.read(entry)
            if re.search(fault.file, entry.filename) and (fault.everywhere or not done):
                text = data.decode()
                changed = re.sub(fault.pattern, fault.instead, text, count=0 if fault.everywhere else 1, flags=re.S)
                done |= changed != text
                data = changed.encode()
            target.writestr(entry, data)
    assert done, f"nothing was done: {fault.name}"
    return faulty
