"""Which way a language is written."""

from pathlib import Path

import pytest

from publish.layout import directions
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


def test_what_was_found_once_is_kept_and_found_again_where_that_was_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def found_anew() -> str:
        direction.cache_clear()
        return direction("he")

    def script(lang: str) -> str:
        asked.append(lang)
        return "Hebr"

    asked: list[str] = []
    monkeypatch.setenv("OCTAVO_CACHE", str(tmp_path))
    monkeypatch.setattr(directions, "_script", script)
    assert [found_anew(), found_anew(), len(asked)] == ["rtl", "rtl", 1]
    (blob,) = (tmp_path / "blobs").glob("??/*")
    blob.write_bytes(b"damaged")
    assert [found_anew(), len(asked)] == ["rtl", 2]
