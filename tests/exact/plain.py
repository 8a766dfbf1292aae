"""The yardstick: one plain run of the engine over the whole book, all page numbers in its text written out."""

from publish.layout.model import Rendition
from publish.pdf.cut import in_one_piece
from publish.pdf.typeset import Typesetter
from publish.pdf.workshop import Workshop
from publish.problems import Problems


def plain_run(rendition: Rendition) -> bytes:
    """The PDF of a rendition in one piece: its documents as one, in its own style sheets, faces and pictures."""
    problems = Problems()
    setter = Typesetter(Workshop(1), lambda stage: None)
    laid = setter.lay_out(rendition, problems, in_one_piece(rendition))
    assert laid is not None, list(problems)
    return setter.bind(laid, problems)
