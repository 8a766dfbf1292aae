"""A printer in the network, spoken with in its own language: IPP (RFC 8010, RFC 8011).

pyipp puts words into bytes and bytes into words; the way there is our own, since its own verifies no certificate, goes
wherever a printer sends it, and gives a whole book eight seconds.
"""

import asyncio
import io
import os
import re
import ssl
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
from pyipp.enums import IppOperation, IppStatus, IppTag
from pyipp.parser import parse
from pyipp.serializer import encode_dict
from pyipp.tags import ATTRIBUTE_TAG_MAP
from yarl import URL

from publish.delivery import paper_findings as findings
from publish.delivery.addresses import is_one_line, one_line
from publish.delivery.paper import PDF, Abilities, PaperError, Ticket
from publish.delivery.standing import LONGEST, Standing, State
from publish.problems import Problem

ATTRIBUTE_TAG_MAP |= {  # What pyipp has no type for, it leaves out without a word.
    "media": IppTag.KEYWORD,
    "multiple-document-handling": IppTag.KEYWORD,
    "print-scaling": IppTag.KEYWORD,
}
WAITS: tuple[float, ...] = (5.0, 15.0, 30.0)
"""Seconds before a busy printer is asked again."""
ANSWER_SECONDS = 20.0
"""Seconds in which a printer has to answer a question."""
TAKING_SECONDS = 1800.0
"""Seconds in which a printer has to take a book: many print as they read, and stop reading while they lack paper."""
MEANWHILE_SECONDS = 3.0
"""How often a printer is asked how it is while it takes a book."""
LARGEST_ANSWER = 1_000_000
"""Bytes of an answer at most; those of real printers have some ten thousand."""
LONGEST_ADDRESS = 1023
"""Bytes of an address at most (RFC 8011, 5.1.6)."""
USUAL_PATH = "/ipp/print"
"""The path of a printer (PWG 5100.14, 4.2.1)."""
BUSY = {
    IppStatus.ERROR_SERVICE_UNAVAILABLE,
    IppStatus.ERROR_TEMPORARY,
    IppStatus.ERROR_BUSY,
    IppStatus.ERROR_TOO_MANY_JOBS,
}
CLOSED = {IppStatus.ERROR_FORBIDDEN, IppStatus.ERROR_NOT_AUTHENTICATED, IppStatus.ERROR_NOT_AUTHORIZED}
SHUT = {IppStatus.ERROR_NOT_ACCEPTING_JOBS, IppStatus.ERROR_PRINTER_IS_DEACTIVATED}
ABOUT = (
    "copies-supported",
    "document-format-supported",
    "media-ready",
    "media-supported",
    "multiple-document-handling-supported",
    "print-scaling-supported",
    "printer-is-accepting-jobs",
    "printer-state-message",
    "printer-state-reasons",
    "sides-supported",
)
COLLATED = "separate-documents-collated-copies"
HTTP_UPGRADE = 426
HTTP_UNAVAILABLE = 503

Answer = dict[str, Any]


class BusyError(Exception):
    """The printer says: later."""


@dataclass(frozen=True)
class Address:
    """Where a printer is: as IPP names it, and as it is reached."""

    uri: str
    url: URL


def address(text: str) -> Address:
    """The address of a printer.

    Raises:
        ValueError: it is none; the text says why.
    """
    if not is_one_line(text) or " " in text or len(text.encode("utf-8", "replace")) > LONGEST_ADDRESS:
        raise ValueError("an address is one line without spaces")
    try:
        url = URL(text)
        port = 631 if url.explicit_port is None else url.explicit_port
    except ValueError:
        raise ValueError("its host or its port cannot be read") from None
    if url.scheme not in ("ipp", "ipps"):
        raise ValueError("an address begins with ipp:// or ipps://")
    if url.user is not None or url.password is not None:
        raise ValueError("no user and no password belong in it")
    if not url.host or not 0 < port < 65536 or not re.fullmatch(r"[\w.:%-]+", url.host):
        raise ValueError("its host or its port cannot be read")
    if url.query_string or url.fragment:
        raise ValueError("nothing follows its path")
    path = url.path if url.path.strip("/") else USUAL_PATH
    scheme = "https" if url.scheme == "ipps" else "http"
    return Address(
        str(URL.build(scheme=url.scheme, host=url.host, port=url.explicit_port, path=path)),
        URL.build(scheme=scheme, host=url.host, port=port, path=path),
    )


