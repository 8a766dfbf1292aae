"""What e-book shops ask of an EPUB, each shop a data file with dates and sources. `checks.shops` tries files by it."""

SHOPS = ("apple", "kobo", "google", "kindle")
"""The shops that there are data files of."""
