"""A section as one edition shows it: the other edition's passages gone, notes in place, pictures and pages named."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from lxml import etree

from publish.book.model import Book, Section
from publish.book.words import words
from publish.layout import notes
from publish.layout.breaks import bind_dashes, keep_short_code
from publish.layout.markup import classes, insert_after, insert_first, keep_own, made, parse, take
from publish.layout.model import Medium, Picture, Theme
from publish.layout.register import measure_blocks, size_figure
from publish.pages import References

Pictures = Callable[[str], Picture | None]
"""The picture of a path in the project; None where it cannot be used (the author has been told)."""
LENGTH = re.compile(r"\d{1,4}(\.\d{1,3})?(%|px|pt|mm|cm|in|em)")
"""A width that an author may give a picture."""
BREAK_AFTER = "/.?&=-_#:"
"""Signs of a web address after which a line may end."""
LONGEST_HEAD = 38
"""Characters that a running head holds in one line on the smallest trim."""


@dataclass(frozen=True)
class Shaper:
    """What shaping a section needs to know of the book, the edition and the theme."""

    book: Book
    medium: Medium
    theme: Theme
    references: References
    pictures: Pictures
    moved: frozenset[str] = frozenset()

    def shape(self, section: Section) -> tuple[etree._Element, dict[str, etree._Element]]:
        """The section's tree for this edition, and the notes that are left for the end of the book."""
        root = parse(section.xhtml)
        keep_own(root, self.medium)
        texts = notes.texts(section.notes, root, self.medium)
        for tree in (root, *texts.values()):
            self.finish(tree, in_note=tree is not root)
        if self.medium is Medium.PRINT and self.theme.links == "notes":
            self._note_links(root, section.id)
        return root, self._place_notes(root, section, texts)

    def _place_notes(
        self, root: etree._Element, section: Section, texts: dict[str, etree._Element]
    ) -> dict[str, etree._Element]:
        numbers = {note.id: note.number for note in section.notes}
        where = self.book.metadata.notes
        if where == "book":
            return texts
        paged = where == "foot" and self.medium is Medium.PRINT
        rest = notes.set_at_foot(root, texts, numbers, self.moved) if paged else texts
        if rest:
            said = words(self.book.metadata.lang)
            root.append(notes.endnotes(rest, numbers, root, said["notes"], said["back-to-text"]))
        return {}

    def finish(self, tree: etree._Element, *, in_note: bool = False) -> None:
        """Name pages and pictures; a web address in a note is printed after its words."""
        for link in list(tree.iter("a")):
            if "page-ref" in classes(link):
                link.text = self._page(link.get("href", "").removeprefix("#"))
            elif in_note and self._is_told(link):
                _tell(link)
        for image in list(tree.iter("img")):
            self._show(image)
        if self.medium is Medium.PRINT:
            measure_blocks(tree)
            bind_dashes(tree)
            keep_short_code(tree)

    def _page(self, ident: str) -> str:
        """What a page reference says: the printed page; on a screen, where none is known, the section."""
        if self.medium is Medium.PRINT or ident in self.references.labels:
            return self.references.page_of(ident)
        home = self.book.ids.get(ident, ident)
        section = next((section for section in self.book.sections if section.id == home), None)
        return (section.label or section.title) if section else self.references.page_of(ident)

    def _show(self, image: etree._Element) -> None:
        path = image.get("src", "")
        picture = self.pictures(path)
        width = take(image, "data-width")
        if picture is None:
            image.tag = "span"
            image.set("class", " ".join((*classes(image), "missing-image", "draft-mark")))
            for name in ("src", "alt", "role"):
                take(image, name)
            image.append(made("span", f"[{path}]"))
            return
        image.set("src", f"octavo:{picture.name}")
        image.set("width", str(picture.width))
        image.set("height", str(picture.height))
        if self.medium is Medium.EBOOK and _is_see_through(picture):
            image.set("class", " ".join((*classes(image), "see-through")))
        asked = width if width and LENGTH.fullmatch(width) else None
        parent = image.getparent()
        if self.medium is Medium.PRINT and parent is not None and parent.tag == "figure":
            size_figure(image, asked, picture.height / picture.width)
        elif asked:
            image.set("style", f"width: {asked}; height: auto")

    def _is_told(self, link: etree._Element) -> bool:
        """Whether paper must print where a link leads: a web address that its words do not show already."""
        address = link.get("href", "")
        shown = "".join(str(text) for text in link.itertext()).strip()
        bare = address.removeprefix("https://").removeprefix("http://").rstrip("/")
        outward = address.startswith(("http://", "https://"))
        return self.medium is Medium.PRINT and self.theme.links == "notes" and outward and bare not in shown

    def _note_links(self, root: etree._Element, ident: str) -> None:
        """Put a note after each link that leads out, with its address; headings stay as they are."""
        told = [link for link in root.iter("a") if self._is_told(link) and not _in_heading(link)]
        for count, link in enumerate(told):
            sign, name = _letters(count), f"{ident}-link-{count + 1}"
            if name in self.moved:
                _tell(link)
                continue
            note = made("span", class_="footnote link-note", id=name)
            note.append(made("span", f"{sign}. ", class_="note-number"))
            _with_address(note, link.get("href", ""))
            call = made("a", sign, class_="note-call link-call", href=f"#{name}")
            insert_after(link, call)
            insert_after(call, note)


