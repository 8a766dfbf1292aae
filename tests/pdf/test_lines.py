"""Lines of the real engine, planned paragraph by paragraph: none of the text is lost, and each wish is heard."""

import re
from dataclasses import astuple
from html import escape
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publish.pdf.lines import planner, turns
from publish.pdf.lines.reasons import Reason
from publish.problems import Severity

from .paper import book, paper, section
from .planned import HYPHEN, PROSE, Set, joined, laid

GREEDY = "html { --octavo-line-breaking: greedy }"
DATA = "data:image/svg+xml,%3Csvg xmlns=%22http://www.w3.org/2000/svg%22 viewBox=%220 0 20 10%22/%3E"
ATOMS = (
    "a", "of", "the", "wife", "single", "daughters", "acknowledged", "extraordinary", "mother-in-law", "either/or",
    "quick—silver", "end—", "—so", "wait…", "1,234.50", "ex\u00adtra\u00addi\u00adnary", "10\u00a0km", "«\u00a0oui",
    "“quoted”", "it’s", "http://example.org/a/long/path?with=query", "e\u0301tude", "nai\u0308vete\u0301", "fi", "ffl",
    "x\u200by", "x\u2060y", "\u2011", "A.B.C.", "(brackets)", "word;", "–", "Größenverhältnisse", "Άλφα", "слово",
)  # fmt: skip
OTHERS = ("汉字的文字", "日本語テキスト", "العربية", "עברית", "😀", "👩‍🚀", "ไทย", "हिन्दी")
PARAGRAPHS = "".join(f"<p>{PROSE[at:]}</p>" for at in range(0, 160, 8))
words = st.lists(st.sampled_from(ATOMS), min_size=1, max_size=60)
mixed = st.lists(st.sampled_from((*ATOMS, *OTHERS)), min_size=1, max_size=40)
letters = st.lists(st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=12), max_size=20)
widths = st.sampled_from(["20mm", "35mm", "55mm", "70mm"])


class TestText:
    @settings(max_examples=120, deadline=None)
    @given(words, widths, st.sampled_from(["justify", "left"]))
    def test_the_lines_of_a_paragraph_are_its_text(self, atoms: list[str], width: str, align: str) -> None:
        source = " ".join(atoms)
        (lines,) = laid(f"<p>{escape(source)}</p>", f"p {{ width: {width}; text-align: {align} }}").texts
        assert joined(lines, source) == source

    @settings(max_examples=60, deadline=None)
    @given(st.one_of(mixed, letters), widths)
    def test_so_are_those_of_a_paragraph_in_any_script(self, atoms: list[str], width: str) -> None:
        source = " ".join(atoms)
        found = laid(f"<p>{escape(source)}</p>", f"p {{ width: {width} }}")
        for lines in found.texts:
            assert joined(lines, source) == source

    @settings(max_examples=80, deadline=None)
    @given(words, widths, st.randoms(use_true_random=False))
    def test_so_are_those_of_one_with_markup_in_it(self, atoms: list[str], width: str, chance: object) -> None:
        source = " ".join(atoms)
        marked = " ".join(_marked(escape(atom), chance) for atom in atoms)
        (lines,) = laid(f"<p>{marked}</p>", f"p {{ width: {width} }} .pad {{ padding: 0 .3em }}").texts
        assert joined(lines, source) == source

    @settings(max_examples=60, deadline=None)
    @given(words, widths, st.booleans())
    def test_simple_lines_are_those_that_the_engine_would_put_together(
        self, atoms: list[str], width: str, ragged: bool
    ) -> None:
        css = f"p {{ width: {width}; text-align: {'left' if ragged else 'justify'} }}"
        body = f"<p>{escape(' '.join(atoms))}</p>"
        made = laid(body, css)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(planner, "simple_line", lambda *_: None)
            (ours,), (theirs,) = made.paragraphs, laid(body, css).paragraphs
        assert [line.text for line in ours] == [line.text for line in theirs]
        for line, other in zip(ours, theirs, strict=True):
            assert astuple(line)[1:] == pytest.approx(astuple(other)[1:], abs=0.01)

    @pytest.mark.parametrize("sign", [".", "!", "?", "…", "—", ",", ":", "/", ")", "”", ""])
    def test_no_line_begins_with_the_sign_of_a_note(self, sign: str) -> None:
        """Unicode's rules let a line end before a number after most of these signs."""
        body = "".join(
            f"<p>{PROSE[:at]} more words{sign}<a class='note-call' href='#n'>1</a> and{sign}<b>2</b> then some.</p>"
            for at in range(60, 140)
        )
        found = laid(body)
        assert found.planned == 80
        assert [line for lines in found.texts for line in lines if line.startswith("1")] == []

    def test_a_paragraph_keeps_its_text_over_pages(self) -> None:
        source = " ".join([PROSE] * 12)
        (lines,) = laid(f"<p>{source}</p>").paragraphs
        assert {line.page for line in lines} == {0, 1, 2, 3, 4}
        assert joined([line.text for line in lines], source) == source