class IppPrinter:
    """A printer at an address, while the block runs. `say` is told when a busy one is asked again."""

    def __init__(self, at: Address, say: Callable[[str], None]) -> None:
        self.where = at.uri
        self._at, self._say = at, say
        self._runner = asyncio.Runner()

    def __enter__(self) -> None:
        self._runner.__enter__()

    def __exit__(self, *_: object) -> None:
        self._runner.close()

    def look(self) -> Abilities:
        """What the printer says that it can do.

        Raises:
            PaperError: it does not answer as a printer does, or takes no jobs.
        """
        found = self._patiently(lambda: self._ask(IppOperation.GET_PRINTER_ATTRIBUTES, {"requested-attributes": ABOUT}))
        about = _first(found["printers"])
        if about.get("printer-is-accepting-jobs") is False:
            message = one_line(str(about.get("printer-state-message", "")))[:LONGEST]
            raise PaperError(findings.accepts_nothing(None, self.where, message))
        copies = about.get("copies-supported")
        return Abilities(
            _words(about, "document-format-supported"),
            _words(about, "sides-supported"),
            _words(about, "media-supported"),
            _words(about, "media-ready"),
            _words(about, "print-scaling-supported"),
            COLLATED in _words(about, "multiple-document-handling-supported"),
            copies[1] if isinstance(copies, list) and len(copies) == 2 and isinstance(copies[1], int) else None,
        )

    def hand(self, pdf: Path, ticket: Ticket, meanwhile: Callable[[Standing], None]) -> tuple[str, list[Problem]]:
        """Hand a file over. The number of the job, and what the printer would not heed.

        Raises:
            PaperError: the printer did not take it.
        """
        data = pdf.read_bytes()
        found = self._patiently(lambda: self._take(data, ticket, meanwhile))
        number = _first(found["jobs"]).get("job-id")
        if not isinstance(number, int):
            raise PaperError(findings.broken_off(None, self.where, "its answer names no job"), unsure=True)
        odd = sorted({name for group in found["unsupported-attributes"] for name in group})
        return str(number), [findings.ignored(None, self.where, one_line(", ".join(odd))[:LONGEST])] if odd else []

    def standing(self, job: str) -> Standing:
        """How a job stands.

        Raises:
            PaperError: the printer does not say.
        """
        return self._runner.run(self._standing(int(job)))

    def _patiently(self, work: Callable[[], Any]) -> Answer:
        """What the printer answers; while it is busy, it is asked again within bounds."""
        answer = ""
        for wait in (*WAITS, None):
            try:
                found: Answer = self._runner.run(work())
            except BusyError as busy:
                answer = str(busy)
            else:
                return found
            if wait is not None:
                self._say(f"{self.where} is busy; asking again in {wait:g} s")
                time.sleep(wait)
        raise PaperError(findings.printer_busy(None, self.where, len(WAITS) + 1, answer))

    async def _standing(self, job: int) -> Standing:
        wanted = ("job-state", "job-state-reasons", "job-media-sheets-completed")
        found = await self._ask(IppOperation.GET_JOB_ATTRIBUTES, {"job-id": job, "requested-attributes": wanted})
        about = _first(found["jobs"])
        try:
            state = State(about.get("job-state", 0))
        except ValueError:
            raise PaperError(
                findings.no_printer_there(None, self.where, "it does not say how the job stands")
            ) from None
        sheets = about.get("job-media-sheets-completed")
        reasons = (*_listed(about, "job-state-reasons"), *await self._reasons())
        return Standing(state, reasons, sheets if isinstance(sheets, int) else 0)

    async def _reasons(self) -> tuple[str, ...]:
        wanted = ("printer-state-reasons",)
        found = await self._ask(IppOperation.GET_PRINTER_ATTRIBUTES, {"requested-attributes": wanted})
        return tuple(_listed(_first(found["printers"]), "printer-state-reasons"))

    async def _take(self, data: bytes, ticket: Ticket, meanwhile: Callable[[Standing], None]) -> Answer:
        """Give a file to the printer; while it takes it, ask how it is."""
        job: dict[str, Any] = {"sides": ticket.sides, "media": ticket.media, "copies": ticket.copies}
        if ticket.scaling:
            job["print-scaling"] = ticket.scaling
        if ticket.collate and ticket.copies > 1:
            job["multiple-document-handling"] = COLLATED
        said = {"job-name": ticket.title, "document-format": PDF}
        taking = asyncio.create_task(self._ask(IppOperation.PRINT_JOB, said, job, data))
        try:
            while not (await asyncio.wait([taking], timeout=MEANWHILE_SECONDS))[0]:
                try:
                    meanwhile(Standing(State.PRINTING, await self._reasons()))
                except (PaperError, BusyError):
                    continue  # Many a printer answers nobody else while it takes a book.
            return taking.result()
        finally:
            taking.cancel()

    async def _ask(
        self, what: IppOperation, said: dict[str, Any], job: dict[str, Any] | None = None, data: bytes = b""
    ) -> Answer:
        """What the printer answers. A job's number is the first of what is `said` (RFC 8011, 4.1.5).

        Raises:
            BusyError: it says "later".
            PaperError: it does not answer, not as a printer does, or says no.
        """
        head: dict[str, Any] = {"attributes-charset": "utf-8", "attributes-natural-language": "en"}
        head |= {"printer-uri": self._at.uri, **said, "requesting-user-name": "octavo"}
        message = {"version": (2, 0), "operation": what, "operation-attributes-tag": head, "job-attributes-tag": job}
        try:
            status, answer = await self._carry(encode_dict(message) + data, bool(data))
        except (aiohttp.ClientError, OSError, TimeoutError) as fault:
            raise self._trouble(fault, sending=bool(data)) from fault
        return self._heed(status, answer)

    async def _carry(self, message: bytes, sending: bool) -> tuple[int, bytes]:
        """Take a message there, and its answer back, with the status of HTTP."""
        seconds = TAKING_SECONDS if sending else ANSWER_SECONDS
        limit = aiohttp.ClientTimeout(total=seconds, sock_connect=ANSWER_SECONDS)
        connector = aiohttp.TCPConnector(ssl=ssl.create_default_context(), force_close=True)
        kind = {"Content-Type": "application/ipp", "User-Agent": "Octavo"}
        async with (
            aiohttp.ClientSession(connector=connector, timeout=limit, headers=kind) as session,
            session.post(self._at.url, data=io.BytesIO(message), allow_redirects=False) as response,
        ):
            answer = bytearray()
            async for piece in response.content.iter_any():
                answer += piece
                if len(answer) > LARGEST_ANSWER:
                    raise aiohttp.ClientPayloadError("its answer has no end")
            return response.status, bytes(answer)

    def _trouble(self, fault: Exception, *, sending: bool) -> PaperError:
        """What it means that no answer came."""
        cause = getattr(fault, "certificate_error", None) or getattr(fault, "os_error", None) or fault
        reason = "it does not answer in time" if isinstance(fault, TimeoutError) else _reason(cause)
        if isinstance(fault, aiohttp.ClientConnectorCertificateError | aiohttp.ClientSSLError):
            return PaperError(findings.printer_unproven(None, self.where, reason))
        unmet = isinstance(fault, aiohttp.ClientConnectorError | aiohttp.ConnectionTimeoutError)
        if sending and not unmet:
            return PaperError(findings.broken_off(None, self.where, reason), unsure=True)
        if isinstance(fault, aiohttp.ClientResponseError | aiohttp.ClientPayloadError):
            return PaperError(findings.no_printer_there(None, self.where, reason))
        return PaperError(findings.printer_unreachable(None, self.where, reason))

    def _heed(self, status: int, answer: bytes) -> Answer:
        """An answer in words, if it says yes."""
        if status == HTTP_UNAVAILABLE:
            raise BusyError("HTTP 503")
        if status in (401, 403, HTTP_UPGRADE):
            what = "it wants to encrypt" if status == HTTP_UPGRADE else f"HTTP {status}"
            raise PaperError(findings.printer_closed(None, self.where, what))
        if status != 200:
            raise PaperError(findings.no_printer_there(None, self.where, f"HTTP {status}"))
        try:
            found: Answer = parse(sound(answer))
            said = one_line(str(found["operation-attributes"].get("status-message", "")))[:LONGEST]
        except Exception as fault:  # pyipp raises whatever the bytes lead it to.
            raise PaperError(findings.no_printer_there(None, self.where, "its answer is not IPP")) from fault
        code = found["status-code"]
        if 0 <= code < 0x100:
            return found
        words = said or f"status 0x{code & 0xFFFF:04x}"
        if code in BUSY:
            raise BusyError(words)
        if code in CLOSED:
            raise PaperError(findings.printer_closed(None, self.where, words))
        if code in SHUT:
            raise PaperError(findings.accepts_nothing(None, self.where, words))
        if code in (IppStatus.ERROR_NOT_FOUND, IppStatus.ERROR_GONE):
            raise PaperError(findings.no_printer_there(None, self.where, words))
        raise PaperError(findings.job_refused(None, self.where, words))


