"""A printer that says what a test wants: it takes any request of IPP and gives scripted answers, byte by byte."""

import struct
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

OPERATION, JOB, END, PRINTER, UNSUPPORTED = 1, 2, 3, 4, 5
INTEGER, BOOLEAN, ENUM, RANGE, TEXT, NAME, KEYWORD, MIME = 0x21, 0x22, 0x23, 0x33, 0x41, 0x42, 0x44, 0x49
PRINT_JOB, GET_JOB, GET_PRINTER = 0x0002, 0x0009, 0x000B
OK, OK_SUBSTITUTED, NOT_FOUND, INTERNAL, NOT_ACCEPTING, BUSY = 0x0, 0x1, 0x0406, 0x0500, 0x0506, 0x0507

Value = int | bool | str | tuple[int, int]


def attribute(tag: int, name: str, *values: Value) -> bytes:
    """An attribute as RFC 8010, 3.1.4 has it; further values have no name."""
    data = b""
    for number, value in enumerate(values):
        label = b"" if number else name.encode()
        data += struct.pack(">BH", tag, len(label)) + label
        if isinstance(value, bool):
            packed = struct.pack(">?", value)
        elif isinstance(value, int):
            packed = struct.pack(">i", value)
        elif isinstance(value, tuple):
            packed = struct.pack(">ii", *value)
        else:
            packed = value.encode()
        data += struct.pack(">H", len(packed)) + packed
    return data


def answer(status: int, *groups: tuple[int, bytes], message: str = "") -> bytes:
    """An answer: its status, the printer's words, and groups of attributes."""
    head = attribute(0x47, "attributes-charset", "utf-8") + attribute(0x48, "attributes-natural-language", "en")
    head += attribute(TEXT, "status-message", message) if message else b""
    parts = [(OPERATION, head), *groups]
    return struct.pack(">BBHI", 2, 0, status, 1) + b"".join(bytes([tag]) + data for tag, data in parts) + bytes([END])


ABLE = (
    attribute(BOOLEAN, "printer-is-accepting-jobs", True)
    + attribute(MIME, "document-format-supported", "application/octet-stream", "application/pdf")
    + attribute(KEYWORD, "sides-supported", "one-sided", "two-sided-long-edge", "two-sided-short-edge")
    + attribute(KEYWORD, "media-supported", "na_letter_8.5x11in", "iso_a4_210x297mm")
    + attribute(KEYWORD, "media-ready", "iso_a4_210x297mm")
    + attribute(KEYWORD, "print-scaling-supported", "auto", "fit", "none")
    + attribute(RANGE, "copies-supported", (1, 9))
)
READY = answer(OK, (PRINTER, ABLE))
FINE = answer(OK, (PRINTER, attribute(KEYWORD, "printer-state-reasons", "none")))
TAKEN = answer(OK, (JOB, attribute(INTEGER, "job-id", 7)))
DONE = answer(OK, (JOB, attribute(ENUM, "job-state", 9) + attribute(KEYWORD, "job-state-reasons", "none")))

HANGS_UP = 0
"""The status of a printer that closes the connection."""
Said = bytes | tuple[int, bytes]
"""An answer, or a status of HTTP and what goes with it."""


@dataclass
class Scripted:
    """A running printer: what it is going to say to each operation, and the requests it got. The last one is kept.
    `pause` is how long it thinks, in seconds."""

    looks: list[Said] = field(default_factory=lambda: [READY, FINE])
    takes: list[Said] = field(default_factory=lambda: [TAKEN])
    stands: list[Said] = field(default_factory=lambda: [DONE])
    pause: float = 0.0
    port: int = 0
    asked: list[bytes] = field(default_factory=list)

    @property
    def uri(self) -> str:
        return f"ipp://127.0.0.1:{self.port}/ipp/print"

    @property
    def jobs(self) -> list[bytes]:
        """The print jobs it got."""
        return [request for request in self.asked if _operation(request) == PRINT_JOB]

    def say(self, request: bytes) -> Said:
        """The next answer to such a request."""
        self.asked.append(request)
        said = {PRINT_JOB: self.takes, GET_JOB: self.stands, GET_PRINTER: self.looks}[_operation(request)]
        return said.pop(0) if len(said) > 1 else said[0]


def _operation(request: bytes) -> int:
    return int.from_bytes(request[2:4])


@contextmanager
def scripted(printer: Scripted) -> Iterator[Scripted]:
    """The printer while the block runs."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            said = printer.say(self.rfile.read(int(self.headers["Content-Length"])))
            status, data = said if isinstance(said, tuple) else (200, said)
            time.sleep(printer.pause)
            if status == HANGS_UP:
                self.close_connection = True
                return
            self.send_response(status)
            if status == 307:
                self.send_header("Location", data.decode())
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *args: object) -> None:
            return

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        printer.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield printer
        finally:
            server.shutdown()
            thread.join()
