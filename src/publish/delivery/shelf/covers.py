"""The covers that a shelf shows: as the EPUB holds them, and small ones for lists."""

import io
import warnings
from dataclasses import dataclass

from PIL import Image, ImageDraw, ImageFile, ImageOps

from publish.checks.opened import Opened
from publish.checks.shops.images import cover_item
from publish.layout.raster import MAX_PIXELS

WIDTH, HEIGHT = 300, 450
"""Pixels of a small cover at most."""
QUALITY = 85
KINDS = {"JPEG": ("image/jpeg", "jpg"), "PNG": ("image/png", "png"), "GIF": ("image/gif", "gif")}
"""Kinds of picture that every reading app shows (OPDS 2.0, images), and what their files are called."""
CLOTH, LINE = "#5b6b73", "#e8e4da"
"""Colours of the boards that stand for a book without a cover."""


@dataclass(frozen=True)
class Cover:
    """A picture: its bytes, media type, the ending of its name, and its sides in pixels."""

    data: bytes
    media_type: str
    suffix: str
    width: int
    height: int


def covers(epub: Opened) -> tuple[Cover, Cover] | None:
    """The cover of an EPUB as it is there, and a small one; None where it has none that every app can show."""
    item = cover_item(epub)
    if item is None or item.name not in epub.files:
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _covers(epub.read(item.name))
    except Exception:  # Decoders raise nearly anything on damaged data: such a picture cannot be shown.
        return None


def _covers(data: bytes) -> tuple[Cover, Cover] | None:
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # The engine of pages sets it for the whole process.
    with Image.open(io.BytesIO(data), formats=tuple(KINDS)) as image:
        if image.width * image.height > MAX_PIXELS:
            return None
        media_type, suffix = KINDS[image.format or ""]
        whole = Cover(data, media_type, suffix, *image.size)
        return whole, _small(image)


def plain_cover() -> Cover:
    """What stands for a book without a cover: boards without a word."""
    image = Image.new("RGB", (WIDTH, HEIGHT), CLOTH)
    draw = ImageDraw.Draw(image)
    draw.rectangle((24, 24, WIDTH - 25, HEIGHT - 25), outline=LINE, width=3)
    draw.line((12, 0, 12, HEIGHT), fill=LINE, width=2)
    return _written(image)


def _small(image: Image.Image) -> Cover:
    # A JPEG can be decoded at an eighth of its size, which is many times as fast.
    image.draft("RGB", (WIDTH, HEIGHT))
    upright = ImageOps.exif_transpose(image)
    upright.thumbnail((WIDTH, HEIGHT))
    if upright.mode in ("RGBA", "LA", "P"):
        ground = Image.new("RGBA", upright.size, "white")
        ground.alpha_composite(upright.convert("RGBA"))
        upright = ground
    return _written(upright.convert("RGB"))


def _written(image: Image.Image) -> Cover:
    stream = io.BytesIO()
    image.save(stream, "JPEG", quality=QUALITY)
    return Cover(stream.getvalue(), *KINDS["JPEG"], *image.size)
