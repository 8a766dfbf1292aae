"""Functions of ours in the place of the engine's: all that Octavo changes in WeasyPrint stands in this package.

They must be quicker, and must change no byte of a PDF. Whoever edits one, or tries another version of the engine, takes
the fingerprints anew with `guard.fingerprint` (`make test-next` says which have moved) once the tests pass.
"""

from publish.pdf.grafts.guard import Graft, install
from publish.pdf.grafts.pagestyles import share_page_styles
from publish.pdf.grafts.usedvalues import resolve_once, skip_bare_boxes
from publish.pdf.grafts.words import draw_by_words

STYLES = {
    "weasyprint.css.AnonymousStyle": "a03e4d782f9362dc",
    "weasyprint.css.ComputedStyle": "81058362562f6d10",
}

GRAFTS = (
    Graft(
        "drawing by words",
        {
            "weasyprint.draw.draw_inline_level": "83010c6dec6afc79",
            "weasyprint.draw.text.draw_first_line": "df38b8753e86c3ba",
            "weasyprint.draw.text.draw_text": "d1cfa769e258eb9a",
            "weasyprint.pdf.fonts.Font": "dc2c377ba9ac61e7",
            "weasyprint.pdf.stream.Stream": "ed8183a339ebc0ef",
            "weasyprint.text.line_break.Layout": "ba2e4044f7c752d3",
            **STYLES,
        },
        {"weasyprint.draw.text.draw_text": draw_by_words},
    ),
    Graft(
        "shared styles of pages",
        {
            "weasyprint.css.StyleFor": "51c333bbcae876a8",
            "weasyprint.layout.page.set_page_type_computed_styles": "aed6c0aac2b45f5b",
            **STYLES,
        },
        {"weasyprint.layout.page.set_page_type_computed_styles": share_page_styles},
    ),
    Graft(
        "used values kept",
        {
            "weasyprint.layout.percent.adjust_box_sizing": "a0415df952b1b7b4",
            "weasyprint.layout.percent.percentage": "c75fddf0ecb77552",
            "weasyprint.layout.percent.resolve_one_percentage": "8abbba7df518308d",
            "weasyprint.layout.percent.resolve_percentages": "92016b948f740deb",
            **STYLES,
        },
        {"weasyprint.layout.percent.resolve_percentages": resolve_once},
    ),
    Graft(
        "bare boxes",
        {
            "weasyprint.draw.color.get_color": "430654324e867487",
            "weasyprint.layout.background.layout_backgrounds": "4ec76be6ca7fdbf9",
            "weasyprint.layout.background.layout_box_backgrounds": "3a31f4bc48483de6",
            "weasyprint.layout.percent.resolve_radii_percentages": "09b868a4531d9c68",
            **STYLES,
        },
        {"weasyprint.layout.background.layout_box_backgrounds": skip_bare_boxes},
    ),
)
"""All grafts, in the order in which they are put in."""


def graft() -> tuple[str, ...]:
    """Put all grafts in, and give the names of those that stand aside since the engine is not the one they know."""
    return install(GRAFTS)
