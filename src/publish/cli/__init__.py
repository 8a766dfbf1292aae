"""The command `publish`: reads the words typed, calls the pipeline, prints what it found, and ends with 0, 1 or 2."""

import os
import signal
import sys
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from types import FrameType
from typing import NoReturn

import click

from publish import __version__
from publish.cli import sending_device, sending_mail, sending_paper, sending_parcels, sending_shelf
from publish.cli.console import Console
from publish.cli.options import PROJECT, Explain, see_that_there_is
from publish.folding import Folding
from publish.pages import PageChoice, Precision
from publish.shops import SHOPS

# Each command loads what it needs once it is called: a build with nothing to do is over before the rooms would be here.

PAGES_OF = click.option(
    "--pages-of", "pages_of", default="", metavar="NAME", help="Which edition's pages the EPUB names (default: proof)."
)
PAGES = click.option(
    "--pages",
    type=click.Choice([one.value for one in Precision]),
    default=Precision.EXACT.value,
    help="Where printed pages begin in the EPUB: at the word, at the block in which they do, or none are named.",
)
FORM = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    help="How problems are told: as text, as JSON, or as GitHub marks them in a change.",
)
KINDS = ("pdf", "epub", "print", "cover", "screen", "large-print", "booklet")
PRINTED = {"print", "cover"}
USUAL = ("pdf", "epub")
STOPPED = "\nstopped; the last good files are untouched"


def main() -> None:
    """Run the command line. Ctrl-C ends it with one line and status 130."""
    sys.unraisablehook = _unraisable
    signal.signal(signal.SIGINT, _interrupted)
    try:
        status = publish(standalone_mode=False)
    except (click.exceptions.Abort, KeyboardInterrupt):
        click.echo(STOPPED, err=True)
        sys.exit(130)
    except click.ClickException as usage:
        usage.show()
        sys.exit(2)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # All is done: there is nothing left to stop, only to clear away.
    sys.exit(status or 0)


def _interrupted(_number: int, frame: FrameType | None) -> None:
    """Answer Ctrl-C as Python does, but end there and then while a module is loaded: compiled ones end in noise."""
    while frame is not None:
        if frame.f_globals.get("__name__") == "importlib._bootstrap":
            _end_at_once()
        frame = frame.f_back
    raise KeyboardInterrupt


def _unraisable(fault: "sys.UnraisableHookArgs") -> None:
    """Ctrl-C can fall into a finaliser, where Python would only grumble and go on: end there as anywhere else."""
    if fault.exc_type is KeyboardInterrupt:
        _end_at_once()
    sys.__unraisablehook__(fault)


def _end_at_once() -> NoReturn:
    """End the process where it stands; no output is ever half written, and what lies beside them is cleared away."""
    click.echo(STOPPED, err=True)
    from publish import scratch

    scratch.remove()
    os._exit(130)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="octavo")
def publish() -> None:
    """One Markdown manuscript becomes a printable PDF and an EPUB."""


@publish.command()
@click.argument("kinds", nargs=-1, type=click.Choice(KINDS))
@click.option("--draft", is_flag=True, help="Build in spite of errors, each one marked in the page.")
@click.option("--open", "show", is_flag=True, help="Show what was built.")
@click.option("--watch", is_flag=True, help="Build again whenever something is saved, until Ctrl-C.")
@click.option("--jobs", type=click.IntRange(1), help="How many processes lay out (default: one a processor).")
@click.option("--explain-cache", is_flag=True, help="Say of each section why it was laid out again.")
@click.option("--explain-lines", is_flag=True, help="Say of the PDF how many paragraphs were planned as a whole.")
@click.option("--printer", metavar="NAME", help="Whose files to build (`publish list printers`).")
@click.option(
    "--sheet",
    type=click.Choice(["a4", "letter"]),
    help="The paper of a booklet (default: A4, and Letter for a book in en-US).",
)
@click.option(
    "--signature",
    type=int,
    metavar="N",
    help="Fold a booklet in signatures of N pages, a multiple of four (default: all sheets in one another).",
)
@FORM
@PAGES_OF
@PAGES
@PROJECT
def build(
    kinds: tuple[str, ...],
    draft: bool,
    show: bool,
    watch: bool,
    jobs: int | None,
    explain_cache: bool,
    explain_lines: bool,
    form: str,
    printer: str | None,
    sheet: str | None,
    signature: int | None,
    pages_of: str,
    pages: str,
    project: Path,
) -> int:
    """Build the PDF (reading proof) and the EPUB, or only the one named; or a printer's files, by `--printer`."""
    if bool(PRINTED & {*kinds}) != bool(printer):
        raise click.UsageError("say for whom to print: publish build print cover --printer kdp")
    see_that_there_is(printer, project)
    if "booklet" not in kinds and (sheet, signature) != (None, None):
        raise click.UsageError("--sheet and --signature say how a booklet is folded: publish build booklet --sheet a4")
    from publish.unchanged import Build, known

    wanted, choice = tuple(dict.fromkeys(kinds)) or USUAL, PageChoice(pages_of, Precision(pages))
    this = Build(project, wanted, draft, choice, printer or "", Folding(sheet or "", signature))
    explain = Explain(explain_cache, explain_lines)
    if watch:
        _settle()
        from publish.cli.watching import watch_project

        watch_project(this, jobs, form, explain)
    console = Console(project, form)
    if not explain_lines and (last := known(this)):
        console.problems.add_all(last.problems)
        outputs = last.outputs
        if explain_cache:
            console.say("no section was laid out: nothing has changed since the last build")
    else:
        _settle()
        from publish.cli.running import run

        outputs = run(this, console, jobs, explain)
    console.report(printer=this.printer)
    console.made(outputs)
    for output in outputs if show else ():
        from publish.cli.showing import open_file

        if reason := open_file(output.path):
            click.echo(f"{reason}: open {output.path.resolve()} yourself", err=True)
    console.next_step(outputs, this.kinds)
    return console.failed(outputs, draft=draft)


