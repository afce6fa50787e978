"""The field decides the type: every value arrives as its text and is read here (format.md#values).

Each annotated type raises `PydanticCustomError` whose type is the finding's code, whose message says what is
wrong and whose context key `mend` says what to write instead.
"""

from __future__ import annotations

import calendar
import datetime
import re
from decimal import Decimal
from functools import lru_cache
from typing import Annotated, Any

from babel.numbers import list_currencies
from pydantic import BaseModel, BeforeValidator, ConfigDict
from pydantic_core import PydanticCustomError

TITLE_LIMIT = 200
PROSE_LIMIT = 10_000
DIGITS_LIMIT = 15

#: An owner's, a goal's or a landmark's id: a lower-case slug of at most 64 characters.
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
_NUMBER = re.compile(r"-?[0-9]+(?:_[0-9]+)*(?:\.[0-9]+)?\Z")
_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})\Z")
_LOOSE_DAY = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})(?:[T ].*)?\Z")
_SCALE = {"k": 1_000, "m": 1_000_000, "b": 1_000_000_000}


class Entity(BaseModel):
    """A part of a handbook: frozen, no key but the named ones."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, serialize_by_alias=True)


def value_error(code: str, what: str, help: str = "") -> PydanticCustomError:
    """An error of a value, in the shape the reader turns into a finding."""
    return PydanticCustomError(code, "{what}", {"what": what, "help": help})


def parse_text(value: Any) -> str:
    """One line of text, trimmed, not empty, at most TITLE_LIMIT characters. Raises GH104, GH119."""
    text = " ".join(_scalar(value, "text").split())
    if not text:
        raise value_error("GH103", "this is empty", "write something or delete the key")
    if len(text) > TITLE_LIMIT:
        raise value_error("GH119", f"{len(text)} characters are more than a line can show", f"keep it to {TITLE_LIMIT}")
    return text


def parse_prose(value: Any) -> str:
    """CommonMark of at most PROSE_LIMIT characters. Raises GH104, GH119."""
    text = _scalar(value, "text").strip()
    if len(text) > PROSE_LIMIT:
        raise value_error("GH119", f"{len(text)} characters are a chapter, not a note", f"keep it to {PROSE_LIMIT:,}")
    return text


def parse_required_prose(value: Any) -> str:
    """CommonMark that must say something. Raises GH103, GH104, GH119."""
    text = parse_prose(value)
    if not text:
        raise value_error("GH103", "this is empty", "say it in a sentence")
    return text


def parse_slug(value: Any) -> str:
    """An id. Raises GH104, GH107."""
    return _slug(_scalar(value, "an id"))


@lru_cache(maxsize=65_536)
def _slug(text: str) -> str:
    if not SLUG.match(text) or len(text) > 64:
        raise value_error("GH107", f"{quoted(text)} is no id", slug_help(text))
    return text


def parse_goal_ref(value: Any) -> str:
    """A goal's name from elsewhere: `goal` (in the own team) or `owner/goal`. Raises GH104, GH107."""
    text = _scalar(value, "a goal's id")
    if not all(SLUG.match(part) and len(part) <= 64 for part in text.split("/")) or text.count("/") > 1:
        raise value_error("GH107", f"{quoted(text)} is no goal's id", "write goal or owner/goal, in lower case")
    return text


def parse_number(value: Any) -> Decimal:
    """An exact decimal: `1200000`, `1_200_000`, `-3.5`. Raises GH104, GH105 with the spelling to use."""
    if isinstance(value, Decimal):
        return value
    text = _scalar(value, "a number").strip()
    if not _NUMBER.match(text):
        raise value_error("GH105", f"{quoted(text)} is no number", number_help(text))
    if sum(c.isdigit() for c in text) > DIGITS_LIMIT:
        raise value_error(
            "GH105",
            f"a number of {len(text)} characters is more than anyone sells",
            f"use at most {DIGITS_LIMIT} digits",
        )
    return Decimal(text.replace("_", "")) + 0  # + 0: "-0" is 0


def number_spelling(text: str) -> str:
    """How the format spells what a person typed for a number: `93,068` is `93_068`; anything else stays as it is."""
    text = text.strip()
    if _NUMBER.match(text):
        return _underscored(Decimal(text.replace("_", ""))) if len(text) > 4 else text
    return _respell(text) or text


def parse_count(value: Any) -> int:
    """A whole number from 0 to 100,000. Raises GH104, GH105."""
    number = Decimal(value) if isinstance(value, int) else parse_number(value)
    if number != int(number) or not 0 <= number <= 100_000:
        raise value_error(
            "GH105", f"{quoted(str(value))} is no whole number from 0 to 100,000", "write it in digits, e.g. 14"
        )
    return int(number)


def parse_positive(value: Any) -> int:
    """A whole number of at least 1. Raises GH104, GH105."""
    count = parse_count(value)
    if count == 0:
        raise value_error("GH105", "0 is nothing to do", "write 1 or more")
    return count


def parse_day(value: Any) -> datetime.date:
    """A real calendar day from 1900-01-01 to 2199-12-31, `YYYY-MM-DD`. Raises GH104, GH106 with the mend."""
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return value
    return _day(_scalar(value, "a date").strip())


