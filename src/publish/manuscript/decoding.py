"""Bytes become text: UTF-8 or marked UTF-16, line feeds, NFC, and nothing in it that a reader cannot see."""

import codecs
import re
import unicodedata
from collections.abc import Callable

from publish.manuscript import findings
from publish.places import Span
from publish.problems import Problem, Problems

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

SAMPLE = 4_000
"""Bytes from the first bad one on that are looked at to guess the encoding."""

WESTERN = "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜßàáâãäåæçèéêëìíîïñòóôõöøùúûüÿŒœ€‚„…‘’“”•–—«»°§¡¿©®£\u00a0"
TURKISH = "ÂÇÖÜâçîöûüĞğİıŞş€‚„…‘’“”•–—«»°§©®\u00a0"
LIKELY = (("Windows-1252", "cp1252", frozenset(WESTERN)), ("Windows-1254", "cp1254", frozenset(TURKISH)))
"""Encodings that short texts give away by their letters, where statistics over a few letters guess wrong."""

UTF_16 = ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
UTF_32 = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)

# C0 and C1 without tab and line feed, DEL, halves of characters, and what Unicode calls noncharacters: XML takes none.
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_OVERRIDES = re.compile(r"[\u202d\u202e]")
_DIRECTIONS = re.compile(r"[\u202a-\u202c\u2066-\u2069]")

Rule = Callable[[Span | None, str, int], Problem]


def decode(data: bytes, name: str, problems: Problems) -> str | None:
    """The text of a file; None where its encoding is not spoken here.

    Control characters and direction overrides are problems, and stand as U+FFFD in the text, so that no column moves.
    """
    text = _characters(data, name, problems)
    if text is None:
        return None
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    if REPLACEMENT in text:
        _report(re.compile(REPLACEMENT), text, name, findings.lost_character, problems)
    _report(_DIRECTIONS, text, name, findings.direction_mark, problems)
    text = _refuse(_CONTROLS, text, name, findings.control_character, problems)
    return _refuse(_OVERRIDES, text, name, findings.direction_override, problems)


def without_unprintable(text: str, span: Span, problems: Problems) -> str:
    """A text as an escape in YAML made it, which can say what no file holds: such signs are problems, and U+FFFD."""
    for pattern, rule in ((_CONTROLS, findings.control_character), (_OVERRIDES, findings.direction_override)):
        for sign in dict.fromkeys(pattern.findall(text)):
            problems.add(rule(span, f"U+{ord(sign):04X}", text.count(sign)))
        text = pattern.sub(REPLACEMENT, text)
    return text


def _characters(data: bytes, name: str, problems: Problems) -> str | None:
    """Decode by the byte order mark, else as UTF-8."""
    if data.startswith(UTF_32):
        problems.add(findings.other_encoding(Span(name, 1), "UTF-32", None))
        return None
    for mark, codec in UTF_16:
        if data.startswith(mark):
            return _strict(data.removeprefix(mark), codec, name, problems)
    data = data.removeprefix(codecs.BOM_UTF8)
    if _unmarked_utf_16(data):
        problems.add(findings.other_encoding(Span(name, 1), "UTF-16 without a byte order mark", None))
        return None
    return _strict(data, "utf-8", name, problems)


def _strict(data: bytes, codec: str, name: str, problems: Problems) -> str | None:
    try:
        return data.decode(codec)
    except UnicodeDecodeError as failure:
        place = _place(data[: failure.start].decode(codec), name)
        if codec == "utf-8":
            problems.add(findings.other_encoding(place, *_likely(data, failure.start)))
        else:
            problems.add(findings.broken_utf_16(place))
        return None


def _unmarked_utf_16(data: bytes) -> bool:
    """Whether every second byte of the file's head is mostly NUL, as in UTF-16 of a Latin text."""
    head = data[:SAMPLE]
    return len(head) >= 4 and any(head[side::2].count(0) > len(head) * 0.35 for side in (0, 1))


def _likely(data: bytes, bad: int) -> tuple[str | None, str | None]:
    """The encoding that the bytes from the first bad one on are likely in, and how its line then reads."""
    sample = data[bad : bad + SAMPLE]
    beyond_ascii = bytes(byte for byte in sample if byte > 0x7F)
    for label, codec, letters in LIKELY:
        if letters.issuperset(beyond_ascii.decode(codec, "replace")):
            return label, _line(data, bad, codec)
    import charset_normalizer  # noqa: PLC0415  few files are in another encoding, and it takes a while to load

    best = charset_normalizer.from_bytes(sample).best()
    if best is None or best.encoding.startswith("utf_8"):
        return None, None
    label = re.sub(r"^cp(?=125\d$)", "Windows-", best.encoding).replace("_", "-")
    return label, _line(data, bad, best.encoding)


def _line(data: bytes, bad: int, codec: str) -> str:
    """A few words around the first bad byte, read in another encoding from there on."""
    start = max(data.rfind(b"\n", 0, bad) + 1, bad - 20)
    rest = data[bad : bad + 20].decode(codec, "replace").splitlines()[0]
    return (data[start:bad].decode("utf-8", "ignore") + rest).strip()


def _refuse(pattern: re.Pattern[str], text: str, name: str, rule: Rule, problems: Problems) -> str:
    return pattern.sub(REPLACEMENT, text) if _report(pattern, text, name, rule, problems) else text


def _report(pattern: re.Pattern[str], text: str, name: str, rule: Rule, problems: Problems) -> bool:
    """Report each character that the pattern finds once, at its first place, with how often it stands in the file."""
    counts: dict[str, int] = {}
    firsts: dict[str, int] = {}
    for match in pattern.finditer(text):
        sign = match.group()
        firsts.setdefault(sign, match.start())
        counts[sign] = counts.get(sign, 0) + 1
    for sign, first in firsts.items():
        problems.add(rule(_place(text[:first], name), f"U+{ord(sign):04X}", counts[sign]))
    return bool(firsts)


def _place(before: str, name: str) -> Span:
    """The place after `before`, in lines and columns of the text as read."""
    before = before.replace("\r\n", "\n").replace("\r", "\n")
    line = unicodedata.normalize("NFC", before.rpartition("\n")[2])
    return Span(name, before.count("\n") + 1, len(line) + 1)