def _marked(atom: str, chance: object) -> str:
    start, end = chance.choice(  # type: ignore[attr-defined]  # hypothesis' Random
        [("", "")] * 8
        + [("<em>", "</em>"), ("<a href='#x'>", "</a>"), ("<span class=pad>", "</span>"), ("<b><i>", "</i></b>")]
    )
    return f"{start}{atom}{end}"


class TestLooks:
    def test_spaces_are_more_even_than_the_engine_s_own(self) -> None:
        ours, theirs = (_unevenness(laid(PARAGRAPHS, css)) for css in ("", GREEDY))
        assert ours < 0.8 * theirs

    def test_all_lines_but_the_last_are_full(self) -> None:
        (lines,) = laid(f"<p>{PROSE}</p>").paragraphs
        assert {round(line.width, 1) for line in lines[:-1]} == {round(70 / 25.4 * 96, 1)}
        assert lines[-1].width < lines[0].width

    def test_spaces_shrink_too(self) -> None:
        assert _tightest(laid(PARAGRAPHS)) < 0
        assert _tightest(laid(PARAGRAPHS, GREEDY)) == 0

    def test_no_last_line_is_the_end_of_a_word_or_a_few_characters(self) -> None:
        found = laid("".join(f"<p>{PROSE[:-at]}</p>" for at in range(1, 160)))
        for lines in found.texts:
            if len(lines) > 1:
                assert len(lines[-1].strip()) >= 4, lines
                assert not (lines[-2].endswith(HYPHEN) and " " not in lines[-1]), lines

    def test_ragged_text_is_not_hyphenated(self) -> None:
        ours, theirs = (laid(f"<p>{PROSE}</p>", f"html {{ text-align: left }} {css}").texts[0] for css in ("", GREEDY))
        assert not any(line.endswith(HYPHEN) for line in ours)
        assert any(line.endswith(HYPHEN) for line in theirs)

    def test_a_word_that_fits_no_line_is_left_to_the_engine(self) -> None:
        found = laid("<p>A Donaudampfschifffahrtsgesellschaft</p>", "p { width: 10mm; hyphens: none }")
        assert (found.planned, found.left) == (0, {Reason.WIDE: 1})


def _unevenness(found: Set) -> float:
    return sum(line.spread**2 for lines in found.paragraphs for line in lines)


