"""Notes that fit at the foot of no page. The engine never divides a note: one that is taller than the page covers the
text above it or runs off the paper.
"""

from publish.pdf.boxes import Notes, Pages

CROWDED = 0.8
"""The share of a page that its notes may take; beyond it, the text above them would be a line or two."""


def overflowing(pages: Pages) -> frozenset[str]:
    """The ids of the notes that must be set elsewhere.

    They are the tallest on a page, until the others leave room for text, those that a reader would have to look for
    beyond the next page, and those for which no page with text was left: they would run into the next chapter.
    """
    found: set[str] = set()
    where = {ident: index for ident, (index, _) in pages.anchors().items()}
    for index in range(len(pages)):
        if notes := pages.notes(index):
            found.update(_too_tall(notes))
            late = pages.kind(index).blank
            found.update(i for i, _ in notes.heights if late or index - where.get(f"fnref-{i}", index) > 1)
    return frozenset(found)


def _too_tall(notes: Notes) -> list[str]:
    height, moved = sum(height for _, height in notes.heights), []
    for ident, own in sorted(notes.heights, key=lambda note: -note[1]):
        if height <= notes.room * CROWDED:
            break
        height -= own
        moved.append(ident)
    return moved
