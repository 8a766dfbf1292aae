"""How the book looks: themes, fonts, images, documents."""

from publish.layout.dress import dress

__all__ = ["dress"]
