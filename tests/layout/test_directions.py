"""Which way a language is written."""

import pytest

from publish.layout.directions import direction


@pytest.mark.parametrize("lang", ["ar", "he", "fa", "ur", "yi", "ps", "ckb", "dv", "nqo", "ar-EG", "he-IL"])
def test_from_right_to_left(lang: str) -> None:
    assert direction(lang) == "rtl"


@pytest.mark.parametrize("lang", ["en", "az", "tr", "ru", "el", "ja", "zh-Hant", "hi", "am", "und"])
def test_from_left_to_right(lang: str) -> None:
    assert direction(lang) == "ltr"


@pytest.mark.parametrize(
    ("lang", "way"),
    [("az-Arab", "rtl"), ("az-Latn", "ltr"), ("pa", "ltr"), ("pa-Arab", "rtl"), ("he-Latn", "ltr"), ("ff-Adlm", "rtl")],
)
def test_the_script_that_a_tag_names_decides(lang: str, way: str) -> None:
    assert direction(lang) == way


@pytest.mark.parametrize("lang", ["", "not a tag!", "x-klingon"])
def test_a_tag_that_names_no_language_is_read_from_the_left(lang: str) -> None:
    assert direction(lang) == "ltr"
