"""A shelf: a folder of books with a catalogue that reading apps know (OPDS), to be put on any web server."""
