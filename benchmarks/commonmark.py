"""How much of CommonMark reads the same here: the share of the specification's own examples.

    pip download --no-deps --no-binary :all: commonmark==0.9.2    # its source package carries the specification
    tar xzf commonmark-0.9.2.tar.gz
    .venv/bin/python benchmarks/commonmark.py commonmark-0.9.2/spec.txt [--show SECTION]

Indented code, which our language does not speak, is left aside. Compared are the trees: elements, text with white space
folded outside of code, and the attributes that CommonMark knows; a figure is compared as the paragraph with an image
that CommonMark has, and percent signs in addresses are read. Plain Python-Markdown is measured in the same way.
"""

import argparse
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

import markdown
from lxml import etree, html

from publish.book.markdown import parse
from publish.manuscript.model import Source
from publish.problems import Problems

FENCE = "`" * 32
ATTRIBUTES = frozenset({"alt", "href", "src", "start", "title"})
INLINE = frozenset({"a", "code", "em", "img", "span", "strong"})
RAW_HTML = frozenset({"HTML blocks", "Raw HTML"})
Piece = tuple[str, ...]


class Example(NamedTuple):
    """One example of the specification."""

    number: int
    section: str
    text: str
    html: str

    @property
    def indented_code(self) -> bool:
        return "<pre><code" in self.html and not re.search(r"```|~~~", self.text)


def examples(specification: str) -> Iterator[Example]:
    section, number = "", 0
    lines = iter(specification.replace("→", "\t").split("\n"))
    for line in lines:
        if line.startswith("#"):
            section = line.strip("# ")
        if line == f"{FENCE} example":
            number += 1
            parts: list[list[str]] = [[], []]
            at = 0
            for inner in lines:
                if inner == FENCE:
                    break
                if inner == "." and at == 0:
                    at = 1
                else:
                    parts[at].append(inner)
            yield Example(number, section, "\n".join(parts[0]) + "\n", "\n".join(parts[1]))


def _words(element: etree._Element) -> list[str]:
    """The text of an element, the words of its images where they stand."""
    words = [element.get("alt") or "", element.text or ""]
    for child in element:
        words += [*_words(child), child.tail or ""]
    return words


def ours(text: str) -> str:
    root = parse(Source("x.md", text), Problems()).root
    for figure in root.iter("figure"):
        figure.tag = "p"
        image, caption = figure[0], figure.find("figcaption")
        if caption is not None:
            figure.remove(caption)
        if image.get("alt") is None:
            image.set("alt", "" if caption is None else "".join(_words(caption)))
    pieces = [etree.tostring(child, encoding="unicode", method="html") for child in root]
    return "".join([root.text or "", *pieces])


def plain(text: str) -> str:
    return markdown.markdown(text, extensions=["extra", "sane_lists"])


def pieces_of(text: str) -> list[Piece]:
    """The tree as a list of tags and texts, in a form in which equal trees are equal."""
    found: list[Piece] = []
    _walk(html.fragment_fromstring(f"<b></b>{text}", create_parent="div"), found, code=False)
    folded: list[Piece] = []
    for number, piece in enumerate(found):
        if piece[0] != "text":
            folded.append(piece)
            continue
        before, after = found[number - 1], found[number + 1]
        kept = piece[1]
        if piece[2] == "folded":
            kept = re.sub(r"[ \t\r\n]+", " ", kept)
            kept = kept if before[1] in INLINE else kept.lstrip()
            kept = kept if after[1] in INLINE else kept.rstrip()
        if kept:
            folded.append(("text", kept))
    return folded


def _walk(element: html.HtmlElement, found: list[Piece], *, code: bool) -> None:
    code = code or element.tag == "pre"
    pairs = {key: unquote(value) for key, value in element.attrib.items() if key in ATTRIBUTES}
    if element.tag == "ol" and pairs.get("start") == "1":
        del pairs["start"]
    found.append(("begin", element.tag, repr(sorted(pairs.items()))))
    _add(element.text, found, code=code)
    for child in element:
        if isinstance(child.tag, str):
            _walk(child, found, code=code)
        _add(child.tail, found, code=code)
    found.append(("end", element.tag))


def _add(text: str | None, found: list[Piece], *, code: bool) -> None:
    if text and found[-1][0] == "text":
        text = found.pop()[1] + text
    if text:
        found.append(("text", text, "code" if code else "folded"))


def share(good: Counter[str], total: Counter[str], without: frozenset[str] = frozenset()) -> str:
    kept = [section for section in total if section not in without]
    same, all_of_them = sum(good[section] for section in kept), sum(total[section] for section in kept)
    return f"{same} of {all_of_them}, {same / all_of_them:.1%}"


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    arguments.add_argument("specification", type=Path)
    arguments.add_argument("--show", default="", metavar="SECTION", help="print what differs in a section")
    given = arguments.parse_args()
    readers: dict[str, Callable[[str], str]] = {"Octavo": ours, "Python-Markdown": plain}
    good: dict[str, Counter[str]] = {name: Counter() for name in readers}
    total: Counter[str] = Counter()
    for example in examples(given.specification.read_text(encoding="utf-8")):
        if example.indented_code:
            continue
        total[example.section] += 1
        expected = pieces_of(example.html)
        for name, reader in readers.items():
            read = reader(example.text)
            same = pieces_of(read) == expected
            good[name][example.section] += same
            if name == "Octavo" and not same and given.show and example.section.startswith(given.show):
                print(f"--- {example.number}\n{example.text}--- CommonMark\n{example.html}\n--- Octavo\n{read}\n")
    for section in total:
        print(f"{section:40} {total[section]:4} " + " ".join(f"{name} {good[name][section]:4}" for name in readers))
    for name in readers:
        print(f"{name}: {share(good[name], total)}; without raw HTML {share(good[name], total, RAW_HTML)}")


if __name__ == "__main__":
    main()
