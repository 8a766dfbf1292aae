"""The zip file that an EPUB is. What it says of itself is not believed: each file in it is unpacked, within bounds.

Rules: EPUB 3.3, 4.2 (OCF ZIP Container): files are stored or deflated, not encrypted, and have names of their own.
"""

import contextlib
import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from publish.checks import epub_findings as findings
from publish.epub.findings import unreadable
from publish.problems import Problem, Problems

LARGEST_FILE = 700_000_000
"""Bytes of an EPUB. Kindle takes 650 MB at most, and no other shop takes much more."""
ENTRIES = 20_000
"""Files in an EPUB."""
TOTAL = 1_000_000_000
"""Bytes that all files unpack to."""
RATIO = 200
"""How much smaller a file may be packed. A novel is three times smaller, a page of one colour some hundred times."""
ALWAYS = 10_000_000
"""Bytes that a file may unpack to, however small it is packed."""
CHUNK = 1 << 18

DIRECTORY_SIGN = b"PK\x01\x02"
"""What each entry of the directory begins with."""
LOCAL_HEADER = 30
"""Bytes before a file's name and data, at least."""
ENCRYPTED = 0x1
UTF_8 = 0x800
"""Bits of an entry: its data are encrypted; its name is UTF-8."""
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
DAMAGED = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, RuntimeError, ValueError, OverflowError)
"""What Python's zip reader raises over a file that is no zip file, or a damaged one."""
LEADS_OUT = re.compile(r"\Z|/|[A-Za-z]:|(.*/)?\.\.(/|\Z)")
"""A name that leads out of the folder that the EPUB is unpacked to, or none."""
UNSAFE = re.compile(r"[\x00-\x1f\x7f\\]")


@dataclass(frozen=True)
class Entry:
    """A file in the zip: its name, its bytes as counted when it was unpacked, and as they are packed."""

    name: str
    size: int
    packed: int


@dataclass(frozen=True)
class Archive:
    """A zip file. `names` are all names in it, `entries` the files that can be read, in the order of its directory."""

    names: tuple[str, ...]
    entries: Mapping[str, Entry]
    _zip: zipfile.ZipFile = field(repr=False)
    _infos: Mapping[str, zipfile.ZipInfo] = field(repr=False)

    def read(self, name: str) -> bytes:
        """The bytes of one of the `entries`.

        Raises:
            KeyError: there is none of this name.
        """
        entry = self.entries[name]
        with self._zip.open(self._infos[name]) as stream:
            return stream.read(entry.size)


def unpack(data: bytes, problems: Problems) -> Archive | None:
    """Open a zip file and try each file in it; what cannot be read is a problem. None where it is no zip file."""
    why = _refused(data)
    if why is None:
        try:
            package = zipfile.ZipFile(io.BytesIO(data))
        except DAMAGED as failure:
            why = str(failure)
        else:
            return _tried(package, problems)
    problems.add(unreadable(None, why))
    return None


def _refused(data: bytes) -> str | None:
    if not data:
        return "the file is empty"
    if len(data) > LARGEST_FILE:
        return f"it is larger than {LARGEST_FILE // 1_000_000} MB"
    # Counted before the directory is read: every entry there costs memory.
    if data.count(DIRECTORY_SIGN) > ENTRIES:
        return f"it holds more than {ENTRIES} files"
    return None


def _tried(package: zipfile.ZipFile, problems: Problems) -> Archive:
    named = [(_name(info), info) for info in package.infolist()]
    entries: dict[str, Entry] = {}
    infos: dict[str, zipfile.ZipInfo] = {}
    inside = {id(info): other for info, other in _overlapping(package.infolist())}
    left = TOTAL
    for name, info in named:
        if LEADS_OUT.match(name) or UNSAFE.search(info.orig_filename):
            problems.add(findings.name_leads_out(None, info.orig_filename))
        if name in infos:
            problems.add(findings.name_twice(None, name))
            continue
        infos[name] = info
        other = inside.get(id(info))
        found = findings.damaged(None, name, f"it lies over {other.filename}") if other else _try(package, info, left)
        if isinstance(found, Problem):
            problems.add(found)
            continue
        left -= found
        if not name.endswith("/"):
            entries[name] = Entry(name, found, info.compress_size)
    return Archive(tuple(name for name, _ in named), MappingProxyType(entries), package, infos)


def _name(info: zipfile.ZipInfo) -> str:
    """A file's name. Many programs write UTF-8, as they should, and do not say so."""
    if not info.flag_bits & UTF_8:
        with contextlib.suppress(UnicodeError):
            return info.filename.encode("cp437").decode("utf-8")
    return info.filename


def _overlapping(infos: list[zipfile.ZipInfo]) -> Iterator[tuple[zipfile.ZipInfo, zipfile.ZipInfo]]:
    """Files whose bytes begin before those of the file before them end: so are the worst bombs made."""
    end, last = 0, None
    for info in sorted(infos, key=lambda info: info.header_offset):
        if last is not None and info.header_offset < end:
            yield info, last
        if last is None or info.header_offset + info.compress_size + LOCAL_HEADER > end:
            end, last = info.header_offset + info.compress_size + LOCAL_HEADER, info


def _try(package: zipfile.ZipFile, info: zipfile.ZipInfo, left: int) -> int | Problem:
    """The bytes that a file unpacks to, `left` of them at most; or what is wrong with it."""
    name = _name(info)
    if info.flag_bits & ENCRYPTED:
        return findings.locked(None, name)
    if info.compress_type not in METHODS:
        return findings.damaged(None, name, f"it is packed in a way that EPUB does not know ({info.compress_type})")
    most = min(left, max(ALWAYS, RATIO * info.compress_size))
    size = 0
    try:
        with package.open(info) as stream:
            while chunk := stream.read(CHUNK):
                size += len(chunk)
                if size > most:
                    return findings.too_large(None, name, f"it unpacks to more than {most / 1_000_000:g} MB")
    except DAMAGED as failure:
        return findings.damaged(None, name, str(failure))
    return size
