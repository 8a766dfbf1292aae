"""Manuscripts that nobody wrote: whatever is typed, there is a book or a problem, and never a traceback."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from publish.book.assembly import assemble
from publish.jobs import Job
from publish.manuscript.reader import read
from publish.pipeline import build
from publish.problems import Problems

pytestmark = pytest.mark.proof
MARKS = st.sampled_from([
    "# ", "## ", "### x {#a}", "{#a .part}", "{-}", "> ", "- ", "* ", "1. ", "a. ", "- [ ] ", "| ", "|---|---|",
    ": ", "\t", "    ", "\n", "\n\n", "\n\n\n", "***", "---", "===", "\\newpage", "```", "~~~", "::: ",
    "::: letter", "::: {.x lang=fr}", ":::", "::: dedication", "*", "**", "_", "~~", "~", "^", "`", "``", "[",
    "]", "(", ")", "![", "](", "](#a)", "[](#a)", "[^1]", "[^1]: ", "^[", "{.smallcaps}", "{lang=az}", "{.page}",
    "<b>", "</b>", "<script>", "<div>", "</div>", "<!-- ", "-->", "<", ">", "&amp;", "&", "\\", '"', "'", "--",
    "...", "$x$", "[@k]", "Table: ", "*[AB]: ", "http://a.b", "<http://a.b>", "\u202b",
])  # fmt: skip
WORDS = st.text("abcdefg ƏəĞİşß 漢字 אב ́ 🙂 \u00ad\u00a0", min_size=1, max_size=12)
TEXTS = st.lists(st.one_of(MARKS, WORDS), max_size=60).map("".join)
FRONTS = st.sampled_from(
    ["---\ntitle: T\n---\n\n", "", "---\ntitle: [\n---\n", "---\ntitle: T\nlang: tr\nnotes: chapter\n---\n"]
)
SLOW = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.filter_too_much]


def write(folder: Path, text: str) -> None:
    (folder / "manuscript").mkdir(exist_ok=True)
    (folder / "manuscript" / "a.md").write_text(text, encoding="utf-8")


@given(FRONTS, TEXTS)
@settings(max_examples=2000, deadline=2000, suppress_health_check=SLOW)
def test_every_text_becomes_a_book_or_a_problem(tmp_path: Path, front: str, text: str) -> None:
    write(tmp_path, front + text)
    problems = Problems()
    manuscript = read(tmp_path, problems)
    if manuscript is not None:
        book = assemble(manuscript, problems)
        assert book.sections or problems.errors


@given(TEXTS)
@settings(max_examples=20, deadline=None, suppress_health_check=SLOW)
def test_every_text_becomes_files_or_errors(tmp_path: Path, text: str) -> None:
    write(tmp_path, "---\ntitle: T\ndate: 2020-01-01\n---\n\n" + text)
    problems = Problems()
    outputs = build(Job(tmp_path, problems, lambda stage: None), ("pdf", "epub"))
    assert len(outputs) == 2 or problems.errors
