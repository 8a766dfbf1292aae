"""Our own rules for an EPUB's accessibility, read from the finished file; EPUBCheck asks for few of them.

Rules: EPUB Accessibility 1.1; WCAG 2.2.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from lxml import etree

from publish.checks.epub_rules import Rules, try_all
from publish.checks.opened import Opened
from publish.epub import findings
from publish.problems import Problem, Problems

XHTML = "{http://www.w3.org/1999/xhtml}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
CLAIM = re.compile(r"EPUB Accessibility 1\.1 - WCAG 2\.[0-2] Level (A|AA|AAA)")
"""EPUB Accessibility 1.1, 2.4.2."""
CLAIMS_ACCESSIBILITY = re.compile(r"epub\s*accessibility|epub-a11y|wcag", re.IGNORECASE)
OLDER_CLAIM = re.compile(r"http://www\.idpf\.org/epub/a11y/accessibility-20170105\.html#wcag-a{1,3}")
"""How EPUB Accessibility 1.0 had it, which stays valid."""
ASKED = ("accessMode", "accessibilityFeature", "accessibilityHazard")
"""EPUB Accessibility 1.1, 2.2: what must be said."""
OPPOSITE = {
    "flashing": "noFlashingHazard",
    "motionSimulation": "noMotionSimulationHazard",
    "sound": "noSoundHazard",
}


def check(epub: Opened, problems: Problems) -> None:
    """Try every rule on an EPUB."""
    try_all(RULES, epub, problems)


def images_worded(epub: Opened) -> Iterator[Problem]:
    """Every image has words, or says that it needs none (WCAG 1.1.1)."""
    for file, document in epub.documents.items():
        for image in document.iter(f"{XHTML}img"):
            if not image.get("alt") and image.get("role") != "presentation":
                yield findings.image_unworded(None, file, image.get("src", ""))


def headings_in_order(epub: Opened) -> Iterator[Problem]:
    """No heading is more than one level below the one before it (WCAG 1.3.1)."""
    for file, document in epub.documents.items():
        before = 0
        for element in document.iter(*(f"{XHTML}h{level}" for level in range(1, 7))):
            level = int(etree.QName(element).localname[1])
            if before and level > before + 1:
                yield findings.headings_skip(None, file, level, before)
            before = level


def languages_said(epub: Opened) -> Iterator[Problem]:
    """Every document and every passage in another language says so to HTML and XML alike (WCAG 3.1.1, 3.1.2).

    The first of a document is told, for as a rule it is all or none. EPUB 2 knows XML's alone.
    """
    for file, document in epub.documents.items() if not epub.version.startswith("2") else ():
        for element in document.iter(etree.Element):
            lang, xml_lang = element.get("lang", ""), element.get(XML_LANG, "")
            if lang.casefold() != xml_lang.casefold() or (element is document and not lang):
                yield findings.language_missing(None, file, etree.QName(element).localname)
                break


def ids_once(epub: Opened) -> Iterator[Problem]:
    """No id stands twice in a document."""
    for file, document in epub.documents.items():
        times = Counter(ident for element in document.iter(etree.Element) if (ident := element.get("id")))
        for ident in (ident for ident, count in times.items() if count > 1):
            yield findings.id_twice(None, file, ident)


def contents_in_order(epub: Opened) -> Iterator[Problem]:
    """The contents name the documents, and the places in them, in the order in which they are read (WCAG 1.3.2)."""
    files = {place.item.name: number for number, place in enumerate(epub.spine)}
    ids = {name: _ids(document) for name, document in epub.documents.items()}
    last, before = (-1, -1), ""
    for entry in (one for top in epub.nav.contents for one in top.flat()) if epub.nav else ():
        target = entry.target
        if target is None or target.document not in files:
            continue
        here = files[target.document], ids.get(target.document, {}).get(target.fragment, -1)
        if here < last:
            yield findings.contents_out_of_order(None, entry.title, before)
        last, before = here, entry.title


def _ids(document: etree._Element) -> dict[str, int]:
    """The places of the ids in a document; the first of each counts."""
    found: dict[str, int] = {}
    for number, element in enumerate(document.iter(etree.Element)):
        found.setdefault(element.get("id", ""), number)
    return {ident: number for ident, number in found.items() if ident}


def tables_headed(epub: Opened) -> Iterator[Problem]:
    """Every table has heads, and each says whether it heads a column or a row (WCAG 1.3.1)."""
    for file, document in epub.documents.items():
        for number, table in enumerate(document.iter(f"{XHTML}table"), 1):
            heads = list(table.iter(f"{XHTML}th"))
            if table.get("role") != "presentation" and not (heads and all(head.get("scope") for head in heads)):
                yield findings.heads_missing(None, file, f"table {number}")


def links_worded(epub: Opened) -> Iterator[Problem]:
    """Every link has words, of its own or of a picture in it (WCAG 2.4.4)."""
    for file, document in epub.documents.items():
        for link in document.iter(f"{XHTML}a"):
            words = "".join(map(str, link.itertext())) or link.get("aria-label") or link.get("title") or ""
            pictured = any(image.get("alt") for image in link.iter(f"{XHTML}img"))
            if link.get("href") is not None and not words.strip() and not pictured:
                yield findings.link_unworded(None, file, link.get("href", ""))


def metadata_said(epub: Opened) -> Iterator[Problem]:
    """The package says how the book can be read, and nothing that cannot be."""
    if missing := [name for name in ASKED if not epub.values(f"schema:{name}")]:
        yield findings.metadata_missing(None, ", ".join(missing))
    if contradicting := _contradicting(set(epub.values("schema:accessibilityHazard"))):
        yield findings.hazards_contradict(None, ", ".join(sorted(contradicting)))


def _contradicting(hazards: set[str]) -> set[str]:
    """The hazards that cannot be true at once: one and its opposite, one and none at all, none and unknown."""
    opposed = {term for pair in OPPOSITE.items() if hazards.issuperset(pair) for term in pair}
    sweeping = hazards & {"none", "unknown"}
    return hazards if sweeping and (hazards & OPPOSITE.keys() or len(sweeping) > 1) else opposed


def claims_signed(epub: Opened) -> Iterator[Problem]:
    """A claim to be accessible is worded as the standard asks, and somebody vouches for it."""
    links = [meta.attributes.get("href", "") for meta in epub.metadata if _is_claim_link(meta.attributes)]
    claims = [text for text in epub.values("dcterms:conformsTo") if CLAIMS_ACCESSIBILITY.search(text)]
    signed = any(meta.attributes.get("property") == "a11y:certifiedBy" and meta.text for meta in epub.metadata)
    for claim in claims + links:
        if not signed or not (CLAIM.fullmatch(claim) or OLDER_CLAIM.fullmatch(claim)):
            yield findings.claim_unsigned(None, claim)


def _is_claim_link(attributes: Mapping[str, str]) -> bool:
    is_claim = CLAIMS_ACCESSIBILITY.search(attributes.get("href", "")) is not None
    return is_claim and attributes.get("rel") == "dcterms:conformsTo"


RULES: Rules = (
    images_worded,
    headings_in_order,
    languages_said,
    ids_once,
    contents_in_order,
    tables_headed,
    links_worded,
    metadata_said,
    claims_signed,
)
