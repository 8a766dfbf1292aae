"""Azerbaijani and Turkish words are divided between syllables; the tables give each word with all its breaks."""

from pathlib import Path

import pyphen
import pytest
from hypothesis import given
from hypothesis import strategies as st

from publish.layout.hyphenation import has_patterns, register
from publish.layout.hyphenation.patterns import CONSONANTS, VOWELS, pattern_file, patterns

HERE = Path(__file__).parent


def words_of(lang: str) -> list[str]:
    lines = (HERE / f"{lang}.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def divided(word: str, lang: str) -> str:
    register()
    return str(pyphen.Pyphen(lang=lang).inserted(word))


@pytest.mark.parametrize("lang", VOWELS)
def test_the_words_of_the_table(lang: str) -> None:
    words = words_of(lang)
    assert len(words) >= 100
    assert [divided(word.replace("-", ""), lang) for word in words] == words


@pytest.mark.parametrize("lang", VOWELS)
def test_the_files_are_what_the_rule_makes(lang: str) -> None:
    assert pattern_file(lang).read_text(encoding="utf-8") == patterns(lang)


@given(st.sampled_from(sorted(VOWELS)), st.data())
def test_every_piece_has_a_vowel_and_begins_with_one_consonant_at_most(lang: str, data: st.DataObject) -> None:
    word = data.draw(st.text(VOWELS[lang] + CONSONANTS, min_size=2, max_size=14))
    pieces = divided(word, lang).split("-")
    assert "".join(pieces) == word
    assert all(set(piece) & set(VOWELS[lang]) for piece in pieces[1:])
    assert all(set(piece[:2]) & set(VOWELS[lang]) for piece in pieces[1:]), "a vowel, or one consonant and a vowel"
    assert all(len(edge) >= 2 for edge in (pieces[0], pieces[-1]))


def test_regions_and_scripts_of_the_languages_are_known() -> None:
    assert has_patterns("az")
    assert has_patterns("tr-TR")
    assert has_patterns("az-Latn-AZ")


def test_other_languages_are_untouched() -> None:
    assert has_patterns("en")
    assert not has_patterns("ja")
    assert divided("typography", "en") == "ty-po-graphy"
