"""The record of an e-book as the book trade exchanges it: ONIX 3.0, in its reference names.

Codes are those of EDItEUR's lists; the order of elements is that of its schema. What the record says of accessibility
is read from the finished EPUB, never from what was meant to go into it.
"""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

import langcodes
from lxml import etree

from publish.checks.opened import Opened
from publish.epub.claim import STANDARD
from publish.manuscript.model import Metadata

NAMESPACE = "http://ns.editeur.org/onix/3.0/reference"
RELEASE = "3.0"
BEFORE_FIRST = "01"
"""The month or day of a date that has none, where ONIX wants a whole date."""
FIRST_SENT = "19000101"
"""The first day that the schema takes for the sending of a message (dt.DateOrDateTime)."""
REGION = re.compile(r"WORLD|ROW|.*-.*")
"""What is no country: the world, and parts of one."""


def onix(metadata: Metadata, epub: Opened) -> bytes:
    """The record, in UTF-8. Its date of sending is the book's own (`modified`), so that the same book says the same.

    A book that bears the date of its first edition can be older than any that ONIX takes there.
    """
    message = etree.Element("ONIXMessage", {"xmlns": NAMESPACE, "release": RELEASE})
    header = _add(message, "Header")
    _add(_add(header, "Sender"), "SenderName", _house(metadata))
    _add(header, "SentDateTime", max(_day(metadata.modified or ""), FIRST_SENT))
    product = _add(message, "Product")
    _add(product, "RecordReference", metadata.identifier_of("epub"))
    _add(product, "NotificationType", "03")  # confirmed on publication
    _identify(product, metadata)
    _describe(_add(product, "DescriptiveDetail"), metadata, epub)
    _tell(product, metadata)
    _publish(_add(product, "PublishingDetail"), metadata)
    _relate(product, metadata)
    _supply(product, metadata)
    etree.indent(message)
    return etree.tostring(message, xml_declaration=True, encoding="UTF-8") + b"\n"


def _add(parent: etree._Element, name: str, text: str | None = None) -> etree._Element:
    element = etree.SubElement(parent, name)
    element.text = text
    return element


def _identify(parent: etree._Element, metadata: Metadata) -> None:
    isbn = metadata.isbn.get("epub")
    if isbn:
        _isbn(parent, isbn)
    identifier = _add(parent, "ProductIdentifier")
    _add(identifier, "ProductIDType", "01")  # proprietary
    _add(identifier, "IDTypeName", "URN")
    _add(identifier, "IDValue", metadata.identifier)


def _isbn(parent: etree._Element, isbn: str) -> None:
    identifier = _add(parent, "ProductIdentifier")
    _add(identifier, "ProductIDType", "15")  # ISBN-13
    _add(identifier, "IDValue", isbn.replace("-", ""))


def _describe(detail: etree._Element, metadata: Metadata, epub: Opened) -> None:
    _add(detail, "ProductComposition", "00")  # one product
    _add(detail, "ProductForm", "ED")  # digital download
    _add(detail, "ProductFormDetail", "E101")  # EPUB
    for code, words in accessibility(metadata, epub):
        feature = _add(detail, "ProductFormFeature")
        _add(feature, "ProductFormFeatureType", "09")
        _add(feature, "ProductFormFeatureValue", code)
        if words:
            _add(feature, "ProductFormFeatureDescription", words)
    _add(detail, "PrimaryContentType", "10")  # text
    if metadata.series:
        collection = _add(detail, "Collection")
        _add(collection, "CollectionType", "10")  # the publisher's own
        titles = _titles(collection)
        if metadata.series.number:
            _add(_element(titles, "01"), "PartNumber", metadata.series.number)
        _add(_element(titles, "02"), "TitleText", metadata.series.name)
    title = _element(_titles(detail), "01")
    _add(title, "TitleText", metadata.title)
    if metadata.subtitle:
        _add(title, "Subtitle", metadata.subtitle)
    _people(detail, metadata)
    if metadata.edition:
        name = "EditionNumber" if re.fullmatch(r"[1-9][0-9]{0,3}", metadata.edition) else "EditionStatement"
        _add(detail, name, metadata.edition)
    language = _add(detail, "Language")
    _add(language, "LanguageRole", "01")  # of the text
    _add(language, "LanguageCode", langcodes.Language.get(metadata.lang).to_alpha3(variant="B"))
    _subjects(detail, metadata)


def _titles(parent: etree._Element) -> etree._Element:
    """A title in its parts, as the title page has it."""
    detail = _add(parent, "TitleDetail")
    _add(detail, "TitleType", "01")
    return detail


def _element(titles: etree._Element, level: str) -> etree._Element:
    """A part of a title; `level` is that of the product (01), or of the collection (02)."""
    element = _add(titles, "TitleElement")
    _add(element, "TitleElementLevel", level)
    return element


def _people(detail: etree._Element, metadata: Metadata) -> None:
    for number, person in enumerate(metadata.contributors, 1):
        contributor = _add(detail, "Contributor")
        _add(contributor, "SequenceNumber", str(number))
        _add(contributor, "ContributorRole", _codes()["roles"].get(person.role, "Z99"))
        _add(contributor, "PersonName", person.name)
        if person.file_as:
            _add(contributor, "PersonNameInverted", person.file_as)
    if not metadata.contributors:
        _add(detail, "NoContributor")


