"""One order in every form of the book: Book, PDF outline, contents page, page text, EPUB spine, nav and NCX."""

import re
import zipfile
from io import BytesIO

import pikepdf
import pypdfium2
from lxml import etree

from conftest import Built
from publish.book.model import Section

NS = {
    "opf": "http://www.idpf.org/2007/opf",
    "x": "http://www.w3.org/1999/xhtml",
    "ncx": "http://www.daisy.org/z3986/2005/ncx/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "c": "urn:oasis:names:tc:opendocument:xmlns:container",
}
EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"
PRINT_ONLY_ROLES = {"half-title", "contents"}
UNLISTED = {"half-title", "title-page", "copyright", "dedication", "epigraph", "contents"}


def found(tree: etree._Element, path: str) -> list[str]:
    """The texts, or attributes, that an XPath finds."""
    values = tree.xpath(path, namespaces=NS)
    assert isinstance(values, list)
    return [str(value) for value in values]


def letters(text: str) -> str:
    """Letters and digits only, folded: a title reads the same in capitals, small capitals and broken over lines."""
    return "".join(re.findall(r"[^\W_]+", text.replace("\N{SOFT HYPHEN}", ""))).casefold()


def listed(built: Built) -> list[Section]:
    """The sections that a contents list names."""
    return [section for section in built.book.sections if section.role not in UNLISTED and section.title]


class Package:
    """An EPUB opened as a reader would: container, package document, spine, navigation."""

    def __init__(self, data: bytes) -> None:
        self.zip = zipfile.ZipFile(BytesIO(data))
        container = self.xml("META-INF/container.xml")
        (self.path,) = found(container, "//c:rootfile/@full-path")
        self.opf = self.xml(self.path)
        self.folder = self.path.rpartition("/")[0]

    def xml(self, name: str) -> etree._Element:
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        return etree.fromstring(self.zip.read(name), parser)

    def item(self, condition: str) -> str:
        (href,) = found(self.opf, f"//opf:item[{condition}]/@href")
        return f"{self.folder}/{href}" if self.folder else str(href)

    def spine(self) -> list[str]:
        return [self.item(f"@id='{idref}'") for idref in found(self.opf, "//opf:itemref/@idref")]

    def contents(self) -> list[tuple[str, str]]:
        nav = self.xml(self.item("contains(concat(' ', @properties, ' '), ' nav ')"))
        toc = next(n for n in nav.iter(f"{{{NS['x']}}}nav") if n.get(EPUB_TYPE) == "toc")
        return [("".join(map(str, a.itertext())), a.get("href", "")) for a in toc.iter(f"{{{NS['x']}}}a")]

    def ncx(self) -> list[str]:
        ncx = self.xml(self.item("@media-type='application/x-dtbncx+xml'"))
        return found(ncx, "//ncx:navPoint/ncx:navLabel/ncx:text/text()")


def outline(pdf: pikepdf.Pdf) -> list[str]:
    titles: list[str] = []

    def walk(items: list[pikepdf.OutlineItem]) -> None:
        for item in items:
            titles.append(item.title)
            walk(list(item.children))

    with pdf.open_outline() as tree:
        walk(list(tree.root))
    return titles


def in_order(wanted: list[str], found: list[str]) -> None:
    """Assert that `wanted` is a subsequence of `found` and that found repeats none of it out of turn."""
    places = iter(found)
    for title in wanted:
        assert any(title in place for place in places), f"{title!r} is missing or out of order in {found}"


def test_outline_names_the_sections_in_the_order_of_the_book(built: Built) -> None:
    with pikepdf.open(built.pdf) as pdf:
        titles = [letters(title) for title in outline(pdf)]
    in_order([letters(section.title) for section in listed(built)], titles)


def test_contents_page_names_the_sections_in_the_order_of_the_book(built: Built) -> None:
    if built.book.piece:
        assert not any(section.role == "contents" for section in built.book.sections)
        return
    contents = next(section for section in built.book.sections if section.role == "contents")
    text = "".join(letters(page) for page in pages_of(built, contents))
    at = 0
    for section in listed(built):
        at = text.find(letters(section.title), at)
        assert at >= 0, f"{section.title!r} is missing or out of order on the contents page"
        at += len(letters(section.title))


def pages_of(built: Built, section: Section) -> list[str]:
    """The text of a section's pages, from its destination to that of the next section."""
    pdf = pypdfium2.PdfDocument(built.pdf)
    with pikepdf.open(built.pdf) as opened:
        numbers: dict[object, int] = {page.objgen: number for number, page in enumerate(opened.pages)}
        names = opened.Root.Names.Dests
        starts = {}
        for name, target in pikepdf.NameTree(names).items():
            starts[name] = numbers[(target.D if isinstance(target, pikepdf.Dictionary) else target)[0].objgen]
    following = built.book.sections[built.book.sections.index(section) + 1]
    texts = [pdf[n].get_textpage().get_text_range() for n in range(starts[section.id], starts[following.id])]
    pdf.close()
    return texts


def test_pages_hold_the_sections_in_the_order_of_the_book(built: Built) -> None:
    pdf = pypdfium2.PdfDocument(built.pdf)
    text = letters("".join(page.get_textpage().get_text_range() for page in pdf))
    pdf.close()
    at = 0
    for section in built.book.sections:
        if section.made or not section.xhtml:
            continue
        root = etree.fromstring(section.xhtml)
        made = {element for mark in root.iter() if mark.get("data-made") is not None for element in mark.iter()}
        texts = [e for e in root.iter("p", "h1") if e not in made and len("".join(map(str, e.itertext())).split()) > 3]
        if not texts:
            continue
        first = texts[0]
        # The first word may begin with a drop cap, which stands apart from it in the file.
        words = letters(" ".join("".join(map(str, first.itertext())).split()[1:4]))
        at = text.find(words, at)
        assert at >= 0, f"the text of {section.title!r} is missing or out of order in the pages"


def test_spine_holds_the_sections_in_the_order_of_the_book(built: Built) -> None:
    package = Package(built.epub.read_bytes())
    documents = [package.xml(name) for name in package.spine()]
    order = [ident for document in documents for ident in found(document, "//@id")]
    wanted = [section.id for section in built.book.sections if section.role not in PRINT_ONLY_ROLES]
    assert [ident for ident in order if ident in set(wanted)] == wanted


def test_nav_and_ncx_name_the_sections_in_the_order_of_the_book(built: Built) -> None:
    package = Package(built.epub.read_bytes())
    wanted = [letters(section.title) for section in listed(built)]
    in_order(wanted, [letters(title) for title, _ in package.contents()])
    in_order(wanted, [letters(title) for title in package.ncx()])


def test_nav_points_to_documents_in_the_order_of_the_spine(built: Built) -> None:
    package = Package(built.epub.read_bytes())
    spine = [name.rpartition("/")[2] for name in package.spine()]
    targets = [spine.index(href.partition("#")[0].rpartition("/")[2]) for _, href in package.contents()]
    assert targets == sorted(targets)
