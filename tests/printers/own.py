"""A whole file of an author's own printer, and a project that has it."""

from pathlib import Path

HARBOUR = """# What the press at the harbour asks.
name = "Harbour Press"

[trims]
sizes = [[5.06, 7.81]]
smallest = [4, 6]
largest = [8, 11]
checked = "2026-08"
source = "Data sheet, page 2"

[margins]
inner = [[100, 0.5], [400, 0.75]]
outer = 0.4
top = 0.4
bottom = 0.4
checked = "2026-08"
source = "Data sheet, page 3"

[bleed]
bleed = 0.118
checked = "2026-08"
source = "Data sheet, page 3"

[pages]
black = { white = [4, 400], munken = [4, 300] }
checked = "2026-09"
source = "Data sheet, page 4"

[spine]
black = { white = 0.002, munken = 0.0031 }
added = 0.02
checked = "2026-09"
source = "Data sheet, page 4"

[cover]
safe = 0.2
spine-text-above = 60
spine-clear = 0.0625
tolerance = 0.0625
barcode = [2, 1.2]
checked = "2026-09"
source = "by letter"

[file]
flavour = "pdf"
strip = ["outline"]
ppi = 300
text = 7
checked = "2026-09"
source = "Data sheet, page 5"
"""


def put(project: Path, text: str, name: str = "harbour") -> Path:
    """Write a printer's file into a project."""
    path = project / "printers" / f"{name}.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path
