"""Notes that fit at the foot of no page. One that could not be divided, and is taller than the page, covers the text
above it or runs off the paper.
"""

from publish.pdf.boxes import Notes, Pages
from publish.pdf.grafts.foot import CROWDED


def overflowing(pages: Pages) -> frozenset[str]:
    """The ids of the notes that must be set elsewhere.

    They are the tallest on a page, until the others leave room for text, those that a reader would have to look for
    beyond the next page, and those for which no page of their chapter was left, or not for all of them.
    """
    found: set[str] = set()
    where = {ident: index for ident, (index, _) in pages.anchors().items()}
    for index in range(len(pages)):
        if notes := pages.notes(index):
            found.update(_too_tall(notes))
            for ident, _ in notes.heights:
                call = where.get(f"fnref-{ident}", index)
                if where.get(ident, index) - call > 1 or not pages.share_section(call, index):
                    found.add(ident)
    return frozenset(found)


def _too_tall(notes: Notes) -> list[str]:
    height, moved = sum(height for _, height in notes.heights), []
    for ident, own in sorted(notes.heights, key=lambda note: -note[1]):
        if height <= notes.room * CROWDED:
            break
        height -= own
        moved.append(ident)
    return moved
