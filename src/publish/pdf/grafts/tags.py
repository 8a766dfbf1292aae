"""The references of pages, made once for all tags of a document: the engine makes those of all pages for every tag."""

from typing import Any


class _Referred:
    """A PDF being made, whose page references are kept. Pages are not added any more once it is tagged."""

    def __init__(self, pdf: Any) -> None:
        self._pdf = pdf
        self.page_references = pdf.page_references

    def __getattr__(self, name: str) -> Any:
        return getattr(self._pdf, name)


def refer_once(original: Any) -> Any:
    """Tag a document whose pages' references are kept."""

    def add_tags(pdf: Any, document: Any, pdf_version: Any, page_streams: Any) -> None:
        original(_Referred(pdf), document, pdf_version, page_streams)

    return add_tags
