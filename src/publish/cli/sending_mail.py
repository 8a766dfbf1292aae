"""`publish send to` and `publish send people`: a book by mail, and whom one knows by name."""

from pathlib import Path

import click

from publish.cli.options import PROJECT


@click.command()
@click.argument("recipients", nargs=-1, required=True, metavar="ADDRESS-OR-NAME...")
@click.option(
    "--edition",
    type=click.Choice(["epub", "screen", "pdf"]),
    default="epub",
    help="The file to send: the EPUB (default), the PDF for screens, or the reading proof.",
)
@click.option("--dry-run", "dry", is_flag=True, help="Write the letters into your data folder, and send none.")
@click.option("--again", is_flag=True, help="Send it also to those who have this very file already.")
@PROJECT
def to(recipients: tuple[str, ...], edition: str, dry: bool, again: bool, project: Path) -> int:
    """Send the book by mail, with a short letter, to addresses, people or groups (`publish send people`).

    The book is built first where it is not up to date. The letter is in the book's language; a project that has
    styles/letter.txt.j2 has a letter of its own.
    """
    from publish import scratch

    scratch.settle()
    from publish.cli.posting import Posting, post

    return post(Posting(project, recipients, edition, dry, again))


@click.group(invoke_without_command=True)
@click.pass_context
def people(context: click.Context) -> int:
    """List the people and groups that books are sent to. They are kept in your own configuration folder."""
    if context.invoked_subcommand is not None:
        return 0
    from publish.cli.posting import list_people

    return list_people()


@people.command()
@click.argument("name")
@click.argument("address")
@click.option("--group", "groups", multiple=True, metavar="G", help="A group that the person is in; more than once.")
def add(name: str, address: str, groups: tuple[str, ...]) -> int:
    """Add a person; one of the same name gets this address, and these groups besides."""
    from publish.cli.posting import add_person

    return add_person(name, address, groups)


@people.command()
@click.argument("name")
def remove(name: str) -> int:
    """Remove a person; or a group, whose people stay."""
    from publish.cli.posting import remove_name

    return remove_name(name)
