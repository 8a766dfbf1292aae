"""A book by mail: what arrives, what is tried again, and what is said of what did not arrive."""

import json
from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import trustme

from cli.helpers import run, write
from publish.delivery.log import Log, Sent

from .server import Certified, Temper, serving

Account = Callable[..., None]
pytestmark = pytest.mark.usefixtures("trusted")


def log(home: Path) -> list[Mapping[str, Any]]:
    files = sorted((home / "data" / "octavo" / "sent").glob("*.jsonl"))
    return [json.loads(line) for file in files for line in file.read_text().splitlines()]


def epub(project: Path) -> bytes:
    return (project / "build" / "the-whale.epub").read_bytes()


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_the_epub_arrives_as_it_was_built_with_a_letter_and_is_noted(
    security: str, whale: Path, home: Path, account: Account, certified: Certified
) -> None:
    with serving(certified, security=security) as box:
        account(box.port, security=security)
        run("send", "people", "add", "Zoë Ørsted", "zoe@example.org")
        ran = run("send", "to", "Zoë Ørsted", "--project", whale)
    assert (ran.status, box.recipients, box.logins) == (0, ["zoe@example.org"], 1)
    assert "the-whale.epub was not up to date and has been built" in ran.out
    assert "sent to Zoë Ørsted <zoe@example.org>" in ran.out
    (message,) = box.read()
    assert message["From"] == "Ada Brandt <ada@example.org>"
    assert message["To"] == "Zoë Ørsted <zoe@example.org>"
    assert message["Subject"] == "The Whale – for your e-reader"
    body, attached = message.get_body(), list(message.iter_attachments())
    assert body is not None
    words = body.get_content().replace("\r\n", "\n")
    assert words.startswith("Dear Zoë Ørsted,\n\nhere is “The Whale” by Ada Brandt as an e-book (EPUB, ")
    assert words.endswith("Attached: the-whale.epub\n\nWith kind regards\nAda Brandt\n")
    assert [(part.get_filename(), part.get_content_type()) for part in attached] == [
        ("the-whale.epub", "application/epub+zip")
    ]
    assert attached[0].get_content() == epub(whale)
    (line,) = log(home)
    assert line["to"] == "zoe@example.org"
    assert line["sha256"] == sha256(epub(whale)).hexdigest()
    assert (line["title"], line["edition"], line["message"]) == ("The Whale", "epub", message["Message-ID"])
    assert line["identifier"].startswith("urn:uuid:")


def test_nobody_gets_the_same_file_twice_but_a_changed_one_or_again(
    whale: Path, account: Account, certified: Certified
) -> None:
    send = ("send", "to", "bo@example.org", "--project", whale)
    with serving(certified) as box:
        account(box.port)
        assert run(*send).status == 0
        second = run(*send)
        assert (second.status, len(box.letters)) == (0, 1)
        assert "bo@example.org has this very file since 20" in second.out
        assert "the-whale.epub is up to date" in second.out
        assert run("send", "to", "BO@example.org", "--project", whale).status == 0
        assert len(box.letters) == 1
        assert run(*send, "--again").status == 0
        assert len(box.letters) == 2
        manuscript = whale / "manuscript" / "a.md"
        manuscript.write_text(manuscript.read_text().replace("Ada.", "Ahab."))
        assert run(*send).status == 0
    last = box.read()[-1]
    assert len(box.letters) == 3
    assert next(iter(last.iter_attachments())).get_content() == epub(whale)


def test_a_group_gets_a_letter_each_and_none_shows_the_others(
    whale: Path, account: Account, certified: Certified
) -> None:
    run("send", "people", "add", "Bo", "bo@example.org", "--group", "beta readers")
    run("send", "people", "add", "Cy", "cy@example.org", "--group", "beta readers")
    with serving(certified) as box:
        account(box.port)
        assert run("send", "to", "beta readers", "bo@example.org", "--project", whale).status == 0
    assert box.recipients == ["bo@example.org", "cy@example.org"]
    assert (box.connections, box.logins) == (1, 1)
    first, second = (data for _, data in box.letters)
    assert b"cy@example.org" not in first
    assert b"bo@example.org" not in second


