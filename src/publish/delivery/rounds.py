"""A round of letters that carry one file: who has it already, what is too large, who got it, and the log of that."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from publish.delivery import folders
from publish.delivery import mail_findings as findings
from publish.delivery.addresses import Recipient
from publish.delivery.letters import Letter, Words, Writer
from publish.delivery.log import Log, Sent
from publish.delivery.mailing import NoServerError, Postman, mailbox_problem
from publish.files import write_atomically
from publish.problems import Problems


@dataclass(frozen=True)
class Round:
    """One round: who writes, the book's log, where problems and news go, and the clock."""

    writer: Writer
    log: Log
    problems: Problems
    say: Callable[[str], None]
    now: Callable[[], datetime]

    def due(self, recipients: Sequence[Recipient], *, again: bool) -> list[Words]:
        """What is to be said to whom; those who have this very file are left out, but `again`.

        All letters are worded before the first one goes, so that a mistake in the template sends none.
        """
        words = []
        for recipient in recipients:
            if not again and (when := self._when(recipient)):
                self.say(f"{_who(recipient)} has this very file since {when}; --again sends it once more")
            elif found := self.writer.words(recipient, self.problems):
                words.append(found)
        return words

    def write(self, words: Iterable[Words]) -> int:
        """Write letters into the user's data folder instead of sending them. Returns how many."""
        folder, count = folders.records() / "letters", 0
        stem = self.writer.parcel.name.replace(".", "-")
        for number, letter in enumerate(self._letters(words), 1):
            safe = re.sub(r"[^A-Za-z0-9@.+_-]", "-", letter.recipient.address)
            path = folder / f"{stem}-{number}-{safe}.eml"
            try:
                folders.private(folder.parent)
                folders.private(folder)
                write_atomically(path, letter.data)
            except OSError as failure:
                self.problems.add(findings.cannot_write_letter(None, str(path), failure.strerror or str(failure)))
                continue
            self.say(f"{_who(letter.recipient)}: {path}")
            count += 1
        return count

    def send(self, words: Sequence[Words], postman: Postman) -> int:
        """Send letters one by one and note each that the server took. Returns how many it took."""
        try:
            self.log.open()
        except OSError as failure:
            self.problems.add(findings.cannot_write_letter(None, str(self.log.path), failure.strerror or str(failure)))
            return 0
        count = 0
        for letter in self._letters(words):
            try:
                problem = postman.deliver(letter)
            except NoServerError as fault:
                self.problems.add(fault.problem)
                break
            if problem is not None:
                self.problems.add(problem)
                continue
            count += 1
            self.say(f"sent to {_who(letter.recipient)}")
            self._note(letter)
        return count

    def _letters(self, words: Iterable[Words]) -> Iterator[Letter]:
        """The letters that mailboxes take, each made when its turn comes: a hundred books at once fill a memory."""
        size = len(self.writer.parcel.data)
        for said in words:
            letter = self.writer.letter(said, self.now())
            if problem := mailbox_problem(letter, size):
                self.problems.add(problem)
                continue
            if said.recipient.is_kindle:
                self.problems.add(findings.kindle_approval(None, self.writer.sender.address))
            yield letter

    def _when(self, recipient: Recipient) -> str | None:
        try:
            return self.log.when(self.writer.parcel.digest, recipient.key)
        except OSError as failure:
            self.problems.add(findings.cannot_write_letter(None, str(self.log.path), failure.strerror or str(failure)))
            return None

    def _note(self, letter: Letter) -> None:
        parcel, to = self.writer.parcel, letter.recipient.address
        about, at = parcel.metadata, self.now().isoformat()
        sent = Sent(at, about.identifier, about.title, parcel.edition, parcel.name, parcel.digest, to, letter.id)
        try:
            self.log.add(sent)
        except OSError as failure:
            self.problems.add(findings.not_noted(None, to, str(self.log.path), failure.strerror or str(failure)))


def _who(recipient: Recipient) -> str:
    return f"{recipient.name} <{recipient.address}>" if recipient.name else recipient.address
