"""The engine's PDF made ready to be bound: tags mended, streams packed, and what its fonts hold."""

import io
from collections.abc import Sequence

import pikepdf

from publish.pdf.record import Fonts
from publish.pdf.subsets import dump, table
from publish.pdf.tags import mend_tags


def mended(
    painted: bytes, prefix: str, going_on: Sequence[int], *, furniture: bool
) -> tuple[bytes, Fonts, tuple[int, ...]]:
    """The PDF of a fragment as it is kept, what its fonts hold, and its pages with figures.

    `prefix` begins its IDs; on the pages `going_on` the first note is the rest of the last one of the page before.
    """
    with pikepdf.open(io.BytesIO(painted)) as pdf:
        figures = mend_tags(pdf, prefix, going_on, furniture=furniture)
        if "/Names" in pdf.Root:
            del pdf.Root.Names  # the record has all places, and the bound book names them anew
        return saved(pdf), dump(table(pdf)), figures


def packed_streams(painted: bytes) -> tuple[bytes, Fonts]:
    """The PDF of pages without tags as it is kept, and what its fonts hold."""
    with pikepdf.open(io.BytesIO(painted)) as pdf:
        return saved(pdf), dump(table(pdf))


def saved(pdf: pikepdf.Pdf) -> bytes:
    """The bytes of a PDF, the same for the same content."""
    out = io.BytesIO()
    generate = pikepdf.ObjectStreamMode.generate
    pdf.save(out, compress_streams=True, object_stream_mode=generate, deterministic_id=True)
    return out.getvalue()
