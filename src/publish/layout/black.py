"""Drawings for a book in black: every colour becomes the black ink that is as dark, so that no other ink is printed."""

import re

import tinycss2.color3
from lxml import etree

PAINTS = ("fill", "stroke", "color")
GRADIENTS = ("linearGradient", "radialGradient")
DECLARED = re.compile(rf"(?P<name>\b(?:{'|'.join(PAINTS)})\s*:\s*)(?P<colour>[^;}}!]+)")


def in_black(data: bytes) -> bytes:
    """A drawing with `fill`, `stroke` and `color` in shares of black ink; one with gradients stays as it is.

    The engine paints no gradient whose stops are inks.
    """
    root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    elements = list(root.iter(etree.Element))
    if any(etree.QName(element).localname in GRADIENTS for element in elements):
        return data
    for element in elements:
        for name in PAINTS:
            if colour := element.get(name):
                element.set(name, _ink(colour))
        if style := element.get("style"):
            element.set("style", _declared(style))
        if etree.QName(element).localname == "style" and element.text:
            element.text = _declared(element.text)
    if root.get("fill") is None:
        root.set("fill", _ink("black"))
    return etree.tostring(root, encoding="utf-8")


def _declared(css: str) -> str:
    return DECLARED.sub(lambda found: found["name"] + _ink(found["colour"]), css)


def _ink(colour: str) -> str:
    """The black ink for a colour, by its relative luminance (WCAG 2.2); what is no colour stays."""
    known = tinycss2.color3.parse_color(colour.strip())
    if not isinstance(known, tinycss2.color3.RGBA) or known.alpha < 1:
        return colour
    darkness = 1 - (0.2126 * known.red + 0.7152 * known.green + 0.0722 * known.blue)
    return f"device-cmyk(0 0 0 {round(darkness, 3):g})"
