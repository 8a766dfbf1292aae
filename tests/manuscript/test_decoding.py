"""Bytes become text, or an error that says what they likely are."""

import codecs
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publish.manuscript.decoding import decode
from publish.problems import Problem, Problems


def decoded(data: bytes) -> tuple[str | None, list[Problem]]:
    problems = Problems()
    return decode(data, "manuscript/a.md", problems), list(problems)


@pytest.mark.parametrize(
    "data",
    [
        "Gecəniz\nxeyrə".encode(),
        codecs.BOM_UTF8 + "Gecəniz\nxeyrə".encode(),
        codecs.BOM_UTF16_LE + "Gecəniz\nxeyrə".encode("utf-16-le"),
        codecs.BOM_UTF16_BE + "Gecəniz\nxeyrə".encode("utf-16-be"),
        "Gecəniz\r\nxeyrə".encode(),
        "Gecəniz\rxeyrə".encode(),
    ],
    ids=["UTF-8", "UTF-8 with mark", "UTF-16 LE", "UTF-16 BE", "CRLF", "CR"],
)
def test_all_common_forms_read_the_same(data: bytes) -> None:
    assert decoded(data) == ("Gecəniz\nxeyrə", [])


def test_decomposed_letters_are_composed() -> None:
    assert decoded(unicodedata.normalize("NFD", "café İ").encode()) == ("café İ", [])


@pytest.mark.parametrize(
    ("text", "codec", "likely"),
    [
        ("Il était une fois un garçon très élégant.", "cp1252", "Windows-1252"),
        ("“Hello,” she said — no.", "cp1252", "Windows-1252"),
        ("İstanbul’da güneş doğdu, çocuklar şarkı söyledi.", "cp1254", "Windows-1254"),
        ("Привет, как дела? Это очень хорошая книга.", "cp1251", "Windows-1251"),
    ],
)
def test_another_encoding_is_named_with_its_first_bad_place(text: str, codec: str, likely: str) -> None:
    first = next(index for index, sign in enumerate(text) if ord(sign) > 127)
    result, (problem,) = decoded("cafe\u0301\nse\u0301 ".encode() + text.encode(codec))
    assert result is None
    assert (problem.code, str(problem.span)) == ("F011", f"manuscript/a.md:2:{first + 4}")
    assert likely in problem.message
    assert problem.hint is not None
    assert text[first : first + 5] in problem.hint


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_its_mark_is_named(codec: str) -> None:
    result, (problem,) = decoded("Once upon a time".encode(codec))
    assert result is None
    assert problem.code == "F011"
    assert "UTF-16" in problem.message


def test_utf_32_is_named() -> None:
    _, (problem,) = decoded(codecs.BOM_UTF32_LE + "Once".encode("utf-32-le"))
    assert "UTF-32" in problem.message


def test_utf_16_that_breaks_off_is_an_error_at_its_end() -> None:
    _, (problem,) = decoded(codecs.BOM_UTF16_LE + "ab\ncd".encode("utf-16-le")[:-1])
    assert (problem.code, str(problem.span)) == ("F012", "manuscript/a.md:2:2")


@pytest.mark.parametrize(
    ("sign", "code", "severity", "kept"),
    [
        ("\x00", "F013", "error", False),
        ("\x1b", "F013", "error", False),
        ("\x0c", "F013", "error", False),
        ("\x85", "F013", "error", False),
        ("\uffff", "F013", "error", False),
        ("\u202e", "F014", "error", False),
        ("\u202d", "F014", "error", False),
        ("\u2067", "F015", "warning", True),
        ("\u202a", "F015", "warning", True),
        ("\ufffd", "F016", "warning", True),
    ],
)
def test_unseen_signs_are_found_once_a_file_with_place_and_count(
    sign: str, code: str, severity: str, kept: bool
) -> None:
    text, (problem,) = decoded(f"one\n\ttwo{sign}three{sign}".encode())
    assert (problem.code, problem.severity, str(problem.span)) == (code, severity, "manuscript/a.md:2:5")
    assert f"U+{ord(sign):04X}" in problem.message
    assert "2 times" in problem.message
    stands = sign if kept else "\ufffd"
    assert text == f"one\n\ttwo{stands}three{stands}"


def test_signs_that_writers_need_are_no_problem() -> None:
    text = "a\tb\n\u00a0\u202f\u00ad\u200d\u200f«Ə»"
    assert decoded(text.encode()) == (text, [])


@given(st.binary(max_size=200))
def test_no_bytes_make_a_traceback(data: bytes) -> None:
    text, problems = decoded(data)
    assert text is not None or problems
    if text is not None:
        assert not set(text) & {"\r", "\x00", "\u202e"}
        assert text == unicodedata.normalize("NFC", text)


@given(st.sampled_from([codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF8, b"a\n"]), st.binary(max_size=60))
def test_no_marked_bytes_make_a_traceback(mark: bytes, data: bytes) -> None:
    text, problems = decoded(mark + data)
    assert text is not None or problems


@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn"], exclude_characters="\ufffd\ufeff")))
def test_every_text_in_utf_8_is_read_as_it_stands(text: str) -> None:
    read, _ = decoded(b"Once. " + text.encode())
    hidden = str.maketrans(dict.fromkeys("\u202d\u202e", "\ufffd"))
    assert read == unicodedata.normalize("NFC", "Once. " + text).translate(hidden)
