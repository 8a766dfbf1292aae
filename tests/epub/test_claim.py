"""The claim to be accessible: earned, withheld, refused."""

import json
import stat
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from epub.reader import Reader
from publish.checks import ace
from publish.cli import publish
from publish.jobs import Job
from publish.onscreen import make_epub
from publish.outputs import Output
from publish.pages import PageChoice, Precision
from publish.pipeline import check_epub, understand
from publish.problems import Problem, Problems
from publish.unchanged import Build, known

CLAIM = "EPUB Accessibility 1.1 - WCAG 2.2 Level AA"
ASKED = "accessibility: {certified-by: Ada Brandt, credential: GCA, report: 'https://a.example/r'}"
FAINT = "p { color: #999 }"


@dataclass
class Ace:
    """A program in Ace's place: it writes the report that it is given, and counts its runs."""

    command: Path
    report: Path
    runs: Path

    def finds(self, *assertions: object) -> None:
        """Say what the report tells."""
        self.report.write_text(json.dumps({"assertions": assertions}))

    @property
    def times(self) -> int:
        """How often it has run."""
        return len(self.runs.read_text()) if self.runs.exists() else 0


STAND_IN = """#!{python}
import pathlib, shutil, sys
with open({runs!r}, "a") as runs: runs.write("x")
out = pathlib.Path(sys.argv[sys.argv.index("--outdir") + 1])
out.mkdir(parents=True)
if pathlib.Path({report!r}).exists(): shutil.copy({report!r}, out / "report.json")
else: sys.exit("Chromium is missing")
"""


