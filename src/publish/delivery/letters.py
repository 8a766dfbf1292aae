"""Letters: the words from a template in the book's language, and the message that carries them and the file.

The first line that a template gives is the subject. It receives `title`, `subtitle`, `authors` (a list), `reader` and
`sender` (names, which may be empty), `edition` (`epub`, `screen`, `pdf`), `file` and `size`; all of it plain text.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid
from hashlib import sha256
from importlib import resources
from pathlib import Path
from typing import Any

from publish.delivery import mail_findings as findings
from publish.delivery.addresses import Recipient, one_line
from publish.files import weight
from publish.layout.findings import style_unreadable
from publish.layout.model import Template
from publish.layout.sandbox import Room
from publish.layout.templates import TemplateFaultError
from publish.manuscript.model import Metadata
from publish.places import Span
from publish.problems import Problems

OWN = "styles/letter.txt.j2"
LANGUAGES = ("en", "de", "fr")
"""The languages we have words in."""
LARGEST = 100_000
"""Bytes of an author's own letter at most."""
TYPES = {".epub": ("application", "epub+zip"), ".pdf": ("application", "pdf")}


@dataclass(frozen=True)
class Parcel:
    """A finished file of a book, as it goes into letters. Its name is plain ASCII, as those of all outputs are."""

    name: str
    data: bytes
    edition: str
    metadata: Metadata

    @property
    def digest(self) -> str:
        """The SHA-256 of the file, in hexadecimal figures."""
        return sha256(self.data).hexdigest()


@dataclass(frozen=True)
class Words:
    """What a letter to somebody says."""

    recipient: Recipient
    subject: str
    text: str


@dataclass(frozen=True)
class Letter:
    """A letter ready to go: to whom, its Message-ID, and its bytes as they go over the wire."""

    recipient: Recipient
    id: str
    data: bytes


class Writer:
    """Writes the letters that carry one file: in the author's own words where the project has them, else in ours."""

    def __init__(self, template: Template, parcel: Parcel, sender: Recipient) -> None:
        self._template = template
        self._room = Room({template.name: template}, plain=True)
        self.parcel = parcel
        self.sender = sender

    def words(self, recipient: Recipient, problems: Problems) -> Words | None:
        """What the letter to somebody says; None, and a problem, where the template gives nothing to send."""
        try:
            said = self._room.fill(self._template.name, self._values(recipient))
        except TemplateFaultError as fault:
            problems.add(fault.problem)
            return None
        subject, _, text = _plain(said).strip().partition("\n")
        if not one_line(subject) or not text.strip():
            problems.add(findings.letter_without_subject(Span(self._template.origin, 1)))
            return None
        return Words(recipient, one_line(subject), text.strip() + "\n")

    def letter(self, words: Words, now: datetime) -> Letter:
        """The letter with these words, the file attached."""
        parcel, domain = self.parcel, self.sender.address.rpartition("@")[2]
        message = EmailMessage(policy=SMTP)
        message["From"] = _header(self.sender)
        message["To"] = _header(words.recipient)
        message["Subject"] = words.subject
        message["Date"] = format_datetime(now)
        # The domain is named, else the name of this machine would stand in the letter.
        message["Message-ID"] = make_msgid(domain=domain)
        # Not every server takes eight bits a sign.
        message.set_content(words.text, cte="quoted-printable")
        maintype, subtype = TYPES[Path(parcel.name).suffix]
        message.add_attachment(parcel.data, maintype=maintype, subtype=subtype, filename=parcel.name)
        return Letter(words.recipient, message["Message-ID"], message.as_bytes())

    def _values(self, recipient: Recipient) -> Mapping[str, Any]:
        about = self.parcel.metadata
        return {
            "title": one_line(about.title),
            "subtitle": one_line(about.subtitle or ""),
            "authors": [one_line(person.name) for person in about.authors],
            "reader": one_line(recipient.name),
            "sender": self.sender.name,
            "edition": self.parcel.edition,
            "file": self.parcel.name,
            "size": weight(len(self.parcel.data)),
        }


def template(project: Path, lang: str, problems: Problems) -> Template | None:
    """The author's own letter, else ours in this language (BCP 47), else in English; None, and a problem, where the
    author's cannot be used.
    """
    own = project / OWN
    if not own.exists() and not own.is_symlink():
        language = lang.lower().partition("-")[0]
        name = f"{language if language in LANGUAGES else 'en'}.txt.j2"
        words = resources.files("publish.delivery").joinpath("wording", name).read_text(encoding="utf-8")
        return Template(name, name, words)
    reason = "it is not a plain text file in UTF-8"
    try:
        if not own.resolve().is_relative_to(project.resolve()):
            reason = "it is a link that leads out of the project"
        elif not own.is_file() or own.stat().st_size > LARGEST:
            reason = f"it is no file of at most {LARGEST // 1000} kB"
        else:
            return Template(own.name, OWN, own.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError:
        pass
    except RuntimeError:
        reason = "it is a link that leads to itself"
    except OSError as failure:
        reason = failure.strerror or "it cannot be read"
    problems.add(style_unreadable(Span(OWN, 1), reason))
    return None


def _header(person: Recipient) -> Address:
    return Address(one_line(person.name), addr_spec=person.address)


def _plain(text: str) -> str:
    """A text of letters, spaces and line feeds, without the signs that steer terminals and old mail programs."""
    lines = "\n".join(text.splitlines())
    return "".join(sign for sign in lines if sign in "\n\t" or unicodedata.category(sign) not in ("Cc", "Cs"))
