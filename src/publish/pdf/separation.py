"""What inks a colour becomes: black alone, or the four process inks by the profile of a printing condition.

Colours of a book are sRGB when they come here; Little CMS builds that space from its definition (IEC 61966-2-1). No
profile of a printing condition comes with this package, since none is free to be handed on together with what it was
made from: the author's printer names one, and most may be had from their makers free of charge.
"""

import io
from collections.abc import Sequence
from typing import Protocol

from PIL import Image, ImageChops, ImageCms, ImageFilter

Ink = tuple[float, float, float, float]
"""Shares of cyan, magenta, yellow and black, 0 to 1."""

NEUTRAL = 2
"""By how much of 255 the parts of a grey may differ; no eye sees it."""
GRID = 33
"""Steps on each side of the cube of colours from which those of pictures are interpolated, as in device links."""
ROUNDING = 1.0
"""Percent of ink kept free under a limit: four inks in whole steps of 255 can round up by so much."""
LARGEST = 16_000_000
"""Bytes of a profile, at most."""


class ProfileError(ValueError):
    """A profile cannot be used; the message says why."""


class NoProfileError(ValueError):
    """There is a colour, and no profile that says what inks it is."""


class Inks(Protocol):
    """What inks colours become."""

    def colour(self, red: float, green: float, blue: float) -> Ink:
        """The inks of an sRGB colour, whose parts are 0 to 1. A grey is always black ink alone.

        Raises:
            NoProfileError: it takes a profile to say.
        """

    def mixture(self, inks: Ink) -> Ink:
        """What becomes of inks that a style sheet asked for by name."""

    def picture(self, image: Image.Image) -> Image.Image:
        """A picture, in grey or sRGB, as greys (`L`) or inks (`CMYK`). One without colour is greys in any case.

        Raises:
            NoProfileError: it takes a profile to say.
        """


class Black:
    """Printed in black: each colour becomes a share of the black ink, as dark as the colour looks (ITU-R BT.601)."""

    def colour(self, red: float, green: float, blue: float) -> Ink:
        """The share of black of an sRGB colour."""
        return 0.0, 0.0, 0.0, _share(1 - (0.299 * red + 0.587 * green + 0.114 * blue))

    def mixture(self, inks: Ink) -> Ink:
        """The share of black of a mixture of inks (ISO 32000-1, 10.3.3)."""
        cyan, magenta, yellow, black = inks
        return 0.0, 0.0, 0.0, _share(0.3 * cyan + 0.59 * magenta + 0.11 * yellow + black)

    def picture(self, image: Image.Image) -> Image.Image:
        """A picture in greys."""
        return image.convert("L")


class Process:
    """Printed in the four process inks, by an ICC profile: relative colorimetric, with black point compensation.

    `limit` is the most ink anywhere, in percent (400 is all four), or 0: where a profile asks for more, cyan, magenta
    and yellow are taken back in proportion.

    Raises:
        ProfileError: the profile cannot be used.
    """

    def __init__(self, profile: bytes | None, limit: int = 0) -> None:
        self._transform = None if profile is None else _transform(profile)
        self._limit = (limit or 400) / 100
        self._known: dict[tuple[int, int, int], Ink] = {}
        self._cube: ImageFilter.Color3DLUT | None = None

    def colour(self, red: float, green: float, blue: float) -> Ink:
        """The inks of an sRGB colour."""
        parts = (round(255 * red), round(255 * green), round(255 * blue))
        if max(parts) - min(parts) <= NEUTRAL:
            return 0.0, 0.0, 0.0, _share(1 - (red + green + blue) / 3)
        if parts not in self._known:
            cyan, magenta, yellow, black = self._separated(Image.new("RGB", (1, 1), parts))
            self._known[parts] = cyan, magenta, yellow, black
        return self._known[parts]

    def mixture(self, inks: Ink) -> Ink:
        """The inks that were asked for."""
        return inks

    def picture(self, image: Image.Image) -> Image.Image:
        """A picture in inks, or in greys where it has no colour."""
        if _colourless(image):
            return image.convert("L")
        if self._cube is None:
            steps = [round(255 * step / (GRID - 1)) for step in range(GRID)]
            colours = bytes(part for blue in steps for green in steps for red in steps for part in (red, green, blue))
            table = self._separated(Image.frombytes("RGB", (GRID, GRID * GRID), colours))
            self._cube = ImageFilter.Color3DLUT(GRID, table, channels=4, target_mode="CMYK")
        return image.convert("RGB").filter(self._cube)

    def _separated(self, image: Image.Image) -> list[float]:
        """The inks of each pixel of an sRGB picture one after the other, none with more ink than the limit."""
        if self._transform is None:
            raise NoProfileError
        separated = ImageCms.applyTransform(image, self._transform)
        assert separated is not None
        data = separated.tobytes()
        return [
            _share(share)
            for at in range(0, len(data), 4)
            for share in _limited([part / 255 for part in data[at : at + 4]], self._limit - ROUNDING / 100)
        ]


