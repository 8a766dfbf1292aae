"""The mail account that letters are sent from: `mail.toml` in the user's configuration folder, and its password."""

import os
import re
import tomllib
from dataclasses import dataclass
from email.utils import parseaddr
from pathlib import Path
from typing import Any

from publish.delivery import folders
from publish.delivery import mail_findings as findings
from publish.delivery.addresses import Recipient, address, one_line
from publish.problems import Problems

PORTS = {"starttls": 587, "tls": 465}
"""Where servers take letters from people, by how the way there is made safe (RFC 8314, 3.3)."""
KEYS = ("host", "port", "security", "user", "sender")
PASSWORD = "OCTAVO_SMTP_PASSWORD"  # noqa: S105 - the name of the variable
_HOST = re.compile(r"[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})*|[0-9A-Fa-f:]+")
SERVICE = "octavo"
"""What the keyring knows the password by, besides the user."""


@dataclass(frozen=True)
class Account:
    """A mail account without its password. `security` is `starttls` or `tls`; without a `user` nobody logs in."""

    host: str
    port: int
    security: str
    user: str
    sender: Recipient


def path() -> Path:
    """Where the account stands."""
    return folders.settings() / "mail.toml"


def load(problems: Problems) -> Account | None:
    """The user's mail account; None, and all that is wrong with it, where there is none that can be used."""
    try:
        said = tomllib.loads(path().read_text(encoding="utf-8"))
    except FileNotFoundError:
        problems.add(findings.account_missing(None, str(path())))
        return None
    except (OSError, ValueError, RecursionError) as fault:
        problems.add(findings.settings_unusable(None, str(path()), one_line(str(fault))))
        return None
    faults = _faults(said)
    problems.add_all(findings.account_value(None, str(path()), key, expected) for key, expected in faults.items())
    if faults:
        return None
    name, mail = parseaddr(said["sender"])
    security = said["security"]
    sender = Recipient(address(mail) or "", one_line(name))
    return Account(said["host"], said.get("port", PORTS[security]), security, said.get("user", ""), sender)


def password(account: Account, problems: Problems) -> str:
    """The account's password, from the environment or the keyring; empty where nobody logs in, or, with a problem,
    where there is none.
    """
    if not account.user:
        return ""
    given = os.environ.get(PASSWORD) or _from_keyring(account.user, problems)
    if not given.isascii():
        reason = "the one there has signs outside ASCII, which mail servers do not take"
        problems.add(findings.password_missing(None, account.user, reason, keyring=True))
    return given


def _from_keyring(user: str, problems: Problems) -> str:
    # It asks the whole system for what it can use, which takes a while.
    import keyring
    from keyring.errors import KeyringError, NoKeyringError

    kept, there, reason = None, True, "and your keyring has none"
    try:
        kept = keyring.get_password(SERVICE, user)
    except NoKeyringError:
        there, reason = False, "and this system has no keyring"
    except KeyringError as fault:
        reason = f"and the keyring stays shut ({one_line(str(fault))})"
    if not kept:
        problems.add(findings.password_missing(None, user, f"{PASSWORD} is not set, {reason}", keyring=there))
    return kept or ""


def _faults(said: dict[str, Any]) -> dict[str, str]:
    """What is wrong with the account, by key."""
    faults = {one_line(key): f"is no key here; there are {', '.join(KEYS)}" for key in said if key not in KEYS}
    if not _is_text(said.get("host")) or not _HOST.fullmatch(said["host"]):
        faults["host"] = 'must be the name of the server: host = "smtp.example.org"'
    if said.get("security") not in PORTS:
        faults["security"] = 'must be "starttls" or "tls"'
    port = said.get("port", 1)
    if not isinstance(port, int) or isinstance(port, bool) or not 0 < port < 65536:
        faults["port"] = "must be a number from 1 to 65535"
    elif port == PORTS["tls"] and said.get("security") == "starttls":
        # Each would wait for the other to speak first, minutes long.
        faults["port"] = '465 is for security = "tls"; with starttls it is most often 587'
    if "user" in said and not _is_user(said["user"]):
        faults["user"] = "must be the name you log in with, in ASCII"
    if not _is_text(said.get("sender")) or address(parseaddr(said["sender"])[1]) is None:
        faults["sender"] = 'must be your address: sender = "Ada Brandt <ada@example.org>"'
    return faults


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value) and one_line(value) == value


def _is_user(value: Any) -> bool:
    return _is_text(value) and value.isascii()
