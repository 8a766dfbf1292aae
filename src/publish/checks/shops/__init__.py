"""The rules that shops have: an EPUB is tried by those of one shop, with that shop's numbers."""
