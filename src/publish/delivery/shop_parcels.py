"""A shop's parcel: the EPUB, built and read back, its cover as a file of its own, and its ONIX record."""

from collections.abc import Mapping

from publish.checks.opened import Opened, open_epub
from publish.checks.shops.images import cover_item
from publish.delivery.onix import onix
from publish.delivery.packing import Parcel, keep_parcel, packed
from publish.delivery.parcel_findings import changed_meanwhile, price_missing, shop_cover_small
from publish.delivery.parcels import PROVENANCE, REPORT
from publish.delivery.provenance import provenance
from publish.delivery.reports import Report, report
from publish.files import looking, weight
from publish.jobs import Job
from publish.layout.pixels import Pixels
from publish.layout.raster import MAX_PIXELS, prepare
from publish.layout.screens import Bounds
from publish.manuscript.files import find
from publish.manuscript.model import Metadata
from publish.manuscript.slug import slug
from publish.outputs import Output
from publish.pipeline import check_epub, understand
from publish.problems import Problems
from publish.shops.profiles import Shop, shop

RECORD = "onix.xml"
COVER_BYTES = 5_000_000
"""Bytes of a cover at most: every shop takes as many."""


def make_shop_parcel(job: Job, key: str) -> Parcel | None:
    """Make `build/<slug>-<shop>.zip` for one of the job's shops; None, and nothing packed, where a problem is an error.

    The EPUB is built where it is out of date, and tried in any case by the shop's rules and by EPUBCheck.
    """
    with looking(job.project) as looks:
        # The bytes that the digests are of are read first: should they change later, that is seen.
        manuscript = dict(find(job.project, Problems()))
        reading = understand(job)
        outputs = check_epub(reading, job) if reading else []
    for path in looks.changed():
        job.problems.add(changed_meanwhile(None, path.relative_to(job.project).as_posix()))
    data = outputs[0].path.read_bytes() if outputs else b""
    epub = open_epub(data, Problems()) if data else None
    if reading is None or epub is None or job.problems.errors:
        return None
    metadata, profile = reading.book.metadata, shop(key)
    cover = _cover(epub, profile, metadata, job.problems)
    if not metadata.price.get("epub"):
        job.problems.add(price_missing(metadata.where.get("price"), profile.name))
    members = _members(metadata, data, cover, onix(metadata, epub))
    members[REPORT] = report(_report(metadata, outputs[0], cover, profile), job.problems)
    members[PROVENANCE] = provenance(metadata, manuscript, profile.name)
    output = keep_parcel(job, job.place(reading.book, "zip", key), packed(members))
    return Parcel(output, tuple(one for one in outputs if one.made)) if output else None


def _members(metadata: Metadata, epub: bytes, cover: Pixels | None, record: bytes) -> dict[str, bytes]:
    name = slug(metadata.title)
    return {f"{name}.epub": epub, **({f"{name}.jpg": cover.data} if cover else {}), RECORD: record}


def _cover(epub: Opened, profile: Shop, metadata: Metadata, problems: Problems) -> Pixels | None:
    """The very cover of the EPUB as a JPEG that is no larger than the shop takes; None where it has none."""
    item = cover_item(epub)
    if item is None:
        return None
    asked = profile.cover
    bounds = Bounds(MAX_PIXELS, COVER_BYTES, asked.most or None, jpeg=True)
    cover = prepare(epub.read(item.name), bounds)
    if min(cover.width, cover.height) < asked.least:
        where = metadata.where.get("cover-image")
        problems.add(shop_cover_small(where, profile.name, cover.width, cover.height, asked.least))
    return cover


def _report(metadata: Metadata, epub: Output, cover: Pixels | None, profile: Shop) -> Report:
    rules = (*profile.rules, profile.cover)
    facts: Mapping[str, str] = {
        "EPUB": f"{epub.path.name}, {weight(epub.size)}",
        "Cover": f"{cover.width} × {cover.height} pixels" if cover else "none",
        "Record": f"{RECORD}, ONIX 3.0",
    }
    return Report(metadata.title, profile.name, facts, {rule.name: rule.source for rule in rules}, profile.checked)
