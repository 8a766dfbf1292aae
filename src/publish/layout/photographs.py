"""Whether a picture is a photograph, which JPEG keeps well, or drawn, which it would smear."""

from PIL import Image, ImageChops

FEW = 256
"""Colours of a picture that was drawn, at most; a photograph has thousands."""
SOFT = 12
"""By how much of 255 neighbours differ, at most, in the grain and the shades of a photograph; edges differ by more."""
SHARE = 0.2
"""The share of such neighbours from which on a picture is a photograph. Lines and screens full of text have few: nearly
all neighbours are alike there, and the rest differ sharply."""


def is_photograph(image: Image.Image) -> bool:
    """Whether a picture without transparent parts is a photograph: it has many colours, and few plain surfaces."""
    if image.width < 2 or image.getcolors(FEW) is not None:
        return False
    grey = image.convert("L")
    left = grey.crop((0, 0, grey.width - 1, grey.height))
    right = grey.crop((1, 0, grey.width, grey.height))
    steps = ImageChops.difference(left, right).histogram()
    return sum(steps[1 : SOFT + 1]) >= SHARE * sum(steps)
