"""An ICC profile of a press that never was: four inks mixed as arithmetic has it, in as few numbers as will do."""

import struct
from functools import cache

GRID = 9
"""Steps of the table from Lab to inks; that from inks to Lab has three."""


@cache
def profile(version: int = 2, kind: bytes = b"prtr", space: bytes = b"CMYK") -> bytes:
    """An ICC profile of version 2, class output, with both tables (ICC.1:1998-09, 6.5.8: lut8Type)."""
    tags = {
        b"desc": b"desc" + bytes(4) + struct.pack(">I", 6) + b"Press\0" + bytes(8 + 3 + 67),
        b"cprt": b"text" + bytes(4) + b"No copyright\0",
        b"wtpt": b"XYZ " + bytes(4) + struct.pack(">3i", 63190, 65536, 54061),
        b"A2B0": _table(4, 3, 3, _lab_of_inks),
        b"B2A0": _table(3, 4, GRID, _inks_of_lab),
    }
    at = 128 + 4 + 12 * len(tags)
    directory, body = struct.pack(">I", len(tags)), b""
    for name, data in tags.items():
        directory += name + struct.pack(">II", at + len(body), len(data))
        body += data + bytes(-len(data) % 4)
    head = (
        struct.pack(">I4xI", at + len(body), version << 24) + kind + space + b"Lab " + bytes(12) + b"acsp" + bytes(28)
    )
    head += struct.pack(">3i", 63190, 65536, 54061)
    return head + bytes(128 - len(head)) + directory + body


def _table(into: int, out: int, grid: int, says) -> bytes:  # type: ignore[no-untyped-def]
    ramp = bytes(range(256))
    places: list[tuple[float, ...]] = [()]
    for _ in range(into):
        places = [(*place, step / (grid - 1)) for place in places for step in range(grid)]
    body = b"".join(bytes(round(255 * min(max(part, 0), 1)) for part in says(*place)) for place in places)
    matrix = struct.pack(">9i", 65536, 0, 0, 0, 65536, 0, 0, 0, 65536)
    return b"mft1" + bytes(4) + bytes((into, out, grid, 0)) + matrix + ramp * into + body + ramp * out


def _inks_of_lab(lightness: float, a: float, b: float) -> tuple[float, ...]:
    """Darkness in all four inks, colour by the direction in which it lies."""
    a, b = a * 255 / 100 - 1.28, b * 255 / 100 - 1.28
    dark = 1 - lightness
    return dark - a, dark + a - b / 2, dark + b, dark**2


def _lab_of_inks(cyan: float, magenta: float, yellow: float, black: float) -> tuple[float, ...]:
    light = (1 - (cyan + magenta + yellow) / 3) * (1 - black)
    return light, 0.5 + (magenta - cyan) / 4, 0.5 + (yellow - magenta) / 4