@publish.command()
@click.argument("what", nargs=-1, type=click.Choice(["manuscript", "print", "epub"]))
@click.option("--shop", "shops", multiple=True, type=click.Choice(SHOPS), help="Try the EPUB by a shop's rules, too.")
@click.option("--printer", metavar="NAME", help="Make a printer's files and try them by its rules.")
@FORM
@PAGES_OF
@PAGES
@PROJECT
def check(
    what: tuple[str, ...],
    shops: tuple[str, ...],
    printer: str | None,
    form: str,
    pages_of: str,
    pages: str,
    project: Path,
) -> int:
    """Say everything that can be said about the manuscript, the PDF and the EPUB, or about one of them."""
    see_that_there_is(printer, project)
    _settle()
    from publish.jobs import Job
    from publish.pdf.workshop import Workshop
    from publish.pipeline import check_epub, check_print, understand

    console = Console(project, form)
    checks = {"print": check_print, "epub": check_epub}
    named = {*what, *(["epub"] if shops else []), *(["print"] if printer else [])}
    asked = named or {*checks}
    with Workshop() as workshop, console.progress.shown():
        choice = PageChoice(pages_of, Precision(pages))
        job = Job(
            project,
            console.problems,
            console.progress,
            workshop=workshop,
            shops=shops,
            pages=choice,
            printer=printer or "",
        )
        reading = understand(job)
        outputs = [output for kind in checks if reading and kind in asked for output in checks[kind](reading, job)]
    console.report(hints=True)
    console.made(outputs)
    if not len(console.problems):
        console.say("nothing to report")
    if not shops:
        console.shop_step(outputs)
    return console.failed(outputs)


@publish.command()
@click.argument("file", type=click.Path(path_type=Path))
def inspect(file: Path) -> int:
    """Say what is in an EPUB, whoever made it, and what is wrong with it. Nothing is written."""
    from publish.cli.inspecting import inspect_file

    return inspect_file(file)


@publish.command()
@click.argument("folder", type=click.Path(path_type=Path))
def new(folder: Path) -> int:
    """Start a book in a new folder."""
    from uuid import uuid4

    from publish.intake.project import create

    return _founded(folder, lambda console: create(folder, console.problems, today=_today(), identifier=uuid4()))


@publish.command(name="import")
@click.argument("text", type=click.Path(path_type=Path))
@click.argument("folder", type=click.Path(path_type=Path))
def import_(text: Path, folder: Path) -> int:
    """Make a book in a new folder from a typed text (.txt) or from Markdown (.md)."""
    from publish.intake.project import import_file

    return _founded(folder, lambda console: import_file(text, folder, console.problems, today=_today()), text.parent)


@publish.command()
@click.argument("code")
def explain(code: str) -> int:
    """Explain a problem code, such as M021."""
    from publish.catalogue import explanation

    text = explanation(code)
    if text is None:
        click.echo(f"there is no code {code}; `publish list codes` names them all", err=True)
        return 2
    click.echo(text)
    return 0


@publish.command(name="list")
@click.argument("what", type=click.Choice(["themes", "trims", "printers", "languages", "shops", "codes"]))
@click.option(
    "--exact", is_flag=True, help="Lay the book out on every trim; else pages are reckoned where they can be."
)
@PROJECT
def list_(what: str, exact: bool, project: Path) -> int:
    """List what there is: themes, trims, printers, languages, shops, codes.

    Where there is a manuscript, `trims` says of each how many pages and what spine the book has with each printer, or
    why it is not printed so. A novel's pages are reckoned from one layout; other books are laid out on each trim, which
    can take some minutes.
    """
    if exact and what != "trims":
        raise click.UsageError("--exact is for trims: publish list trims --exact")
    if what == "trims" and (project / "manuscript").is_dir():
        _settle()
        from publish.cli.offering import list_trims

        return list_trims(project, exact=exact)
    from publish import catalogue

    rows = catalogue.rows(what, project)
    width = max(len(name) for name, _ in rows)
    for name, meaning in rows:
        click.echo(f"{name:{width}}  {meaning}")
    return 0


@publish.group()
def send() -> None:
    """Send a finished book to those who need it."""


send.add_command(sending_mail.to)
send.add_command(sending_mail.people)
send.add_command(sending_parcels.send_to_printer)
send.add_command(sending_parcels.send_to_shop)
send.add_command(sending_paper.send_to_paper)
send.add_command(sending_device.device)
send.add_command(sending_shelf.shelf)


@publish.command()
@PROJECT
def clean(project: Path) -> int:
    """Remove what builds made, and nothing else."""
    from publish.outputs import clean

    removed = clean(project / "build")
    click.echo("\n".join(f"removed {path}" for path in removed) or "nothing to remove")
    return 0


def _settle() -> None:
    """Give the temporary files of this run a folder, before anything is loaded that makes some."""
    from publish import scratch

    scratch.settle()


def _today() -> str:
    """The date that a new book gets. It is written into its metadata once; no build ever looks at the clock."""
    return datetime.now().astimezone().date().isoformat()


def _founded(folder: Path, found: Callable[[Console], Iterable[Path]], read: Path = Path()) -> int:
    """Found a project, say what was made and what to do next. `read` is the folder of the text that it comes from."""
    console = Console(read)
    made = list(found(console))
    console.report(hints=True)
    if console.failed(()):
        return 1
    for path in made:
        click.echo(f"made {path}")
    click.echo(f"next: write in {folder / 'manuscript'}, then  {console.command('pdf', folder)}")
    return 0
