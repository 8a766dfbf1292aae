"""EPUBs that are broken at random, each from its number alone: the same number, the same bytes."""

import io
import re
import struct
import zipfile
from collections.abc import Sequence
from random import Random
from typing import TypeVar

from epub.packages import page

Files = dict[str, bytes]
LOCAL, DIRECTORY, END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
FIELDS = {
    LOCAL: (4, 6, 8, 14, 18, 22, 26, 28),
    DIRECTORY: (4, 6, 8, 10, 16, 20, 24, 28, 30, 32, 34, 42),
    END: range(4, 21, 2),
}
"""Offsets of what each record of a zip file says: versions, flags, methods, sizes, lengths, places."""
NUMBERS = (0, 1, 2, 8, 9, 12, 14, 99, 255, 0x800, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFE, 0xFFFFFFFF)
NAMES = (
    "../../evil", "/evil", "C:\\evil", "a\\..\\b", "a//b", "./a", "", ".", "..", "a\x1b[2Jb", "a\nb", "a" * 5000,
    "EPUB/nav.xhtml", "META-INF/container.xml", "META-INF/encryption.xml", "EPUB/content.opf", "é", "mimetype/",
)  # fmt: skip
LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
MANY = " ".join(f"a{n}='x'" for n in range(5000))
HARMS = (
    b"", b"\0", b"\xff\xfe", b"<", b"<a>", b"<?xml version='1.0' encoding='utf-7'?><a/>",
    b"\xef\xbb\xbf\xef\xbb\xbf<a/>",
    b"<?xml version='1.0' encoding='none'?><a/>", b"<html/>", b"<package/>", b"<package version=''><spine/></package>",
    f'<!DOCTYPE a [<!ENTITY a0 "ha">{LAUGHS}]><a b="&a11;">&a11;</a>'.encode(),
    f'<!DOCTYPE a [<!ENTITY a0 "ha">{LAUGHS}]><a>&a11;</a>'.encode("utf-16"),
    b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
    b'<!DOCTYPE a [<!ENTITY % b SYSTEM "http://127.0.0.1:1/"> %b;]><a>&c;</a>',
    b'<!DOCTYPE a SYSTEM "http://127.0.0.1:1/a.dtd"><a>&c;</a>',
    b'<a xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="file:///etc/passwd"/></a>',
    page("<div>" * 3000), page("<div>" * 200 + "</div>" * 200), page("<ol><li>" * 120 + "</li></ol>" * 120),
    page('<img src="x"/>' * 3000), page("<h1/><h6/>" * 3000), page("&nbsp;"), page("x" * 200_000),
    page(f"<p {MANY}/>"), b"<a>" + b"&#x10FFFF;" * 9999 + b"</a>",
)  # fmt: skip
SNIPPETS = (
    b"", b"\0", b"\x1b]0;x\x07", b"<", b">", b'"', b"&", b"&a;", b"<!--", b"]]>", b"<![CDATA[", b"<?x", b"%00", b"%ff",
    b"../", b"#", b"?", b"http://[", b"data:,x", b"\xe2\x80\xae", b"\xff", b"id", b"nav", b"xmlns=''", b"xmlns:a='b'",
    b"<a:b/>",
)  # fmt: skip


def mutant(files: Files, random: Random) -> bytes:
    """A broken EPUB: its files are changed, or the zip file around them, or both."""
    here = dict(files)
    inside, outside = random.choice(((True, False), (False, True), (True, True)))
    for change in _some(CHANGES, random) if inside else ():
        change(here, random)
    data = _packed(here, random)
    for spoil in _some(SPOILS, random) if outside else ():
        data = spoil(data, random)
    return data


Way = TypeVar("Way")


def _some(ways: Sequence[Way], random: Random) -> list[Way]:
    return random.choices(ways, k=random.choice((1, 1, 1, 2, 3)))


