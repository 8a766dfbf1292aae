"""The shape of the metadata: which keys there are, what each may hold, and how the short forms unfold."""

import re
from decimal import Decimal
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, PlainValidator

from publish.manuscript import values
from publish.manuscript.keys import closest
from publish.manuscript.model import Subject, Trim
from publish.manuscript.values import wrong

EDITIONS = ["print", "epub", "hardback", "large-print"]
"""The editions that have an ISBN or a price of their own; a printer's name stands for its print edition."""

EDITIONS_MEANT = {
    "paperback": "print",
    "softcover": "print",
    "hardcover": "hardback",
    "ebook": "epub",
    "e-book": "epub",
}

HAZARDS = {
    "none": "none",
    "unknown": "unknown",
    "flashing": "flashing",
    "motion": "motionSimulation",
    "sound": "sound",
    "no-flashing": "noFlashingHazard",
    "no-motion": "noMotionSimulationHazard",
    "no-sound": "noSoundHazard",
}
"""What an author writes, and the word of EPUB's vocabulary for it."""

OPPOSITES = (
    ("flashing", "noFlashingHazard"),
    ("motionSimulation", "noMotionSimulationHazard"),
    ("sound", "noSoundHazard"),
)
"""Hazards and their denials, in EPUB's words."""

EXAMPLES = {
    "author": "author: Ada Brandt, or author: [Ada Brandt, {name: Luc Moreau, role: translator}]",
    "languages": "languages: [en, fr]",
    "isbn": "isbn: {print: 978-3-16-148410-0}",
    "series": "series: {name: Harbour Stories, number: 3}",
    "copyright": "copyright: {year: 2025, holder: Ada Brandt}",
    "subject": "subject: [lighthouses, {thema: FBA}]",
    "price": "price: {print: {EUR: 12.00}}",
    "territories": "territories: [US, CA]",
    "accessibility": "accessibility: {summary: …, hazards: [none]}",
    "paper": "paper: cream, or paper: {name: cream, caliper: 0.12}",
}
"""How the keys are written that hold more than one text."""


def choice(key: str, *choices: str) -> AfterValidator:
    """A value that is one of a few words."""

    def check(text: str) -> str:
        word = values.line(text).lower()
        if word not in choices:
            raise wrong("unknown_choice", word[:60], key, choices, closest(word, list(choices)))
        return word

    return AfterValidator(check)


def unfolded(field: str) -> BeforeValidator:
    """A group that may be written as a text alone, which then is its `field`."""
    return BeforeValidator(lambda typed: {field: typed} if isinstance(typed, str) else typed)


def listed(separators: str | None = None) -> BeforeValidator:
    """A list that may be written as one value alone, or as a text whose parts are separated by these signs."""

    def unfold(typed: object) -> object:
        if isinstance(typed, str) and separators:
            return [part for part in re.split(f"[{separators}]+", typed) if part]
        return typed if isinstance(typed, list) else [typed]

    return BeforeValidator(unfold)


def _edition(text: str) -> str:
    word = values.line(text).lower()
    meant = EDITIONS_MEANT.get(word) or closest(word, EDITIONS)
    if word not in EDITIONS and (meant or not re.fullmatch(r"[a-z][a-z0-9-]{0,40}", word)):
        raise wrong("unknown_choice", word[:60], "an edition", EDITIONS, meant)
    return word


def _currency(text: str) -> str:
    code = values.line(text).upper()
    if not re.fullmatch(r"[A-Z]{3}", code):
        raise wrong("bad_price", code[:60])
    return code


def _subject(typed: object) -> Subject:
    patterns = {
        "thema": (r"[A-Z1-6][A-Z0-9]*(-[A-Z0-9]+)*", "FBA"),
        "bisac": (r"[A-Z]{3}[0-9]{6}", "FIC000000"),
    }
    if isinstance(typed, str):
        return Subject(values.line(typed))
    if not isinstance(typed, dict) or len(typed) != 1 or not all(isinstance(code, str) for code in typed.values()):
        raise wrong("wrong_shape", "subject", EXAMPLES["subject"])
    ((scheme, code),) = typed.items()
    if scheme not in patterns:
        raise wrong("unknown_field", scheme[:60], "subject", list(patterns), closest(scheme, list(patterns)))
    pattern, example = patterns[scheme]
    code = values.line(code).upper()
    if not re.fullmatch(pattern, code[:40]):
        raise wrong("bad_subject", code[:60], scheme, example)
    return Subject(code, scheme)


def _hazard(word: str) -> str:
    return HAZARDS[word]


def _hazards(terms: list[str]) -> list[str]:
    """Hazards that can be true all at once."""
    for hazard, denial in OPPOSITES:
        against = {denial, "none", "unknown"} & set(terms)
        if hazard in terms and against:
            raise wrong("hazards_contradict", *(_typed(term) for term in (hazard, sorted(against)[0])))
    if {"none", "unknown"} <= set(terms):
        raise wrong("hazards_contradict", "none", "unknown")
    return list(dict.fromkeys(terms))


def _typed(term: str) -> str:
    """What an author writes for a word of EPUB's vocabulary."""
    return next(word for word, meant in HAZARDS.items() if meant == term)


