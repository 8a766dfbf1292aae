"""The XMP packet of a PDF: the book's metadata as RDF. (ISO 16684-1; the same bytes for the same metadata.)"""

from collections.abc import Iterable
from datetime import datetime

from lxml import etree

from publish.manuscript.model import Metadata

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
DC = "http://purl.org/dc/elements/1.1/"
XMP = "http://ns.adobe.com/xap/1.0/"
PDF = "http://ns.adobe.com/pdf/1.3/"
UA = "http://www.aiim.org/pdfua/ns/id/"
META = "adobe:ns:meta/"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
BEGIN = b'<?xpacket begin="\xef\xbb\xbf" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
END = b'\n<?xpacket end="w"?>'
PARSER = etree.XMLParser(resolve_entities=False, no_network=True, remove_blank_text=True)


def packet(metadata: Metadata, title: str, keywords: list[str], tools: tuple[str, str], made: datetime | None) -> bytes:
    """The packet; `tools` are the makers of the book and of the PDF, `made` the date of both."""
    root = etree.Element(f"{{{META}}}xmpmeta", nsmap={"x": META})
    rdf = etree.SubElement(root, f"{{{RDF}}}RDF", nsmap={"rdf": RDF})
    about = etree.SubElement(rdf, f"{{{RDF}}}Description", {f"{{{RDF}}}about": ""}, {"dc": DC, "xmp": XMP, "pdf": PDF})
    languages = dict.fromkeys((metadata.lang, *metadata.languages))
    others = [person.name for person in metadata.contributors if person.role != "aut"]
    _put(about, f"{{{DC}}}title", "Alt", [title])
    _put(about, f"{{{DC}}}creator", "Seq", [author.name for author in metadata.authors])
    _put(about, f"{{{DC}}}contributor", "Bag", others)
    _put(about, f"{{{DC}}}description", "Alt", [metadata.description])
    _put(about, f"{{{DC}}}language", "Bag", languages)
    _put(about, f"{{{DC}}}publisher", "Bag", [metadata.publisher])
    _put(about, f"{{{DC}}}subject", "Bag", keywords)
    _put(about, f"{{{DC}}}date", "Seq", [metadata.date])
    _put(about, f"{{{DC}}}rights", "Alt", [metadata.rights or metadata.copyright.text])
    moment = made.strftime("%Y-%m-%dT%H:%M:%SZ") if made else None
    for name, value in (
        (f"{{{DC}}}identifier", metadata.identifier),
        (f"{{{PDF}}}Keywords", ", ".join(keywords)),
        (f"{{{PDF}}}Producer", tools[1]),
        (f"{{{XMP}}}CreatorTool", tools[0]),
        (f"{{{XMP}}}CreateDate", moment),
        (f"{{{XMP}}}ModifyDate", moment),
    ):
        if value:
            etree.SubElement(about, name).text = value
    return _wrapped(root)


def with_claim(packed: bytes) -> bytes:
    """The packet of ours that also says that the PDF meets PDF/UA-1 (ISO 14289-1, 5)."""
    root = etree.fromstring(packed, PARSER)
    about = root[0][0]
    etree.SubElement(about, f"{{{UA}}}part", nsmap={"pdfuaid": UA}).text = "1"
    return _wrapped(root)


def _wrapped(root: etree._Element) -> bytes:
    return BEGIN + etree.tostring(root, encoding="utf-8", pretty_print=True) + END


def _put(about: etree._Element, name: str, kind: str, values: Iterable[str | None]) -> None:
    """Put a property that is an array: Alt for one text in its default language, Seq in order, Bag in none."""
    given = [value for value in values if value]
    if not given:
        return
    array = etree.SubElement(etree.SubElement(about, name), f"{{{RDF}}}{kind}")
    for value in given:
        item = etree.SubElement(array, f"{{{RDF}}}li", {LANG: "x-default"} if kind == "Alt" else {})
        item.text = value
