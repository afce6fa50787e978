"""Counts and lists in English: `1 day`, `3 goals`, `a, b and c`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal


def plural(count: int, one: str, many: str = "") -> str:
    """Return a count with its noun: `1 goal`, `3 goals`; `many` is for nouns that do not just add an s."""
    return f"{count:,} {noun(count, one, many)}"


def noun(count: int | Decimal, one: str, many: str = "") -> str:
    """Return the form of a noun that goes with a count, for counts that are spelled elsewhere."""
    return one if count == 1 else many or f"{one}s"


def days(count: int) -> str:
    """Return a number of days: `1 day`, `12 days`."""
    return plural(count, "day")


def lasting(count: int) -> str:
    """Return for how many days something has lasted: `for 12 days`, `from today`."""
    return f"for {days(count)}" if count else "from today"


def some_of(words: Sequence[str], most: int) -> str:
    """Return a list in a sentence that names so many at most: `a, b, c and 2 more`."""
    return sentence_list([*words[:most], *([f"{len(words) - most} more"] if len(words) > most else [])])


def sentence_list(words: Iterable[str]) -> str:
    """Return words as a list in a sentence: `a`, `a and b`, `a, b and c`; "" for none."""
    *rest, last = list(words) or [""]
    return f"{', '.join(rest)} and {last}" if rest else last
