"""What a document may reach while it is laid out: the pictures of its rendition, and nothing else.

Files that text and styles name were found, checked and named when the book was dressed, so no path is left to follow:
not to a file, not to the network, not into an attachment.
"""

from publish.layout.model import Rendition


class RefusedError(ValueError):
    """An address may not be read; the message says why."""


def fetch(rendition: Rendition, url: str) -> tuple[bytes, str]:
    """The bytes and the media type of what `octavo:NAME` means in a rendition.

    Raises:
        RefusedError: the address is any other.
    """
    scheme, _, name = url.partition(":")
    if scheme.lower() == "octavo":
        picture = rendition.pictures.get(name)
        if picture is None:
            raise RefusedError(f"the book has no picture “{name}”")
        return picture.data, picture.media_type
    if scheme.lower() in ("http", "https", "ftp"):
        raise RefusedError("nothing is fetched from the network")
    raise RefusedError("not a file of this project or its theme")