@lru_cache(maxsize=8_192)  # a year has few days, a handbook many dates
def _day(text: str) -> datetime.date:
    match = _DAY.match(text)
    if not match or not text.isascii():
        raise value_error("GH106", f"{quoted(text)} is no date", _day_help(text))
    year, month, day = (int(part) for part in match.groups())
    if not 1900 <= year <= 2199:
        raise value_error("GH106", f"{text} is not between 1900 and 2199", "check the year")
    if not 1 <= month <= 12:
        raise value_error("GH106", f"{text} has no such month", "write YYYY-MM-DD, the month second")
    last = calendar.monthrange(year, month)[1]
    if not 1 <= day <= last:
        month_name = f"{calendar.month_name[month]} {year}"
        raise value_error("GH106", f"{text} is no day of the calendar", f"{month_name} has {last} days")
    return datetime.date(year, month, day)


def parse_yes_no(value: Any) -> bool:
    """`yes` or `no`. Raises GH104, GH108."""
    if isinstance(value, bool):
        return value
    text = _scalar(value, "yes or no").lower()
    if text not in {"yes", "no", "true", "false"}:
        raise value_error("GH108", f"{quoted(text)} is neither yes nor no", "write yes or no")
    return text in {"yes", "true"}


def parse_currency(value: Any) -> str:
    """An ISO 4217 code. Raises GH104, GH108."""
    text = _scalar(value, "a currency")
    if text not in list_currencies():
        raise value_error(
            "GH108", f"{quoted(text)} is no ISO 4217 currency", "write its three letters, e.g. USD or EUR"
        )
    return text


def one_or_more(value: Any) -> Any:
    """A single value stands for a list of one."""
    return [value] if isinstance(value, str) else value


def quoted(text: str) -> str:
    """A value as a message shows it: in quotes, cut where it is long."""
    return f'"{text}"' if len(text) <= 60 else f'"{text[:57]}…"'


def slug_help(text: str) -> str:
    """What to write instead of an id that is none."""
    spelled = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:64].strip("-")
    if spelled and spelled.isascii() and text.isascii():
        return f"use lower case, digits and hyphens, e.g. {spelled}"
    return "use a-z, 0-9 and single hyphens, at most 64 characters"


def number_help(text: str) -> str:
    """The spelling to use for a number that a person would read but we refuse, or how to write one."""
    spelled = _respell(text)
    return f"write {spelled}" if spelled else "write digits, e.g. 1_200_000 or -3.5"


def _respell(text: str) -> str:
    plain = text.strip().strip("$€£%+ ").strip()
    if match := re.fullmatch(r"(-?[0-9]+(?:\.[0-9]+)?)\s*([kKmMbB])", plain):
        return _underscored(Decimal(match[1]) * _SCALE[match[2].lower()])
    if re.fullmatch(r"-?[0-9]+(?:\.[0-9]+)?[eE]\+?[0-9]{1,2}", plain):
        return _underscored(Decimal(plain))
    if re.fullmatch(r"-?[0-9]{1,3}(?:[, '\u00a0\u202f][0-9]{3})+(?:\.[0-9]+)?", plain):
        return _underscored(Decimal(re.sub(r"[, '\u00a0\u202f]", "", plain)))
    if re.fullmatch(r"-?[0-9]{1,3}(?:\.[0-9]{3})*,[0-9]+", plain):
        return _underscored(Decimal(plain.replace(".", "").replace(",", ".")))
    return plain if _NUMBER.match(plain) and plain != text else ""


def _underscored(number: Decimal) -> str:
    return f"{number:,f}".replace(",", "_") if number != int(number) else f"{int(number):_}"


def _day_help(text: str) -> str:
    if match := _LOOSE_DAY.match(text):
        year, month, day = (int(part) for part in match.groups())
        if 1 <= month <= 12 and 1 <= day <= 31:
            return f"write {year:04}-{month:02}-{day:02}"
    return "write YYYY-MM-DD, e.g. 2017-09-30"


def _scalar(value: Any, wanted: str) -> str:
    if isinstance(value, str):
        return value
    found = (
        "a list" if isinstance(value, (list, tuple)) else "a group of keys" if isinstance(value, dict) else repr(value)
    )
    raise value_error("GH104", f"here belongs {wanted}, not {found}", "write it behind the colon, on the same line")


Text = Annotated[str, BeforeValidator(parse_text)]
Prose = Annotated[str, BeforeValidator(parse_prose)]
RequiredProse = Annotated[str, BeforeValidator(parse_required_prose)]
Slug = Annotated[str, BeforeValidator(parse_slug)]
GoalRef = Annotated[str, BeforeValidator(parse_goal_ref)]
Number = Annotated[Decimal, BeforeValidator(parse_number)]
Count = Annotated[int, BeforeValidator(parse_count)]
Positive = Annotated[int, BeforeValidator(parse_positive)]
Day = Annotated[datetime.date, BeforeValidator(parse_day)]
YesNo = Annotated[bool, BeforeValidator(parse_yes_no)]
Currency = Annotated[str, BeforeValidator(parse_currency)]
Slugs = Annotated[tuple[Slug, ...], BeforeValidator(one_or_more)]
Texts = Annotated[tuple[Text, ...], BeforeValidator(one_or_more)]
GoalRefs = Annotated[tuple[GoalRef, ...], BeforeValidator(one_or_more)]
