"""What a cell holds: numbers, days, words and lines, as the handbook spells them and as people type them.

A reader returns the value as a file of the handbook has it, and raises what the parsers of model.values raise.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from ..findings import did_you_mean
from ..model.identity import folded
from ..model.values import (
    CURRENCIES,
    number_spelling,
    parse_day,
    parse_number,
    parse_prose,
    parse_text,
    plain_number,
    quoted,
    value_error,
)
from ..source.text import UNPRINTABLE
from ..spreadsheets.currency_marks import currencies_named
from ..spreadsheets.sheet import Field, Formula, Money, Percent

#: Spreadsheets have no more characters in a cell than 32,767.
_LONGEST = 32_000
_CUT = "… (too long for a cell)"
#: More than a thousand in one country, a little more than one in another.
_UNCLEAR = re.compile(r"-?[1-9][0-9]{0,2}\.[0-9]{3}\Z")
#: A number without groups whose comma can only be a decimal one: not three digits follow, or more than three precede.
_DECIMAL_COMMA = re.compile(r"(-?(?:[0-9]+,(?:[0-9]{1,2}|[0-9]{4,})|[0-9]{4,},[0-9]{3}))\Z")
#: What nobody writes but for a number, or a date.
_NO_WORDS = re.compile(r"[^\w]*[0-9][0-9\W_]*\Z")
_TYPED_DAY = re.compile(r"([0-9]{1,2})\s*([./-])\s*([0-9]{1,2})\s*\2\s*([0-9]{4})\Z")


def words_of(field: Field) -> str:
    """Return a field as a CSV file has it: numbers in digits, a percentage with its sign, days as YYYY-MM-DD."""
    match field:
        case Percent():
            return f"{plain_number(field.points)}%"
        case Money():
            return plain_number(field.number)
        case Decimal():
            return plain_number(field)
        case Formula():
            return field.text
        case _:
            return str(field)


def is_same(one: Field, other: Field) -> bool:
    """Return whether two cells say the same, however they are formatted."""
    return trimmed(one) == trimmed(other)


def is_blank(field: Field) -> bool:
    """Return whether a cell says nothing."""
    return not trimmed(field)


def trimmed(field: Field) -> str:
    """Return a field as text without space around it, and with plain line breaks."""
    return words_of(field).replace("\r\n", "\n").replace("\r", "\n").strip()


def shown_text(text: str) -> str:
    """Return a text as a cell can hold it."""
    text = UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", text.replace("\r\n", "\n").replace("\r", "\n"))
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}{_CUT}"


def shown_number(number: Decimal | None, unit: str, currency: str) -> Field:
    """Return a number in its unit's format: 5 percent as 5%, money with its `currency` ("" if the house has none)."""
    if number is None:
        return ""
    if unit == "percent":
        return Percent(number / 100)
    code = currency if unit == "money" else unit if unit in CURRENCIES else ""
    return Money(number, code) if code else number


def read_number(field: Field, unit: str, currency: str) -> str:
    """Return a number in a unit ("" if that is unknown). Raises GH104, GH105."""
    match field:
        case Percent():
            _require_percent(words_of(field), unit)
            return spelled_number(field.points)
        case Money():
            code = currency if unit == "money" else unit
            if code in CURRENCIES and code not in (marks := currencies_named(field.currency)):
                message = f"{plain_number(field.number)} is shown in {marks[0]}, and the goal is measured in {code}"
                raise value_error("GH105", message, f"write it in {code}, and correct the format of the cell")
            return spelled_number(field.number)
        case Decimal():
            return spelled_number(field)
        case datetime.date():
            raise value_error("GH105", f"{field} is a date, not a number", "correct the format of the cell")
        case _:
            return _typed_number(trimmed(field), unit)


def _typed_number(text: str, unit: str) -> str:
    if text.endswith("%"):
        _require_percent(text, unit)
        text = text.removesuffix("%").strip()
    if _DECIMAL_COMMA.match(text):
        text = text.replace(",", ".")
    elif _UNCLEAR.match(text):
        one, other = plain_number(Decimal(text)), spelled_number(Decimal(text.replace(".", "")))
        raise value_error("GH105", f"{quoted(text)} could be {one} or {other}", "type it as a number, not as text")
    spelled = number_spelling(text)
    parse_number(spelled)
    return spelled


def _require_percent(shown: str, unit: str) -> None:
    if unit not in {"", "percent"}:
        message = f"{shown} is a percentage, and the goal is measured in {unit}"
        raise value_error("GH105", message, "measure it in percent, or write a plain number")


def spelled_number(number: Decimal) -> str:
    """Return a number as a file has it: `260_000`. Raises GH105."""
    return number_spelling(plain_number(parse_number(plain_number(number))))


def looks_like_number(text: str) -> bool:
    """Return whether a text would be read as a number, or could be."""
    spelled = number_spelling(text.removesuffix("%"))
    return _NO_WORDS.match(text) is not None or re.fullmatch(r"-?[0-9_]+(?:\.[0-9]+)?", spelled) is not None


def read_day(field: Field) -> datetime.date:
    """Return a day: a date, or one typed as text that can be read in one way only. Raises GH106."""
    if isinstance(field, datetime.date):
        return parse_day(str(field))
    text = trimmed(field)
    match = _TYPED_DAY.match(text)
    if not match:
        return parse_day(text)
    first, mark, second, year = match.groups()
    # Nobody puts the month first and points between.
    orders = [(second, first)] if mark == "." else [(second, first), (first, second)]
    days = {day for month, day_of in orders if (day := _day(year, month, day_of))}
    if len(days) > 1:
        readings = " or ".join(map(str, sorted(days)))
        raise value_error("GH106", f"{quoted(text)} could be {readings}", "write the one you mean, as YYYY-MM-DD")
    return days.pop() if days else parse_day(text)


def _day(year: str, month: str, day: str) -> datetime.date | None:
    try:
        return datetime.date(int(year), int(month), int(day))
    except ValueError:
        return None


def read_text(field: Field) -> str:
    """Return one line of text. Raises GH103, GH119."""
    return parse_text(words_of(field))


def read_prose(field: Field) -> str:
    """Return text of several lines. Raises GH119."""
    return parse_prose(_whole(field))


def _whole(field: Field) -> str:
    """The text of a cell. Raises GH119 for one that was cut when it was written."""
    text = trimmed(field)
    if text.endswith(_CUT):
        raise value_error("GH119", "this text is longer than a cell can hold", "change it in the file of its owner")
    return text


def read_choice(field: Field, choices: Mapping[str, str]) -> str:
    """Return the value of a word that people choose: `at least` is `at_least`. Raises GH108."""
    text = trimmed(field)
    known = {_loose(word): value for shown, value in choices.items() for word in (shown, value)}
    if _loose(text) not in known:
        help = did_you_mean(text, choices) or f"write {' or '.join(choices)}"
        raise value_error("GH108", f"{quoted(text)} is not a known value", help)
    return known[_loose(text)]


def _loose(word: str) -> str:
    return re.sub(r"[\s_-]+", " ", folded(word))


def shown_lines(items: Sequence[str]) -> str:
    """Return items one a line; the further lines of an item are indented."""
    return shown_text("\n".join(item.replace("\n", "\n  ") for item in items))


def read_lines(field: Field) -> list[str]:
    """Return the items that a cell lists one a line. Raises GH119 for a cell that was cut when it was written."""
    items: list[str] = []
    for line in _whole(field).split("\n"):
        if line.startswith("  ") and items:
            items[-1] += f"\n{line[2:]}"
        elif line.strip():
            items.append(line.lstrip())
    return [item.strip() for item in items]