def _subjects(detail: etree._Element, metadata: Metadata) -> None:
    words = [subject.term for subject in metadata.subjects if not subject.scheme]
    for subject in metadata.subjects:
        if subject.scheme:
            coded = _add(detail, "Subject")
            _add(coded, "SubjectSchemeIdentifier", _codes()["schemes"][subject.scheme])
            _add(coded, "SubjectCode", subject.term)
    if words:
        free = _add(detail, "Subject")
        _add(free, "SubjectSchemeIdentifier", "20")  # keywords
        _add(free, "SubjectHeadingText", "; ".join(words))


def accessibility(metadata: Metadata, epub: Opened) -> Iterator[tuple[str, str]]:
    """What the EPUB says and shows of its accessibility, in codes of list 196, some with words beside them."""
    said, codes = frozenset(epub.values("schema:accessibilityFeature")), _codes()
    for summary in epub.values("schema:accessibilitySummary")[:1]:
        yield "00", summary
    if STANDARD in epub.values("dcterms:conformsTo"):
        yield from (("04", ""), ("82", ""), ("85", ""))
    yield from ((code, "") for feature, code in codes["features"].items() if feature in said)
    print_isbn = metadata.isbn.get("print", "").replace("-", "")
    # Code 19 speaks of the pages of the printed book that the record names beside it, not of a proof's.
    if print_isbn and f"urn:isbn:{print_isbn}" in epub.values("pageBreakSource"):
        yield "19", ""
    if epub.nav is not None and epub.nav.landmarks:
        yield "32", ""
    if "textual" in epub.values("schema:accessModeSufficient"):
        yield "52", ""
    yield from ((codes["exemptions"][one], "") for one in epub.values("a11y:exemption") if one in codes["exemptions"])
    yield from (("90", name) for name in epub.values("a11y:certifiedBy"))


def _tell(product: etree._Element, metadata: Metadata) -> None:
    text = metadata.description or metadata.blurb
    if text:
        content = _add(_add(product, "CollateralDetail"), "TextContent")
        _add(content, "TextType", "03")  # description
        _add(content, "ContentAudience", "00")
        _add(content, "Text", text)


def _publish(detail: etree._Element, metadata: Metadata) -> None:
    if metadata.imprint:
        _add(_add(detail, "Imprint"), "ImprintName", metadata.imprint)
    publisher = _add(detail, "Publisher")
    _add(publisher, "PublishingRole", "01")
    _add(publisher, "PublisherName", _house(metadata))
    if metadata.place:
        _add(detail, "CityOfPublication", metadata.place)
    if metadata.date:
        date = _add(detail, "PublishingDate")
        _add(date, "PublishingDateRole", "01")
        digits = metadata.date.replace("-", "")
        _add(date, "Date", digits).set("dateformat", {4: "05", 6: "01", 8: "00"}[len(digits)])
    if metadata.territories:
        rights = _add(detail, "SalesRights")
        _add(rights, "SalesRightsType", "02")  # for sale, without saying that nobody else may sell it
        _territory(rights, metadata)


def _territory(parent: etree._Element, metadata: Metadata) -> None:
    territory = _add(parent, "Territory")
    regions = [code for code in metadata.territories if REGION.fullmatch(code)]
    countries = [code for code in metadata.territories if code not in regions]
    if countries and "WORLD" not in regions:
        _add(territory, "CountriesIncluded", " ".join(countries))
    if regions:
        _add(territory, "RegionsIncluded", "WORLD" if "WORLD" in regions else " ".join(regions))


def _relate(product: etree._Element, metadata: Metadata) -> None:
    isbn = metadata.isbn.get("print")
    if isbn:
        related = _add(_add(product, "RelatedMaterial"), "RelatedProduct")
        _add(related, "ProductRelationCode", "13")  # the printed book that this one is made from
        _isbn(related, isbn)


def _supply(product: etree._Element, metadata: Metadata) -> None:
    detail = _add(_add(product, "ProductSupply"), "SupplyDetail")
    supplier = _add(detail, "Supplier")
    _add(supplier, "SupplierRole", "01")  # publisher to retailers
    _add(supplier, "SupplierName", _house(metadata))
    _add(detail, "ProductAvailability", "20")
    prices = metadata.price.get("epub") or {}
    for currency, amount in prices.items():
        if not amount:
            continue
        price = _add(detail, "Price")
        _add(price, "PriceType", "02")  # recommended, with tax
        _add(price, "PriceAmount", f"{amount:.2f}")
        _add(price, "CurrencyCode", currency)
        if metadata.territories:
            _territory(price, metadata)
    if not any(prices.values()):
        _add(detail, "UnpricedItemType", "01" if prices else "02")  # free, or to be announced


def _house(metadata: Metadata) -> str:
    """Who publishes the book: the house, else its first author, else the book itself."""
    names = (metadata.publisher, metadata.imprint, *(person.name for person in metadata.authors))
    return next(filter(None, names), metadata.title)


def _day(date: str) -> str:
    year, month, day = (*date.split("-"), BEFORE_FIRST, BEFORE_FIRST)[:3]
    return f"{year}{month}{day}"


@cache
def _codes() -> dict[str, dict[str, str]]:
    return tomllib.loads((files("publish.delivery") / "onix.toml").read_text(encoding="utf-8"))