def dress_root(root: etree._Element, section: Section, book: Book, theme: Theme, *, first_body: bool) -> None:
    """Give a section's root what style sheets look for: see `publish.layout.themes`."""
    metadata = book.metadata
    names = [*classes(root), f"opening-{theme.opening}", f"start-{metadata.start}"]
    names += ["first-body"] if first_body else []
    names += ["piece"] if book.piece and not section.made else []
    root.set("class", " ".join(dict.fromkeys(names)))
    root.set("data-title", section.title)
    root.set("data-short", running_head(section.short or section.title))
    root.set("data-book", running_head(metadata.title))
    root.set("data-author", running_head(", ".join(person.name for person in metadata.authors)))


def running_head(title: str) -> str:
    """A title in the one line that a running head has: what stands before its colon, or as many words as fit."""
    if len(title) <= LONGEST_HEAD:
        return title
    main = re.split(r":\s|\s[–—]\s|(?<=[?!])\s", title, maxsplit=1)[0]
    if len(main) <= LONGEST_HEAD:
        return main
    return title[:LONGEST_HEAD].rsplit(" ", 1)[0].rstrip(" ,;:–—") + "…"


def made_root(section: Section, content: etree._Element) -> etree._Element:
    """The root of a section that we make, with what a template gave."""
    root = made(
        "section", class_=" ".join((section.role, section.matter.value, "made")), id=section.id, lang=section.lang
    )
    root.text = content.text
    root.extend(list(content))
    return root


def put_head(root: etree._Element, content: etree._Element) -> None:
    """Put what a template gave before all text of a section."""
    for element in reversed(list(content)):
        element.tail = None
        insert_first(root, element)


def book_notes(
    own: Section, left: Sequence[tuple[Section, etree._Element, dict[str, etree._Element]]]
) -> etree._Element:
    """The section that holds the notes of all sections, one heading a section; `own` is that section."""
    content, said = made_root(own, etree.Element("div")), words(own.lang)
    # What stands in it is the author's: only a section without such words is one that we made.
    del content.attrib["data-made"]
    content.set("class", f"{own.role} {own.matter.value}")
    header = made("header", class_="opening")
    etree.SubElement(header, "h1").text = own.title
    content.append(header)
    for section, root, texts in left:
        numbers = {note.id: note.number for note in section.notes}
        title = ". ".join(part for part in (section.label, section.title) if part)
        content.append(notes.endnotes(texts, numbers, root, title, said["back-to-text"]))
    return content


def _tell(link: etree._Element) -> None:
    """Print where a link leads after its words."""
    address = made("span", " (", class_="link-address")
    insert_after(link, _with_address(address, link.get("href", ""), ")"))


def _with_address(element: etree._Element, address: str, end: str = "") -> etree._Element:
    """Append a web address, with places where a line may end."""
    text, pieces = "", []
    for sign in address:
        text += sign
        if sign in BREAK_AFTER:
            pieces.append(text)
            text = ""
    pieces.append(text + end)
    for number, piece in enumerate(pieces):
        if len(element) and number == 0:
            element[-1].tail = piece
        elif number == 0:
            element.text = (element.text or "") + piece
        else:
            etree.SubElement(element, "wbr").tail = piece
    return element


def _is_see_through(picture: Picture) -> bool:
    """Whether the page can shine through a picture: a drawing, or a PNG with alpha (PNG, 11.2.2: colour type)."""
    return picture.media_type == "image/svg+xml" or (picture.media_type == "image/png" and picture.data[25] in (4, 6))


def _in_heading(element: etree._Element) -> bool:
    return any(parent.tag in ("h1", "h2", "h3", "h4", "h5", "h6", "header") for parent in element.iterancestors())


def _letters(count: int) -> str:
    """a, b, ... z, aa, ab, ..."""
    letters = ""
    count += 1
    while count:
        count, rest = divmod(count - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return letters
