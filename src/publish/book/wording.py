"""What we add to the author's words inside a section, and the classes that say where a paragraph stands."""

import posixpath
import re
from pathlib import Path
from urllib.parse import unquote

from lxml import etree

from publish.book.accessible import see_accessible
from publish.book.draft import Draft, DraftBook, made, prepend, span_of
from publish.book.model import Image
from publish.book.references import roots_of
from publish.book.roles import HEADLESS
from publish.book.words import words
from publish.files import look
from publish.problems import Problems

ADMONITIONS = ("note", "tip", "warning")
NO_PARAGRAPHS = frozenset({"source", "caption", "stanza", "admonition-title", "label", "subtitle", "byline"})
INITIAL = re.compile(r"[“„«‘‚'\"¿¡]{0,2}[\u00a0\u202f]?[^\W\d_][\u0300-\u036f]*")
INITIAL_IN = frozenset({"em", "strong", "span", "a", "b", "i", "abbr"})
SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")


def name_images(book: DraftBook, root: Path) -> tuple[Image, ...]:
    """Name every image of a book by its path in the project."""
    images: dict[str, Image] = {}
    for section in book.sections:
        for tree in roots_of(section):
            for image in tree.iter("img"):
                span = span_of(image, section.path)
                source = _path_of(image.get("src", ""), span.file, root)
                image.set("src", source)
                images.setdefault(source, Image(source, span))
    return tuple(images.values())


def dress_section(section: Draft, problems: Problems) -> None:
    """Put titles on boxes and boxes on tasks, see that all is told in words, say where paragraphs stand."""
    for tree in roots_of(section):
        for element in list(tree.iter()):
            _add_words(section, element)
        for element in tree.iter("div", "blockquote", "aside", "section"):
            _class_paragraphs(element)
    see_accessible(section, problems)
    _class_opening(section)


def _add_words(section: Draft, element: etree._Element) -> None:
    classes = element.get("class", "").split()
    if element.tag == "aside" and "admonition" in classes:
        kind = next((name for name in classes if name in ADMONITIONS), "note")
        prepend(element, made("p", "admonition-title", words(section.lang)[kind]))
    elif element.tag == "li" and "task" in classes:
        holder = element[0] if len(element) and element[0].tag == "p" and not (element.text or "").strip() else element
        prepend(holder, made("span", "box", "[x]\u00a0" if "done" in classes else "[\u00a0\u00a0]\u00a0"))


def _path_of(source: str, file: str, root: Path) -> str:
    """The path in the project of an image that a file names: beside the file, or from the project's folder."""
    if SCHEME.match(source) or source.startswith("//"):
        return source
    beside = posixpath.normpath(posixpath.join(posixpath.dirname(file), unquote(source)))
    from_root = posixpath.normpath(unquote(source))
    if from_root.startswith("..") or look(root / beside).is_file() or not look(root / from_root).is_file():
        return beside
    return from_root


def _class_paragraphs(holder: etree._Element) -> None:
    """Say of each paragraph that stands in a holder what comes before it, where that is no paragraph."""
    before: etree._Element | None = None
    for child in holder:
        plain_paragraph = child.tag == "p" and not NO_PARAGRAPHS & set(child.get("class", "").split())
        if plain_paragraph and before is not None:
            if before.tag in ("h2", "h3", "h4", "h5", "h6"):
                _add_class(child, "after-heading")
            elif before.tag == "hr":
                _add_class(child, "after-break")
            elif before.tag not in ("p", "header"):
                _add_class(child, "after-block")
        if child.get("class") != "page-break":
            before = child


def _class_opening(section: Draft) -> None:
    """Class the paragraph that opens a section, and wrap its first letter; pages without a heading have no opening."""
    if section.role in HEADLESS:
        return
    for child in section.root:
        classes = child.get("class", "").split()
        if child.tag == "p":
            child.set("class", " ".join(["opening", *(name for name in classes if name != "after-block")]))
            _wrap_initial(child)
            return
        if child.tag != "header" and "epigraph" not in classes and "page-break" not in classes:
            return


def _wrap_initial(paragraph: etree._Element) -> None:
    """Wrap the first letter of a paragraph, inside the emphasis or the like with which it begins."""
    holder = paragraph
    while not holder.text and len(holder) and holder[0].tag in INITIAL_IN and holder[0].get("data-made") is None:
        holder = holder[0]
    text = holder.text or ""
    found = INITIAL.match(text)
    if found is None:
        return
    initial = etree.Element("span", {"class": "initial"})
    initial.text = found.group()
    initial.tail = text[found.end() :] or None
    holder.text = None
    holder.insert(0, initial)


def _add_class(element: etree._Element, name: str) -> None:
    element.set("class", " ".join([*element.get("class", "").split(), name]))
