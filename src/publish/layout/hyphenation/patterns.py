"""Patterns for Azerbaijani and Turkish, made from the rule of the syllable, which is regular in both languages.

Each syllable has one vowel; a consonant between two vowels begins the second syllable; of several consonants the last
one does (türk-çe, kont-rol, elekt-rik); compounds are divided like all words (ba-şöğ-ret-men, il-ko-kul). At an
apostrophe no hyphen is added. Sources: the Turkish Language Association's spelling guide on the structure of syllables
and the division of words; the orthography rules of Azerbaijani on carrying words over to the next line.

`python src/publish/layout/hyphenation/patterns.py` writes the files anew.
"""

from itertools import product
from pathlib import Path

VOWELS = {"az": "aeəıioöuü", "tr": "aeıioöuüâîû"}
CONSONANTS = "bcçdfgğhjklmnpqrsştvwxyz"
FIRST_OF_THREE = "sş"
"""What begins the words with three consonants before their first vowel, all of them borrowed: strateji, ştraus."""
LEAST = 2
"""Letters that stay together at either end of a word."""


def patterns(lang: str) -> str:
    """The pattern file of a language, in Hunspell's form: an odd number allows a break, a higher even one none."""
    vowels = VOWELS[lang]
    between = [f"1{consonant}{vowel}" for consonant, vowel in product(CONSONANTS, vowels)]
    hiatus = [f"{first}1{second}" for first, second in product(vowels, vowels)]
    start = [f".{first}2{second}" for first, second in product(CONSONANTS, CONSONANTS)]
    start += [f".{first}{second}2{third}" for first, second, third in product(FIRST_OF_THREE, CONSONANTS, CONSONANTS)]
    head = [
        "UTF-8",
        "% Made by publish.layout.hyphenation.patterns; MIT-0.",
        f"LEFTHYPHENMIN {LEAST}",
        f"RIGHTHYPHENMIN {LEAST}",
    ]
    return "\n".join([*head, *between, *hiatus, *start, "2'2", "2’2", ""])


def pattern_file(lang: str) -> Path:
    """Where the patterns of a language stand."""
    return Path(__file__).with_name(f"hyph_{lang}.dic")


if __name__ == "__main__":
    for name in VOWELS:
        pattern_file(name).write_text(patterns(name), encoding="utf-8")
