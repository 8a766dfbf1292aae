"""The yardstick: one plain run of the engine over the whole book, all page numbers in its text written out."""

from publish.layout.html import compose
from publish.layout.model import Rendition
from publish.pdf.typeset import set_html
from publish.problems import Problems


def plain_run(rendition: Rendition) -> bytes:
    """The PDF of a rendition in one piece: its documents as one, in its own style sheets, faces and pictures."""
    return set_html(compose(rendition), rendition, Problems(), lambda stage: None).pdf
