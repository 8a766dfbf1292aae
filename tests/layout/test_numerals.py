"""Page numbers that we write are those that the engine would write."""

import pytest
from weasyprint.html import UA_COUNTER_STYLE

from publish.layout.numerals import numeral
from publish.layout.pageseams import FOLIO_STYLES

NUMBERS = (*range(-30, 130), 399, 444, 702, 703, 999, 1984, 3888, 3999, 4000, 12_345)


@pytest.mark.parametrize("style", sorted(FOLIO_STYLES))
def test_numbers_are_the_engines(style: str) -> None:
    for number in NUMBERS:
        assert numeral(number, style) == UA_COUNTER_STYLE.render_value(number, style)


def test_other_styles_are_refused() -> None:
    with pytest.raises(ValueError, match="hebrew"):
        numeral(5, "hebrew")
