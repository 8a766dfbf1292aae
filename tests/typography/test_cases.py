"""Every line of every table: what is typed becomes what the language's rules say, and stays so when set again."""

import pytest

from publish.book.typography.table import known_languages

from .helpers import CASES, Case, cases, set_content

COMPLETE = ("en", "en-GB", "fr", "de", "az", "tr")
FILES = sorted(path.stem for path in CASES.glob("*.txt"))
ALL = [(lang, case) for lang in FILES for case in cases(lang)]


@pytest.mark.parametrize(("lang", "case"), ALL, ids=[f"{lang}: {case.typed}" for lang, case in ALL])
def test_signs(lang: str, case: Case) -> None:
    assert set_content(case.typed, lang) == case.expected


@pytest.mark.parametrize("lang", FILES)
def test_a_text_that_is_set_stays_as_it_is(lang: str) -> None:
    for case in cases(lang):
        assert set_content(case.expected, lang) == case.expected


@pytest.mark.parametrize("lang", FILES)
def test_each_table_is_complete_and_says_nothing_twice(lang: str) -> None:
    typed = [case.typed for case in cases(lang)]
    assert len(typed) >= (200 if lang in COMPLETE else 20)
    assert len(set(typed)) == len(typed)


def test_every_language_of_the_table_has_cases() -> None:
    assert {lang.casefold() for lang in FILES} == set(known_languages())
