"""Marks that could be set in more than one way."""

from publish.problems import Said, Severity, rule


@rule("T001", Severity.HINT)
def mark_without_partner(mark: str, context: str) -> Said:
    """A quotation mark has no partner in its paragraph.

    A speech that goes on in the next paragraph is opened again there and closed at its very end; that is no mistake and
    is not reported. Everything else is worth a look: in `He said "no and left.` the mark before "no" is never closed.
    Close it, or type the sign that you want (“ or ”) where Octavo guesses wrongly: what you type as the right sign
    stays as it is.
    """
    return f"this {mark} has no partner: … {context} …", "close it, or type the very sign that you want"


@rule("T002", Severity.HINT)
def prime_or_quote(mark: str, context: str) -> Said:
    """A mark behind a digit, inside quotation marks, could end the quotation or mean feet, inches or minutes.

    In `"The plank is 12" long," he said.` the second mark means inches, and Octavo sets ″ because another mark follows
    that closes the speech. Read the passage in the finished book. Where it guesses wrongly, type the sign yourself:
    ′ ″ for feet and inches, ’ ” for the end of a quotation.
    """
    said = f"is this {mark} a quotation mark or inches? … {context} …"
    return said, "it is set as inches; if that is wrong, type the sign"
