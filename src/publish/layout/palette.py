"""The colours of a theme as custom properties, in the values of the medium: light for screens, inks for printers."""

from publish.layout.model import Colour, Theme


def properties(theme: Theme, *, inks: bool) -> str:
    """The declarations `--ground: ...; --text: ...`, one for each colour that the theme names."""
    return "; ".join(f"--{name}: {_ink(colour) if inks else colour.rgb}" for name, colour in theme.colours.items())


def _ink(colour: Colour) -> str:
    return f"device-cmyk({' '.join(f'{share / 100:g}' for share in colour.cmyk)})"
