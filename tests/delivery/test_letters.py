"""What a letter says and in which language; what may stand in its head; what mailboxes take."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest

from cli.helpers import write
from publish.delivery.addresses import Recipient
from publish.delivery.letters import Letter, Parcel, Writer, template
from publish.delivery.mailing import mailbox_problem
from publish.manuscript.model import Contributor, Metadata
from publish.problems import Problems

BO = Recipient("bo@example.org")
NOW = datetime(2026, 3, 14, 9, 26, tzinfo=UTC)
ADA = Recipient("ada@example.org", "Ada Brandt")
WHALE = Metadata(title="The Whale", contributors=(Contributor("Ada Brandt", "aut"),), lang="en")
HOSTILE = "Bo\r\nBcc: spy@example.net\r\n\r\nHello\x00\x85\u2028 there\u202e"


def parcel(metadata: Metadata = WHALE, edition: str = "epub") -> Parcel:
    return Parcel(f"the-whale.{'epub' if edition == 'epub' else 'pdf'}", b"a book", edition, metadata)


def letter(project: Path, metadata: Metadata = WHALE, reader: Recipient = BO, edition: str = "epub") -> EmailMessage:
    problems = Problems()
    words = template(project, metadata.lang, problems)
    assert words is not None
    writer = Writer(words, parcel(metadata, edition), ADA)
    said = writer.words(reader, problems)
    assert said is not None, list(problems)
    message = message_from_bytes(writer.letter(said, NOW).data, policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


def text(message: EmailMessage) -> str:
    body = message.get_body()
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


@pytest.mark.parametrize(
    ("lang", "subject", "greeting"),
    [
        ("en-GB", "The Whale – for your e-reader", "Dear Bo,"),
        ("de-AT", "The Whale – für Ihr Lesegerät", "Guten Tag, Bo,"),
        ("fr", "The Whale – pour votre liseuse", "Bonjour Bo,"),
        ("az", "The Whale – for your e-reader", "Dear Bo,"),
    ],
)
def test_letters_are_in_the_book_s_language_else_in_english(
    lang: str, subject: str, greeting: str, tmp_path: Path
) -> None:
    message = letter(tmp_path, replace(WHALE, lang=lang), Recipient("bo@example.org", "Bo"))
    assert message["Subject"] == subject
    assert text(message).startswith(f"{greeting}\n\n")


@pytest.mark.parametrize("lang", ["en", "de", "fr"])
@pytest.mark.parametrize("edition", ["epub", "screen"])
def test_letters_to_nobody_in_particular_have_no_gaps(lang: str, edition: str, tmp_path: Path) -> None:
    said = text(letter(tmp_path, replace(WHALE, lang=lang, contributors=()), edition=edition))
    assert said.splitlines()[0] in ("Dear reader,", "Guten Tag,", "Bonjour,")
    assert "  " not in said
    assert "\n\n\n" not in said
    assert " ," not in said
    assert ("PDF" in said) == (edition == "screen")


def test_an_author_s_own_letter_comes_first_and_escapes_nothing(tmp_path: Path) -> None:
    own = "{{ title }} & more\n\nHi {{ reader }}: {{ authors | join(' & ') }} <{{ edition }}, {{ file }}>\n"
    write(tmp_path, {"styles/letter.txt.j2": own})
    book = replace(WHALE, title="Tea & Toast", contributors=(*WHALE.contributors, Contributor("<Cy>", "aut")))
    message = letter(tmp_path, book, Recipient("bo@example.org", "Bo & Co"))
    assert message["Subject"] == "Tea & Toast & more"
    assert text(message) == "Hi Bo & Co: Ada Brandt & <Cy> <epub, the-whale.epub>\n"


@pytest.mark.parametrize(
    ("own", "code", "line"),
    [
        ("Subject\n\n{{ reader.address }}\n", "L011", 3),
        ("Subject\n\n{{ password }}\n", "L011", 3),
        ("Subject\n{% for x in %}\n", "L010", 2),
        ("Subject\n{% include '/etc/passwd' %}\n", "L011", 2),
        ("{{ ''.__class__ }}\n", "L012", 1),
        ("Only a subject\n", "D110", 1),
        ("", "D110", 1),
    ],
)
def test_mistakes_in_one_s_own_letter_have_their_line(own: str, code: str, line: int, tmp_path: Path) -> None:
    write(tmp_path, {"styles/letter.txt.j2": own})
    problems = Problems()
    words = template(tmp_path, "en", problems)
    assert words is not None
    assert Writer(words, parcel(), ADA).words(Recipient("bo@example.org"), problems) is None
    (problem,) = problems
    assert problem.span is not None
    assert (problem.code, problem.span.file, problem.span.line) == (code, "styles/letter.txt.j2", line)


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"x" * 200_000])
def test_what_is_no_letter_is_not_used(content: bytes, tmp_path: Path) -> None:
    write(tmp_path, {"styles/letter.txt.j2": content})
    assert _codes_of_template(tmp_path) == ["L014"]


def test_a_letter_that_leads_out_of_the_project_is_not_read(tmp_path: Path) -> None:
    write(tmp_path, {"secret.txt": "Secret\n\nwords\n", "book/styles/custom.css": ""})
    (tmp_path / "book" / "styles" / "letter.txt.j2").symlink_to(tmp_path / "secret.txt")
    assert _codes_of_template(tmp_path / "book") == ["L014"]


def _codes_of_template(project: Path) -> list[str]:
    problems = Problems()
    assert template(project, "en", problems) is None
    return [problem.code for problem in problems]


@pytest.mark.parametrize("own", [None, "{{ title }}{{ reader }}\n\n{{ title }}\n{{ reader }}\n"])
def test_newlines_in_names_and_titles_add_no_header_and_no_recipient(own: str | None, tmp_path: Path) -> None:
    write(tmp_path, {"styles/letter.txt.j2": own} if own else {})
    plain = letter(tmp_path)
    book = replace(WHALE, title=HOSTILE, subtitle=HOSTILE, contributors=(Contributor(HOSTILE, "aut"),))
    message = letter(tmp_path, book, Recipient("bo@example.org", HOSTILE))
    assert message.keys() == plain.keys()
    assert message["Bcc"] is None
    assert [one.addr_spec for one in message["To"].addresses] == ["bo@example.org"]
    line = "Bo Bcc: spy@example.net Hello there"
    assert message["Subject"].strip() == (f"{line}{line}" if own else f"{line} – for your e-reader")
    assert len(list(message.iter_attachments())) == 1
    assert "\x00" not in text(message)


def test_the_message_is_plain_ascii_with_lines_that_all_servers_take(tmp_path: Path) -> None:
    problems = Problems()
    words = template(tmp_path, "de", problems)
    assert words is not None
    writer = Writer(words, parcel(replace(WHALE, title="Ä" * 300)), ADA)
    said = writer.words(Recipient("bo@example.org", "Zoë"), problems)
    assert said is not None
    data = writer.letter(said, NOW).data
    assert data.isascii()
    assert data.count(b"\n") == data.count(b"\r\n")
    assert max(map(len, data.splitlines())) <= 998
    assert b"Date: Sat, 14 Mar 2026 09:26:00 +0000\r\n" in data


@pytest.mark.parametrize(
    ("address", "file", "message", "codes"),
    [
        ("bo@example.org", 18_000_000, 25_000_000, []),
        ("bo@example.org", 18_300_000, 25_000_001, ["D111"]),
        ("bo@kindle.com", 50_000_000, 69_000_000, []),
        ("bo@free.kindle.com", 50_000_001, 69_000_000, ["D111"]),
        ("bo@kindle.com.example.org", 18_300_000, 25_000_001, ["D111"]),
    ],
)
def test_mailboxes_and_kindles_take_what_they_take(address: str, file: int, message: int, codes: Sequence[str]) -> None:
    problem = mailbox_problem(Letter(Recipient(address), "<1@example.org>", bytes(message)), file)
    assert ([problem.code] if problem else []) == codes
