"""Functions of ours in the place of the engine's: all that Octavo changes in WeasyPrint stands in this package."""

from publish.pdf.grafts.guard import Graft, install

GRAFTS: tuple[Graft, ...] = ()
"""All grafts, in the order in which they are put in."""


def graft() -> tuple[str, ...]:
    """Put all grafts in, and give the names of those that stand aside since the engine is not the one they know."""
    return install(GRAFTS)