def test_one_refused_of_three_stops_neither_of_the_others_and_is_not_noted(
    whale: Path, home: Path, account: Account, certified: Certified
) -> None:
    temper = Temper(rcpt={"bo@example.org": ["550 no such user here"] * 9})
    with serving(certified, temper) as box:
        account(box.port)
        ran = run("send", "to", "ada@example.org", "bo@example.org", "cy@example.org", "--project", whale)
    assert (ran.status, box.recipients) == (1, ["ada@example.org", "cy@example.org"])
    assert "not sent to bo@example.org: the server refused it: 550 no such user here" in ran.said
    assert "2 of 3 letters sent" in ran.said
    assert box.asked.count("bo@example.org") == 1
    assert [line["to"] for line in log(home)] == ["ada@example.org", "cy@example.org"]


def test_a_letter_that_is_refused_as_a_whole_is_tried_once(
    whale: Path, home: Path, account: Account, certified: Certified
) -> None:
    with serving(certified, Temper(data=["554 looks like spam"])) as box:
        account(box.port)
        ran = run("send", "to", "bo@example.org", "--project", whale)
    assert (ran.status, box.asked, log(home)) == (1, ["bo@example.org"], [])
    assert "error D123: not sent to bo@example.org: the server refused it: 554 looks like spam" in ran.said


@pytest.mark.parametrize(
    "temper",
    [
        Temper(rcpt={"bo@example.org": ["450 greylisted"] * 3}),
        Temper(data=["451 busy"] * 3),
        Temper(login=["454 busy"] * 3),
        Temper(drops=3),
        Temper(data=["421 closing"]),
    ],
)
def test_later_and_broken_connections_are_tried_again(
    temper: Temper, whale: Path, home: Path, account: Account, certified: Certified
) -> None:
    with serving(certified, temper) as box:
        account(box.port)
        ran = run("send", "to", "bo@example.org", "--project", whale)
    assert (ran.status, box.recipients, len(log(home))) == (0, ["bo@example.org"], 1)
    assert "trying again in 0 s" in ran.out


@pytest.mark.parametrize(
    ("temper", "answer"),
    [
        (Temper(rcpt={"bo@example.org": ["450 greylisted"] * 9}), "450 greylisted"),
        (Temper(drops=4), "the connection broke"),
    ],
)
def test_four_times_is_enough_and_the_next_one_has_a_chance(
    temper: Temper, answer: str, whale: Path, home: Path, account: Account, certified: Certified
) -> None:
    with serving(certified, temper) as box:
        account(box.port)
        ran = run("send", "to", "bo@example.org", "cy@example.org", "--project", whale)
    assert (ran.status, box.recipients) == (1, ["cy@example.org"])
    assert box.asked.count("bo@example.org") == 4
    assert "not sent to bo@example.org, tried 4 times: " in ran.said
    assert answer in ran.said
    assert [line["to"] for line in log(home)] == ["cy@example.org"]


