"""Paper proofs on real printers: what arrives, how it is asked for, and what is told of it."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import trustme

from cli.helpers import book, run, write
from publish.delivery import proofing

from .everywhere import free_port, printing, queueing

pytestmark = pytest.mark.proof
OUT_OF_PAPER = "echo 'STATE: +media-empty' >&2; sleep 5; echo 'STATE: -media-empty' >&2; exit 0"


@pytest.fixture
def whale(tmp_path: Path) -> Path:
    return write(tmp_path / "whale", book("# One\n\nCall me Ada.\n\n# Two\n\nThe sea was calm.\n"))


@pytest.fixture(autouse=True)
def haste(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proofing, "POLL_SECONDS", 0.3)


def proof(project: Path, name: str = "the-whale.pdf") -> bytes:
    return (project / "build" / name).read_bytes()


def test_the_proof_arrives_byte_for_byte_on_both_sides(whale: Path, tmp_path: Path) -> None:
    with printing(tmp_path / "printer") as printer:
        ran = run("send", "paper", printer.uri, "--sheet", "a4", "--copies", "2", "--project", whale)
        again = run("send", "paper", printer.uri, "--one-sided", "--project", whale)
    assert (ran.status, again.status) == (0, 0)
    assert printer.files == [proof(whale)] * 2
    first, second = printer.job(1), printer.job(2)
    assert (first["SIDES"], first["MEDIA"], first["COPIES"]) == ("two-sided-long-edge", "iso_a4_210x297mm", "2")
    assert first["MULTIPLE_DOCUMENT_HANDLING"] == "separate-documents-collated-copies"
    assert first["JOB_NAME"] == "The Whale"
    assert (second["SIDES"], second["MEDIA"]) == ("one-sided", "na_letter_8.5x11in"), "what lies in the tray"
    assert "the-whale.pdf was not up to date and has been built" in ran.out
    assert "the-whale.pdf is up to date" in again.out
    assert f"{printer.uri} has it as job 1: 2 copies on A4, on both sides" in ran.out
    assert ran.out.endswith("job 1 is printed\n")
    assert f"warning D314: {printer.uri} does not say that it keeps to the true size" in ran.said


def test_a_booklet_is_turned_over_its_short_edge(whale: Path, tmp_path: Path) -> None:
    with printing(tmp_path / "printer") as printer:
        ran = run("send", "paper", printer.uri, "--booklet", "--sheet", "letter", "--project", whale)
        longer = run("send", "paper", printer.uri, "--booklet", "--signature", "8", "--project", whale)
    assert (ran.status, longer.status) == (0, 0)
    letter, a4 = printer.files
    assert a4 == proof(whale, "the-whale-booklet.pdf") != letter
    jobs = [printer.job(number) for number in (1, 2)]
    assert [job["SIDES"] for job in jobs] == ["two-sided-short-edge"] * 2
    assert [job["MEDIA"] for job in jobs] == ["na_letter_8.5x11in", "iso_a4_210x297mm"]


def test_out_of_paper_is_told_once_while_the_job_waits(whale: Path, tmp_path: Path) -> None:
    with printing(tmp_path / "printer", OUT_OF_PAPER) as printer:
        ran = run("send", "paper", printer.uri, "--project", whale)
    assert ran.status == 0
    assert ran.out.count(f"{printer.uri}: the printer is out of paper\n") == 1
    assert ran.out.endswith("job 1 is printed\n")


def test_nobody_waits_for_ever(whale: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proofing, "PATIENCE_SECONDS", 1.0)
    with printing(tmp_path / "printer", OUT_OF_PAPER) as printer:
        ran = run("send", "paper", printer.uri, "--project", whale)
    assert ran.status == 0
    assert f"warning D324: job 1 is with {printer.uri}, and is not printed yet: it is being printed" in ran.said
    assert "the printer is out of paper" in ran.said
    assert "is printed\n" not in ran.out


def test_a_job_that_the_printer_gives_up_is_an_error(whale: Path, tmp_path: Path) -> None:
    with printing(tmp_path / "printer", "exit 1") as printer:
        ran = run("send", "paper", printer.uri, "--project", whale)
    assert ran.status == 1
    assert f"error D323: {printer.uri} gave it up" in ran.said
    assert "job 1 is not printed" in ran.said


def test_a_printer_of_one_side_prints_on_one(whale: Path, tmp_path: Path) -> None:
    with printing(tmp_path / "printer", both_sides=False) as printer:
        ran = run("send", "paper", printer.uri, "--booklet", "--project", whale)
    assert (ran.status, printer.job(1)["SIDES"]) == (0, "one-sided")
    assert f"warning D311: {printer.uri} does not print on both sides" in ran.said
    assert "back to back" in ran.said


def test_a_printer_without_pdf_gets_nothing(whale: Path, tmp_path: Path) -> None:
    with printing(tmp_path / "printer", "exit 0", "-f", "image/pwg-raster") as printer:
        ran = run("send", "paper", printer.uri, "--project", whale)
    assert (ran.status, list((tmp_path / "printer" / "spool").iterdir())) == (1, [])
    assert f"error D310: {printer.uri} does not take PDF" in ran.said
    assert ran.said.endswith("nothing was printed\n")


def test_a_printer_that_nobody_vouches_for_sees_no_book(whale: Path, tmp_path: Path) -> None:
    with printing(tmp_path / "printer") as printer:
        ran = run("send", "paper", printer.uri.replace("ipp:", "ipps:"), "--project", whale)
    assert (ran.status, printer.files) == (1, [])
    assert "error D305: the way to ipps://localhost:" in ran.said


def test_a_printer_that_somebody_vouches_for_gets_the_book(
    whale: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys, authority = tmp_path / "keys", trustme.CA()
    keys.mkdir()
    mine = authority.issue_cert("localhost")
    mine.private_key_pem.write_to_path(str(keys / "localhost.key"))
    for blob in mine.cert_chain_pems:
        blob.write_to_path(str(keys / "localhost.crt"), append=True)
    authority.cert_pem.write_to_path(str(tmp_path / "authority.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    with printing(tmp_path / "printer", "exit 0", "-f", "application/pdf", "-K", str(keys)) as printer:
        ran = run("send", "paper", printer.uri.replace("ipp:", "ipps:"), "--project", whale)
    assert (ran.status, printer.files) == (0, [proof(whale)])


def test_a_wrong_path_and_a_closed_port_are_told_apart(whale: Path, tmp_path: Path) -> None:
    nobody = free_port()
    with printing(tmp_path / "printer") as printer:
        lost = run("send", "paper", f"ipp://localhost:{printer.port}/nowhere", "--project", whale)
    closed = run("send", "paper", f"ipp://localhost:{nobody}/ipp/print", "--project", whale)
    assert (lost.status, closed.status) == (1, 1)
    assert f"error D306: no printer answers at ipp://localhost:{printer.port}/nowhere" in lost.said
    assert f"error D304: cannot reach ipp://localhost:{nobody}/ipp/print: Connection refused" in closed.said


def test_a_hostile_title_is_a_name_of_one_line(tmp_path: Path) -> None:
    title = "The Whale\\nIPP_SIDES=one-sided " + "ä" * 300
    head = f'---\ntitle: "{title}"\nauthor: Ada Brandt\nlang: en\ndate: 2025-03-14\n---\n\n'
    project = write(tmp_path / "book", {"manuscript/a.md": f"{head}# One\n\nCall me Ada.\n"})
    with printing(tmp_path / "printer") as printer:
        run("send", "paper", printer.uri, "--project", project)
    job = printer.job(1)
    assert job["JOB_NAME"].startswith("The Whale IPP_SIDES=one-sided ää")
    assert len(job["JOB_NAME"].encode()) <= 255
    assert job["SIDES"] == "two-sided-long-edge"


def test_ctrl_c_stops_the_waiting_and_not_the_printing(whale: Path, tmp_path: Path) -> None:
    assert run("build", "pdf", "--project", whale).status == 0
    with printing(tmp_path / "printer", OUT_OF_PAPER) as printer:
        words = [sys.executable, "-m", "publish", "send", "paper", printer.uri, "--project", str(whale)]
        sending = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        assert sending.stdout is not None
        for line in sending.stdout:
            if "out of paper" in line:
                break
        sending.send_signal(signal.SIGINT)
        _, said = sending.communicate(timeout=20)
        assert sending.returncode == 130, said
        assert f"job 1 stays with {printer.uri}: cancel it there if it is not to be printed" in said
        assert "Traceback" not in said
        assert printer.files == [proof(whale)]


def test_a_queue_of_the_system(whale: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with printing(tmp_path / "printer", OUT_OF_PAPER) as printer, queueing(printer) as server:
        monkeypatch.setenv("CUPS_SERVER", server)
        ran = run("send", "paper", "Office", "--copies", "3", "--project", whale)
        unknown = run("send", "paper", "Offcie", "--project", whale)
        reject(server)
        shut = run("send", "paper", "Office", "--project", whale)
    assert (ran.status, unknown.status, shut.status) == (0, 1, 1)
    assert printer.files == [proof(whale)]
    job = printer.job(1)
    assert (job["SIDES"], job["MEDIA"], job["COPIES"]) == ("two-sided-long-edge", "iso_a4_210x297mm", "3")
    assert (job["PRINT_SCALING"], job["JOB_NAME"]) == ("none", "The Whale")
    assert "Office has it as job Office-1: 3 copies on A4, on both sides\n" in ran.out
    assert ran.out.count("Office: the printer is out of paper\n") == 1
    assert ran.out.endswith("job Office-1 is printed\n")
    assert "error D303: there is no queue “Offcie”: Invalid destination name in list" in unknown.said
    assert "error D320: Office accepts no jobs" in shut.said


def reject(server: str) -> None:
    """Close the queue, as whoever looks after it does."""
    words = ["cupsreject", "Office"]
    environment = {**os.environ, "CUPS_SERVER": server, "PATH": os.environ["PATH"] + ":/usr/sbin"}
    subprocess.run(words, env=environment, timeout=30, check=True)


def test_two_printers_at_once_do_not_mix(whale: Path, tmp_path: Path) -> None:
    with printing(tmp_path / "one") as one, printing(tmp_path / "two") as two:
        assert run("send", "paper", two.uri, "--project", whale).status == 0
    assert (len(one.files), len(two.files)) == (0, 1)
