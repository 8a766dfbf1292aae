"""Photographs and other pixels made ready: turned upright, without camera data, in sRGB or grey.

The same bytes come out for the same bytes in. A JPEG that needs no change of its pixels keeps them: only its metadata
goes.
"""

import importlib
import io
import warnings
from dataclasses import replace

from PIL import Image, ImageCms, ImageFile, ImageOps, UnidentifiedImageError

from publish.layout.photographs import is_photograph
from publish.layout.pixels import NoReaderError, Pixels, PixelsError, TooLargeError
from publish.layout.screens import Bounds

FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "TIFF", "BMP", "HEIF", "AVIF")
MAX_PIXELS = 80_000_000
"""Pixels of an image at most: some 9000 by 9000."""
QUALITY, SCREEN_QUALITY = 92, 85
"""Of JPEGs that have to be written anew, for paper and for screens."""
LOSSY = ("JPEG", "HEIF", "AVIF", "WEBP")
"""Formats in which pictures are that have lost something already."""
HEIC = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1")
KEPT_SEGMENTS = frozenset((0xE0, 0xEE))
"""Application segments of a JPEG that say how its pixels are meant: JFIF and Adobe."""


def prepare(data: bytes, bounds: Bounds | None = None) -> Pixels:
    """Make an image ready; for a screen within its `bounds`, and as JPEG or PNG as suits what it shows.

    Raises:
        PixelsError: it is broken, of an unknown kind, or too large.
    """
    if data[4:8] == b"ftyp" and data[8:12] in HEIC and not _heic_reader():
        raise NoReaderError("HEIC")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _prepare(data, bounds)
    except (PixelsError, MemoryError):
        raise
    except Image.DecompressionBombError as fault:
        raise TooLargeError(f"more than {MAX_PIXELS // 1_000_000} million pixels") from fault
    except UnidentifiedImageError as fault:
        raise PixelsError("it is no image that can be read") from fault
    except Exception as fault:
        # Decoders raise nearly anything on damaged data; whatever it is, the picture cannot be used.
        raise PixelsError(str(fault) or type(fault).__name__) from fault


def _prepare(data: bytes, bounds: Bounds | None) -> Pixels:
    # The engine of pages lets half an image pass, for the whole process, as soon as it is loaded.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    with Image.open(io.BytesIO(data), formats=_formats()) as image:
        if image.width * image.height > MAX_PIXELS:
            raise TooLargeError(f"{image.width} × {image.height} pixels")
        kind, icc = image.format or "", image.info.get("icc_profile")
        orientation = image.getexif().get(0x0112, 1)
        image.load()
        fits = bounds is None or (bounds.scale(*image.size) == 1 and len(data) <= bounds.bytes)
        plain = image.mode in ("L", "RGB") and orientation in (0, 1) and (not icc or _is_srgb(icc))
        if kind == "JPEG" and fits and plain:
            return Pixels("image/jpeg", strip_jpeg(data), image.width, image.height)
        upright = _in_srgb(ImageOps.exif_transpose(image), icc)
    if bounds is None:
        return _encode(upright, kind in LOSSY and "A" not in upright.getbands(), QUALITY)
    return _for_screen(upright, bounds, lossy=kind == "JPEG")


def strip_jpeg(data: bytes) -> bytes:
    """A JPEG without its metadata (EXIF, XMP, comments, previews after its end), its pixels bit by bit as they were.

    Raises:
        PixelsError: it ends within a segment.
    """
    out, at = bytearray(data[:2]), 2
    while at + 4 <= len(data):
        if data[at] != 0xFF:
            raise PixelsError("a JPEG with a broken segment")
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if marker == 0xD9:
            break
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if marker == 0xDA:
            end = _end_of_scan(data, end)
        metadata = 0xE0 <= marker <= 0xEF and marker not in KEPT_SEGMENTS
        if not metadata and marker != 0xFE:
            out += data[at:end]
        at = end
    return bytes(out) + b"\xff\xd9"


