"""What stands around sections that are laid out apart: only where the template shows each of them once, and no more."""

from dataclasses import replace

import pytest

from publish.layout.html import frame
from publish.layout.model import Rendition, Template
from publish.layout.themes import base_theme

from .helpers import book, chapter, dressed

SHOWN = "{{ document }}"
NAME = "book.html.j2"


def with_template(shown: str) -> Rendition:
    """A book of four chapters whose template has this where ours prints a section."""
    rendition, _ = dressed(book(*(chapter("<p>Text.</p>", f"c{number}") for number in range(4))))
    ours = base_theme().templates[NAME]
    assert rendition.theme is not None
    own = Template(NAME, f"styles/classic/{NAME}", ours.text.replace(SHOWN, shown))
    return replace(rendition, theme=replace(rendition.theme, templates={**rendition.theme.templates, NAME: own}))


def test_our_own_template_has_a_frame() -> None:
    around = frame(with_template(SHOWN))
    assert around is not None
    assert around[0].rstrip().endswith("<body>")
    assert around[1].lstrip().startswith("</body>")


@pytest.mark.parametrize(
    "shown",
    [
        f"{SHOWN}{SHOWN}",
        f"{{% if loop.first %}}{SHOWN}{{% endif %}}",
        f"{{% if loop.index == 3 %}}<hr/>{{% endif %}}{SHOWN}",
        f"<div>{SHOWN}</div>",
        f"{SHOWN}{{% if loop.last %}}<p>The end.</p>{{% endif %}}",
    ],
)
def test_a_template_that_shows_sections_otherwise_has_none(shown: str) -> None:
    assert frame(with_template(shown)) is None
