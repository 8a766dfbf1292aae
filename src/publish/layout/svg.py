"""SVG drawings made harmless: only drawing is left. No script, no link outward, no file, no other format inside."""

import re
from dataclasses import dataclass

import tinycss2
from lxml import etree

from publish.layout.pixels import DrawingError

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
XML = "http://www.w3.org/XML/1998/namespace"
HREFS = ("href", f"{{{XLINK}}}href")
DRAWN = frozenset(
    (
        *("svg", "g", "defs", "symbol", "use", "title", "desc", "style", "switch", "marker", "pattern", "mask"),
        *("path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan", "textPath", "image"),
        *("clipPath", "linearGradient", "radialGradient", "stop", "filter", "view", "a"),
    )
)
"""Elements that are kept, besides filter primitives (`fe…`)."""
EMBEDDED = re.compile(r"data:image/(png|jpeg);base64,[A-Za-z0-9+/=\s]*\Z")
OUTWARD = re.compile(r"url\(\s*['\"]?\s*(?!['\"]?#)|@import|image-set|src\(", re.IGNORECASE)
LENGTH = re.compile(r"\s*([0-9]*\.?[0-9]+(?:[eE][-+]?[0-9]+)?)\s*(px|pt|pc|mm|cm|in|q)?\s*\Z", re.IGNORECASE)
UNITS = {"": 1, "px": 1, "pt": 4 / 3, "pc": 16, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96, "q": 96 / 101.6}
MAX_ELEMENTS = 200_000
"""Elements of a drawing at most, those that `use` repeats counted each time."""
PARSER = etree.XMLParser(
    resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True, load_dtd=False
)


@dataclass(frozen=True)
class Drawing:
    """A harmless drawing: its bytes, its size in CSS px, and what was taken out of it."""

    data: bytes
    width: int
    height: int
    removed: tuple[str, ...]


def clean(data: bytes) -> Drawing:
    """A drawing without anything that acts or reaches outside itself.

    Raises:
        DrawingError: it is not well-formed, declares entities, or unfolds beyond measure.
    """
    try:
        root = etree.fromstring(data, PARSER)
    except (etree.XMLSyntaxError, ValueError) as fault:
        raise DrawingError(f"it is not well-formed ({getattr(fault, 'msg', fault)})") from fault
    if root.tag != f"{{{SVG}}}svg":
        raise DrawingError("its root is not an svg element")
    if any(isinstance(node, etree._Entity) for node in root.iter()):
        raise DrawingError("it declares entities")
    removed: dict[str, None] = {}
    for element in list(root.iter(etree.Element)):
        _clean_element(element, removed)
    _check_size(root)
    width, height = _size(root)
    out = etree.tostring(root, encoding="utf-8", with_tail=False)
    return Drawing(out, max(round(width), 1), max(round(height), 1), tuple(removed))


def _clean_element(element: etree._Element, removed: dict[str, None]) -> None:
    name = etree.QName(element)
    parent = element.getparent()
    known = name.namespace == SVG and (name.localname in DRAWN or name.localname.startswith("fe"))
    if parent is not None and (not known or name.localname == "feImage"):
        _take_out(element)
        if name.namespace == SVG:
            removed[f"<{name.localname}>"] = None
        return
    if name.localname == "style" and _reaches_out(element.text or ""):
        _take_out(element)
        removed["styles that name files"] = None
        return
    if name.localname == "a":
        element.tag = f"{{{SVG}}}g"
    for attribute, value in list(element.attrib.items()):
        if reason := _bad(element, str(attribute), str(value)):
            del element.attrib[attribute]
            if reason != "foreign":
                removed[reason] = None
    if name.localname in ("image", "use") and not any(element.get(attribute) for attribute in HREFS):
        _take_out(element)


def _bad(element: etree._Element, attribute: str, value: str) -> str | None:
    """Why an attribute goes: what it would do; "foreign" for other programs' notes to themselves."""
    name = etree.QName(attribute)
    if name.namespace not in (None, XLINK, XML):
        return "foreign"
    if name.localname.lower().startswith("on"):
        return f"the attribute {name.localname}"
    if attribute in HREFS:
        inside = value.strip().startswith("#")
        picture = etree.QName(element).localname == "image" and EMBEDDED.match(value.strip())
        return None if inside or picture else "addresses that lead out of the drawing"
    if name.localname == "base" or _reaches_out(value):
        return "addresses that lead out of the drawing"
    return None


def _reaches_out(css: str) -> bool:
    """Whether a style names anything outside. Escapes are undone first: `\\75 rl(` is `url(` too."""
    plain = tinycss2.serialize(tinycss2.parse_component_value_list(css))
    return bool(OUTWARD.search(plain) or OUTWARD.search(css) or "\\" in css)


def _take_out(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _check_size(root: etree._Element) -> None:
    """Count elements as `use` unfolds them, each target once; a circle or too many are refused."""
    targets = {element.get("id"): element for element in root.iter(etree.Element) if element.get("id")}
    weights: dict[etree._Element, int] = {}
    open_: set[etree._Element] = set()
    stack = [(root, False)]
    while stack:
        element, done = stack.pop()
        parts = [*element, *_used(element, targets)]
        if done:
            open_.discard(element)
            weights[element] = 1 + sum(weights.get(part, 1) for part in parts)
            if weights[element] > MAX_ELEMENTS:
                raise DrawingError(f"it unfolds to more than {MAX_ELEMENTS} elements")
        elif element not in weights:
            open_.add(element)
            stack.append((element, True))
            for part in parts:
                if part in open_:
                    raise DrawingError("it uses itself")
                stack.append((part, False))


def _used(element: etree._Element, targets: dict[str | None, etree._Element]) -> list[etree._Element]:
    if etree.QName(element).localname != "use":
        return []
    address = next((element.get(name) for name in HREFS if element.get(name)), "") or ""
    target = targets.get(address.strip().removeprefix("#"))
    return [target] if target is not None else []


def _size(root: etree._Element) -> tuple[float, float]:
    """The size in CSS px, from width and height or the view box; a view box is added where there is none."""
    box = [float(part) for part in re.findall(r"-?[0-9]*\.?[0-9]+", root.get("viewBox", ""))]
    width, height = (_length(root.get(name)) for name in ("width", "height"))
    if len(box) == 4 and box[2] > 0 and box[3] > 0:
        ratio = box[3] / box[2]
        width = width or (height / ratio if height else box[2])
        height = height or width * ratio
    width, height = width or 300.0, height or 150.0
    if len(box) != 4:
        root.set("viewBox", f"0 0 {width:g} {height:g}")
    return width, height


def _length(text: str | None) -> float | None:
    found = LENGTH.match(text or "")
    value = float(found[1]) * UNITS[(found[2] or "").lower()] if found else 0.0
    return value if 0 < value < 100_000 else None