def _end_of_scan(data: bytes, at: int) -> int:
    """The next marker after a scan's data: escaped bytes and restart marks belong to the data."""
    while (at := data.find(b"\xff", at)) >= 0 and at + 1 < len(data):
        if data[at + 1] != 0 and not 0xD0 <= data[at + 1] <= 0xD7:
            return at
        at += 2
    return len(data)


def _in_srgb(image: Image.Image, icc: bytes | None) -> Image.Image:
    """The image in RGB, RGBA, L or LA, its colours as sRGB means them."""
    if image.mode.startswith("I") or image.mode == "F":
        image = image.point(lambda value: value / 256).convert("L") if image.mode != "F" else image.convert("L")
    if image.mode in ("1", "P", "PA"):
        transparent = image.mode == "PA" or "transparency" in image.info
        image = image.convert("RGBA" if transparent else ("L" if image.mode == "1" else "RGB"))
    if icc and not _is_srgb(icc) and image.mode in ("RGB", "RGBA", "CMYK", "L", "LAB"):
        image = _through_profile(image, icc)
    if image.mode not in ("L", "LA", "RGB", "RGBA"):
        image = image.convert("RGB")
    if image.mode == "RGBA" and image.getchannel("A").getextrema() == (255, 255):
        image = image.convert("RGB")
    return image


def _through_profile(image: Image.Image, icc: bytes) -> Image.Image:
    """The image's colours through its own profile; a profile that does not fit counts as none."""
    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(icc))
        turned = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode=mode)
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image
    assert turned is not None
    return turned.convert("L") if image.mode == "L" else turned


def _is_srgb(icc: bytes) -> bool:
    try:
        profile = ImageCms.ImageCmsProfile(io.BytesIO(icc))
        return "srgb" in ImageCms.getProfileDescription(profile).lower()
    except (ImageCms.PyCMSError, OSError, ValueError):
        return True


def _encode(image: Image.Image, lossy: bool, quality: int) -> Pixels:
    out = io.BytesIO()
    bare = Image.new(image.mode, image.size)
    bare.paste(image)
    if lossy:
        bare.save(out, "JPEG", quality=quality, subsampling=0, optimize=True)
    else:
        bare.save(out, "PNG", optimize=True)
    return Pixels("image/jpeg" if lossy else "image/png", out.getvalue(), image.width, image.height)


def _for_screen(image: Image.Image, bounds: Bounds, *, lossy: bool) -> Pixels:
    """A photograph as JPEG, all else as PNG; smaller, if the bounds want it.

    What has too many bytes as PNG becomes a JPEG, if it is opaque, and then smaller still.
    """
    size = image.size
    image = _on_white(image) if bounds.jpeg else image
    if image.mode == "LA" and image.getchannel("A").getextrema() == (255, 255):
        image = image.convert("L")
    opaque = "A" not in image.getbands()
    lossy = opaque and (lossy or bounds.jpeg or is_photograph(image))
    image = _scaled(image, bounds.scale(*size))
    found = _encode(image, lossy, SCREEN_QUALITY)
    if len(found.data) > bounds.bytes and opaque and not lossy:
        lossy, found = True, _encode(image, True, SCREEN_QUALITY)
    while len(found.data) > bounds.bytes:
        image = _scaled(image, 0.8)
        found = _encode(image, lossy, SCREEN_QUALITY)
    return found if image.size == size else replace(found, was=size)


def _on_white(image: Image.Image) -> Image.Image:
    """An image whose transparent parts are white, as on paper."""
    if "A" not in image.getbands():
        return image
    mode = image.mode.removesuffix("A")
    ground = Image.new(mode, image.size, "white")
    ground.paste(image.convert(mode), mask=image.getchannel("A"))
    return ground


def _scaled(image: Image.Image, by: float) -> Image.Image:
    if by >= 1:
        return image
    size = max(int(round(image.width * by, 6)), 1), max(int(round(image.height * by, 6)), 1)
    return image.resize(size, Image.Resampling.LANCZOS)


def _formats() -> list[str]:
    Image.init()
    return [name for name in FORMATS if name in Image.OPEN]


def _heic_reader() -> bool:
    """Whether pillow-heif is there to read the pictures of telephones."""
    try:
        importlib.import_module("pillow_heif").register_heif_opener()
    except ImportError:
        return False
    return True
