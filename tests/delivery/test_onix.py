"""The record of an e-book for the trade: what it says, and that EDItEUR's own schema and lists find nothing in it."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import onixcheck
import pytest
from lxml import etree

from conftest import HOUSE, copy_project
from publish.checks.opened import Opened, open_epub
from publish.delivery.onix import NAMESPACE, accessibility, onix
from publish.jobs import Job
from publish.manuscript.model import Accessibility, Contributor, Metadata, Subject
from publish.onscreen import make_epub
from publish.pipeline import understand
from publish.problems import Problems

Book = tuple[Metadata, Opened]


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    """The novel in two parts: its metadata, and its EPUB opened."""
    project = copy_project(HOUSE / "tests" / "books" / "lighthouse", tmp_path_factory.mktemp("onix"))
    job = Job(project, Problems(), lambda stage: None)
    reading = understand(job)
    assert reading is not None
    output = make_epub(reading.book, job)
    assert output is not None
    epub = open_epub(output.path.read_bytes(), Problems())
    assert epub is not None
    return reading.book.metadata, epub


def texts(record: bytes, path: str) -> list[str]:
    """The texts of elements by their path."""
    found = etree.fromstring(record).findall("/".join(f"{{{NAMESPACE}}}{step}" for step in path.split("/")))
    return [element.text or "" for element in found]


DETAIL = "Product/DescriptiveDetail"


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("Header/SentDateTime", ["20250601"]),
        ("Product/ProductIdentifier/IDValue", ["9781566199094", "urn:uuid:6f3d1a44-5a0e-4c57-9d3b-1f0a2b3c4d5e"]),
        (f"{DETAIL}/ProductForm", ["ED"]),
        (f"{DETAIL}/ProductFormDetail", ["E101"]),
        (f"{DETAIL}/TitleDetail/TitleElement/TitleText", ["The Keeper of Small Lights"]),
        (f"{DETAIL}/TitleDetail/TitleElement/Subtitle", ["A Novel in Two Parts"]),
        (f"{DETAIL}/Collection/TitleDetail/TitleElement/TitleText", ["Harbour Stories"]),
        (f"{DETAIL}/Collection/TitleDetail/TitleElement/PartNumber", ["3"]),
        (f"{DETAIL}/Contributor/PersonName", ["Marta Lindqvist", "Ilqar Həsənov", "Jane Okafor", "Luc Moreau"]),
        (f"{DETAIL}/Contributor/PersonNameInverted", ["Həsənov, Ilqar"]),
        (f"{DETAIL}/Contributor/ContributorRole", ["A01", "A01", "B01", "B06"]),
        (f"{DETAIL}/EditionNumber", ["2"]),
        (f"{DETAIL}/Language/LanguageCode", ["eng"]),
        (f"{DETAIL}/Subject/SubjectSchemeIdentifier", ["93", "10", "20"]),
        (f"{DETAIL}/Subject/SubjectCode", ["FBA", "FIC019000"]),
        (f"{DETAIL}/Subject/SubjectHeadingText", ["lighthouses"]),
        (
            "Product/CollateralDetail/TextContent/Text",
            ["A lighthouse is automated, and its last keeper refuses to leave."],
        ),
        ("Product/PublishingDetail/Publisher/PublisherName", ["Small Lights Press"]),
        ("Product/PublishingDetail/PublishingDate/Date", ["20250314"]),
        ("Product/PublishingDetail/SalesRights/Territory/RegionsIncluded", ["WORLD"]),
        ("Product/RelatedMaterial/RelatedProduct/ProductRelationCode", ["13"]),
        ("Product/RelatedMaterial/RelatedProduct/ProductIdentifier/IDValue", ["9783161484100"]),
        ("Product/ProductSupply/SupplyDetail/Price/PriceAmount", ["6.99"]),
        ("Product/ProductSupply/SupplyDetail/Price/CurrencyCode", ["EUR"]),
    ],
)
def test_it_says_what_the_metadata_say(book: Book, path: str, expected: list[str]) -> None:
    assert texts(onix(*book), path) == expected


def codes(metadata: Metadata, epub: Opened) -> set[str]:
    return {code for code, _ in accessibility(metadata, epub)}


def test_accessibility_is_what_the_epub_has_and_no_more(book: Book) -> None:
    metadata, epub = book
    assert codes(metadata, epub) == {"00", "11", "13", "29", "30", "36", "41", "19", "32", "52"}
    assert texts(onix(*book), f"{DETAIL}/ProductFormFeature/ProductFormFeatureDescription") == [
        "Plain text with described pictures."
    ]
    # What an author says beside the EPUB is no feature of it.
    claimed = replace(metadata, accessibility=Accessibility(certified_by="Ada", exemption="eaa-microenterprise"))
    assert codes(claimed, epub) == codes(metadata, epub)


def test_pages_are_those_of_print_only_where_the_epub_names_that_very_book(book: Book) -> None:
    metadata, epub = book
    assert "19" not in codes(replace(metadata, isbn={"print": "978-1-56619-909-4"}), epub)
    assert "19" not in codes(replace(metadata, isbn={}), epub)


def test_a_claim_in_the_epub_is_told_with_its_parts(book: Book) -> None:
    metadata, epub = book
    said = [
        ("dcterms:conformsTo", "EPUB Accessibility 1.1 - WCAG 2.2 Level AA"),
        ("a11y:exemption", "eaa-microenterprise"),
        ("schema:accessibilityFeature", "alternativeText"),
    ]
    meta = type(epub.metadata[0])
    more = tuple(meta("meta", text, {"property": name}) for name, text in said)
    claiming = replace(epub, metadata=(*epub.metadata, *more))
    assert codes(metadata, claiming) - codes(metadata, epub) == {"04", "82", "85", "75", "14"}


def complaints(record: bytes, folder: Path) -> list[str]:
    """What a validator with EDItEUR's schema and code lists finds in a record."""
    path = folder / "onix.xml"
    path.write_bytes(record)
    return [f"{one.location} {one.message}" for one in onixcheck.validate(str(path))]


