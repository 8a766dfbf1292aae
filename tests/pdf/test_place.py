"""Placing: from the records of fragments alone it is known on which pages of the book they stand, and what is there."""

from collections.abc import Sequence
from functools import cache
from itertools import product

import pytest

from publish.layout.model import Stylesheet
from publish.pages import PageStart
from publish.pdf import engine
from publish.pdf.boxes import Pages
from publish.pdf.place import NotApartError, Placing, place
from publish.pdf.record import Counter, PageRecord, Record, Seams
from publish.places import Address

from .paper import face

BREAKS = ("auto", "avoid", "avoid-page", "avoid-column", "column", "page", "always", "left", "right", "recto", "verso")

COUNTED = Counter()


def page(
    strings: dict[str, tuple[str, str]] | None = None, counter: Counter = COUNTED, side: str = "right", **more: object
) -> PageRecord:
    made = {"name": "text", "groups": (), "blank": False, "left": 60.0, "area": (300.0, 400.0), **more}
    return PageRecord(side=side, counter=counter, strings=strings or {}, **made)  # type: ignore[arg-type]


def fragment(*pages: PageRecord, before: str = "page", **more: object) -> Record:
    return Record(pages or (page(),), seams=Seams((before,), ("auto",), "text", "text"), **more)  # type: ignore[arg-type]


def sides(placing: Placing) -> str:
    """The side of each page, as a letter; blank pages between fragments in brackets."""
    return " ".join(one.side[0] if one.record else f"({one.side[0]})" for one in placing.pages)


def values(placing: Placing, name: str) -> list[tuple[str, str, bool] | None]:
    return [one.strings.get(name) for one in placing.pages]


def test_pages_stand_on_both_sides_in_turn_across_fragments() -> None:
    placing = place([fragment(page(), page(), page()), fragment(), fragment(page(), page())])
    assert sides(placing) == "r l r l r l"
    assert [(one.fragment, one.page) for one in placing.pages] == [(0, 0), (0, 1), (0, 2), (1, 0), (2, 0), (2, 1)]
    assert placing.starts == (0, 3, 4)


def test_a_book_begins_on_the_side_on_which_its_first_fragment_does() -> None:
    assert sides(place([fragment(page(side="left")), fragment()])) == "l r"


def test_a_fragment_that_asks_for_a_side_gets_a_blank_page_where_it_needs_one() -> None:
    assert sides(place([fragment(), fragment(before="right")])) == "r (l) r"
    assert sides(place([fragment(), fragment(before="left")])) == "r l"
    assert sides(place([fragment(page(), page()), fragment(before="recto")])) == "r l r"
    assert sides(place([fragment(page(), page()), fragment(before="verso")])) == "r l (r) l"


@cache
def press() -> engine.Press:
    style = "@page { size: 50mm 50mm; margin: 5mm } html { font-family: Text }"
    return engine.Press([Stylesheet("a", style)], [face()], engine.among({}))


def laid_out(*sections: str) -> Pages:
    return Pages(press().lay_out(f"<html><body>{''.join(sections)}</body></html>", engine.among({})), {})


def one(after: str) -> str:
    return f'<section style="break-after: {after}">One</section>'


def two(before: str, inner: str) -> str:
    return f'<section style="break-before: {before}"><h1 style="break-before: {inner}">Two</h1></section>'


def by_the_engine(after: str, before: str, inner: str) -> str | None:
    """The pages on which the engine puts two sections, the second with a heading in it; None where they share one."""
    pages = laid_out(one(after), two(before, inner))
    kinds = [pages.kind(index) for index in range(len(pages))]
    return " ".join(f"({kind.side[0]})" if kind.blank else kind.side[0] for kind in kinds) if len(kinds) > 1 else None


def by_placing(after: str, before: str, inner: str) -> str | None:
    """The same from what each of them says, laid out alone."""
    try:
        return sides(place([Record((page(),), seams=alone.seams()) for alone in (first(after), second(before, inner))]))
    except NotApartError:
        return None


@cache
def first(after: str) -> Pages:
    return laid_out(one(after))


@cache
def second(before: str, inner: str) -> Pages:
    return laid_out(two(before, inner))


