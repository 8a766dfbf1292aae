"""A paper proof: what is asked of a printer, what is told of its answers, and what no name can do."""

import os
import stat
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cli.helpers import run
from publish.delivery import ipp, proofing
from publish.delivery.addresses import is_one_line
from publish.delivery.ipp import address, sound
from publish.delivery.paper import LONGEST_NAME, Abilities, Ticket, Wanted, job_name, ticket
from publish.delivery.queues import queue
from publish.delivery.standing import REASONS, Standing, State, telling
from publish.problems import Problems

from . import printer as wire
from .printer import Scripted, answer, attribute, scripted

A4, LETTER = "iso_a4_210x297mm", "na_letter_8.5x11in"
BOTH = frozenset({"one-sided", "two-sided-long-edge", "two-sided-short-edge"})
CAN = Abilities(frozenset({"application/pdf"}), BOTH, frozenset({A4, LETTER}), scalings=frozenset({"none", "fit"}))
WANTED = Wanted("The Whale", "en")


@pytest.fixture(autouse=True)
def haste(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proofing, "POLL_SECONDS", 0.01)
    monkeypatch.setattr(ipp, "WAITS", (0.0, 0.0, 0.0))


def pages(path: Path, width: float = 129, height: float = 198) -> Path:
    """A PDF of one page, its size in mm."""
    document = pypdfium2.PdfDocument.new()
    document.new_page(width * 72 / 25.4, height * 72 / 25.4)
    document.save(path / "book.pdf")
    document.close()
    return path / "book.pdf"


def fitted(
    folder: Path, wanted: Wanted = WANTED, can: Abilities = CAN, size: tuple[float, float] = (129, 198)
) -> tuple[Ticket | None, list[str]]:
    """The job for a printer, and the codes of what was said."""
    problems = Problems()
    made = ticket(wanted, pages(folder, *size), "Office", can, problems)
    return made, [problem.code for problem in problems]


# What is asked for


@pytest.mark.parametrize(
    ("wanted", "sides", "media"),
    [
        (WANTED, "two-sided-long-edge", A4),
        (replace(WANTED, lang="en-US"), "two-sided-long-edge", LETTER),
        (replace(WANTED, sheet="letter"), "two-sided-long-edge", LETTER),
        (replace(WANTED, booklet=True), "two-sided-short-edge", A4),
        (replace(WANTED, one_sided=True), "one-sided", A4),
    ],
)
def test_paper_and_sides_are_those_of_the_book_and_the_language(
    wanted: Wanted, sides: str, media: str, tmp_path: Path
) -> None:
    made, said = fitted(tmp_path, wanted)
    assert made is not None
    assert (made.sides, made.media, made.scaling, said) == (sides, media, "none", [])


def test_what_lies_in_the_tray_is_taken_unless_paper_was_asked_for(tmp_path: Path) -> None:
    loaded = replace(CAN, ready=frozenset({LETTER}))
    free, asked = fitted(tmp_path, can=loaded)[0], fitted(tmp_path, replace(WANTED, sheet="a4"), loaded)[0]
    assert free is not None
    assert asked is not None
    assert (free.media, asked.media) == (LETTER, A4)


@pytest.mark.parametrize(
    ("wanted", "can", "code"),
    [
        (WANTED, replace(CAN, formats=frozenset({"image/pwg-raster"})), "D310"),
        (WANTED, replace(CAN, media=frozenset({"iso_a5_148x210mm"})), "D312"),
        (replace(WANTED, booklet=True), replace(CAN, media=frozenset({LETTER})), "D312"),
        (replace(WANTED, copies=10), replace(CAN, most_copies=9), "D315"),
    ],
)
def test_what_cannot_be_done_is_an_error(wanted: Wanted, can: Abilities, code: str, tmp_path: Path) -> None:
    assert fitted(tmp_path, wanted, can) == (None, [code])


def test_one_side_is_better_than_none(tmp_path: Path) -> None:
    made, said = fitted(tmp_path, can=replace(CAN, sides=frozenset({"one-sided"})))
    assert made is not None
    assert (made.sides, said) == ("one-sided", ["D311"])


def test_large_pages_go_on_the_larger_sheet_or_are_made_smaller(tmp_path: Path) -> None:
    wide, said = fitted(tmp_path, size=(213, 270))
    assert wide is not None
    assert (wide.media, wide.scaling, said) == (LETTER, "none", [])
    huge, said = fitted(tmp_path, size=(230, 320))
    assert huge is not None
    assert (huge.media, huge.scaling, said) == (A4, "fit", ["D313"])