class TestPlaces:
    def test_lines_beside_a_float_are_as_wide_as_there_is_room(self) -> None:
        box = '<div style="float: left; width: 30mm; height: 12mm"></div>'
        found = laid(f"{box}<p>{PROSE}</p>", "p { text-indent: 0 }")
        lines = found.paragraphs[0]
        wide, narrow = 70 / 25.4 * 96, 40 / 25.4 * 96
        assert found.planned == 1
        assert [round(line.width) for line in lines[:3]] == [round(narrow)] * 3
        assert round(lines[3].width) == round(wide)
        assert joined([line.text for line in lines], PROSE) == PROSE

    @pytest.mark.parametrize("letter", ["p::first-letter { float: left; font-size: 30pt; line-height: 1 }", ""])
    def test_a_large_first_letter_pushes_lines_aside(self, letter: str) -> None:
        span = "" if letter else '<span style="float: left; font-size: 30pt; line-height: 1">I</span>'
        found = laid(f"<p>{span}{PROSE if letter else PROSE[1:]}</p>", f"p {{ text-indent: 0 }} {letter}")
        lines = found.paragraphs[0]
        assert found.planned == 1
        assert lines[0].width < lines[4].width
        assert "".join(line.text for line in lines).count("truth") == 2

    def test_forced_breaks_are_kept(self) -> None:
        texts = laid(f"<p>One<br>two and<br><br>{PROSE}</p>").texts[0]
        assert [text.strip() for text in texts[:3]] == ["One", "two and", ""]

    def test_notes_are_called_where_they_are(self) -> None:
        found = laid(f"<p>{PROSE[:60]}<span class=footnote>A note.</span>{PROSE[60:]}</p>")
        assert found.planned == 3, "the note and its sign are two more"
        assert joined(found.texts[0], PROSE).replace(" ", "") == PROSE.replace(" ", "")

    def test_pictures_have_their_room(self) -> None:
        found = laid(f'<p>{PROSE[:70]}<img style="width: 25mm; height: 1em" src="{DATA}">{PROSE[70:]}</p>')
        assert found.planned == 1
        assert all(line.width <= 70 / 25.4 * 96 + 0.01 for line in found.paragraphs[0])


LEFT = [
    (Reason.GREEDY, "<p>Words</p>", GREEDY),
    (Reason.ALIGNED, "<p>Words</p>", "p { text-align: center }"),
    (Reason.WHITE_SPACE, "<p>Words</p>", "p { white-space: pre-wrap }"),
    (Reason.SCRIPT, "<p>Words 汉字</p>", ""),
    (Reason.DIRECTION, "<p>Words</p>", "p { direction: rtl }"),
    (Reason.LEADER, "<p><a>Words</a></p>", "a::after { content: leader('.') }"),
    (Reason.FLOAT, '<p>Words <span style="float: right">here</span></p>', ""),
    (Reason.FIRST_LINE, "<p>Words</p>", "p::first-line { font-style: italic }"),
    (Reason.DECORATION, "<p><em>Words</em></p>", "em { padding: 1pt; box-decoration-break: clone }"),
    (Reason.INLINE_BOX, "<p>Words <span>here</span></p>", "span { display: inline-flex }"),
    (Reason.WIDE, "<p>Acknowledgedly</p>", "p { width: 5mm; hyphens: none }"),
]


class TestLeft:
    @pytest.mark.parametrize(("reason", "body", "css"), LEFT, ids=[reason.name for reason, _, _ in LEFT])
    def test_what_is_not_understood_is_left_to_the_engine_and_counted(
        self, reason: Reason, body: str, css: str
    ) -> None:
        found = laid(body, css)
        assert found.left[reason] == 1
        assert found.texts == laid(body, f"{css} {GREEDY}").texts

    def test_nothing_is_planned_where_no_style_asks_for_it(self) -> None:
        found = laid(f"<p>{PROSE}</p>", "html { --octavo-line-breaking: initial }")
        assert (found.planned, found.left) == (0, {Reason.GREEDY: 1})


