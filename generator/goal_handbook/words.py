"""Sentences, counts and lists in one language. The code says them in English; a catalogue has the others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from gettext import NullTranslations
from typing import Protocol


def N_(message: str) -> str:  # noqa: N802 - gettext's own name
    """Return a message as it is: this marks one for the catalogue that is translated where it is shown."""
    return message


class Say(Protocol):
    """Says a message with its values."""

    def __call__(self, message: str, **values: object) -> str: ...


class SayCount(Protocol):
    """Says the form of a message that goes with a count."""

    def __call__(self, one: str, many: str, count: int | Decimal, **values: object) -> str: ...


@dataclass(frozen=True)
class Words:
    """The words of a language. Messages are English sentences with named placeholders: `{amount} to go`."""

    language: str = "en"
    catalogue: NullTranslations = field(default_factory=NullTranslations)

    def text(self, message: str, **values: object) -> str:
        """Return a message with its values."""
        found = self.catalogue.gettext(message) if message else ""
        return found.format_map(values) if values else found

    def plural(self, one: str, many: str, count: int | Decimal, **values: object) -> str:
        """Return the form of a message that goes with a count, `{n}` in it, unless `n` is among the values."""
        if "n" not in values:
            values["n"] = self.number(count)
        return self.form(one, many, count).format_map(values)

    def form(self, one: str, many: str, count: int | Decimal) -> str:
        """Return that form without its values. A part of one takes the form of several."""
        return self.catalogue.ngettext(one, many, int(count) if count == int(count) else 2)

    def number(self, count: int | Decimal) -> str:
        """Return a count as the language writes it: `1,234`."""
        return f"{count:,}" if self.language == "en" else _number(count, self.language)

    def days(self, count: int) -> str:
        """Return a number of days: `1 day`, `12 days`."""
        return self.plural("{n} day", "{n} days", count)

    def some_of(self, items: Sequence[str], most: int) -> str:
        """Return a list in a sentence that names so many at most: `a, b, c and 2 more`."""
        more = [self.text("{n} more", n=len(items) - most)] if len(items) > most else []
        return self.sentence_list([*items[:most], *more])

    def sentence_list(self, items: Iterable[str]) -> str:
        """Return a list in a sentence: `a`, `a and b`, `a, b and c`; "" for none."""
        *rest, last = list(items) or [""]
        return self.text("{items} and {last}", items=", ".join(rest), last=last) if rest else last


@lru_cache(maxsize=1_024)
def _number(count: int | Decimal, language: str) -> str:
    """A count as babel writes it. Imported here: English does without it."""
    from babel.numbers import format_decimal

    return str(format_decimal(count, locale=language))


#: What commands and findings are written in.
ENGLISH = Words()


def plural(count: int, one: str, many: str = "") -> str:
    """Return a count with its noun in English: `1 goal`, `3 goals`; `many` is for nouns that do not just add an s."""
    return f"{count:,} {one if count == 1 else many or f'{one}s'}"


def lasting(count: int) -> str:
    """Return in English for how many days something has lasted: `for 12 days`, `from today`."""
    return f"for {days(count)}" if count else "from today"


days, some_of, sentence_list = ENGLISH.days, ENGLISH.some_of, ENGLISH.sentence_list