def test_a_printer_that_does_not_keep_to_the_size_is_left_alone_and_said_so(tmp_path: Path) -> None:
    made, said = fitted(tmp_path, can=replace(CAN, scalings=frozenset()))
    assert made is not None
    assert (made.scaling, said) == ("", ["D314"])


# Names


@given(st.text())
def test_any_title_is_one_line_within_the_bytes_of_a_name(title: str) -> None:
    name = job_name(title)
    assert 0 < len(name.encode()) <= LONGEST_NAME
    assert is_one_line(name)


@pytest.mark.parametrize(
    "text",
    [
        "http://host/ipp/print",
        "file:///etc/passwd",
        "ipp://",
        "ipp:///ipp/print",
        "ipp://user:secret@host/ipp/print",
        "ipp://host:0/ipp/print",
        "ipp://host:99999/ipp/print",
        "ipp://host/ipp?waitjob=false",
        "ipp://host/ipp#one",
        "ipp://host/a b",
        "ipp://host/ipp\r\nX: y",
        "ipp://host/" + "a" * 1024,
        "ipp://ho[st/ipp",
        "ipp://\udcff/ipp",
    ],
)
def test_no_other_address_is_a_printer_s(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        address(text)


def test_an_address_is_reached_by_the_way_it_names() -> None:
    plain, safe = address("ipp://printer.local"), address("ipps://[::1]:8631/printers/Office")
    assert (plain.uri, str(plain.url)) == ("ipp://printer.local/ipp/print", "http://printer.local:631/ipp/print")
    assert (safe.uri, str(safe.url)) == ("ipps://[::1]:8631/printers/Office", "https://[::1]:8631/printers/Office")


@pytest.mark.parametrize("text", ["", "-h", "--all", "a b", "a/b", "a\nb", "a#b", "a'b", "a\u202eb", "ä" * 64])
def test_no_other_name_is_a_queue_s(text: str) -> None:
    with pytest.raises(ValueError, match=r"a queue's name"):
        queue(text)


def test_a_hostile_name_is_said_plainly_and_nothing_is_built(whale: Path) -> None:
    for text in ("http://printer/ipp", "Office Printer"):
        ran = run("send", "paper", text, "--project", whale)
        assert (ran.status, ran.out) == (1, "")
        assert f"error D301: “{text}” names no printer" in ran.said
    ran = run("send", "paper", "--project", whale, "--", "-h")
    assert (ran.status, ran.out) == (1, "")
    assert not (whale / "build").exists()


# What is told


def test_reasons_are_told_in_plain_words_each_once() -> None:
    reasons = ("media-empty-error", "media-empty-warning", "none", "toner-low-report", "com.maker-cat-on-lid")
    words = ["the printer is out of paper", "the toner is low", "it says “com.maker-cat-on-lid”"]
    assert telling(reasons) == words
    assert Standing(State.STOPPED, reasons[:1]).words == "it has stopped, the printer is out of paper"


def test_every_reason_has_words_of_its_own() -> None:
    assert len({*REASONS.values()}) == len(REASONS)


def test_the_proof_is_asked_for_as_it_should_be_and_its_standing_is_told(whale: Path) -> None:
    low = answer(wire.OK, (wire.PRINTER, attribute(wire.KEYWORD, "printer-state-reasons", "toner-low-warning")))
    sheets = attribute(wire.ENUM, "job-state", 5) + attribute(wire.INTEGER, "job-media-sheets-completed", 1)
    with scripted(
        Scripted(looks=[wire.READY, low], stands=[answer(wire.OK, (wire.JOB, sheets)), wire.DONE])
    ) as printer:
        ran = run("send", "paper", printer.uri, "--copies", "2", "--project", whale)
    assert ran.status == 0
    assert "warning" not in ran.said
    (job,) = printer.jobs
    assert job.endswith((whale / "build" / "the-whale.pdf").read_bytes())
    for asked in (
        attribute(wire.KEYWORD, "print-scaling", "none"),
        attribute(wire.KEYWORD, "media", A4),
        attribute(wire.KEYWORD, "sides", "two-sided-long-edge"),
        attribute(wire.INTEGER, "copies", 2),
        attribute(wire.NAME, "job-name", "The Whale"),
        attribute(wire.MIME, "document-format", "application/pdf"),
    ):
        assert asked in job
    assert ran.out.count("the toner is low\n") == 1
    assert ran.out.endswith("job 7 is printed\n")


@pytest.mark.parametrize(
    ("printer", "said"),
    [
        (Scripted(looks=[answer(wire.BUSY, message="Later")]), "D321: {uri} is busy, asked 4 times: Later"),
        (Scripted(looks=[(503, b"")]), "D321: {uri} is busy, asked 4 times: HTTP 503"),
        (Scripted(looks=[(404, b"")]), "D306: no printer answers at {uri}: HTTP 404"),
        (
            Scripted(looks=[(200, b"<html>Not a printer</html>")]),
            "D306: no printer answers at {uri}: its answer is not IPP",
        ),
        (Scripted(looks=[b"\0" * 2_000_000]), "D306: no printer answers at {uri}: its answer has no end"),
        (Scripted(looks=[(401, b"")]), "D307: {uri} does not let you in: HTTP 401"),
        (Scripted(looks=[(426, b"")]), "D307: {uri} does not let you in: it wants to encrypt"),
        (Scripted(takes=[answer(wire.NOT_ACCEPTING)]), "D320: {uri} accepts no jobs: status 0x0506"),
        (Scripted(takes=[answer(wire.INTERNAL, message="On fire\r\n")]), "D322: {uri} did not take the job: On fire"),
        (
            Scripted(looks=[answer(0, (wire.PRINTER, attribute(wire.BOOLEAN, "printer-is-accepting-jobs", False)))]),
            "D320: {uri} accepts no jobs",
        ),
    ],
)
def test_each_trouble_is_said_plainly(printer: Scripted, said: str, whale: Path) -> None:
    with scripted(printer):
        ran = run("send", "paper", printer.uri, "--project", whale)
    assert ran.status == 1
    assert f"error {said.format(uri=printer.uri)}" in ran.said
    assert ran.said.endswith("nothing was printed\n")


def test_a_busy_printer_is_asked_again_and_gets_one_book(whale: Path) -> None:
    busy = answer(wire.BUSY)
    with scripted(Scripted(looks=[busy, busy, wire.READY, wire.FINE], takes=[busy, wire.TAKEN])) as printer:
        ran = run("send", "paper", printer.uri, "--project", whale)
    assert (ran.status, len(printer.jobs)) == (0, 2)
    assert f"{printer.uri} is busy; asking again in 0 s" in ran.out


def test_a_printer_cannot_send_the_book_elsewhere(whale: Path) -> None:
    with scripted(Scripted()) as elsewhere, scripted(Scripted()) as printer:
        printer.takes = [(307, f"http://127.0.0.1:{elsewhere.port}/".encode())]
        ran = run("send", "paper", printer.uri, "--project", whale)
    assert (ran.status, elsewhere.asked) == (1, [])
    assert "error D306" in ran.said


def test_a_connection_that_breaks_leaves_it_open_and_nothing_goes_twice(whale: Path) -> None:
    with scripted(Scripted(takes=[(wire.HANGS_UP, b"")])) as printer:
        ran = run("send", "paper", printer.uri, "--project", whale)
    assert (ran.status, len(printer.jobs)) == (1, 1)
    assert f"error D326: the connection to {printer.uri} broke while the book was sent: " in ran.said
    assert "nothing was printed" not in ran.said


def test_a_printer_that_does_not_answer_is_not_waited_for(whale: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ipp, "ANSWER_SECONDS", 0.2)
    with scripted(Scripted(pause=1.0)) as printer:
        ran = run("send", "paper", printer.uri, "--project", whale)
    assert (ran.status, printer.jobs) == (1, [])
    assert f"error D304: cannot reach {printer.uri}: it does not answer in time" in ran.said


def test_out_of_paper_is_told_also_while_the_printer_takes_the_book(
    whale: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ipp, "MEANWHILE_SECONDS", 0.05)
    empty = answer(wire.OK, (wire.PRINTER, attribute(wire.KEYWORD, "printer-state-reasons", "media-empty-error")))
    with scripted(Scripted(looks=[wire.READY, empty, wire.FINE], pause=0.3)) as printer:
        ran = run("send", "paper", printer.uri, "--project", whale)
    assert ran.status == 0
    assert ran.out.index("the printer is out of paper") < ran.out.index("has it as job 7")


def test_what_a_printer_does_not_heed_is_said(whale: Path) -> None:
    odd = (wire.UNSUPPORTED, attribute(wire.KEYWORD, "sides", "two-sided-long-edge"))
    taken = answer(wire.OK_SUBSTITUTED, odd, (wire.JOB, attribute(wire.INTEGER, "job-id", 7)))
    with scripted(Scripted(takes=[taken])) as printer:
        ran = run("send", "paper", printer.uri, "--project", whale)
    assert ran.status == 0
    assert f"warning D327: {printer.uri} goes its own way with sides" in ran.said


def test_a_job_that_is_cancelled_is_not_printed(whale: Path) -> None:
    gone = attribute(wire.ENUM, "job-state", 7) + attribute(wire.KEYWORD, "job-state-reasons", "job-canceled-at-device")
    with scripted(Scripted(stands=[answer(wire.OK, (wire.JOB, gone))])) as printer:
        ran = run("send", "paper", printer.uri, "--project", whale)
    assert ran.status == 1
    assert f"error D323: {printer.uri} has had it cancelled, it was cancelled at the printer" in ran.said
    assert "nothing was printed" not in ran.said, "some sheets may have been"


def test_a_printer_that_falls_silent_may_have_printed(whale: Path) -> None:
    with scripted(Scripted(stands=[answer(wire.NOT_FOUND, message="Who?")])) as printer:
        ran = run("send", "paper", printer.uri, "--project", whale)
    assert ran.status == 0
    assert f"warning D325: {printer.uri} has job 7, but no longer tells of it: " in ran.said


@given(st.binary(max_size=200))
def test_no_answer_leads_in_circles(data: bytes) -> None:
    for wild in (data, wire.READY[:8] + data, wire.READY[:-1] + data):
        try:
            kept = sound(wild)
        except ValueError:
            continue
        assert kept[-1] == wire.END
        assert len(kept) <= len(wild)


def test_a_length_below_nought_is_no_answer() -> None:
    with pytest.raises(ValueError, match="a length"):
        sound(wire.READY[:-1] + b"\x44\x00\x00\xff\xfb" + b"\x03")


def test_an_empty_group_does_not_hide_the_next() -> None:
    plain = answer(wire.OK, (wire.JOB, attribute(wire.INTEGER, "job-id", 7)))
    assert sound(answer(wire.OK, (wire.UNSUPPORTED, b""), (wire.JOB, attribute(wire.INTEGER, "job-id", 7)))) == plain


# Queues

LP = """#!/bin/sh
{{ printf '%s\\n' "$0" "$@"; echo; }} >> "{log}"
case "$0 $*" in
*/lpstat*-a*) echo "Office accepting requests since today" ;;
*/lpstat*-W*completed*) [ "$3" = completed ] && printf 'Office-4  ada  1\\n\\tAlerts: {alert}\\n' ;;
*/lpoptions*) {options} ;;
*/lp\\ *) echo "request id is Office-4 (1 file(s))" ;;
esac
"""


def put_lp(folder: Path, alert: str = "job-completed-successfully", options: str = ":") -> Path:
    """Programs of CUPS that note what they were asked, and answer as they do."""
    log = folder / "asked"
    for name in ("lp", "lpstat", "lpoptions"):
        path = folder / name
        path.write_text(LP.format(log=log, alert=alert, options=options), encoding="utf-8")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return log


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder where programs are looked for first."""
    folder = tmp_path / "programs"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")
    return folder


def test_a_queue_gets_the_file_by_its_own_words(whale: Path, programs: Path) -> None:
    log = put_lp(programs, options="printf 'PageSize/Paper: A4 *Letter\\nDuplex/Sides: *None DuplexNoTumble\\n'")
    ran = run("send", "paper", "Office", "--copies", "2", "--project", whale)
    assert ran.status == 0
    assert "warning" not in ran.said
    asked = next(call for call in log.read_text().split("\n\n") if call.partition("\n")[0].endswith("/lp"))
    words = asked.split("\n")[1:]
    assert words[:6] == ["-d", "Office", "-n", "2", "-t", "The Whale"]
    assert {"sides=two-sided-long-edge", f"media={A4}", "print-scaling=none", "collate=true"} < {*words}
    assert words[-2:] == ["--", str((whale / "build" / "the-whale.pdf").resolve())]
    assert ran.out.endswith("job Office-4 is printed\n")


def test_a_queue_s_options_are_heeded(whale: Path, programs: Path) -> None:
    put_lp(programs, options="printf 'PageSize/Paper: *Letter\\nDuplex/Sides: *None\\n'")
    ran = run("send", "paper", "Office", "--project", whale)
    assert ran.status == 0
    assert "warning D311: Office does not print on both sides" in ran.said
    assert "Office has it as job Office-4: Letter, one-sided" in ran.out


@pytest.mark.parametrize(("alert", "how"), [("job-canceled-by-user", "cancelled"), ("aborted-by-system", "gave it up")])
def test_a_queue_s_job_that_ends_badly_is_an_error(whale: Path, programs: Path, alert: str, how: str) -> None:
    put_lp(programs, alert)
    ran = run("send", "paper", "Office", "--project", whale)
    assert ran.status == 1
    assert "error D323: Office" in ran.said
    assert how in ran.said


def test_without_lp_it_is_said_what_to_install(whale: Path, programs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("build", "pdf", "--project", whale).status == 0
    monkeypatch.setenv("PATH", str(programs))
    ran = run("send", "paper", "Office", "--project", whale)
    assert ran.status == 1
    assert "error D302: queues need the program `lp`, which is not here" in ran.said
    assert "install cups-client" in ran.said
