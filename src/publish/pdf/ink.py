"""Is black black? A page of a book printed in black carries no colour, and its black is the black ink alone."""

import io
import re
from collections.abc import Iterator

import pikepdf

NUMBER = rb"[-+.\d]+"
RGB = re.compile(rb"(?:^|\s)(" + rb"\s+".join([NUMBER] * 3) + rb")\s+(?:rg|RG)\b")
CMYK = re.compile(rb"/DeviceCMYK\s+(?:cs|CS)\s+(" + rb"\s+".join([NUMBER] * 4) + rb")\s+(?:scn|SCN)\b")


def colours(data: bytes) -> Iterator[tuple[int, str]]:
    """Each colour that the pages of a PDF use besides black, with the first page that does.

    RGB is never the black ink alone, not even its black: a printer makes it of four inks.
    """
    seen: set[str] = set()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for index, page in enumerate(pdf.pages):
            for colour in _colours(page.Contents.read_bytes()):
                if colour not in seen:
                    seen.add(colour)
                    yield index, colour


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
