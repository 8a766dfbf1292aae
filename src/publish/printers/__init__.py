"""What printers ask of a book, each printer a data file with dates and sources."""

PRINTERS = ("kdp", "ingram", "lulu", "generic")
"""The printers that there are data files of."""
