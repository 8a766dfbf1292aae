"""Used values that are the same in every containing block, and boxes that paint nothing: found once for each style.

A style does not change once boxes are laid out in it: the engine changes copies, which begin without what is kept here.
What only stands for a box, as where one is placed absolutely, is left to the engine.
"""

from typing import Any

from weasyprint.draw.color import get_color
from weasyprint.formatting_structure.boxes import Box

SIDES = ("left", "right", "top", "bottom")
MINIMA = ("min_width", "min_height")
LENGTHS = (
    *(f"{kind}_{side}" for kind in ("margin", "padding") for side in SIDES),
    *("width", "height", "max_width", "max_height"),
    *MINIMA,
)
CORNERS = tuple(f"border_{corner}_radius" for corner in ("top_left", "top_right", "bottom_right", "bottom_left"))
SHARP = dict.fromkeys(CORNERS, (0, 0))


def resolve_once(original: Any) -> Any:
    """Set the used lengths of a box from its style alone, where no percentage stands in it."""

    def resolve_percentages(box: Any, containing_block: Any) -> None:
        if not isinstance(box, Box):
            original(box, containing_block)
            return
        style = box.style
        values = style.__dict__.get("octavo_lengths")
        if values is None:
            values = style.octavo_lengths = _lengths(style)
        if values:
            box.__dict__.update(values)
        else:
            original(box, containing_block)

    return resolve_percentages


def _lengths(style: Any) -> dict[str, Any]:
    """The used lengths of a style; none where one of them depends on more than the style."""
    if style["border_collapse"] == "collapse" or style["box_sizing"] != "content-box":
        return {}
    values: dict[str, Any] = {}
    for name in LENGTHS:
        value = style[name]
        if value == "auto":
            values[name] = 0 if name in MINIMA else "auto"
        elif getattr(value, "unit", None) == "px":
            values[name] = value.value
        else:
            return {}
    return values | {f"border_{side}_width": style[f"border_{side}_width"] for side in SIDES}


def skip_bare_boxes(original: Any) -> Any:
    """Look for no background where a style paints none."""

    def layout_box_backgrounds(
        page: Any, box: Any, get_image_from_uri: Any, layout_children: bool = True, style: Any = None
    ) -> None:
        if style is not None or box is page or not isinstance(box, Box) or not _bare(box.style):
            original(page, box, get_image_from_uri, layout_children, style)
            return
        box.__dict__.update(SHARP)
        if layout_children:
            for child in box.all_children():
                layout_box_backgrounds(page, child, get_image_from_uri)
        box.background = None

    return layout_box_backgrounds


def _bare(style: Any) -> bool:
    """Whether boxes of a style have neither background nor shadow, no picture as a border, and sharp corners."""
    bare: bool | None = style.__dict__.get("octavo_bare")
    if bare is None:
        bare = style.octavo_bare = (
            style["border_image_source"][0] == "none"
            and style["mask_border_source"][0] == "none"
            and style["visibility"] != "hidden"
            and all(kind == "none" for kind, _ in style["background_image"])
            and get_color(style, "background_color").alpha == 0
            and not style["box_shadow"]
            and all((0, "px") in style[corner] for corner in CORNERS)
        )
    return bare
