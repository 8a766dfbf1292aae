"""A hostile manuscript costs time in proportion to its length: twice of it never takes four times as long."""

import time

import pytest

from book.reading import read_book

TIMES = 4
SHAPES = {
    "chapters of one title": "# a\n\n",
    "notes in place": "x^[a]\n\n",
    "notes and calls that miss each other": "x[^z{n}]\n\n[^a{n}]: b\n\n",
    "links that miss ids": "# a{n} {{#a{n}}}\n\n[](#zz{n})\n\n",
    "dots": "...",
    "letters without a space": "漢",
    "marks": '"a ',
    "words that lost their beginning": "'a ",
    "years": "'90s ",
    "feet": "5' 6\" ",
    "line breaks": "a  \n",
    "images that open": "![",
    "calls that open": "[^",
}


def seconds(shape: str, length: int) -> float:
    text = "# T\n\n" + "".join(shape.format(n=number) for number in range(length // len(shape)))
    start = time.process_time()
    read_book(text)
    return time.process_time() - start


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES.keys())
def test_time_grows_with_the_text_and_not_with_its_square(shape: str) -> None:
    short = seconds(shape, 10_000)
    assert seconds(shape, 10_000 * TIMES) < TIMES * 2 * short + 0.5