@pytest.mark.parametrize("after", BREAKS)
def test_breaks_between_fragments_are_weighed_as_the_engine_weighs_them(after: str) -> None:
    """A forced break outweighs one that is to be avoided, a side outweighs both, and of two sides the later wins."""
    breaks = [(after, before, "auto") for before in BREAKS]
    breaks += [(after, *inwards) for inwards in product(("avoid", "recto"), ("avoid", "page", "verso"))]
    assert {each: by_placing(*each) for each in breaks} == {each: by_the_engine(*each) for each in breaks}


def test_fragments_that_share_a_page_cannot_be_placed_apart() -> None:
    with pytest.raises(NotApartError) as fault:
        place([fragment(), fragment(), fragment(before="avoid")])
    assert fault.value.fragment == 2


def test_fragments_on_pages_of_another_name_are_apart_without_a_break() -> None:
    wide = Record((page(name="wide"),), seams=Seams(("auto",), ("auto",), "wide", "wide"))
    assert sides(place([fragment(), wide, fragment(before="auto")])) == "r l r"


def test_folios_count_through_and_blank_pages_count() -> None:
    placing = place([fragment(body=0), fragment(page(), page(), before="right")])
    assert [one.number for one in placing.pages] == [1, 2, 3, 4]
    assert [one.label for one in placing.pages] == ["1", "2", "3", "4"]


def test_folios_before_the_body_are_roman_and_the_body_may_count_anew() -> None:
    front = fragment(page(), page(), page())
    placing = place([front, fragment(page(counter=Counter(reset=0)), page(), body=0)])
    assert [one.label for one in placing.pages] == ["i", "ii", "iii", "1", "2"]


def test_the_body_may_begin_within_a_fragment() -> None:
    placing = place([fragment(page(), page(), body=1), fragment(body=0)])
    assert [one.label for one in placing.pages] == ["i", "2", "3"]


def test_a_book_that_is_all_front_matter_has_roman_folios() -> None:
    assert [one.label for one in place([fragment(), fragment()]).pages] == ["i", "ii"]


def test_counters_are_reset_stepped_and_set_as_page_rules_say() -> None:
    counters = [Counter(), Counter(reset=10), Counter(step=5), Counter(reset=7, step=0), Counter(fixed=99), Counter()]
    placing = place([fragment(*(page(counter=counter) for counter in counters), body=0)])
    assert [one.number for one in placing.pages] == [1, 11, 16, 7, 99, 100]


def test_a_string_has_the_first_and_the_last_value_that_a_page_sets_and_is_carried_on() -> None:
    opening = page({"short": ("The Lamp", "The Lamp")})
    busy = page({"short": ("The Storm", "The Wreck")})
    placing = place([fragment(opening, page()), fragment(busy, page(), before="right")])
    assert values(placing, "short") == [
        ("The Lamp", "The Lamp", True),
        ("The Lamp", "The Lamp", False),
        ("The Storm", "The Wreck", True),
        ("The Wreck", "The Wreck", False),
    ]
    assert values(placing, "book") == [None] * 4


def test_a_blank_page_goes_on_with_the_strings_before_it() -> None:
    placing = place([fragment(page({"short": ("A", "B")})), fragment(page({"short": ("C", "C")}), before="right")])
    assert values(placing, "short") == [("A", "B", True), ("B", "B", False), ("C", "C", True)]


def test_of_an_id_that_stands_twice_the_first_in_the_book_is_meant() -> None:
    one, two = fragment(page(), page(), anchors={"a": (1, 90.0)}), fragment(anchors={"a": (0, 10.0), "b": (0, 20.0)})
    placing = place([one, two])
    assert placing.anchors == {"a": (1, 90.0), "b": (2, 20.0)}


def test_the_page_map_names_every_page_and_the_page_of_each_id() -> None:
    start = Address("one", 3, 14)
    known = page(start=start, before="the ", after="lamp")
    placing = place([fragment(known, body=0), fragment(anchors={"two": (0, 1.0)}, before="right")])
    page_map = placing.page_map()
    assert page_map.pages == (
        PageStart(0, "1", start, before="the ", after="lamp"),
        PageStart(1, "2", None, blank=True),
        PageStart(2, "3", None),
    )
    assert page_map.anchors == {"two": "3"}


def test_nothing_is_placed_on_no_page() -> None:
    empty: Sequence[Record] = ()
    assert place(empty).pages == ()