def sound(answer: bytes) -> bytes:
    """An answer whose every length leads on and stays inside, groups with nothing in them left out.

    pyipp believes lengths: one below nought would lead it in circles, and an empty group beside the path.

    Raises:
        ValueError: a length leads out of the answer, or it has no end (RFC 8010, 3.1).
    """
    pieces, group, at = [answer[:8]], b"", 8
    while at < len(answer):
        tag, start = answer[at], at
        at += 1
        if tag == IppTag.END.value:
            return b"".join([*pieces, answer[start:at]])
        if tag < 0x10:
            group = answer[start:at]
            continue
        for _ in ("name", "value"):
            length = int.from_bytes(answer[at : at + 2])
            at += 2 + length
            if length > 0x7FFF or at > len(answer):
                raise ValueError("a length leads out of the answer")
        pieces += [group, answer[start:at]]
        group = b""
    raise ValueError("it has no end")


def _first(groups: list[Answer]) -> Answer:
    """The attributes of the one printer or job that was asked after; none where the answer holds none."""
    return groups[0] if groups else {}


def _listed(about: Answer, name: str) -> Iterator[str]:
    """The values of an attribute as words, one or many."""
    value = about.get(name)
    values: Iterable[Any] = value if isinstance(value, list) else () if value is None else (value,)
    return (one_line(str(one)) for one in values)


def _words(about: Answer, name: str) -> frozenset[str]:
    return frozenset(_listed(about, name))


def _reason(fault: BaseException) -> str:
    """A fault of the network in the words of the system."""
    number = getattr(fault, "errno", None)
    system = os.strerror(number) if isinstance(number, int) and number > 0 else getattr(fault, "strerror", None)
    words = getattr(fault, "verify_message", None) or system or str(fault)
    return one_line(str(words) or type(fault).__name__)[:LONGEST]
