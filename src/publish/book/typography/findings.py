"""Marks that could be set in more than one way."""

from publish.problems import Said, Severity, rule


@rule("T001", Severity.HINT)
def doubtful_mark(mark: str, context: str) -> Said:
    """A quotation mark has no partner in its paragraph.

    A speech that goes on in the next paragraph is opened again there and closed at its very end; everything else is
    worth a look. Type the sign itself where Octavo guesses wrongly; what you type as the right sign stays.
    """
    return f"this {mark} has no partner: … {context} …", "close it, or type the very sign that you want"
