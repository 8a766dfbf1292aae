"""Metadata: what each key becomes, and what is said of each slip, all at once."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publish.manuscript.frontmatter import split
from publish.manuscript.metadata import of_book
from publish.manuscript.model import Accessibility, Contributor, Copyright, Metadata, Paper, Series, Subject, Trim
from publish.problems import Problem, Problems, Severity

from .helpers import TITLE, reading, said


def book(*lines: str) -> tuple[Metadata, list[Problem]]:
    """The metadata that these lines say besides a title, a date and a language."""
    given = {line.partition(":")[0] for line in lines}
    missing = [line for line in ("title: The Whale", "date: 2025", "lang: en") if line.partition(":")[0] not in given]
    problems = Problems()
    text = "---\n" + "\n".join([*lines, *missing]) + "\n---\nText.\n"
    return of_book(split(text, "manuscript/a.md", problems), problems, {}), list(problems)


def value(line: str, attribute: str) -> object:
    metadata, problems = book(line)
    assert problems == []
    return getattr(metadata, attribute)


def problem_of(*lines: str) -> Problem:
    _, (problem,) = book(*lines)
    return problem


ADA = Contributor("Ada Brandt")


@pytest.mark.parametrize(
    ("line", "attribute", "expected"),
    [
        ("title: The  Whale", "title", "The Whale"),
        ('title: "Whales: A Life"', "title", "Whales: A Life"),
        ("title: >\n  The\n  Whale", "title", "The Whale"),
        ("title: 1984", "title", "1984"),
        ("subtitle: A Life", "subtitle", "A Life"),
        ("author: Ada Brandt", "contributors", (ADA,)),
        ("author: [Ada Brandt, Luc Moreau]", "contributors", (ADA, Contributor("Luc Moreau"))),
        ("author: {name: Ada Brandt, role: editor}", "contributors", (Contributor("Ada Brandt", "edt"),)),
        ("author: [{name: Ada Brandt, role: Cover-Designer}]", "contributors", (Contributor("Ada Brandt", "cov"),)),
        ("author: [{name: Ada Brandt, role: trl}]", "contributors", (Contributor("Ada Brandt", "trl"),)),
        (
            "author: {name: Ada Brandt, file-as: 'Brandt, Ada', about: Keeps bees., picture: ada.jpg}",
            "contributors",
            (Contributor("Ada Brandt", "aut", "Brandt, Ada", "Keeps bees.", "ada.jpg"),),
        ),
        ("lang: en_gb", "lang", "en-GB"),
        ("lang: az-Cyrl", "lang", "az-Cyrl"),
        ("languages: [fr, AZ]", "languages", ("fr", "az")),
        ("languages: fr, az", "languages", ("fr", "az")),
        (
            "identifier: 0D9A3A5E-2F2C-4C55-8D2E-7B8F3B1C9A10",
            "identifier",
            "urn:uuid:0d9a3a5e-2f2c-4c55-8d2e-7b8f3b1c9a10",
        ),
        ("date: 2024-02-29", "date", "2024-02-29"),
        ("modified: 2025-06", "modified", "2025-06"),
        ("isbn: {print: 9783161484100}", "isbn", {"print": "978-3-16-148410-0"}),
        ("isbn: {kdp: 0-8044-2957-X}", "isbn", {"kdp": "978-0-8044-2957-3"}),
        ("edition: 2", "edition", "2"),
        ("series: Harbour Stories", "series", Series("Harbour Stories")),
        ("series: {name: Harbour Stories, number: 03}", "series", Series("Harbour Stories", "03")),
        ("publisher: Small Lights", "publisher", "Small Lights"),
        ("imprint: Lantern", "imprint", "Lantern"),
        ("place: Bakı", "place", "Bakı"),
        ("rights: All rights reserved.", "rights", "All rights reserved."),
        ("copyright: © 2025 Ada", "copyright", Copyright(text="© 2025 Ada")),
        ("copyright: {year: 2025, holder: Ada}", "copyright", Copyright("2025", "Ada")),
        ("description: |\n  One.\n\n  Two.", "description", "One.\n\nTwo."),
        ("blurb: Read it.", "blurb", "Read it."),
        ("subject: bees", "subjects", (Subject("bees"),)),
        (
            "subject: [bees, {thema: wnga}, {bisac: FIC019000}]",
            "subjects",
            (Subject("bees"), Subject("WNGA", "thema"), Subject("FIC019000", "bisac")),
        ),
        ("price: {print: {eur: 12.00}}", "price", {"print": {"EUR": Decimal("12.00")}}),
        ("territories: [us, CA-QC]", "territories", ("US", "CA-QC")),
        ("territories: WORLD", "territories", ("WORLD",)),
        ("cover-image: manuscript/cover.jpg", "cover_image", "manuscript/cover.jpg"),
        ("icc-profile: press.icc", "icc_profile", "press.icc"),
        ("theme: manual", "theme", "manual"),
        ("trim: 5x8in", "trim", Trim(127, 203.2, "5x8in")),
        ("trim: 129 x 198 mm", "trim", Trim(129, 198, "129x198mm")),
        ("trim: 14,8 × 21 cm", "trim", Trim(148, 210, "14,8×21cm")),
        ("trim: us trade", "trim", Trim(152.4, 228.6, "US Trade")),
        ("trim: A5", "trim", Trim(148, 210, "A5")),
        ("paper: cream", "paper", Paper("cream")),
        ("paper: {name: Munken, caliper: 0.13mm}", "paper", Paper("Munken", 0.13)),
        ("ink: standard-colour", "ink", "standard-colour"),
        ("pages: build/x.pages.json", "pages", "build/x.pages.json"),
        ("start: recto", "start", "recto"),
        ("numbering: chapters", "numbering", "chapters"),
        ("notes: book", "notes", "book"),
        ("quotes: « » “ ”", "quotes", "«»“”"),
    ],
)
def test_what_a_key_becomes(line: str, attribute: str, expected: object) -> None:
    assert value(line, attribute) == expected


def test_accessibility_is_said_in_the_words_of_epub() -> None:
    metadata, problems = book("accessibility: {summary: Plain., hazards: [no-motion, flashing], certified-by: Ada}")
    assert problems == []
    assert metadata.accessibility.hazards == ("noMotionSimulationHazard", "flashing")
    assert (metadata.accessibility.certified_by, metadata.accessibility.summary) == ("Ada", "Plain.")


def test_no_hazard_can_be_said_at_large_and_one_by_one() -> None:
    assert value("accessibility: {hazards: [none, no-sound, no-flashing]}", "accessibility") == Accessibility(
        hazards=("none", "noSoundHazard", "noFlashingHazard")
    )


@pytest.mark.parametrize(
    ("line", "code", "place", "hint"),
    [
        ("tilte: x", "Y012", "2:1", "did you mean title?"),
        ("cover_image: x", "Y012", "2:1", "did you mean cover-image?"),
        ("Subtitle: x", "Y012", "2:1", "did you mean subtitle?"),
        ("keywords: [x]", "Y012", "2:1", "did you mean subject?"),
        ("translator: Luc", "Y012", "2:1", "role: translator"),
        ("title: [a, b]", "Y014", "2:8", "title: one text"),
        ("trim: [5, 8]", "Y014", "2:7", "trim: one text"),
        ("isbn: 9783161484100", "Y014", "2:7", "isbn: {print: 978"),
        ("series: [a]", "Y014", "2:9", "series: {name"),
        ("author: [[Ada]]", "Y014", "2:10", "author: Ada"),
        ("subject: [{thema: FBA, bisac: FIC000000}]", "Y014", "2:11", "subject: ["),
        ("author: {name: Ada, rol: editor}", "Y015", "2:21", "did you mean role?"),
        ("accessibility: {colour: x}", "Y015", "2:17", "it has: summary"),
        ("subject: [{bisak: FIC000000}]", "Y015", "2:11", "did you mean bisac?"),
        ("notes: foots", "Y016", "2:8", "did you mean foot?"),
        ("ink: purple", "Y016", "2:6", "it can be: black"),
        ("paper: creme", "Y016", "2:8", "did you mean cream?"),
        ("isbn: {paperback: 9783161484100}", "Y016", "2:8", "did you mean print?"),
        ("accessibility: {hazards: [flash]}", "Y016", "2:27", "did you mean flashing?"),
        ("accessibility: {exemption: eaa-small}", "Y016", "2:28", "it can be: eaa-microenterprise"),
        ("accessibility: {hazards: [none, sound]}", "Y035", "2:26", "keep the one that is true"),
        ("accessibility: {hazards: [motion, no-motion]}", "Y035", "2:26", "keep the one that is true"),
        ("accessibility: {hazards: [unknown, none]}", "Y035", "2:26", "keep the one that is true"),
        ("accessibility: {certified-by: Ada, report: a.example}", "Y036", "2:44", "https://"),
        ("accessibility: {credential: GCA}", "Y033", "2:16", "add certified-by"),
        ("author: {name: Ada, role: ilustrator}", "Y017", "2:27", "did you mean illustrator?"),
        ("author: {name: Ada, role: friend}", "Y017", "2:27", "author, editor"),
        ("lang: english", "Y018", "2:7", "did you mean en?"),
        ("lang: British", "Y018", "2:7", "did you mean en-GB?"),
        ("lang: azerbajani", "Y018", "2:7", "did you mean az?"),
        ("languages: [en, xx]", "Y018", "2:17", "en, en-GB"),
        ("date: 14 March 2025", "Y019", "2:7", "did you mean 2025-03-14?"),
        ("date: 2025/3/4", "Y019", "2:7", "did you mean 2025-03-04?"),
        ("date: 2025-02-30", "Y019", "2:7", "2025-03-14, 2025-03 or 2025"),
        ("modified: soon", "Y019", "2:11", "2025-03-14"),
        ("isbn: {print: 978-3-16-148410-1}", "Y020", "2:15", "978-3-16-148410-0"),
        ("isbn: {print: 0-8044-2957-0}", "Y020", "2:15", "978-0-8044-2957-3"),
        ("isbn: {print: 123}", "Y021", "2:15", "13 digits"),
        ("isbn: {print: 977-3-16-148410-0}", "Y021", "2:15", "978 or 979"),
        ("isbn: {print: 9783161484100, epub: 978-3-16-148410-0}", "Y022", "2:1", "its own"),
        ("trim: octavo", "Y023", "2:7", "publish list trims"),
        ("trim: 5x8", "Y023", "2:7", "did you mean 5x8in?"),
        ("trim: B-fromat", "Y023", "2:7", "did you mean B-format?"),
        ("trim: 5x8mm", "Y024", "2:7", "unit"),
        ("identifier: 9783161484100", "Y025", "2:13", "isbn:"),
        ("subject: [{bisac: 12}]", "Y026", "2:11", "FIC000000"),
        ("price: {print: {EUR: '12,00'}}", "Y027", "2:22", "12.00"),
        ("price: {print: {Euro: 12.00}}", "Y027", "2:17", "12.00"),
        ("territories: [Europe]", "Y028", "2:15", "WORLD"),
        ("paper: {name: x, caliper: thick}", "Y029", "2:27", "0.12"),
        ("author: {role: editor}", "Y033", "2:9", "name"),
        ("quotes: fr", "Y034", "2:9", "«»“”"),
        ("series: {name: Coasts, number: III}", "Y037", "2:1", "number: 3"),
    ],
)
def test_a_slip_is_said_with_its_place_and_what_to_do(line: str, code: str, place: str, hint: str) -> None:
    problem = problem_of(line)
    assert (problem.code, str(problem.span)) == (code, f"manuscript/a.md:{place}")
    assert problem.hint is not None
    assert hint in problem.hint


def test_all_that_is_wrong_is_said_at_once_and_the_rest_is_kept() -> None:
    metadata, problems = book("trim: 5x8", "lang: english", "isbn: {print: 12, epub: 13}", "publisher: Small Lights")
    assert sorted(problem.code for problem in problems) == ["Y018", "Y021", "Y021", "Y023"]
    assert (metadata.title, metadata.publisher, metadata.lang) == ("The Whale", "Small Lights", "en")


def test_a_near_miss_goes_on_as_what_it_was_meant_to_be() -> None:
    metadata, problems = book("title: ''", "Tilte: Whales")
    assert [problem.code for problem in problems] == ["Y012"]
    assert metadata.title == "Whales"


def test_strangers_are_one_warning_for_the_whole_manuscript(tmp_path: Path) -> None:
    head = "---\ntitle: x\ndate: 2025\nlang: en\ntags: [a]\npublish: true\n---\nText."
    _, problems = reading(tmp_path, a__md=head, b__md="---\ntags: [b]\ncssclasses: x\n---\nText.")
    assert said(problems) == ["Y013 manuscript/a.md:5:1"]
    assert problems[0].severity is Severity.WARNING
    assert problems[0].message.startswith("tags, publish, cssclasses:")


def test_nothing_is_looked_at_under_extra() -> None:
    metadata, problems = book("extra: {tilte: x, isbn: [1, {trim: 5x8}]}")
    assert problems == []
    assert "extra" not in metadata.where


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Text.", "1:1"),
        ("---\nauthor: Ada\n---\nText.", "1:1"),
        ("---\ntitle:\n---\nText.", "1:1"),
        ('---\ntitle: " "\n---\nText.', "2:8"),
    ],
)
def test_a_book_without_a_title_is_an_error_and_goes_on(tmp_path: Path, text: str, place: str) -> None:
    manuscript, problems = reading(tmp_path, a__md=text)
    assert manuscript is not None
    assert said(problems) == [f"Y011 manuscript/a.md:{place}"]
    assert manuscript.metadata.title == "Untitled"


def test_front_matter_below_the_first_line_is_hinted_at(tmp_path: Path) -> None:
    _, problems = reading(tmp_path, a__md="\n---\ntitle: The Whale\n---\nText.")
    assert problems[0].hint is not None
    assert "very first line" in problems[0].hint


def test_what_cannot_be_read_is_not_called_missing_as_well(tmp_path: Path) -> None:
    _, problems = reading(tmp_path, a__md="---\ntitle: a: b\n---\nText.")
    assert [problem.code for problem in problems] == ["Y002"]


def test_without_date_and_language_the_fallbacks_are_said(tmp_path: Path) -> None:
    manuscript, problems = reading(tmp_path, a__md="---\ntitle: The Whale\n---\nText.")
    assert manuscript is not None
    assert [(problem.code, problem.severity) for problem in problems] == [("Y030", "hint"), ("Y031", "hint")]
    assert (manuscript.metadata.date, manuscript.metadata.modified) == (None, "2000-01-01")
    assert manuscript.metadata.lang == "en"


def test_files_carry_the_date_of_the_book() -> None:
    assert value("date: 2024-05-02", "modified") == "2024-05-02"


def test_an_identifier_is_made_of_title_authors_and_language() -> None:
    first, same, other = book()[0], book("publisher: x")[0], book("author: Ada")[0]
    assert first.identifier.startswith("urn:uuid:")
    assert first.identifier == same.identifier != other.identifier


def test_the_authors_are_those_who_wrote() -> None:
    metadata, _ = book("author: [Ada, {name: Luc, role: translator}]")
    assert [person.name for person in metadata.authors] == ["Ada"]


def test_each_key_has_its_place() -> None:
    metadata, _ = book("trim: A5")
    assert {key: str(span) for key, span in metadata.where.items()}["trim"] == "manuscript/a.md:2:1"


def test_a_later_file_speaks_of_its_chapter(tmp_path: Path) -> None:
    head = "---\nrole: preface\ntitle: Before\nsubtitle: s\nshort: b\nauthor: Luc\nlang: FR\n---\nText."
    manuscript, problems = reading(tmp_path, a__md=TITLE + "Text.", b__md=head)
    assert problems == []
    assert manuscript is not None
    attributes = manuscript.sources[1].attributes
    assert (attributes.role, attributes.title, attributes.subtitle) == ("preface", "Before", "s")
    assert (attributes.short, attributes.author, attributes.lang) == ("b", "Luc", "fr")
    assert str(attributes.where["lang"]) == "manuscript/b.md:7:1"


def test_a_later_file_cannot_speak_of_the_book(tmp_path: Path) -> None:
    _, problems = reading(tmp_path, a__md=TITLE + "Text.", b__md="---\ntrim: A5\nlagn: fr\n---\nText.")
    assert said(problems) == ["Y032 manuscript/b.md:2:1", "Y012 manuscript/b.md:3:1"]
    assert problems[0].hint == "move it to the head of manuscript/a.md"


VALUES = st.recursive(
    st.text(st.sampled_from("abX01:-,./ {}[]'\"Ə"), max_size=12).map(lambda text: "'" + text.replace("'", "''") + "'"),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda items: "[" + ", ".join(items) + "]"),
        st.lists(
            st.tuples(st.sampled_from(["name", "role", "print", "EUR", "thema", "text", "hazards", "x"]), inner),
            max_size=3,
        ).map(lambda items: "{" + ", ".join(f"{key}: {item}" for key, item in dict(items).items()) + "}"),
    ),
    max_leaves=6,
)
KEYS = st.sampled_from(
    "title author lang languages identifier date isbn series copyright subject price territories accessibility trim "
    "paper ink quotes extra tags edition description".split()
)


@given(st.dictionaries(KEYS, VALUES, max_size=4))
def test_no_metadata_makes_a_traceback(items: dict[str, str]) -> None:
    metadata, problems = book(*(f"{key}: {item}" for key, item in items.items()))
    assert metadata.title
    assert all(problem.span is not None for problem in problems)
