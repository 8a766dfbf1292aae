"""Lines of a container: their text, and where that text began in the author's file."""

import re
from typing import NamedTuple

TAB = 4


class Line(NamedTuple):
    """A line as a container sees it: its text, its number in the file, its first character's column (from 1)."""

    text: str
    number: int
    column: int = 1

    @property
    def blank(self) -> bool:
        """Whether nothing stands on the line."""
        return not self.text.strip(" \t")

    @property
    def indent(self) -> int:
        """Columns of white space before the text, tabs counted to the next multiple of four."""
        width = 0
        for sign in self.text:
            if sign == " ":
                width += 1
            elif sign == "\t":
                width += TAB - width % TAB
            else:
                break
        return width

    def dedent(self, columns: int) -> "Line":
        """The line with up to so many columns of white space taken away; a tab cut in two leaves spaces."""
        width = at = 0
        while at < len(self.text) and width < columns:
            if self.text[at] == " ":
                width += 1
            elif self.text[at] == "\t":
                width += TAB - width % TAB
            else:
                break
            at += 1
        return Line(" " * (width - columns) + self.text[at:], self.number, self.column + at)

    def cut(self, count: int) -> "Line":
        """The line without its first so many characters."""
        return Line(self.text[count:], self.number, self.column + count)

    def stripped(self) -> "Line":
        """The line without the white space before its text."""
        return self.cut(len(self.text) - len(self.text.lstrip(" \t")))


RULE = re.compile(r"[ ]{0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,}|(?:⁂|<hr[ \t]*/?>)[ \t]*)$")
ATX = re.compile(r"[ ]{0,3}(#{1,6})(?:[ \t]+|$)")
SETEXT = re.compile(r"[ ]{0,3}(=+|-+)[ \t]*$")
FENCE = re.compile(r"[ ]{0,3}(`{3,}|~{3,})[ \t]*([^`]*|(?<=~).*)$")
DIV_OPEN = re.compile(r"[ ]{0,3}(:{3,})[ \t]*(?:\{(?P<attributes>.*)\}|(?P<name>[^\s{}:][^\s{}]*))[ \t]*:*[ \t]*$")
DIV_CLOSE = re.compile(r"[ ]{0,3}:{3,}[ \t]*$")
QUOTE = re.compile(r"[ ]{0,3}>[ ]?")
VERSE = re.compile(r"[ ]{0,3}\|(?:[ ]|$)")
NOTE = re.compile(r"[ ]{0,3}\[\^([^\]\s]+)\]:[ \t]*")
ABBREVIATION = re.compile(r"[ ]{0,3}\*\[([^\]]+)\]:[ \t]*(.*)$")
DEFINITION = re.compile(r"[ ]{0,2}[:~][ \t]+(?=\S)")
PAGE_BREAK = re.compile(r"[ ]{0,3}\\newpage[ \t]*$")
COMMENT = re.compile(r"[ ]{0,3}<!--")
DELIMITER_ROW = re.compile(r"[ \t]*(?:\|[ \t]*)?:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*(?:\|[ \t]*)?$")
MARKER = re.compile(
    r"(?P<bullet>[-*+])(?=[ \t]|$)|(?P<number>\d{1,9})(?P<nd>[.)])(?=[ \t]|$)"
    r"|(?P<letter>[a-z]|[ivxl]{2,6})(?P<ld>[.)])(?=[ \t]|$)|(?P<upper>[A-Z])(?P<ud>[.)])(?=[ \t]{2})"
)


def delimiter_row(text: str) -> bool:
    """Whether a line divides a table's head from its body: a row of bars and dashes, with at least one bar."""
    return "|" in text and "-" in text and DELIMITER_ROW.match(text) is not None
