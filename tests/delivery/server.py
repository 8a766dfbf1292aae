"""A real mail server on the loopback address, with a certificate of its own and a temper that tests choose."""

import asyncio
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import trustme
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

USER, PASSWORD = "ada", "Open, sesame"


@dataclass
class Temper:
    """How the server behaves. `rcpt` are answers to recipients, `data` to whole letters, each list in order of the
    tries; when a list is used up, the server takes what comes. `drops` connections break in the middle of a letter.
    """

    rcpt: dict[str, list[str]] = field(default_factory=dict)
    data: list[str] = field(default_factory=list)
    login: list[str] = field(default_factory=list)
    drops: int = 0


@dataclass
class Mailbox:
    """A running server: its port, the letters it took, and what it was asked."""

    temper: Temper
    port: int = 0
    letters: list[tuple[str, bytes]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    logins: int = 0
    connections: int = 0

    def read(self) -> list[EmailMessage]:
        """The letters that it took, as a mail program reads them."""
        messages = [message_from_bytes(data, policy=policy.default) for _, data in self.letters]
        return [message for message in messages if isinstance(message, EmailMessage)]

    @property
    def recipients(self) -> list[str]:
        """Whose letters it took, in order."""
        return [to for to, _ in self.letters]

    # What aiosmtpd calls.
    async def handle_RCPT(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        self.asked.append(address)
        answers = self.temper.rcpt.get(address)
        if answers:
            return answers.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.temper.data:
            return self.temper.data.pop(0)
        content = envelope.content
        assert isinstance(content, bytes)
        self.letters += [(to, content) for to in envelope.rcpt_tos]
        return "250 OK"


class _Server(SMTP):
    box: Mailbox

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if not getattr(self, "counted", False):
            self.counted = True
            self.box.connections += 1
        super().connection_made(transport)

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802
        if self.box.temper.drops:
            self.box.temper.drops -= 1
            await self.push("354 go on")
            await self._reader.readline()
            assert isinstance(self.transport, asyncio.Transport)
            self.transport.abort()
            await asyncio.sleep(1)  # Until the connection is gone, and this task with it.
            return
        await super().smtp_DATA(arg)


@dataclass(frozen=True)
class Certified:
    """Who vouches for the server, and for which name."""

    authority: trustme.CA
    names: tuple[str, ...] = ("127.0.0.1",)

    def context(self) -> ssl.SSLContext:
        """The server's side of an encrypted connection."""
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        self.authority.issue_cert(*self.names).configure_cert(context)
        return context


@contextmanager
def serving(
    certified: Certified, temper: Temper | None = None, *, security: str = "starttls", size: int = 40_000_000
) -> Iterator[Mailbox]:
    """A server while the block runs. `security` is `starttls`, `tls` or `none`; `size` is the letter it takes."""
    box = Mailbox(temper or Temper())

    def login(_server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, data: Any) -> AuthResult:
        box.logins += 1
        if box.temper.login:
            return AuthResult(success=False, handled=False, message=box.temper.login.pop(0))
        assert isinstance(data, LoginPassword)
        right = (data.login, data.password) == (USER.encode(), PASSWORD.encode())
        return AuthResult(success=right, handled=False)

    def protocol() -> SMTP:
        upgrade = security == "starttls"
        server = _Server(
            box,
            data_size_limit=size,
            tls_context=certified.context() if upgrade else None,
            require_starttls=upgrade,
            authenticator=login,
            auth_required=upgrade,
            auth_require_tls=upgrade,
            hostname="localhost",
        )
        server.box = box
        return server

    loop = asyncio.new_event_loop()
    context = certified.context() if security == "tls" else None
    listening = loop.run_until_complete(loop.create_server(protocol, "127.0.0.1", 0, ssl=context))
    box.port = listening.sockets[0].getsockname()[1]
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        yield box
    finally:
        loop.call_soon_threadsafe(listening.close)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        _end(loop)


def _end(loop: asyncio.AbstractEventLoop) -> None:
    for task in asyncio.all_tasks(loop):
        task.cancel()
    loop.run_until_complete(asyncio.sleep(0.05))
    loop.run_until_complete(loop.shutdown_asyncgens())
    loop.close()
