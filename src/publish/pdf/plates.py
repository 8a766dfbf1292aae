"""Pictures in a PDF made ready for the press: their colours become inks, and what is see-through is laid on white."""

import io
from hashlib import md5

import pikepdf
from pikepdf import Array, Name, PdfImage, Stream
from PIL import Image

from publish.pdf.separation import Inks

QUALITY = 95
"""Of a JPEG that has to be written anew; at this quality nobody sees that it was."""
INVERTED = [1, 0] * 4
"""How a JPEG of inks is read: Pillow writes their shares upside down, as Photoshop does."""


class PlateError(ValueError):
    """A picture is of a kind that cannot be made ready; the message says of which."""


def resource_name(picture: str) -> str:
    """The beginning of the name under which the engine keeps a picture of a book among a page's resources."""
    return "/i" + md5(f"octavo:{picture}".encode(), usedforsecurity=False).hexdigest()


def ready(image: Stream, inks: Inks, *, flat: bool) -> bool:
    """Make a picture ready. True where something see-through was laid on white, which `flat` asks for.

    Raises:
        NoProfileError: it has colours, and nobody says what inks they are.
        PlateError: it is of a kind that we cannot read.
    """
    if image.get("/ImageMask"):
        return False
    mask = image.get("/SMask")
    if Name.DeviceGray == image.get("/ColorSpace") and not (flat and mask):
        return False
    if mask is not None:
        del image["/SMask"]  # or it is read into the pixels
    shown, jpeg = _pixels(image), "/DCTDecode" in PdfImage(image).filters
    clear = False
    if isinstance(mask, Stream) and flat:
        alpha = _pixels(mask).convert("L").resize(shown.size)
        clear = alpha.getextrema() != (255, 255)
        paper = Image.new(shown.mode, shown.size, "white")
        paper.paste(shown, mask=alpha)
        shown = paper
    elif mask is not None:
        image.SMask = mask
    _write(image, inks.picture(shown), jpeg=jpeg)
    return clear


def _pixels(image: Stream) -> Image.Image:
    """The pixels of a picture, in grey or sRGB."""
    try:
        shown = PdfImage(image).as_pil_image()
    except (pikepdf.models.image.UnsupportedImageTypeError, NotImplementedError, OSError, ValueError) as reason:
        raise PlateError("a picture of an unknown kind") from reason
    if shown.mode not in ("1", "L", "RGB", "P"):
        raise PlateError(f"a picture in {shown.mode} colours")
    return shown.convert("RGB") if shown.mode == "P" else shown.convert("L") if shown.mode == "1" else shown


def _write(image: Stream, plates: Image.Image, *, jpeg: bool) -> None:
    for key in ("/DecodeParms", "/Decode", "/Intent"):
        if key in image:
            del image[key]
    if jpeg:
        out = io.BytesIO()
        plates.save(out, "JPEG", quality=QUALITY, subsampling=0, optimize=True)
        image.write(out.getvalue(), filter=Name.DCTDecode)
        if plates.mode == "CMYK":
            image.Decode = Array(INVERTED)
    else:
        image.write(plates.tobytes())
    image.ColorSpace = Name.DeviceCMYK if plates.mode == "CMYK" else Name.DeviceGray
    image.BitsPerComponent = 8
