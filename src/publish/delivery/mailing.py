"""Letters handed to a mail server, one by one: tried again within bounds, each with its own fate."""

import smtplib
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from publish.delivery import mail_findings as findings
from publish.delivery.account import Account
from publish.delivery.addresses import one_line
from publish.delivery.letters import Letter
from publish.problems import Problem

WAITS: tuple[float, ...] = (2.0, 6.0, 18.0)
"""Seconds before each further try. Who has to wait longer (greylisting asks for minutes) types the command again."""
TIMEOUT = 60.0
"""Seconds in which a server has to answer."""
LONGEST_ANSWER = 200
"""Characters of a server's answer that are shown."""
MAILBOX_LIMIT = 25_000_000
"""Bytes of a letter that most mailboxes take, its attachment as text (base64) counted."""
KINDLE_LIMIT = 50_000_000
"""Bytes of the files in a letter that Send to Kindle takes."""
CLOSING = 421
"""With this answer a server closes the connection (RFC 5321, 3.8)."""


class NoServerError(Exception):
    """No letter can be sent at all; `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


@dataclass
class Postman:
    """Takes letters to an account's server, all over one connection as long as that lasts.

    `trust` is whose certificates count: those that the system trusts. A server's own is always verified.
    """

    account: Account
    password: str = field(repr=False)
    say: Callable[[str], None] = lambda line: None
    trust: ssl.SSLContext = field(default_factory=ssl.create_default_context)
    _server: smtplib.SMTP | None = field(default=None, init=False)

    def __enter__(self) -> "Postman":
        return self

    def __exit__(self, *_: object) -> None:
        self._leave()

    def deliver(self, letter: Letter) -> Problem | None:
        """Hand a letter over; None once the server has taken it, else why it has not.

        A connection that breaks after the last byte leaves open whether the letter was taken: it is tried again with
        the same Message-ID, by which mailboxes know it.

        Raises:
            NoServerError: no letter can be sent at all.
        """
        to, answer = letter.recipient.address, ""
        for wait in (*WAITS, None):
            server = self._reach()
            try:
                limit = _limit(server)
                if limit and len(letter.data) > limit:
                    return findings.too_large(None, to, len(letter.data), limit, f"the server {self.account.host}")
                server.sendmail(self.account.sender.address, [to], letter.data)
            except (smtplib.SMTPException, OSError) as fault:
                code, answer = _answer(fault)
                if code == CLOSING or code is None:
                    self._drop()
                if code is not None and code >= 500:
                    return findings.refused(None, to, answer)
            else:
                return None
            self._wait(wait, to, answer)
        return findings.undelivered(None, to, len(WAITS) + 1, answer)

    def _reach(self) -> smtplib.SMTP:
        """The server, logged in; reached anew where the connection broke."""
        if self._server is not None:
            return self._server
        host, port, answer = self.account.host, self.account.port, ""
        for wait in (*WAITS, None):
            try:
                self._server = self._connect()
            except (smtplib.SMTPException, OSError) as fault:
                code, answer = _answer(fault)
                if problem := self._hopeless(fault, code, answer):
                    raise NoServerError(problem) from fault
                self._wait(wait, host, answer)
            else:
                return self._server
        raise NoServerError(findings.server_unreachable(None, host, port, answer))

    def _hopeless(self, fault: Exception, code: int | None, answer: str) -> Problem | None:
        """Why it makes no sense to knock again; None where it does."""
        host = self.account.host
        if isinstance(fault, ssl.SSLError) and not isinstance(fault, ssl.SSLEOFError):
            return findings.connection_unsafe(None, host, answer)
        if isinstance(fault, smtplib.SMTPNotSupportedError):
            return findings.account_refused(None, host, "it lets nobody log in: leave out user in mail.toml")
        if code is None or code < 500:
            return None
        if isinstance(fault, smtplib.SMTPAuthenticationError):
            return findings.account_refused(None, host, answer)
        return findings.server_unreachable(None, host, self.account.port, answer)

    def _connect(self) -> smtplib.SMTP:
        """A new connection: safe first, then logged in.

        Raises:
            SMTPException: the server answers otherwise than it should.
            OSError: there is no connection, or (`SSLError`) none that is safe.
        """
        account, here = self.account, "[127.0.0.1]"  # The name of this machine is nobody's business.
        server: smtplib.SMTP
        if account.security == "tls":
            server = smtplib.SMTP_SSL(account.host, account.port, here, timeout=TIMEOUT, context=self.trust)
        else:
            server = smtplib.SMTP(account.host, account.port, here, timeout=TIMEOUT)
        try:
            if account.security != "tls":
                _encrypt(server, self.trust)
            server.ehlo_or_helo_if_needed()
            if account.user:
                server.login(account.user, self.password)
        except BaseException:
            server.close()
            raise
        return server

    def _wait(self, seconds: float | None, whom: str, answer: str) -> None:
        if seconds is not None:
            self.say(f"{whom}: {answer}; trying again in {seconds:g} s")
            time.sleep(seconds)

    def _drop(self) -> None:
        if self._server is not None:
            self._server.close()
        self._server = None

    def _leave(self) -> None:
        """Say good-bye to the server; one that does not answer is left all the same."""
        if self._server is not None:
            try:
                self._server.quit()
            except (smtplib.SMTPException, OSError):
                self._drop()
        self._server = None


def _encrypt(server: smtplib.SMTP, trust: ssl.SSLContext) -> None:
    """Have all that follows encrypted.

    Raises:
        SMTPException: the server answers otherwise than it should.
        OSError: the connection broke, or (`SSLError`) cannot be made safe.
    """
    server.ehlo()
    if not server.has_extn("starttls"):
        raise ssl.SSLError("it offers no encryption (STARTTLS)")
    server.starttls(context=trust)


def _limit(server: smtplib.SMTP) -> int:
    """Bytes of a letter that the server takes (RFC 1870), 0 where it sets no bound."""
    said = server.esmtp_features.get("size", "")
    return int(said) if said.isascii() and said.isdigit() else 0


def _answer(fault: Exception) -> tuple[int | None, str]:
    """The code of a server's answer and its words; no code where the connection broke."""
    said: bytes | str
    if isinstance(fault, smtplib.SMTPRecipientsRefused):
        code, said = next(iter(fault.recipients.values()))
    elif isinstance(fault, smtplib.SMTPResponseException):
        code, said = fault.smtp_code, fault.smtp_error
    elif isinstance(fault, smtplib.SMTPServerDisconnected):
        return None, one_line(f"the connection broke ({fault})")[:LONGEST_ANSWER]
    else:
        reason = getattr(fault, "strerror", None) or str(fault) or "the connection broke"
        return None, one_line(str(reason))[:LONGEST_ANSWER]
    words = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
    return (code if code > 0 else None), one_line(f"{code} {words}")[:LONGEST_ANSWER]


def mailbox_problem(letter: Letter, file_size: int) -> Problem | None:
    """Why a mailbox would not take a letter, for its size alone; None where it would. `file_size` is the file's."""
    if letter.recipient.is_kindle:
        size, limit, whose = file_size, KINDLE_LIMIT, "Kindle"
    else:
        size, limit, whose = len(letter.data), MAILBOX_LIMIT, "a mailbox"
    return findings.too_large(None, letter.recipient.address, size, limit, whose) if size > limit else None
