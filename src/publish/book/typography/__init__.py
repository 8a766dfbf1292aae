"""Signs as a language sets them: quotation marks, dashes, apostrophes, primes, spaces that must not break."""

from publish.book.typography.signs import set_signs, set_text

__all__ = ["set_signs", "set_text"]
