"""What an EPUB is made of, before it is packed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class Item:
    """A file of the EPUB: manifest id, name (below the package document), media type, bytes, manifest properties."""

    id: str
    name: str
    media_type: str
    data: bytes
    properties: tuple[str, ...] = ()


@dataclass(frozen=True)
class Meta:
    """An element of the package's metadata: `dc:title`, `meta`, ... with its attributes and text."""

    tag: str
    text: str
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Package:
    """A whole EPUB; `spine` holds manifest ids in reading order, `identifier` names the dc:identifier that counts."""

    items: tuple[Item, ...]
    spine: tuple[str, ...]
    metadata: tuple[Meta, ...]
    language: str
    identifier: str
    modified: datetime
    direction: str | None = None
    aside: frozenset[str] = frozenset()
    """Manifest ids in the spine that stand outside the reading order (`linear="no"`)."""
