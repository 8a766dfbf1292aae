"""Mail addresses and names as they may stand in the head of a letter: one line each, and nothing that could end it."""

import re
import unicodedata
from dataclasses import dataclass

LONGEST = 254
"""Characters of an address at most (RFC 5321, 4.5.3.1.3: a path of 256 with its angle brackets)."""
LONGEST_LOCAL = 64
"""Characters before the @ at most (RFC 5321, 4.5.3.1.1)."""
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ADDRESS = re.compile(rf"{_ATOM}(?:\.{_ATOM})*@(?:{_LABEL}\.)+{_LABEL}")
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


@dataclass(frozen=True)
class Recipient:
    """Somebody who gets letters. The name may be empty."""

    address: str
    name: str = ""

    @property
    def key(self) -> str:
        """What tells whether two are the same: servers that mind capitals before the @ are none that people have."""
        return self.address.casefold()

    @property
    def is_kindle(self) -> bool:
        """Whether the address is a reading device's or its app's."""
        return self.key.rpartition("@")[2] in ("kindle.com", "free.kindle.com")


def address(text: str) -> str | None:
    """A mail address as servers take it, its domain in ASCII (IDNA); None where the text is none.

    What is allowed is RFC 5321's `Dot-string@Domain`: no quoted local parts, no bare addresses of machines.
    """
    local, at, domain = text.rpartition("@")
    try:
        plain = f"{local}{at}{domain.encode('idna').decode('ascii')}"
    except UnicodeError:
        return None
    fits = len(plain) <= LONGEST and len(local) <= LONGEST_LOCAL
    return plain if fits and _ADDRESS.fullmatch(plain) else None


def is_one_line(text: str) -> bool:
    """Whether a text has nothing in it that could end a line or not be seen."""
    return not any(unicodedata.category(sign) in _UNSEEN for sign in text)


def one_line(text: str) -> str:
    """A text in one line, without signs that could end it or not be seen, for the head of a letter or the screen."""
    return " ".join("".join(" " if unicodedata.category(sign) in _UNSEEN else sign for sign in text).split())
