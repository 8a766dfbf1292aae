"""The values of the metadata, converted one by one. What cannot be converted raises what `wrong` makes."""

import datetime
import re
import tomllib
import uuid
from decimal import Decimal
from functools import cache
from importlib.resources import files

import langcodes
from pydantic_core import PydanticCustomError
from stdnum import isbn as isbns

from publish.manuscript import trims
from publish.manuscript.keys import closest
from publish.manuscript.model import Trim

_SPACE = re.compile(r"[ \t\n]+")
_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_LOOSE_DATE = re.compile(r"([0-9]{4})[-/. ]([0-9]{1,2})(?:[-/. ]([0-9]{1,2}))?")


def wrong(rule: str, *details: object) -> PydanticCustomError:
    """The error of a value: the name of a rule in `metadata_findings`, and what the rule needs for its words."""
    return PydanticCustomError(rule, "{rule}", {"rule": rule, "details": details})


def line(text: str) -> str:
    """A text of one line; runs of spaces and line ends are one space."""
    return _SPACE.sub(" ", text).strip(" ")


def lang(text: str) -> str:
    """A language's tag in its usual form (`en-GB` for `en_gb`)."""
    typed = line(text)
    try:
        valid = len(typed) <= 60 and langcodes.tag_is_valid(typed)
    except ValueError:
        valid = False
    if not valid:
        raise wrong("unknown_language", typed[:60], nearest_language(typed))
    return langcodes.standardize_tag(typed)


def nearest_language(typed: str) -> str | None:
    """The tag of the language that a word was likely meant to name."""
    word = _SPACE.sub(" ", typed.replace("-", " ").replace("_", " ")).strip().lower()
    name = closest(word, list(_languages()))
    return _languages()[name] if name else None


def date(text: str) -> str:
    """A date: year, year and month, or year, month and day."""
    typed = line(text)
    found = _DATE.fullmatch(typed)
    if found and _is_day(*found.groups()):
        return typed
    loose = _LOOSE_DATE.fullmatch(typed)
    if loose and _is_day(*loose.groups()):
        raise wrong("bad_date", typed[:60], "-".join(part.zfill(2) for part in loose.groups() if part))
    raise wrong("bad_date", typed[:60], _spelled_date(typed))


def isbn(text: str) -> str:
    """An ISBN of 13 digits with its hyphens, from 13 or 10 digits typed in any way."""
    typed = line(text)
    number = re.sub(r"[\s\u2010-\u2015-]", "", typed).upper().removeprefix("ISBN").lstrip(":")
    if not re.fullmatch(r"97[89][0-9]{10}|[0-9]{9}[0-9X]", number):
        raise wrong("not_an_isbn", typed[:60])
    if not isbns.is_valid(number):
        right = next(digit for digit in "0123456789X" if isbns.is_valid(number[:-1] + digit))
        raise wrong("isbn_check_digit", typed[:60], _hyphened(number[:-1] + right))
    return _hyphened(number)


def identifier(text: str) -> str:
    """A UUID as `urn:uuid:…`."""
    typed = line(text)
    try:
        return uuid.UUID(typed.lower().removeprefix("urn:uuid:")).urn
    except ValueError:
        raise wrong("bad_identifier", typed[:60]) from None


def trim(text: str) -> Trim:
    """A page size, by measure or by name."""
    typed = line(text)
    found = trims.find(typed)
    if found is None:
        raise wrong("unknown_trim", typed[:60], nearest_trim(typed))
    if not trims.fits(found):
        raise wrong("trim_out_of_range", found.name, trims.SMALLEST, trims.LARGEST)
    return found


def nearest_trim(typed: str) -> str | None:
    """The size that was likely meant: a name that is much like it, or the missing unit added."""
    if re.fullmatch(r"[\d.,]+\s*[x×]\s*[\d.,]+", typed):
        for unit in ("mm", "in"):
            found = trims.find(typed + unit)
            if found and trims.fits(found):
                return found.name
    by_name = {name.lower(): name for name in trims.names()}
    name = closest(typed, list(by_name))
    return by_name[name] if name else None


def role(text: str) -> str:
    """A relator's code, from its name or the code itself."""
    typed = _SPACE.sub(" ", text.replace("-", " ").replace("_", " ")).strip().lower()
    if typed in roles().values():
        return typed
    if typed not in roles():
        raise wrong("unknown_role", line(text)[:60], closest(typed, list(roles())))
    return roles()[typed]


def price(text: str) -> Decimal:
    """A price of at most two decimals."""
    typed = line(text)
    if not re.fullmatch(r"[0-9]{1,7}(\.[0-9]{1,2})?", typed):
        raise wrong("bad_price", typed[:60])
    return Decimal(typed)


def territory(text: str) -> str:
    """The code of a country or region, or `WORLD`."""
    typed = line(text)
    if not re.fullmatch(r"WORLD|ROW|[A-Z]{2}(-[A-Z0-9]{1,3})?", typed.upper()):
        raise wrong("bad_territory", typed[:60])
    return typed.upper()


def caliper(text: str) -> float:
    """The thickness of a leaf in mm, between 0.02 and 1."""
    typed = line(text)
    number = typed.lower().removesuffix("mm").strip()
    if not re.fullmatch(r"[0-9]?\.?[0-9]{1,5}", number) or not 0.02 <= float(number) <= 1:
        raise wrong("bad_caliper", typed[:60])
    return float(number)


def address(text: str) -> str:
    """An address in the web."""
    typed = line(text)
    if not re.fullmatch(r"https?://[^\s/?#\"<>\\^`{|}]+\.[^\s\"<>\\^`{|}]+", typed):
        raise wrong("bad_address", typed[:60])
    return typed


def quotes(text: str) -> str:
    """The four quotation marks of a language's outer and inner pair."""
    signs = "".join(text.split())
    if len(signs) != 4 or any(sign.isalnum() for sign in signs):
        raise wrong("bad_quotes", line(text)[:60])
    return signs


@cache
def roles() -> dict[str, str]:
    """The relators' codes by name."""
    return _table("roles.toml")


def role_name(code: str) -> str:
    """The name of a relator's code (`editor` for `edt`), or the code itself."""
    return next((name for name, known in roles().items() if known == code), code)


def language_name(tag: str) -> str | None:
    """A name of the language of a tag, whatever its region (`English` for `en-GB`); None where none is known."""
    primary = tag.partition("-")[0]
    return next((name.title() for name, known in _languages().items() if known == primary), None)


@cache
def _languages() -> dict[str, str]:
    return _table("languages.toml")


def _table(name: str) -> dict[str, str]:
    return tomllib.loads((files("publish.manuscript") / name).read_text(encoding="utf-8"))


def _hyphened(number: str) -> str:
    return str(isbns.format(isbns.to_isbn13(number)))


def _is_day(year: str, month: str | None, day: str | None) -> bool:
    try:
        datetime.date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return False
    return True


def _spelled_date(typed: str) -> str | None:
    """The date of `14 March 2025` or `March 14, 2025`."""
    for pattern in ("%d %B %Y", "%B %d, %Y", "%B %d %Y", "%d %b %Y", "%d.%m.%Y"):
        try:
            return datetime.datetime.strptime(typed, pattern).date().isoformat()
        except ValueError:
            continue
    return None
