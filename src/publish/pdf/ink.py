"""Is black black? A page of a book printed in black carries no colour, and its black is the black ink alone."""

import io
import re
from collections.abc import Iterator

import pikepdf

from publish.pages import PageMap
from publish.pdf.findings import colour_used
from publish.problems import Problems

NUMBER = rb"[-+.\d]+"
RGB = re.compile(rb"(?:^|\s)(" + rb"\s+".join([NUMBER] * 3) + rb")\s+(?:rg|RG)\b")
CMYK = re.compile(rb"/DeviceCMYK\s+(?:cs|CS)\s+(" + rb"\s+".join([NUMBER] * 4) + rb")\s+(?:scn|SCN)\b")


def check_ink(data: bytes, pages: PageMap, problems: Problems) -> None:
    """Add a problem for each colour that the pages use, at the first page that does.

    RGB is never the black ink alone, not even its black: a printer makes it of four inks.
    """
    said: set[str] = set()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for page, start in zip(pdf.pages, pages.pages, strict=True):
            for colour in _colours(page.Contents.read_bytes()):
                if colour not in said:
                    said.add(colour)
                    problems.add(colour_used(None, start.label, colour))


def _colours(stream: bytes) -> Iterator[str]:
    for match in RGB.finditer(stream):
        yield f"rgb({_shares(match[1])})"
    for match in CMYK.finditer(stream):
        if any(float(share) for share in match[1].split()[:3]):
            yield f"device-cmyk({_shares(match[1])})"


def _shares(numbers: bytes) -> str:
    """In the style sheet's own words: RGB counts to 255 there."""
    values = [float(number) for number in numbers.split()]
    return " ".join(str(round(value * 255)) if len(values) == 3 else f"{value:g}" for value in values)