def _transform(profile: bytes) -> ImageCms.ImageCmsTransform:
    """From sRGB to the inks of a profile."""
    check_profile(profile)
    try:
        return ImageCms.buildTransform(
            ImageCms.createProfile("sRGB"),
            ImageCms.ImageCmsProfile(io.BytesIO(profile)),
            "RGB",
            "CMYK",
            ImageCms.Intent.RELATIVE_COLORIMETRIC,
            flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )
    except ImageCms.PyCMSError as reason:
        raise ProfileError("it does not say how colours become inks") from reason


def check_profile(profile: bytes) -> None:
    """See that a profile is one of a press with four inks (ICC.1, 7.2: class `prtr`, colour space `CMYK`).

    Raises:
        ProfileError: it is not.
    """
    if len(profile) > LARGEST:
        raise ProfileError(f"it has more than {LARGEST // 1_000_000} MB")
    try:
        core = ImageCms.ImageCmsProfile(io.BytesIO(profile)).profile
    except (OSError, ImageCms.PyCMSError) as reason:
        raise ProfileError("it is no ICC profile, or a damaged one") from reason
    if core.xcolor_space.strip() != "CMYK":
        raise ProfileError(f"it is one of {core.xcolor_space.strip()} colours, not of the inks CMYK")
    if core.device_class != "prtr":
        raise ProfileError("it is not one of a printing condition")


def _limited(inks: Sequence[float], limit: float) -> Sequence[float]:
    """Inks of which there is too much, with less of the colours; black keeps what it has, for it bears the drawing."""
    *colours, black = inks
    if (most := sum(colours)) + black <= limit:
        return inks
    return [*(colour * (limit - black) / most for colour in colours), black]


def srgb_of_lab(lightness: float, a: float, b: float) -> tuple[float, float, float]:
    """The sRGB colour nearest to a Lab colour, white to white (CIE 15; IEC 61966-2-1, by Bradford's adaptation)."""
    middle = (lightness + 16) / 116
    y, x, z = _unfolded(middle), 0.9642 * _unfolded(middle + a / 500), 0.8249 * _unfolded(middle - b / 200)
    return (
        _encoded(3.1338561 * x - 1.6168667 * y - 0.4906146 * z),
        _encoded(-0.9787684 * x + 1.9161415 * y + 0.0334540 * z),
        _encoded(0.0719453 * x - 0.2289914 * y + 1.4052427 * z),
    )


def _unfolded(value: float) -> float:
    return value**3 if value > 6 / 29 else 3 * (6 / 29) ** 2 * (value - 4 / 29)


def _encoded(light: float) -> float:
    """A share of light as sRGB counts it, those that no screen can show brought inside."""
    light = min(max(light, 0.0), 1.0)
    return 12.92 * light if light <= 0.0031308 else float(1.055 * light ** (1 / 2.4) - 0.055)


def _colourless(image: Image.Image) -> bool:
    """Whether a picture has greys alone."""
    if image.mode == "L":
        return True
    red, green, blue = image.split()
    differences = (ImageChops.difference(red, green), ImageChops.difference(green, blue))
    extremes = [difference.getextrema() for difference in differences]
    return all(isinstance(most, int | float) and most <= NEUTRAL for _, most in extremes)


def _share(value: float) -> float:
    return round(min(max(value, 0.0), 1.0), 4)
