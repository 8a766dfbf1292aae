"""A printer's parcel: interior and cover, built and read back, with all that its form asks for and proof of it all."""

from collections.abc import Mapping

from publish.delivery.fields import PrintFile, Sheet, key_of_value, measure, print_file, value_of
from publish.delivery.forms import Form, form_of
from publish.delivery.packing import SUMS, Parcel, keep_parcel, packed
from publish.delivery.parcel_findings import changed_meanwhile, field_long, field_missing
from publish.delivery.provenance import provenance
from publish.delivery.readme import read_me
from publish.delivery.reports import Report, report
from publish.files import looking
from publish.jobs import Job
from publish.manuscript.files import find
from publish.pipeline import Reading, check_print, understand
from publish.printers.own import find_printer
from publish.printers.profiles import Printer
from publish.problems import Problems

READ_ME, REPORT, PROVENANCE = "READ-ME.txt", "report.html", "provenance.json"
CONTENTS = {
    REPORT: "What was found when both files were read back, before they were packed.",
    SUMS: "The digest of every file.",
    PROVENANCE: "From which manuscript all this was made, and by which versions.",
}


def make_parcel(job: Job) -> Parcel | None:
    """Make `build/<slug>-<printer>.zip` for the job's printer; None, and nothing written, where a problem is an error.

    Interior and cover are built where they are out of date, and read back in any case. What was said of them goes into
    the parcel's report.
    """
    with looking(job.project) as looks:
        # The bytes that the digests are of are read first: should they change later, that is seen.
        manuscript = dict(find(job.project, Problems()))
        reading = understand(job)
        outputs = check_print(reading, job) if reading else []
        printer = find_printer(job.printer, job.project, Problems())
    if reading is None or printer is None or len(outputs) < 2 or job.problems.errors:
        return None
    for path in looks.changed():
        job.problems.add(changed_meanwhile(None, path.relative_to(job.project).as_posix()))
    interior, cover = (print_file(output.path.name, output.path.read_bytes()) for output in outputs)
    sheet = _sheet(reading, printer, interior, cover)
    form = form_of(printer.key)
    _say_what_is_missing(sheet, form, job.problems)
    if job.problems.errors:
        return None
    data = packed(_members(sheet, form, job.problems, manuscript))
    output = keep_parcel(job, job.place(reading.book, "zip", job.printer), data)
    return Parcel(output, tuple(one for one in outputs if one.made)) if output else None


def _sheet(reading: Reading, printer: Printer, interior: PrintFile, cover: PrintFile) -> Sheet:
    """What the form asks about. The spine is what the cover's own width leaves between two pages of the trim."""
    metadata = reading.book.metadata
    return Sheet(metadata, printer, interior, cover, cover.width - 2 * metadata.trim.width)


def _members(sheet: Sheet, form: Form, problems: Problems, manuscript: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """What goes into the parcel, in its order, but for the list of digests."""
    interior, cover = sheet.interior, sheet.cover
    contents = {
        interior.name: f"The interior: {interior.pages} pages.",
        cover.name: "The cover in one piece: back, spine and front.",
        **CONTENTS,
    }
    return {
        READ_ME: read_me(sheet, form, contents),
        interior.name: interior.data,
        cover.name: cover.data,
        REPORT: report(_report(sheet), problems),
        PROVENANCE: provenance(sheet.metadata, manuscript, sheet.printer.name),
    }


def _say_what_is_missing(sheet: Sheet, form: Form, problems: Problems) -> None:
    """Say which fields of the form the manuscript leaves empty that must not be, and which texts are too long."""
    where, name = sheet.metadata.where, sheet.printer.name
    for field in form.fields:
        lines = value_of(field.value, sheet) if field.value else ()
        key = key_of_value(field.value)
        length = sum(map(len, lines))
        if field.needed and not lines:
            problems.add(field_missing(where.get("title"), name, field.label, key))
        if field.longest and length > field.longest:
            problems.add(field_long(where.get(key), name, field.label, length, field.longest))


def _report(sheet: Sheet) -> Report:
    inside, cover, printer = sheet.interior, sheet.cover, sheet.printer
    facts = {
        "Interior": inside.name,
        "Pages": str(inside.pages),
        "Trimmed page": f"{inside.width:.4g} × {inside.height:.4g} mm",
        "Bleed of the pages": measure(inside.bleed) if inside.bleed else "none",
        "Inner margin asked for": measure(printer.gutter(inside.pages)),
        "Cover": cover.name,
        "Trimmed cover": f"{cover.width:.4g} × {cover.height:.4g} mm",
        "Spine": measure(sheet.spine),
        "Kind of PDF": {"x1a": "PDF/X-1a", "x4": "PDF/X-4"}.get(printer.file.flavour, "PDF"),
    }
    return Report(sheet.metadata.title, printer.name, facts, printer.sources, printer.checked)