@pytest.fixture
def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ace:
    """A program in Ace's place that finds nothing."""
    folder = tmp_path / "ace"
    folder.mkdir()
    made = Ace(folder / "ace", folder / "report.json", folder / "runs")
    made.command.write_text(STAND_IN.format(python=sys.executable, runs=str(made.runs), report=str(made.report)))
    made.command.chmod(made.command.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv(ace.COMMAND, str(made.command))
    made.finds()
    return made


@pytest.fixture
def without_ace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No Ace anywhere."""
    monkeypatch.delenv(ace.COMMAND, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(sys, "prefix", str(tmp_path))


def book(project: Path, head: str = ASKED, text: str = "# One\n\nText.", css: str = "") -> Path:
    """A project of one chapter."""
    (project / "manuscript").mkdir(parents=True, exist_ok=True)
    lines = f"title: A Book\nlang: en\ndate: 2024-05-06\n{head}"
    (project / "manuscript" / "one.md").write_text(f"---\n{lines}\n---\n\n{text}\n", encoding="utf-8")
    (project / "styles").mkdir(exist_ok=True)
    (project / "styles" / "custom.css").write_text(css)
    return project


def run(project: Path, what: Callable[..., Output | list[Output] | None] = make_epub) -> tuple[Reader, list[Problem]]:
    """Build or check a project's EPUB; what came of it, and what was said."""
    job = Job(project, Problems(), lambda line: None, pages=PageChoice(precision=Precision.NONE))
    reading = understand(job)
    assert reading is not None
    made = what(reading.book if what is make_epub else reading, job)
    output = made[0] if isinstance(made, list) else made
    assert output is not None, list(job.problems)
    return Reader(output.path.read_bytes()), list(job.problems)


def check(project: Path) -> tuple[Reader, list[Problem]]:
    """Check a project's EPUB, without EPUBCheck, which takes its time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("publish.checks.epubcheck.check", lambda path, problems: None)
        return run(project, check_epub)


def codes(problems: Sequence[Problem]) -> list[str]:
    """The codes of problems."""
    return [problem.code for problem in problems]


def claims(epub: Reader) -> list[str]:
    """What an EPUB claims to conform to."""
    return epub.meta("dcterms:conformsTo")


def violation(impact: str, url: str = "chapter-01.xhtml", cfi: str = "/4/2/4") -> dict[str, object]:
    """A document in which Ace finds one thing."""
    found = {
        "earl:result": {"earl:outcome": "fail", "dct:description": "Not\n good", "earl:pointer": {"cfi": [cfi]}},
        "earl:test": {"earl:impact": impact, "dct:title": "some-rule"},
    }
    return {"earl:testSubject": {"url": url}, "assertions": [found]}


class TestEarned:
    def test_one_check_tries_the_book_and_makes_it_with_its_claim(self, tmp_path: Path, stand_in: Ace) -> None:
        epub, problems = check(book(tmp_path))
        assert problems == []
        assert claims(epub) == [CLAIM]

    def test_the_claim_says_who_vouches_for_it(self, tmp_path: Path, stand_in: Ace) -> None:
        epub, _ = check(book(tmp_path))
        claim = epub.find("content.opf", "//opf:meta[@property='dcterms:conformsTo']")
        certifier = epub.find("content.opf", "//opf:meta[@property='a11y:certifiedBy']")
        credential = epub.find("content.opf", "//opf:meta[@property='a11y:certifierCredential']")
        report = epub.find("content.opf", "//opf:link[@rel='a11y:certifierReport']")
        assert (certifier.text, certifier.get("refines")) == ("Ada Brandt", f"#{claim.get('id')}")
        assert (credential.text, credential.get("refines")) == ("GCA", f"#{certifier.get('id')}")
        assert (report.get("href"), report.get("refines")) == ("https://a.example/r", f"#{certifier.get('id')}")

    def test_a_build_of_the_same_contents_finds_the_verdict(self, tmp_path: Path, stand_in: Ace) -> None:
        checked, _ = check(book(tmp_path))
        (tmp_path / "build" / "a-book.epub").unlink()
        built, problems = run(tmp_path)
        assert problems == []
        assert built.bytes("content.opf") == checked.bytes("content.opf")
        assert stand_in.times == 1

    def test_the_metadata_may_change(self, tmp_path: Path, stand_in: Ace) -> None:
        check(book(tmp_path))
        epub, problems = run(book(tmp_path, f"{ASKED}\nsubject: [lamps]"))
        assert (problems, claims(epub)) == ([], [CLAIM])

    def test_a_second_check_recalls_what_ace_said(self, tmp_path: Path, stand_in: Ace) -> None:
        check(book(tmp_path))
        epub, problems = check(tmp_path)
        assert (problems, claims(epub), stand_in.times) == ([], [CLAIM], 1)

    def test_a_build_with_nothing_to_do_looks_at_the_verdict(self, tmp_path: Path, stand_in: Ace) -> None:
        check(book(tmp_path))
        done = CliRunner().invoke(publish, ["build", "epub", "--pages", "none", "--project", str(tmp_path)])
        assert done.exit_code == 0, done.output
        build = Build(tmp_path, ("epub",), pages=PageChoice(precision=Precision.NONE))
        assert known(build) is not None
        (tmp_path / "build" / ".octavo" / "a-book.epub.verdict.json").unlink()
        assert known(build) is None


class TestWithheld:
    def test_until_ace_has_tried_the_book(self, tmp_path: Path) -> None:
        epub, problems = run(book(tmp_path))
        (problem,) = problems
        assert (problem.code, problem.severity, str(problem.span)) == ("E031", "warning", "manuscript/one.md:5:1")
        assert "publish check epub" in (problem.hint or "")
        assert claims(epub) == epub.meta("a11y:certifiedBy") == []

    @pytest.mark.parametrize("change", [{"text": "# One\n\nOther text."}, {"css": "p { margin: 1em }"}])
    def test_when_what_readers_meet_has_changed(self, change: dict[str, str], tmp_path: Path, stand_in: Ace) -> None:
        check(book(tmp_path))
        epub, problems = run(book(tmp_path, **change))
        assert (codes(problems), claims(epub)) == (["E031"], [])

    @pytest.mark.usefixtures("without_ace")
    def test_where_ace_is_missing(self, tmp_path: Path) -> None:
        epub, problems = check(book(tmp_path))
        assert [(problem.code, problem.severity) for problem in problems] == [("E031", "warning"), ("E033", "hint")]
        assert claims(epub) == []

    def test_where_ace_breaks_down(self, tmp_path: Path, stand_in: Ace) -> None:
        stand_in.report.unlink()
        epub, problems = check(book(tmp_path))
        assert codes(problems) == ["E031", "E034"]
        assert "Chromium is missing" in problems[-1].message
        assert claims(epub) == []

    @pytest.mark.parametrize("kept", ["", "[]", '{"by": "an older one", "contents": "x", "problems": []}'])
    def test_where_the_verdict_cannot_be_used(self, kept: str, tmp_path: Path, stand_in: Ace) -> None:
        check(book(tmp_path))
        (tmp_path / "build" / ".octavo" / "a-book.epub.verdict.json").write_text(kept)
        epub, problems = run(tmp_path)
        assert (codes(problems), claims(epub)) == (["E031"], [])


class TestRefused:
    @pytest.mark.parametrize(
        ("text", "css", "place"),
        [
            ("# One\n\n|  |\n|--|\n| a |", "", "manuscript/one.md:10"),
            ("# One\n\nHe said λόγος.", "", "manuscript/one.md:10"),
            ("# One\n\nText.", f"h1 {{ margin: 0 }}\n{FAINT}", "styles/custom.css:2"),
        ],
    )
    def test_by_our_own_rules_with_the_place(
        self, text: str, css: str, place: str, tmp_path: Path, stand_in: Ace
    ) -> None:
        epub, problems = check(book(tmp_path, text=text, css=css))
        refused = next(problem for problem in problems if problem.code == "E030")
        assert (refused.severity, str(refused.span)) == ("warning", "manuscript/one.md:5:1")
        assert place in refused.message
        assert claims(epub) == []

    def test_it_counts_what_is_against_it(self, tmp_path: Path) -> None:
        _, problems = run(book(tmp_path, css=f"{FAINT} q {{ color: #aaa }} a {{ text-decoration: none }}"))
        refused = next(problem for problem in problems if problem.code == "E030")
        assert "(and 2 more)" in refused.message

    @pytest.mark.parametrize(
        ("impact", "code", "severity"),
        [("critical", "E035", "error"), ("serious", "E035", "error"), ("minor", "E036", "warning")],
    )
    def test_by_ace(self, impact: str, code: str, severity: str, tmp_path: Path, stand_in: Ace) -> None:
        stand_in.finds(violation(impact))
        epub, problems = check(book(tmp_path))
        denied, found = problems
        assert (denied.code, denied.severity, found.code, found.severity) == ("E032", "warning", code, severity)
        assert found.message == "Ace some-rule: Not good"
        assert found.message in denied.message
        assert claims(epub) == []

    def test_what_ace_finds_has_its_place_in_the_epub(self, tmp_path: Path, stand_in: Ace) -> None:
        stand_in.finds(violation("minor"))
        epub, problems = check(book(tmp_path, text="# One\n\nA [long\nparagraph](#one)."))
        place = problems[-1].span
        assert place is not None
        assert place.file == "EPUB/chapter-01.xhtml"
        assert "<p" in epub.text("chapter-01.xhtml").splitlines()[place.line - 1]

    def test_a_mended_book_is_tried_again(self, tmp_path: Path, stand_in: Ace) -> None:
        stand_in.finds(violation("minor"))
        check(book(tmp_path))
        stand_in.finds()
        epub, problems = check(book(tmp_path, text="# One\n\nBetter text."))
        assert (problems, claims(epub), stand_in.times) == ([], [CLAIM], 2)


class TestNotAskedFor:
    def test_ace_is_heard_and_nothing_is_claimed(self, tmp_path: Path, stand_in: Ace) -> None:
        epub, problems = check(book(tmp_path, head=""))
        assert (problems, claims(epub), stand_in.times) == ([], [], 1)
        stand_in.finds(violation("serious", "nav.xhtml", "/4/2/999"))
        _, problems = check(book(tmp_path, head="", text="# Two"))
        assert [(problem.code, str(problem.span)) for problem in problems] == [("E035", "EPUB/nav.xhtml:1:1")]


@pytest.mark.proof
def test_ace_itself_agrees(tmp_path: Path) -> None:
    assert ace.find() is not None, "Ace is missing: a checker that is not there has found nothing out"
    epub, problems = check(book(tmp_path, text="# One\n\nText.[^a]\n\n[^a]: A note.\n\n|  | b |\n|--|---|\n| c | d |"))
    assert (problems, claims(epub)) == ([], [CLAIM])


@pytest.mark.proof
def test_ace_itself_finds_what_is_wrong(tmp_path: Path) -> None:
    assert ace.find() is not None, "Ace is missing: a checker that is not there has found nothing out"
    _, problems = check(book(tmp_path, css=FAINT))
    contrast = {
        (problem.code, problem.span.file)
        for problem in problems
        if "color-contrast" in problem.message and problem.span
    }
    assert ("E035", "EPUB/chapter-01.xhtml") in contrast
    assert {code for code, _ in contrast} == {"E035"}
