"""EPUBs such as others make, as small as they can be, to be put on shelves."""

import io
import zipfile
from functools import lru_cache
from pathlib import Path

from PIL import Image

CONTAINER = (
    '<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)
PAGE = (
    '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>One</title></head>'
    "<body><p>The lamp was lit.</p></body></html>"
)


def metadata(number: int, *, author: str = "", series: str = "", language: str = "en", more: str = "") -> str:
    """The metadata of the book with this number, whose title tells it."""
    second = f"{number // 3600 % 24:02}:{number // 60 % 60:02}:{number % 60:02}"
    said = [
        f'<dc:identifier id="id">urn:isbn:{number:013}</dc:identifier>',
        f"<dc:title>Book {number}</dc:title><dc:language>{language}</dc:language>",
        f'<meta property="dcterms:modified">2020-01-01T{second}Z</meta>',
    ]
    if author:
        said.append(f"<dc:creator>{author}</dc:creator>")
    if series:
        said.append(f'<meta property="belongs-to-collection" id="s">{series}</meta>')
        said.append(f'<meta refines="#s" property="group-position">{number}</meta>')
    return "".join(said) + more


def epub(said: str, cover: bytes | None = None) -> bytes:
    """The bytes of an EPUB with these metadata."""
    picture = '<item id="c" href="cover.jpg" media-type="image/jpeg" properties="cover-image"/>' if cover else ""
    package = (
        '<package version="3.0" unique-identifier="id" xmlns="http://www.idpf.org/2007/opf">'
        f'<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">{said}</metadata>'
        f'<manifest><item id="p" href="p.xhtml" media-type="application/xhtml+xml"/>{picture}</manifest>'
        '<spine><itemref idref="p"/></spine></package>'
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
        archive.writestr("META-INF/container.xml", CONTAINER)
        archive.writestr("book.opf", package)
        archive.writestr("p.xhtml", PAGE)
        if cover:
            archive.writestr("cover.jpg", cover)
    return stream.getvalue()


def put(folder: Path, name: str, said: str, cover: bytes | None = None) -> Path:
    """Put an EPUB into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.epub"
    path.write_bytes(epub(said, cover))
    return path


@lru_cache(maxsize=4)
def painted(width: int, height: int) -> bytes:
    """A picture of these sides, as a JPEG."""
    stream = io.BytesIO()
    Image.effect_noise((width // 8, height // 8), 60).convert("RGB").resize((width, height)).save(stream, "JPEG")
    return stream.getvalue()