def test_a_wrong_password_is_said_at_once_and_not_tried_again(
    whale: Path, home: Path, account: Account, certified: Certified, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OCTAVO_SMTP_PASSWORD", "wrong")
    with serving(certified) as box:
        account(box.port)
        ran = run("send", "to", "bo@example.org", "cy@example.org", "--project", whale)
    assert (ran.status, box.letters, log(home)) == (1, [], [])
    assert "error D120: 127.0.0.1 does not let you in: 535" in ran.said
    assert "0 of 2 letters sent" in ran.said
    assert "wrong" not in ran.said.replace("wrong password", "")
    assert box.connections == 1


def test_a_server_that_nobody_vouches_for_sees_neither_password_nor_book(
    whale: Path, account: Account, certified: Certified
) -> None:
    for stranger in (Certified(trustme.CA()), Certified(certified.authority, ("mail.example.org",))):
        with serving(stranger) as box:
            account(box.port)
            ran = run("send", "to", "bo@example.org", "--project", whale)
        assert (ran.status, box.logins, box.letters) == (1, 0, [])
        assert "error D122: the way to 127.0.0.1 is not safe" in ran.said


def test_a_server_without_encryption_sees_neither_password_nor_book(
    whale: Path, account: Account, certified: Certified
) -> None:
    with serving(certified, security="none") as box:
        account(box.port)
        ran = run("send", "to", "bo@example.org", "--project", whale)
    assert (ran.status, box.logins, box.asked) == (1, 0, [])
    assert "it offers no encryption (STARTTLS)" in ran.said


def test_a_server_that_is_not_there_is_named_with_its_port(
    whale: Path, home: Path, account: Account, certified: Certified
) -> None:
    with serving(certified) as box:
        pass
    account(box.port)
    ran = run("send", "to", "bo@example.org", "--project", whale)
    assert (ran.status, log(home)) == (1, [])
    assert f"error D121: cannot reach 127.0.0.1, port {box.port}: Connection refused" in ran.said


def test_what_the_server_finds_too_large_is_not_begun(whale: Path, account: Account, certified: Certified) -> None:
    with serving(certified, size=20_000) as box:
        account(box.port)
        ran = run("send", "to", "bo@example.org", "--project", whale)
    assert (ran.status, box.asked) == (1, [])
    assert "error D111: not sent to bo@example.org: " in ran.said
    assert "the server 127.0.0.1 takes 20 kB" in ran.said


def test_while_the_book_has_errors_nothing_is_sent(whale: Path, account: Account, certified: Certified) -> None:
    with serving(certified) as box:
        account(box.port)
        assert run("build", "epub", "--project", whale).status == 0
        manuscript = whale / "manuscript" / "a.md"
        manuscript.write_text(manuscript.read_text() + "\nA note[^nowhere].\n")
        ran = run("send", "to", "bo@example.org", "--project", whale)
    assert (ran.status, box.connections) == (1, 0)
    assert "error M021" in ran.said
    assert ran.said.endswith("nothing was sent\n")


def test_other_editions_go_as_pdf(whale: Path, account: Account, certified: Certified) -> None:
    with serving(certified) as box:
        account(box.port)
        assert run("send", "to", "bo@example.org", "--edition", "pdf", "--project", whale).status == 0
    (message,) = box.read()
    (part,) = message.iter_attachments()
    assert (part.get_filename(), part.get_content_type()) == ("the-whale.pdf", "application/pdf")
    assert part.get_content().startswith(b"%PDF-")
    assert message["Subject"] == "The Whale – as a PDF"


def test_a_trial_writes_letters_and_knocks_nowhere(
    whale: Path, home: Path, account: Account, certified: Certified
) -> None:
    with serving(certified) as box:
        account(box.port)
        ran = run("send", "to", "bo@example.org", "cy@kindle.com", "--dry-run", "--project", whale)
    letters = sorted((home / "data" / "octavo" / "letters").iterdir())
    assert (ran.status, box.connections, log(home)) == (0, 0, [])
    assert [path.name for path in letters] == [
        "the-whale-epub-1-bo@example.org.eml",
        "the-whale-epub-2-cy@kindle.com.eml",
    ]
    assert all(str(path) in ran.out for path in letters)
    assert "2 of 2 letters written, none sent" in ran.out
    assert "hint D112: a Kindle takes this only if its owner has approved the sender ada@example.org" in ran.said


def test_no_address_stands_in_the_project(whale: Path, account: Account, certified: Certified) -> None:
    write(whale, {"styles/letter.txt.j2": "{{ title }}\n\nFor {{ reader }}.\n"})
    run("send", "people", "add", "Zoë Ørsted", "zoe@example.org")
    with serving(certified) as box:
        account(box.port)
        assert run("send", "to", "Zoë Ørsted", "--project", whale).status == 0
        assert run("send", "to", "Zoë Ørsted", "--again", "--dry-run", "--project", whale).status == 0
    assert len(box.letters) == 1
    told = [path.read_bytes() for path in whale.rglob("*") if path.is_file()]
    assert told
    assert not any(word in data for data in told for word in (b"example.org", "Ørsted".encode()))


def test_a_title_of_many_lines_calls_nobody_else(
    tmp_path: Path, home: Path, account: Account, certified: Certified
) -> None:
    title = "The Whale\\nBcc: spy@example.net\\nRCPT TO:<spy@example.net>"
    head = f'---\ntitle: "{title}"\nauthor: "Ada\\nCc: spy@example.net"\nlang: en\ndate: 2025-03-14\n---\n\n'
    project = write(tmp_path / "book", {"manuscript/a.md": f"{head}# One\n\nCall me Ada.\n"})
    with serving(certified) as box:
        account(box.port)
        run("send", "to", "bo@example.org", "--project", project)
        run("send", "to", "bo@example.org\r\nRCPT TO:<spy@example.net>", "--project", project)
    assert {*box.asked} == {*box.recipients} == {"bo@example.org"}
    (message,) = box.read()
    assert message.keys() == ["From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type"]


def test_what_was_sent_and_cannot_be_noted_is_said_and_counts_as_sent(
    whale: Path, account: Account, certified: Certified, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_log: Log, _sent: Sent) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Log, "add", full)
    with serving(certified) as box:
        account(box.port)
        ran = run("send", "to", "bo@example.org", "--project", whale)
    assert (ran.status, box.recipients) == (0, ["bo@example.org"])
    assert "warning D125: sent to bo@example.org, but that cannot be noted in " in ran.said
    assert "No space left on device" in ran.said
