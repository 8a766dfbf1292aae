"""Small EPUBs file by file, so that a test can break whatever it wants to."""

import io
import zipfile
from collections.abc import Mapping

CONTAINER = '<container><rootfiles><rootfile full-path="EPUB/content.opf"/></rootfiles></container>'
NAV = (
    '<nav epub:type="toc"><ol><li><a href="c.xhtml">One</a><ol><li><a href="c.xhtml#in">Inside</a></li></ol></li>'
    '<li><a href="d.xhtml">Two</a></li></ol></nav>'
    '<nav epub:type="page-list"><ol><li><a href="c.xhtml#in">iv</a></li><li><a href="d.xhtml">5</a></li></ol></nav>'
    '<nav epub:type="landmarks"><ol><li><a epub:type="toc" href="nav.xhtml">Contents</a></li>'
    '<li><a epub:type="bodymatter" href="c.xhtml">Text</a></li></ol></nav>'
)
NCX = (
    '<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap><navPoint><navLabel><text>One</text></navLabel>'
    '<content src="c.xhtml"/><navPoint><navLabel><text>Inside</text></navLabel><content src="c.xhtml#in"/></navPoint>'
    '</navPoint></navMap><pageList><pageTarget><navLabel><text>iv</text></navLabel><content src="c.xhtml#in"/>'
    "</pageTarget></pageList></ncx>"
)
SILENT = (
    '<dc:title id="t">A Book</dc:title><meta refines="#t" property="title-type">main</meta>'
    '<meta property="pageBreakSource">urn:isbn:9780000000002</meta>'
)
"""Metadata that say nothing of accessibility."""
ACCESS = {"accessMode": "textual", "accessibilityFeature": "pageNavigation", "accessibilityHazard": "none"}
METADATA = SILENT + "".join(f'<meta property="schema:{name}">{text}</meta>' for name, text in ACCESS.items())
XHTML, NCX_TYPE = "application/xhtml+xml", "application/x-dtbncx+xml"
TYPES = {"xhtml": XHTML, "ncx": NCX_TYPE, "png": "image/png", "otf": "font/otf", "css": "text/css"}

Files = dict[str, bytes]


def page(body: str) -> bytes:
    """A document."""
    spaces = 'xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"'
    html = f'<html {spaces} lang="en" xml:lang="en">'
    return f"{html}<head><title>T</title></head><body>{body}</body></html>".encode()


def files(
    more: Mapping[str, str | bytes] | None = None, metadata: str = METADATA, items: str = "", spine: str = ""
) -> Files:
    """An EPUB of two chapters as files; `more` are put into its folder, and into its manifest."""
    here: Files = {
        "nav.xhtml": page(NAV),
        "toc.ncx": NCX.encode(),
        "c.xhtml": page('<p>One <i>t</i>wo.</p><p id="in">Three.</p>'),
        "d.xhtml": page("<p>Four.</p>"),
        **{name: text if isinstance(text, bytes) else text.encode() for name, text in (more or {}).items()},
    }
    rows = "".join(_item(name) for name in here)
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/" version="3.0">'
        f"<metadata>{metadata}</metadata><manifest>{rows}{items}</manifest>"
        f'<spine><itemref idref="c.xhtml"/><itemref idref="d.xhtml" linear="no"/>{spine}</spine></package>'
    )
    outside: Files = {"META-INF/container.xml": CONTAINER.encode(), "EPUB/content.opf": package.encode()}
    return {"mimetype": b"application/epub+zip", **outside, **{f"EPUB/{name}": data for name, data in here.items()}}


def _item(name: str) -> str:
    nav = ' properties="nav"' if name == "nav.xhtml" else ""
    return f'<item id="{name}" href="{name}" media-type="{TYPES[name.rpartition(".")[2]]}"{nav}/>'


def zipped(content: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Files as a zip file, the media type stored."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in content.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_STORED if name == "mimetype" else method)
    return out.getvalue()


def broken(data: bytes, name: str, offset: int, value: bytes) -> bytes:
    """A zip file with other bytes at an offset of a file's entry in the directory."""
    raw = name.encode()
    at = data.index(b"PK\x01\x02")
    while data[at + 46 : at + 46 + len(raw)] != raw:
        at = data.index(b"PK\x01\x02", at + 1)
    return data[: at + offset] + value + data[at + offset + len(value) :]
