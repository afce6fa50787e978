"""Days as people type them: `31.12.2027`, `12/31/2027`, `31 December`, `Q3`, `end of June`, `gestern`, `in 2 weeks`.

A text is read by every way of writing a date that fits it. Where two of them give different days, such as 03/04/2027,
both are returned, and somebody has to choose.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from babel import Locale
from babel.dates import get_date_format

from ..status.calendar import add_months, quarters

if TYPE_CHECKING:
    from ..model.settings import Period

#: How days are written in numbers; the day comes first where there are dots.
_IN_NUMBERS = ("y-M-d", "y/M/d", "y.M.d", "d.M.y", "d/M/y", "M/d/y", "d-M-y", "M-d-y")
#: The same with the month's name, besides what is usual in a language.
_WITH_NAMES = ("d MMM y", "d. MMM y", "MMM d y", "MMM d, y", "d-MMM-y", "d 'of' MMM y")
_WITHOUT_YEAR = ("d.M.", "d.M", "d. M.", "d MMM", "d. MMM", "MMM d", "d 'of' MMM")
#: What a part of a pattern can be (of any width), as it is written.
_PARTS = {"y": "(?P<y>[0-9]{4}|[0-9]{2})", "d": "(?P<d>[0-9]{1,2})(?:st|nd|rd|th)?", "G": "[^0-9]*?"}
_MONTH_NUMBER = "(?P<m>[0-9]{1,2})"
_TOKEN = re.compile(r"'([^']*)'|(y+|d+|[ML]+|G+)|(\s+)|(.)", re.DOTALL)
#: A month's name is understood from this many letters on.
_LETTERS = 3

#: The days next to today, by language; the English words are understood everywhere.
_RELATIVE = {
    "en": {"today": 0, "yesterday": -1, "tomorrow": 1, "the day before yesterday": -2, "the day after tomorrow": 2},
    "de": {"heute": 0, "gestern": -1, "morgen": 1, "vorgestern": -2, "ubermorgen": 2},
}
#: How the end of a time is named, and the year and the period, by language.
_END = {"en": ("(?:(?:the )?end of |end )(?:the )?",), "de": ("ende (?:des |der |von )?",)}
_YEAR = {"en": ("year", "this year"), "de": ("jahres", "jahr", "dieses jahres")}
_PERIOD = {"en": ("period", "fiscal year"), "de": ("zeitraums", "geschaftsjahres", "geschaftsjahr")}
_AT_ONCE = {"en": ("year end", "year-end"), "de": ("jahresende",)}
_UNITS = {
    "en": {"day": 0, "days": 0, "week": 0, "weeks": 0, "month": 1, "months": 1},
    "de": {"tag": 0, "tagen": 0, "woche": 0, "wochen": 0, "monat": 1, "monaten": 1},
}
_ONE_OR_TWO = {"a": 1, "one": 1, "two": 2, "einem": 1, "einer": 1, "zwei": 2}
_AGO = {"en": r"(?P<n>\w+) (?P<unit>\w+) ago", "de": r"vor (?P<n>\w+) (?P<unit>\w+)"}


@dataclass(frozen=True)
class Calendar:
    """What the words of a date refer to: today, the handbook's period (None without one) and its locale."""

    today: datetime.date
    period: Period | None = None
    locale: str = "en"

    def days(self, typed: str) -> tuple[datetime.date, ...]:
        """Return the days that a text can mean, the one that is usual in the locale first; none if it is not a day."""
        text = _plain(typed)
        return tuple(dict.fromkeys((*self._named(text), *self._written(text))))

    @cached_property
    def _languages(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(code for code in (self.locale.partition("_")[0], "en") if code in _RELATIVE))

    def _named(self, text: str) -> Iterator[datetime.date]:
        """The days that are named by what they are: today, in 2 weeks, Q3, the end of June or of the year."""
        for language in self._languages:
            if text in _RELATIVE[language]:
                yield self.today + datetime.timedelta(days=_RELATIVE[language][text])
            yield from self._counted(text, language)
            ends = next((found[1] for end in _END[language] if (found := re.fullmatch(f"{end}(.+)", text))), "")
            if ends in _YEAR[language] or text in _AT_ONCE[language]:
                yield from self._ends_of_year()
            if self.period and ends in _PERIOD[language]:
                yield self.period.end
            yield from self._quarter_end(ends or text)
            yield from self._month_end(ends)

    def _counted(self, text: str, language: str) -> Iterator[datetime.date]:
        """`in 2 weeks` and `2 weeks ago`."""
        for sign, pattern in ((1, r"in (?P<n>\w+) (?P<unit>\w+)"), (-1, _AGO[language])):
            found = re.fullmatch(pattern, text)
            unit = found["unit"] if found else ""
            if not found or unit not in _UNITS[language]:
                continue
            typed = found["n"]
            number = int(typed) if re.fullmatch("[0-9]{1,3}", typed) else _ONE_OR_TWO.get(typed)
            if number is not None and _UNITS[language][unit]:
                yield add_months(self.today, sign * number)
            elif number is not None:
                length = 7 if unit.startswith(("week", "woche")) else 1
                yield self.today + datetime.timedelta(days=sign * number * length)

    def _ends_of_year(self) -> Iterator[datetime.date]:
        """The end of the calendar's year, and that of a period which is a year of its own."""
        if self.period:
            yield self.period.end
        yield datetime.date((self.period.start if self.period else self.today).year, 12, 31)

    def _quarter_end(self, text: str) -> Iterator[datetime.date]:
        found = re.fullmatch("q([0-9])", text)
        spans = quarters(self.period) if found and self.period else ()
        if found and 1 <= int(found[1]) <= len(spans):
            yield spans[int(found[1]) - 1].end

    def _month_end(self, text: str) -> Iterator[datetime.date]:
        found = re.fullmatch(f"(?P<name>{_months(self.locale).pattern})(?: (?P<y>[0-9]{{4}}))?", text)
        for month in _months(self.locale).numbers[found["name"]] if found else ():
            for year in [int(found["y"])] if found and found["y"] else self._years(month):
                if 1 <= year < datetime.MAXYEAR:
                    yield add_months(datetime.date(year, month, 1), 1) - datetime.timedelta(days=1)

    def _written(self, text: str) -> Iterator[datetime.date]:
        """The days that are written as a date."""
        months = _months(self.locale)
        for pattern in _patterns(self.locale):
            found = pattern.fullmatch(text)
            if not found:
                continue
            parts = found.groupdict()
            numbers = months.numbers[parts["name"]] if parts.get("name") else (int(parts["m"]),)
            for month in numbers:
                years = [_whole(parts["y"])] if parts.get("y") else self._years(month, int(parts["d"]))
                yield from _existing((year, month, int(parts["d"])) for year in years)

    def _years(self, month: int, day: int = 1) -> list[int]:
        """The years in which the period has this day; today's where it has none."""
        if not self.period:
            return [self.today.year]
        years = range(self.period.start.year, self.period.end.year + 1)
        days = {date.year: date for date in _existing((year, month, day) for year in years)}
        return [y for y, on in days.items() if self.period.start <= on <= self.period.end] or [self.today.year]


