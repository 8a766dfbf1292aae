"""Recipients and groups, kept in `people.toml` in the user's own configuration folder.

["Ada Brandt"]
address = "ada@example.org"
groups = ["beta readers"]
"""

import difflib
import json
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from publish.delivery import folders
from publish.delivery import mail_findings as findings
from publish.delivery.addresses import Recipient, address, is_one_line, one_line
from publish.files import write_atomically
from publish.problems import Problems

HEAD = "# Kept by `publish send people`. Remarks of your own are lost when it writes the file anew.\n"
LONGEST = 100
"""Characters of a name at most."""


@dataclass(frozen=True)
class Person:
    """A recipient whom the user knows by name, and the groups that he or she is in."""

    name: str
    address: str
    groups: tuple[str, ...] = ()


@dataclass(frozen=True)
class People:
    """All recipients, by name."""

    by_name: Mapping[str, Person] = field(default_factory=dict)

    @property
    def groups(self) -> dict[str, list[Person]]:
        """The groups and who is in each."""
        found: dict[str, list[Person]] = {}
        for person in self.by_name.values():
            for group in person.groups:
                found.setdefault(group, []).append(person)
        return found

    def add(self, name: str, mail: str, groups: Iterable[str], problems: Problems) -> "People":
        """With a person added; one of the same name gets this address, and the groups besides those had."""
        plain = address(mail)
        if plain is None:
            problems.add(findings.address_malformed(None, one_line(mail)))
        groups = tuple(dict.fromkeys((*(self.by_name[name].groups if name in self.by_name else ()), *groups)))
        taken = {*self.by_name, name}
        reasons = [(name, _fault(name, {*self.groups, *groups})), *((group, _fault(group, taken)) for group in groups)]
        problems.add_all(findings.name_unusable(None, one_line(odd), reason) for odd, reason in reasons if reason)
        if plain is None or any(reason for _, reason in reasons):
            return self
        return People({**self.by_name, name: Person(name, plain, groups)})

    def without(self, name: str, problems: Problems) -> "People":
        """With a person removed, or a whole group: its people stay, but are in it no longer."""
        if name in self.by_name:
            return People({key: person for key, person in self.by_name.items() if key != name})
        if name not in self.groups:
            problems.add(findings.person_unknown(None, one_line(name), self._near(name)))
        return People(
            {
                key: Person(key, person.address, tuple(group for group in person.groups if group != name))
                for key, person in self.by_name.items()
            }
        )

    def find(self, words: Sequence[str], problems: Problems) -> list[Recipient]:
        """Whom these addresses, names and groups mean, each person once; what means nobody is a problem."""
        found: dict[str, Recipient] = {}
        for word in words:
            for recipient in self._meant(word, problems):
                found.setdefault(recipient.key, recipient)
        return list(found.values())

    def _meant(self, word: str, problems: Problems) -> list[Recipient]:
        if "@" in word:
            plain = address(word)
            if plain is None:
                problems.add(findings.address_malformed(None, one_line(word)))
                return []
            names = [person.name for person in self.by_name.values() if person.address == plain]
            return [Recipient(plain, names[0] if names else "")]
        people = [self.by_name[word]] if word in self.by_name else self.groups.get(word, [])
        if not people:
            problems.add(findings.person_unknown(None, one_line(word), self._near(word)))
        return [Recipient(person.address, person.name) for person in people]

    def _near(self, word: str) -> str | None:
        return next(iter(difflib.get_close_matches(word, [*self.by_name, *self.groups], 1)), None)


def path() -> Path:
    """Where recipients are kept."""
    return folders.settings() / "people.toml"


def load(problems: Problems) -> People:
    """The user's recipients; nobody, and a problem, where the file cannot be used."""
    try:
        said = tomllib.loads(path().read_text(encoding="utf-8"))
    except FileNotFoundError:
        return People()
    except (OSError, ValueError, RecursionError) as fault:
        problems.add(findings.settings_unusable(None, str(path()), one_line(str(fault))))
        return People()
    people = People()
    for name, entry in said.items():
        mail, groups = (entry.get("address"), entry.get("groups", [])) if isinstance(entry, dict) else (None, [])
        if not isinstance(mail, str) or not isinstance(groups, list) or not all(isinstance(one, str) for one in groups):
            reason = f'“{one_line(name)}” needs a line like address = "ada@example.org", and groups = ["…"] if any'
            problems.add(findings.settings_unusable(None, str(path()), reason))
            continue
        people = people.add(name, mail, groups, problems)
    return people


def save(people: People, problems: Problems) -> None:
    """Keep the recipients, for the user's eyes only."""
    parts = [HEAD]
    for name, person in sorted(people.by_name.items()):
        parts += [f"\n[{_quoted(name)}]\naddress = {_quoted(person.address)}\n"]
        parts += [f"groups = [{', '.join(map(_quoted, person.groups))}]\n"] if person.groups else []
    try:
        folders.private(path().parent)
        write_atomically(path(), "".join(parts).encode())
    except OSError as failure:
        problems.add(findings.settings_unusable(None, str(path()), failure.strerror or str(failure)))


def _fault(name: str, taken: Iterable[str]) -> str | None:
    """Why this cannot be a name, None where it can."""
    if not name.strip() or name != name.strip():
        return "it is empty, or begins or ends with a space"
    if "@" in name:
        return "with an @ it could be taken for an address"
    if not is_one_line(name) or len(name) > LONGEST:
        return f"a name is one line of at most {LONGEST} characters"
    return "a recipient and a group cannot share a name" if name in taken else None


def _quoted(text: str) -> str:
    """A text as TOML writes it: as JSON does, for names hold no control characters."""
    return json.dumps(text, ensure_ascii=False)
