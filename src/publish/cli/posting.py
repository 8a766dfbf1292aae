"""The post: a book is built if need be, letters are written and handed over, and all is told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import click

from publish.cli.console import Console
from publish.cli.freshness import up_to_date
from publish.delivery import account, people
from publish.delivery.account import Account
from publish.delivery.letters import Parcel, Words, Writer, template
from publish.delivery.log import Log
from publish.delivery.mailing import Postman
from publish.delivery.rounds import Round
from publish.manuscript.reader import read
from publish.problems import Problems
from publish.steps import Steps
from publish.unchanged import Build


@dataclass(frozen=True)
class Posting:
    """What was typed: which edition of a project goes to whom, whether for a trial, whether once more."""

    project: Path
    words: Sequence[str]
    edition: str
    dry: bool = False
    again: bool = False


def post(this: Posting) -> int:
    """Send a book by mail; 0 where all that was to go has gone."""
    console = Console(this.project)
    recipients = people.load(console.problems).find(this.words, console.problems)
    sender = account.load(console.problems)
    if sender is None or console.problems.errors:
        return _end(console, "nothing was sent")
    parcel = _parcel(this)
    if parcel is None:
        click.echo("nothing was sent", err=True)
        return 1
    words = template(this.project, parcel.metadata.lang, console.problems)
    if words is None:
        return _end(console, "nothing was sent")
    writer = Writer(words, parcel, sender.sender)
    round_ = Round(writer, Log(parcel.metadata.identifier), console.problems, console.say, _now)
    due = round_.due(recipients, again=this.again)
    if console.problems.errors:
        return _end(console, "nothing was sent")
    if this.dry:
        written = round_.write(due)
        return _end(console, f"{written} of {_letters(len(due))} written, none sent")
    gone = _send(round_, due, sender, console.problems) if due else 0
    return _end(console, f"{gone} of {_letters(len(due))} sent" if due else "nobody is left to send it to")


def list_people() -> int:
    """Print recipients and groups."""
    console = Console(Path())
    known_people = people.load(console.problems)
    width = max(map(len, known_people.by_name), default=0)
    for name, person in sorted(known_people.by_name.items()):
        click.echo(f"{name:{width}}  {person.address}" + (f"  ({', '.join(person.groups)})" if person.groups else ""))
    if not known_people.by_name and not console.problems.errors:
        click.echo('nobody yet: publish send people add "Ada Brandt" ada@example.org --group "beta readers"')
    return _end(console)


def add_person(name: str, address: str, groups: Sequence[str]) -> int:
    """Add a recipient, or change one."""
    console = Console(Path())
    changed = people.load(console.problems).add(name, address, groups, console.problems)
    return _saved(changed, console, f"{name} gets letters at {address}")


def remove_name(name: str) -> int:
    """Remove a recipient or a group."""
    console = Console(Path())
    changed = people.load(console.problems).without(name, console.problems)
    return _saved(changed, console, f"removed {name}")


def _saved(changed: people.People, console: Console, done: str) -> int:
    if not console.problems.errors:
        people.save(changed, console.problems)
    if not console.problems.errors:
        click.echo(f"{done} ({people.path()})")
    return _end(console)


def _parcel(this: Posting) -> Parcel | None:
    """The file to send, built first where it is not up to date; None where the book has errors."""
    output = up_to_date(Build(this.project, (this.edition,)))
    if output is None:
        return None
    manuscript = read(this.project, Problems(), Steps.of(this.project))
    return Parcel(output.path.name, output.path.read_bytes(), this.edition, manuscript.metadata) if manuscript else None


def _send(round_: Round, due: Sequence[Words], sender: Account, problems: Problems) -> int:
    password = account.password(sender, problems)
    if problems.errors:
        return 0
    with Postman(sender, password, round_.say) as postman:
        return round_.send(due, postman)


def _end(console: Console, summary: str = "") -> int:
    """Tell the problems, say how it went, and give the status to end with."""
    console.report(hints=True)
    failed = bool(console.problems.errors)
    if summary:
        click.echo(summary, err=failed)
    return int(failed)


def _letters(number: int) -> str:
    return f"{number} letter{'s' * (number != 1)}"


def _now() -> datetime:
    """The time that a letter bears."""
    return datetime.now().astimezone().replace(microsecond=0)