def _whole(year: str) -> int:
    return int(year) if len(year) > 2 else 2000 + int(year)


def _existing(days: Iterator[tuple[int, int, int]]) -> Iterator[datetime.date]:
    for year, month, day in days:
        try:
            yield datetime.date(year, month, day)
        except ValueError:
            continue


def _plain(text: str) -> str:
    """Return a text in small letters, without accents and marks of direction, its numbers in ASCII."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    kept = (c for c in decomposed if not "\u0300" <= c <= "\u036f" and unicodedata.category(c) != "Cf")
    digits = (str(unicodedata.decimal(c)) if c.isdecimal() else c for c in kept)
    return " ".join(unicodedata.normalize("NFC", "".join(digits)).split())


@dataclass(frozen=True)
class _Months:
    """The names of the months in a language and in English, and which month each is."""

    numbers: dict[str, tuple[int, ...]]

    @cached_property
    def pattern(self) -> str:
        return "|".join(re.escape(name) for name in sorted(self.numbers, key=lambda name: (-len(name), name)))


@lru_cache(maxsize=8)
def _months(locale: str) -> _Months:
    numbers: dict[str, tuple[int, ...]] = {}
    whole: dict[str, int] = {}
    for language in (locale, "en"):
        names: Any = Locale.parse(language).months
        for form in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in names[form].get(width, {}).items():
                    plain = _plain(name).rstrip(".")
                    numbers[plain] = tuple(dict.fromkeys((*numbers.get(plain, ()), number)))
                    if width == "wide" and plain.isalpha():
                        whole[plain] = number
    for name in whole:
        for short in (name[:length] for length in range(_LETTERS, len(name))):
            meant = {number for other, number in whole.items() if other.startswith(short)}
            if len(meant) == 1:
                numbers.setdefault(short, (*meant,))
    return _Months(numbers)


@lru_cache(maxsize=8)
def _patterns(locale: str) -> tuple[re.Pattern[str], ...]:
    """The ways to write a date, those of the locale first."""
    own = [get_date_format(width, locale).pattern for width in ("short", "medium", "long")]
    names = _months(locale).pattern
    day_first = own[0].find("d") < own[0].find("M")
    short = ("d/M", "M/d") if day_first else ("M/d", "d/M")
    ways = dict.fromkeys((*own, *_IN_NUMBERS, *_WITH_NAMES, *short, *_WITHOUT_YEAR))
    return tuple(re.compile(_expression(way, names)) for way in ways)


def _expression(pattern: str, names: str) -> str:
    """A pattern of CLDR, such as `d. MMMM y`, as a regular expression."""
    made = []
    for literal, part, space, other in _TOKEN.findall(pattern):
        if part:
            is_name = part[0] in "ML" and len(part) >= _LETTERS
            month = rf"(?P<name>{names})\.?" if is_name else _MONTH_NUMBER
            made.append(month if part[0] in "ML" else _PARTS[part[0]])
        else:
            made.append(r"\s*" if space else re.escape(_plain(literal or other)))
    return "".join(made)
