"""Reads the date of a deal as people and CRMs write it: `2017-04-10`, `10.04.2017`, `4/10/2017, 2:03 PM`."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Literal

from pydantic_core import PydanticCustomError

from ..model.values import message_and_help, parse_day, quoted, value_error
from ..spreadsheets.sheet import Field, Money, text_of

#: Whether the day or the month comes first where both are numbers and the year is last.
Order = Literal["day", "month"]
#: How each is given as a format of strptime.
FORMATS: Mapping[Order, str] = {"day": "%d/%m/%Y", "month": "%m/%d/%Y"}
#: The order that such a format stands for, whatever is between the numbers.
_ORDERS = {format: order for order, format in FORMATS.items()}

_TIME = re.compile(
    r"(?<=[0-9]),?(?:T|\s+)[0-9]{1,2}[:.][0-9]{2}(?:[:.][0-9]{2}(?:[.,][0-9]+)?)?(?:\s*[ap]\.?m\.?)?"
    r"(?:\s*(?:Z|UTC|GMT|[+-][0-9]{2}:?[0-9]{2}))?\Z",
    re.IGNORECASE,
)
_YEAR_FIRST = re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})\Z", re.ASCII)
_YEAR_LAST = re.compile(r"([0-9]{1,2})([-/.])\s?([0-9]{1,2})\2\s?([0-9]{4})\Z", re.ASCII)


def read_date(field: Field, format: str = "", order: Order | None = None) -> datetime.date:
    """Read a date, and ignore a time after it.

    `format` says how dates are written (strptime), `order` what comes first in `04/10/2017`; a date with points begins
    with the day. Raises GH106.
    """
    if isinstance(field, datetime.date):
        return parse_day(field)
    if isinstance(field, Money):
        raise value_error("GH106", f"{quoted(text_of(field))} is not a date", "name another column")
    return _read(text_of(field), format, order)


@lru_cache(maxsize=8_192)
def _read(text: str, format: str, order: Order | None) -> datetime.date:
    if format:
        known = dates_in(text).get(_ORDERS[format]) if format in _ORDERS else None
        return known or _by_format(text, format)
    if days := dates_in(text):
        return days.get(order or "day") or next(iter(days.values()))
    try:
        return parse_day(_TIME.sub("", text))
    except PydanticCustomError as error:
        message, help = message_and_help(error)
        if "/" in text or "." in text:
            help = "name the format with --date-format, e.g. %m/%d/%Y"
        raise value_error("GH106", message, help) from None


def _by_format(text: str, format: str) -> datetime.date:
    for candidate in (text, _TIME.sub("", text)):
        try:
            return parse_day(datetime.datetime.strptime(candidate, format).date())  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    raise value_error("GH106", f"{quoted(text)} does not match {format}", "fix --date-format")


@lru_cache(maxsize=8_192)
def dates_in(text: str) -> Mapping[Order, datetime.date]:
    """Return the day that a date is if the day comes first, and if the month does, as far as there are such days."""
    plain = _TIME.sub("", text)
    if found := _YEAR_FIRST.match(plain):
        day_first = month_first = _day(found[1], found[3], found[4])
    elif found := _YEAR_LAST.match(plain):
        day_first, month_first = _day(found[4], found[3], found[1]), _day(found[4], found[1], found[3])
        if found[2] == ".":
            month_first = day_first
    else:
        return {}
    readings: Mapping[Order, datetime.date | None] = {"day": day_first, "month": month_first}
    return {order: day for order, day in readings.items() if day}


def _day(year: str, month: str, day: str) -> datetime.date | None:
    try:
        return parse_day(f"{year}-{month:0>2}-{day:0>2}")
    except PydanticCustomError:
        return None
