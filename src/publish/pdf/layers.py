"""What style sheets come to for layout by sections, read once: they seldom change, and to read them is dear."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pydantic import TypeAdapter, ValidationError

from publish import cache
from publish.layout.folioforms import FolioForm, folio_forms
from publish.layout.model import Stylesheet
from publish.layout.pagecss import FolioStyle, folio_style, text_sheets
from publish.layout.seams import Seam, seams
from publish.versions import maker


@dataclass(frozen=True)
class Layers:
    """The style sheets of the text layer, for the section that opens the book and for all later ones; the folio layer.

    Where there are seams the book stays in one piece, and only `forms`, how folios are written, is there besides.
    """

    seams: tuple[Seam, ...]
    opening: tuple[Stylesheet, ...] = ()
    later: tuple[Stylesheet, ...] = ()
    folios: FolioStyle | None = None
    forms: Mapping[str, FolioForm | None] = field(default_factory=dict)


LAYERS = TypeAdapter(Layers)


def layers_of(sheets: Sequence[Stylesheet]) -> Layers:
    """The layers of these style sheets, kept from build to build."""
    name = cache.key("layers", maker(), *(part for sheet in sheets for part in (sheet.name, sheet.css)))
    try:
        return LAYERS.validate_json(cache.load(name) or b"")
    except ValidationError:
        made = _read(sheets)
        cache.store(name, LAYERS.dump_json(made))
        return made


def _read(sheets: Sequence[Stylesheet]) -> Layers:
    forms = folio_forms(sheets)
    if found := seams(sheets):
        return Layers(found, forms=forms)
    opening, later = (text_sheets(sheets, opens=opens) for opens in (True, False))
    return Layers((), opening, later, folio_style(sheets), forms)
