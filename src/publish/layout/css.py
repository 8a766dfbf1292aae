"""The layers of CSS of an edition, ready for the engine or for a reader.

To read style sheets takes longer than to lay out a page, and they seldom change, so what came of it is kept.
"""

import json
from collections.abc import Mapping
from typing import Any

from publish import cache
from publish.layout.images import Gallery
from publish.layout.model import Edition, Medium, PageFormat, Stylesheet, Theme
from publish.layout.themes import Look, SheetFile
from publish.manuscript.model import Metadata
from publish.places import Span
from publish.problems import Problems, from_json, to_json
from publish.versions import maker

GENERIC = {"body": "serif", "sans": "sans-serif", "mono": "monospace"}
STAND_INS = {
    "body": ("Noto Serif", "Noto Sans"),
    "sans": ("Noto Sans", "Noto Serif"),
    "mono": ("Noto Sans", "Noto Serif"),
}
"""The families after the theme's own, for characters that it lacks."""


def edition_sheet(metadata: Metadata, theme: Theme, edition: Edition) -> Stylesheet:
    """The edition's own layer: sizes and families as custom properties."""
    page = edition.page or PageFormat(metadata.trim)
    lines = [f"--trim-width: {page.trim.width:g}mm", f"--trim-height: {page.trim.height:g}mm"]
    for side in ("inner", "outer", "top", "bottom") if edition.medium is Medium.PRINT else ():
        lines.append(f"--least-{side}: {getattr(page, side):g}mm")
    for kind, family in zip(GENERIC, (theme.body, theme.sans, theme.mono), strict=True):
        names = ", ".join(f'"{name}"' for name in dict.fromkeys((family, *STAND_INS[kind])))
        lines.append(f"--font-{kind}: {names}, {GENERIC[kind]}")
    return Stylesheet("edition", ":root { " + "; ".join(lines) + " }\n")


def settle(
    look: Look, edition: Stylesheet, medium: Medium, gallery: Gallery, problems: Problems
) -> tuple[Stylesheet, ...]:
    """The layers ready for the medium: files that they name are in the gallery, what cannot be used is out of force.

    For a screen, custom properties that `:root` declares are written out, and rules for pages are left out.
    """
    files = {file.name: file for file in (*look.sheets, *look.own_sheets)}
    own = str(len(look.sheets))
    texts = [part for file in files.values() for part in (file.name, file.css)]
    name = cache.key("css", maker(), medium, edition.css, own, *texts)
    asked: list[list[Any]] = []

    def ornament(address: str, file: SheetFile, span: Span) -> str | None:
        picture = gallery.ornament(address, file.folder, file.root, span)
        found = picture.name if picture else None
        asked.append([address, file.name, [span.file, span.line, span.column, span.length], found])
        return found

    kept: Mapping[str, Any] = json.loads(cache.load(name) or b"{}")
    # The pictures are in the project and not in the key: what was kept holds as long as they bear the same names.
    if kept and all(ornament(at, files[of], Span(*span)) == found for at, of, span, found in kept["asked"]):
        problems.add_all(map(from_json, kept["problems"]))
        return tuple(Stylesheet(*sheet) for sheet in kept["sheets"])
    from publish.layout.cssreading import read_layers  # noqa: PLC0415  loaded only to read style sheets anew

    asked.clear()
    said = Problems()
    sheets = read_layers(look, edition, medium, ornament, said)
    problems.add_all(said)
    about = {
        "asked": asked,
        "problems": [to_json(problem) for problem in said],
        "sheets": [[sheet.name, sheet.css] for sheet in sheets],
    }
    cache.store(name, json.dumps(about).encode())
    return sheets
