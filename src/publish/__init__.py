"""Octavo: one Markdown manuscript becomes a printable PDF and an EPUB."""

__version__ = "0.1.0"
