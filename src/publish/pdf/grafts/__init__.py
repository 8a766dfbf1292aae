"""Functions of ours in the place of the engine's: all that Octavo changes in WeasyPrint stands in this package.

They must be quicker, and must change no byte of a PDF, but that lines are planned where a style asks for it, and that
pages with notes for which there is little room end as well-made ones do. Whoever edits one, or tries another version of
the engine, takes the fingerprints anew with `guard.fingerprint` (`make test-next` says which have moved) once the tests
pass.
"""

from publish.pdf.grafts.guard import Graft, install
from publish.pdf.grafts.lines import planned_alignment, planned_line, planned_lines, planned_text
from publish.pdf.grafts.notes import (
    blocks_of_pages,
    note_put,
    note_sent_on,
    note_taken_away,
    pages_with_notes,
    room_on_page,
)
from publish.pdf.grafts.pagestyles import share_page_styles
from publish.pdf.grafts.tags import refer_once
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
    Graft(
        "pages referred to once",
        {
            "weasyprint.pdf.tags.add_tags": "74d331d78a019795",
            "weasyprint.pdf.tags._build_box_tree": "e8338d00c41d15e4",
        },
        {"weasyprint.pdf.tags.add_tags": refer_once},
    ),
    Graft(
        "planned lines",
        {
            "weasyprint.formatting_structure.boxes.Box": "110b2400932a20b6",
            "weasyprint.formatting_structure.boxes.LineBox": "8fa5e131b5e95c74",
            "weasyprint.formatting_structure.boxes.TextBox": "2128b22ee8d30484",
            "weasyprint.layout.block._linebox_layout": "2edf8a7e471b161a",
            "weasyprint.layout.float.avoid_collisions": "9414233392f728db",
            "weasyprint.layout.inline.add_word_spacing": "9a16bf0652ccb78c",
            "weasyprint.layout.inline.atomic_box": "7bdc202808f21ba4",
            "weasyprint.layout.inline.first_letter_to_box": "44a5449ff1c3152a",
            "weasyprint.layout.inline.get_next_linebox": "85f1eff36fce2a08",
            "weasyprint.layout.inline.inline_box_verticality": "3f852485b1fca372",
            "weasyprint.layout.inline.iter_line_boxes": "6133a0ef6e562fad",
            "weasyprint.layout.inline.justify_line": "cbba344b3c57ef10",
            "weasyprint.layout.inline.line_box_verticality": "ece07952f8c3b368",
            "weasyprint.layout.inline.remove_last_whitespace": "4bc3610649d5cd20",
            "weasyprint.layout.inline.skip_first_whitespace": "8b59fadfb638461c",
            "weasyprint.layout.inline.split_inline_box": "039bca5ab9589160",
            "weasyprint.layout.inline.split_inline_level": "8098bdbd3e2d7c03",
            "weasyprint.layout.inline.split_text_box": "eb75c8b916afcf2c",
            "weasyprint.layout.inline.text_align": "79372fc12c3602fd",
            "weasyprint.layout.percent.resolve_one_percentage": "8abbba7df518308d",
            "weasyprint.layout.percent.resolve_percentages": "92016b948f740deb",
            "weasyprint.text.line_break.Layout": "ba2e4044f7c752d3",
            "weasyprint.text.line_break.get_log_attrs": "371b8bcb27fb157b",
            "weasyprint.text.line_break.line_size": "186816fcede28485",
            "weasyprint.text.line_break.strut": "e0631a4e87ce02c2",
            **STYLES,
        },
        {
            "weasyprint.layout.inline.iter_line_boxes": planned_lines,
            "weasyprint.layout.inline.split_inline_box": planned_line,
            "weasyprint.layout.inline.split_text_box": planned_text,
            "weasyprint.layout.inline.text_align": planned_alignment,
        },
    ),
    Graft(
        "divided notes",
        {
            "weasyprint.formatting_structure.boxes.Box": "110b2400932a20b6",
            "weasyprint.formatting_structure.boxes.FootnoteAreaBox": "8cae37d7a1886a3f",
            "weasyprint.formatting_structure.boxes.ParentBox": "da4d4f0b52355b34",
            "weasyprint.formatting_structure.build.create_anonymous_boxes": "4d0b57f1d2453509",
            "weasyprint.layout.LayoutContext": "b84bfc05f3beda0f",
            "weasyprint.layout.LayoutContext.layout_footnote": "13581cb46283df56",
            "weasyprint.layout.LayoutContext.overflows_page": "1029305e8f00909c",
            "weasyprint.layout.LayoutContext.report_footnote": "6c5e58ebb16dcc23",
            "weasyprint.layout.LayoutContext.unlayout_footnote": "053407751b1c7515",
            "weasyprint.layout.block._break_line": "d1d7a55d46f4265d",
            "weasyprint.layout.block._in_flow_layout": "65c816057d3253a4",
            "weasyprint.layout.block._linebox_layout": "2edf8a7e471b161a",
            "weasyprint.layout.block.block_container_layout": "85c099075fd383b1",
            "weasyprint.layout.block.block_level_layout": "6b8ad2cbf57702fa",
            "weasyprint.layout.block.remove_placeholders": "c7196fdc1f9c6cc9",
            "weasyprint.layout.column._report_footnotes": "6a3808439e8ce52b",
            "weasyprint.layout.column.columns_layout": "8930a5a90bea721c",
            "weasyprint.layout.page.make_all_pages": "18987bbc6ea9e804",
            "weasyprint.layout.page.make_page": "956a4c5f9b42bac8",
            "weasyprint.layout.page.remake_page": "54219cdedd6586a9",
            **STYLES,
        },
        {
            "weasyprint.layout.LayoutContext.layout_footnote": note_put,
            "weasyprint.layout.LayoutContext.overflows_page": room_on_page,
            "weasyprint.layout.LayoutContext.report_footnote": note_sent_on,
            "weasyprint.layout.LayoutContext.unlayout_footnote": note_taken_away,
            "weasyprint.layout.block.block_level_layout": blocks_of_pages,
            "weasyprint.layout.page.make_page": pages_with_notes,
        },
    ),
)
"""All grafts, in the order in which they are put in."""


def graft() -> tuple[str, ...]:
    """Put all grafts in, and give the names of those that stand aside since the engine is not the one they know."""
    return install(GRAFTS)