Line = Annotated[str, AfterValidator(values.line)]
Block = Annotated[str, AfterValidator(str.strip)]
Lang = Annotated[str, AfterValidator(values.lang)]
Date = Annotated[str, AfterValidator(values.date)]
Edition = Annotated[str, AfterValidator(_edition)]
Price = Annotated[Decimal, BeforeValidator(lambda typed: values.price(typed) if isinstance(typed, str) else typed)]
Prices = dict[Annotated[str, AfterValidator(_currency)], Price]
Hazard = Annotated[str, choice("hazards", *HAZARDS), AfterValidator(_hazard)]


class Group(BaseModel):
    """A mapping of the metadata: keys with hyphens, no others than its own."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, alias_generator=lambda name: name.replace("_", "-"), arbitrary_types_allowed=True
    )


class PersonFields(Group):
    """A person or house with a part in the book."""

    name: Line
    role: Annotated[str, AfterValidator(values.role)] = "aut"
    file_as: Line | None = None
    about: Block | None = None
    picture: Line | None = None


class SeriesFields(Group):
    """The series."""

    name: Line
    number: Line | None = None


class CopyrightFields(Group):
    """What the copyright page says."""

    year: Line | None = None
    holder: Line | None = None
    text: Block | None = None
    credits: Block | None = None


class PaperFields(Group):
    """The paper; one that the author measures may have any name."""

    name: Line = "white"
    caliper: Annotated[float, PlainValidator(lambda typed: values.caliper(str(typed)))] | None = None


class AccessibilityFields(Group):
    """What the author says of accessibility."""

    summary: Block | None = None
    hazards: Annotated[list[Hazard], listed(", "), AfterValidator(_hazards)] = []
    certified_by: Line | None = None
    credential: Line | None = None
    report: Annotated[str, AfterValidator(values.address)] | None = None
    exemption: (
        Annotated[
            str,
            choice("exemption", "eaa-microenterprise", "eaa-disproportionate-burden", "eaa-fundamental-alteration"),
        ]
        | None
    ) = None


def _certified(accessibility: AccessibilityFields) -> AccessibilityFields:
    if (accessibility.credential or accessibility.report) and not accessibility.certified_by:
        raise wrong("too_little", "accessibility", "certified-by")
    return accessibility


def _named_paper(paper: PaperFields) -> PaperFields:
    if paper.caliper is None and paper.name not in ("white", "cream"):
        raise wrong(
            "unknown_choice", paper.name[:60], "paper", ("white", "cream"), closest(paper.name, ["white", "cream"])
        )
    return paper


def _person(typed: Any) -> Any:
    return {"name": typed} if isinstance(typed, str) else typed


class BookFields(Group):
    """All that can be said of a book."""

    title: Line = ""
    subtitle: Line | None = None
    author: Annotated[list[Annotated[PersonFields, BeforeValidator(_person)]], listed()] = []
    lang: Lang | None = None
    languages: Annotated[list[Lang], listed(", ")] = []
    identifier: Annotated[str, AfterValidator(values.identifier)] | None = None
    date: Date | None = None
    modified: Date | None = None
    isbn: dict[Edition, Annotated[str, AfterValidator(values.isbn)]] = {}
    edition: Line | None = None
    series: Annotated[SeriesFields, unfolded("name")] | None = None
    publisher: Line | None = None
    imprint: Line | None = None
    place: Line | None = None
    rights: Line | None = None
    copyright: Annotated[CopyrightFields, unfolded("text")] = CopyrightFields()
    description: Block | None = None
    blurb: Block | None = None
    subject: Annotated[list[Annotated[Subject, PlainValidator(_subject)]], listed()] = []
    price: dict[Edition, Prices] = {}
    territories: Annotated[list[Annotated[str, AfterValidator(values.territory)]], listed(", ")] = []
    accessibility: Annotated[AccessibilityFields, AfterValidator(_certified)] = AccessibilityFields()
    cover_image: Line | None = None
    icc_profile: Line | None = None
    theme: Line = "classic"
    trim: Annotated[Trim, PlainValidator(lambda typed: values.trim(_text("trim", typed)))] = Trim(129, 198, "129x198mm")
    paper: Annotated[PaperFields, unfolded("name"), AfterValidator(_named_paper)] = PaperFields()
    ink: Annotated[str, choice("ink", "black", "standard-colour", "premium-colour")] = "black"
    pages: Line | None = None
    start: Annotated[str, choice("start", "any", "recto")] = "any"
    numbering: Annotated[str, choice("numbering", "none", "chapters", "sections")] = "none"
    notes: Annotated[str, choice("notes", "foot", "chapter", "book")] = "foot"
    quotes: Annotated[str, AfterValidator(values.quotes)] | None = None


class ChapterFields(Group):
    """What the head of a later file can say of its first chapter."""

    role: Line | None = None
    title: Line | None = None
    subtitle: Line | None = None
    short: Line | None = None
    author: Line | None = None
    lang: Lang | None = None


def _text(key: str, typed: object) -> str:
    if not isinstance(typed, str):
        raise wrong("wrong_shape", key, f"{key}: one text")
    return typed


def _names(group: type[Group]) -> list[str]:
    return [name.replace("_", "-") for name in group.model_fields]


BOOK = [*_names(BookFields), "extra"]
"""What can be said of a book, in the first file."""

CHAPTER = _names(ChapterFields)
"""What can be said of a chapter, at the head of a later file."""

GROUPS: dict[str, type[Group]] = {
    "author": PersonFields,
    "series": SeriesFields,
    "copyright": CopyrightFields,
    "paper": PaperFields,
    "accessibility": AccessibilityFields,
}


def fields_of(key: str) -> list[str]:
    """The fields that a group of the metadata has."""
    return _names(GROUPS[key])