BARE = Metadata("Lights", identifier="urn:uuid:6f3d1a44-5a0e-4c57-9d3b-1f0a2b3c4d5e", modified="2025")
RICH: Sequence[dict[str, object]] = [
    {},
    {"date": "2025"},
    {"date": "1813-01-28", "modified": "1813-01-28"},
    {"date": "2025-03", "modified": "2025-03"},
    {"territories": ("US", "CA")},
    {"territories": ("US", "CA-QC"), "price": {"epub": {"USD": Decimal("9"), "CAD": Decimal("12.5")}}},
    {"price": {"epub": {"EUR": Decimal(0)}}},
    {"edition": "Revised edition"},
    {"lang": "az"},
    {"lang": "zh-Hant"},
    {"contributors": (Contributor("Ada Brandt", "dsr"), Contributor("Ilqar Həsənov", "ill"))},
    {"subjects": (Subject("lamps"), Subject("<b>&"), Subject("FBA", "thema"))},
    {"title": "<TitleText>&amp;]]>", "description": "One & two.\n\nThree <p>.", "publisher": "A & B"},
]


@pytest.mark.parametrize("said", RICH)
def test_a_record_of_whatever_is_said_is_valid(book: Book, tmp_path: Path, said: dict[str, object]) -> None:
    assert complaints(onix(replace(BARE, **said), book[1]), tmp_path) == []  # type: ignore[arg-type]


def test_the_record_of_a_whole_book_is_valid_and_a_wrong_code_would_be_found(book: Book, tmp_path: Path) -> None:
    record = onix(*book)
    assert complaints(record, tmp_path) == []
    assert complaints(record.replace(b">E101<", b">E999<"), tmp_path)
    assert complaints(record.replace(b"<ProductForm>ED</ProductForm>", b""), tmp_path)


def test_no_price_is_announced_and_nothing_is_free(book: Book) -> None:
    path = "Product/ProductSupply/SupplyDetail/UnpricedItemType"
    assert texts(onix(BARE, book[1]), path) == ["02"]
    assert texts(onix(replace(BARE, price={"epub": {"EUR": Decimal(0)}}), book[1]), path) == ["01"]
    assert texts(onix(*book), path) == []