def unzipped(data: bytes) -> Files:
    """The files of a sound EPUB."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _packed(files: Files, random: Random) -> bytes:
    """Files as a zip file, now and then packed in a way that EPUB does not know."""
    odd = random.choice((zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)) if random.random() < 0.05 else zipfile.ZIP_DEFLATED
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files.items():
            archive.writestr(
                zipfile.ZipInfo(name), data, random.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, odd))
            )
    return out.getvalue()


def harm(files: Files, random: Random) -> None:
    """A document is another one, made to do harm."""
    files[random.choice([*files])] = random.choice(HARMS)


def edit(files: Files, random: Random) -> None:
    """Pieces of a document are taken out, written twice, or have others in their place."""
    name = random.choice([name for name in files if name.endswith((".xhtml", ".opf", ".ncx"))] or [*files])
    data = files[name]
    for _ in range(random.choice((1, 1, 3, 10))):
        values = [found.span(1) for found in re.finditer(rb'="([^"]*)"', data)]
        begin, end = random.choice(values) if values and random.random() < 0.7 else _stretch(data, random)
        data = data[:begin] + random.choice((*SNIPPETS, data[begin:end] * 2)) + data[end:]
    files[name] = data


def _stretch(data: bytes, random: Random) -> tuple[int, int]:
    """Some bytes of a document, wherever they are."""
    begin = random.randrange(len(data) + 1)
    return begin, min(len(data), begin + random.choice((0, 1, 1, 5, 60)))


def rename(files: Files, random: Random) -> None:
    """A file has another name."""
    data = files.pop(random.choice([*files]))
    files[random.choice(NAMES)] = data


def swap(files: Files, random: Random) -> None:
    """Two files have each other's content."""
    one, other = random.choice([*files]), random.choice([*files])
    files[one], files[other] = files[other], files[one]


def drop(files: Files, random: Random) -> None:
    """A file is gone, or put last."""
    name = random.choice([*files])
    data = files.pop(name)
    if random.random() < 0.3 or not files:
        files[name] = data


def field(data: bytes, random: Random) -> bytes:
    """A record of the zip file says something else than the truth."""
    sign = random.choice((LOCAL, DIRECTORY, DIRECTORY, END))
    places = [found.start() for found in re.finditer(re.escape(sign), data)]
    if not places:
        return data
    at = random.choice(places) + random.choice(FIELDS[sign])
    form = random.choice(("<H", "<I"))
    number = random.choice((*NUMBERS, random.randrange(max(1, len(data))))) & (0xFFFF if form == "<H" else 0xFFFFFFFF)
    return data[:at] + struct.pack(form, number) + data[at + struct.calcsize(form) :]


def name_in_one_place(data: bytes, random: Random) -> bytes:
    """The directory and the header before the data call a file by two names."""
    names = sorted(set(re.findall(rb"EPUB/[a-z0-9./-]+|META-INF/container.xml|mimetype", data)))
    if not names:
        return data
    name = random.choice(names)
    return data.replace(name, bytes(random.choices(b"a/.\\\x00\xff", k=len(name))), random.choice((1, -1)))


def stream(data: bytes, random: Random) -> bytes:
    """The packed data of a file are damaged."""
    places = [found.end() for found in re.finditer(re.escape(LOCAL), data)]
    if not places:
        return data
    at = random.choice(places) + random.randrange(30, 200)
    return data[:at] + random.randbytes(random.choice((1, 2, 20))) + data[at + 1 :]


def flip(data: bytes, random: Random) -> bytes:
    """Some bytes are others."""
    spoiled = bytearray(data)
    for _ in range(random.choice((1, 4, 40)) if spoiled else 0):
        spoiled[random.randrange(len(spoiled))] = random.randrange(256)
    return bytes(spoiled)


def cut(data: bytes, random: Random) -> bytes:
    """The file ends early, begins late, or lacks a piece."""
    begin = random.randrange(len(data) + 1)
    end = random.randrange(begin, len(data) + 1)
    return random.choice((data[:begin], data[begin:], data[:begin] + data[end:], data[: len(data) - end % 60]))


def insert(data: bytes, random: Random) -> bytes:
    """There is more in the file than there was: noise, or a piece of itself."""
    at, begin = random.randrange(len(data) + 1), random.randrange(len(data) + 1)
    piece = random.choice((random.randbytes(50), data[begin : begin + 400], data, b"\0" * 70_000))
    return random.choice((data[:at] + piece + data[at:], piece + data, data + piece))


CHANGES = (harm, harm, edit, edit, edit, rename, swap, drop)
SPOILS = (field, field, field, name_in_one_place, stream, stream, stream, flip, cut, insert)