class TestTurns:
    """A paragraph that begins lower and lower on its page, so that it is turned after any of its lines."""

    @staticmethod
    def turned(dearest: float) -> tuple[int, int, int]:
        """Page turns within a word; how many of them were foretold and left, and how many were spared."""
        divided = left = spared = 0
        for above in range(1, 14):
            body = "<p>x</p>" * above + f"<p>{' '.join([PROSE] * 3)}</p>"
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(turns, "DEAREST", dearest)
                found = laid(body, "p { orphans: 1; widows: 1 }")
                left += sum(not turn.spared for turn in found.turns)
                spared += sum(turn.spared for turn in found.turns)
            lines = found.paragraphs[-1]
            assert joined([line.text for line in lines], " ".join([PROSE] * 3)) == " ".join([PROSE] * 3)
            divided += sum(
                before.text.endswith(HYPHEN) and before.page != line.page for before, line in pairwise(lines)
            )
        return divided, left, spared

    def test_words_divided_over_a_page_turn_are_foretold(self) -> None:
        divided, left, spared = self.turned(-1)
        assert (divided, spared) == (left, 0)
        assert divided > 3

    def test_they_are_avoided_where_that_costs_little_or_where_it_may_cost_anything(self) -> None:
        divided, left, spared = self.turned(1e12)
        assert divided == left
        assert spared > 0


class TestWishes:
    def test_a_paragraph_alone_can_be_left_to_the_engine(self) -> None:
        found = laid(f"<p>{PROSE}</p><p class=own>{PROSE}</p>", ".own { --octavo-line-breaking: greedy }")
        assert (found.planned, found.left) == (1, {Reason.GREEDY: 1})

    @pytest.mark.parametrize(("wish", "more"), [("more", 1), ("fewer", -1)])
    def test_a_paragraph_can_be_a_line_longer_or_shorter(self, wish: str, more: int) -> None:
        body = "".join(f"<p>{' '.join([PROSE] * 4)} {PROSE[:end]}</p>" for end in range(10, 200, 10))
        usual, other = (laid(body, f"p {{ --octavo-lines: {lines} }}").texts for lines in ("none", wish))
        steps = [len(lines) - len(before) for before, lines in zip(usual, other, strict=True)]
        assert set(steps) <= {0, more}
        assert more in steps

    def test_hyphens_can_be_fewer(self) -> None:
        small = "html { font-size: 7pt }"
        usual, fewer = (_hyphens(laid(PARAGRAPHS, small + css)) for css in ("", "html { --octavo-hyphens: fewer }"))
        assert fewer < usual

    def test_spaces_can_be_tighter(self) -> None:
        usual, tighter = (_tightest(laid(PARAGRAPHS, css)) for css in ("", "html { --octavo-spaces: tighter }"))
        assert tighter < usual < 0


def _hyphens(found: Set) -> int:
    return sum(line.endswith(HYPHEN) for lines in found.texts for line in lines)


def _tightest(found: Set) -> float:
    return min(line.spread for lines in found.paragraphs for line in lines)


class TestFailures:
    CSS = "html { text-align: justify; hyphens: auto; --octavo-line-breaking: optimal }"

    def test_how_lines_were_made_is_kept_with_the_pages(self) -> None:
        made = paper(
            book(section(f"<p>{PROSE}</p><p dir='rtl'>{PROSE}</p>")), css=f"{self.CSS} [dir] {{direction: rtl}}"
        )
        assert made.laid is not None
        ((_, lines),) = made.laid.lines
        assert (lines.planned, lines.left[Reason.DIRECTION.value], lines.failure) == (1, 1, "")

    def test_a_chapter_whose_lines_cannot_be_made_is_laid_out_without_and_said(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def broken(*_: object) -> None:
            raise ZeroDivisionError

        broken_book = book(section(f"<p>{PROSE} That is all.</p>"))
        greedy = paper(broken_book, css="html { text-align: justify; hyphens: auto }")
        monkeypatch.setattr(planner, "make_line", broken)
        made = paper(broken_book, css=self.CSS)
        (problem,) = [problem for problem in made.problems if problem.code == "P014"]
        assert problem.severity is Severity.WARNING
        assert "ZeroDivisionError" in problem.message
        assert made.laid is not None
        assert greedy.laid is not None
        assert re.sub(rb"/ID\b.*", b"", made.pdf) == re.sub(rb"/ID\b.*", b"", greedy.pdf)

    def test_a_chapter_whose_lines_can_be_made_says_nothing(self) -> None:
        made = paper(book(section(f"<p>{PROSE}</p>")), css=self.CSS)
        assert [problem.code for problem in made.problems] == []
