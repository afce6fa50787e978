"""Parses values: each arrives as text, and the field decides its type (format.md#values).

Each annotated type raises `PydanticCustomError`: its type is the finding's code, its message what is wrong, and its
context key `help` how to fix it.
"""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Collection, Mapping
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any, TypeVar

from babel.numbers import list_currencies
from pydantic import BaseModel, ConfigDict
from pydantic_core import PydanticCustomError

from .spellings import SLUG, day_help, slug_help

TITLE_LIMIT = 200
PROSE_LIMIT = 10_000
#: A signature by the longest RSA key in use has half of it.
BASE64_LIMIT = 8_000
DIGITS_LIMIT = 15
#: More than so many times as much is a percentage that was meant to be a factor.
FACTOR_LIMIT = 10

NUMBER = re.compile(r"-?[0-9]+(?:_[0-9]+)*(?:\.[0-9]+)?\Z")
#: What git and a mail program both take for an address; it says nothing about whether somebody reads it.
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\Z")
_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})\Z")
OVER = re.compile(r"(?:[1-9][0-9]? (?:day|week|month|quarter)s?|period)\Z")
#: The codes of ISO 4217.
CURRENCIES = frozenset(list_currencies())
#: The currency that a sign alone most likely means.
_SIGNS = {"€": "EUR", "$": "USD", "£": "GBP", "¥": "JPY", "₹": "INR", "₩": "KRW", "₺": "TRY", "zł": "PLN"}
#: What Word and phones write for the hyphen before an item of a list, and the star that other tools want there.
BULLET = re.compile(r"\s*([\u2010-\u2015\u2212\u2022\u00b7\u25aa*])\s+(.*)")
#: A range in one text, `30-45`.
_SPAN = re.compile(r"\s*([0-9]+) *(?:[-\u2010-\u2015]|to|bis) *([0-9]+)\s*\Z")
_DIGEST = re.compile(r"sha256:[0-9a-f]{64}\Z")
_BASE64 = re.compile(r"[A-Za-z0-9+/]+=*\Z")
_SCALE = {"k": 1_000, "m": 1_000_000, "b": 1_000_000_000}

_FORGOTTEN: set[str] = set()


class Entity(BaseModel):
    """A part of a handbook: frozen, and without keys other than its fields."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, serialize_by_alias=True)

    def model_post_init(self, context: Any, /) -> None:
        """Take half the memory: share the names of the fields, and forget which were given, which nobody asks for."""
        shaped = _shape(type(self))()
        for name, value in self.__dict__.items():
            setattr(shaped, name, value)
        object.__setattr__(self, "__dict__", shaped.__dict__)
        object.__setattr__(self, "__pydantic_fields_set__", _FORGOTTEN)


@cache
def _shape(entity: type[Entity]) -> type:
    """Return a plain class for the fields of an entity: Python keeps the names in such a class once for all of it."""
    return type(entity.__name__, (), {})


EntityT = TypeVar("EntityT", bound=Entity)


def changed(entity: EntityT, update: Mapping[str, Any]) -> EntityT:
    """Return the entity with other values in some fields: the entity itself where they are the ones it has."""
    return (
        entity
        if all(getattr(entity, name) == value for name, value in update.items())
        else entity.model_copy(update=update)
    )


def value_error(code: str, what: str, help: str = "") -> PydanticCustomError:
    """Return the error a parser raises; `message_and_help` takes it apart again."""
    return PydanticCustomError(code, "{what}", {"what": what, "help": help})


def message_and_help(error: PydanticCustomError) -> tuple[str, str]:
    """Return what is wrong and how to fix it ("" if that is unknown), from an error one of the parsers raised."""
    return error.message(), str((error.context or {}).get("help", ""))


def parse_text(value: Any) -> str:
    """Return one line of text, trimmed, not empty, of at most TITLE_LIMIT characters. Raises GH103, GH104, GH119."""
    text = " ".join(_scalar(value, "text").split())
    if not text:
        raise value_error("GH103", "the text is empty", "write something or delete the key")
    if len(text) > TITLE_LIMIT:
        raise _too_long(text, "one line", TITLE_LIMIT)
    return text


def parse_email(value: Any) -> str:
    """Return an email address. Raises GH103, GH104, GH119."""
    text = parse_text(value)
    if not EMAIL.match(text):
        raise value_error("GH104", f"{quoted(text)} is not an email address", "write it as name@example.com")
    return text


def parse_prose(value: Any) -> str:
    """Return CommonMark of at most PROSE_LIMIT characters, or "". Raises GH104, GH119."""
    text = _scalar(value, "text").strip()
    if len(text) > PROSE_LIMIT:
        raise _too_long(text, "a note", PROSE_LIMIT)
    return text


def parse_required_prose(value: Any) -> str:
    """Return CommonMark that is not empty. Raises GH103, GH104, GH119."""
    text = parse_prose(value)
    if not text:
        raise value_error("GH103", "the text is empty", "write a sentence")
    return text


def _too_long(text: str, what: str, limit: int) -> PydanticCustomError:
    return value_error("GH119", f"{len(text):,} characters is too long for {what}", f"use at most {limit:,}")


def parse_slug(value: Any) -> str:
    """Return an id. Raises GH104, GH107."""
    return _slug(_scalar(value, "an id"))


@lru_cache(maxsize=65_536)
def _slug(text: str) -> str:
    if not SLUG.match(text) or len(text) > 64:
        raise value_error("GH107", f"{quoted(text)} is not a valid id", slug_help(text))
    return text


def parse_goal_ref(value: Any) -> str:
    """Return a reference to a goal: `goal` (of the owner's team) or `owner/goal`. Raises GH104, GH107."""
    return _goal_ref(_scalar(value, "a goal's id"))


@lru_cache(maxsize=65_536)  # each goal has many readings
def _goal_ref(text: str) -> str:
    if not all(SLUG.match(part) and len(part) <= 64 for part in text.split("/")) or text.count("/") > 1:
        raise value_error("GH107", f"{quoted(text)} is not a valid goal id", "write goal or owner/goal, in lower case")
    return text


def parse_number(value: Any) -> Decimal:
    """Return an exact decimal: `1200000`, `1_200_000`, `-3.5`. Raises GH104, GH105 with the spelling to use."""
    if isinstance(value, Decimal):
        return value
    return _number(_scalar(value, "a number").strip())


@lru_cache(maxsize=65_536)  # each version of a file says the same numbers again
def _number(text: str) -> Decimal:
    if not NUMBER.match(text):
        raise value_error("GH105", f"{quoted(text)} is not a number", number_help(text))
    if sum(c.isdigit() for c in text) > DIGITS_LIMIT:
        raise value_error("GH105", f"numbers are limited to {DIGITS_LIMIT} digits", "check for extra digits")
    return Decimal(text.replace("_", "")) + 0  # + 0: "-0" is 0


def plain_number(number: Decimal) -> str:
    """Return a number in digits, without an exponent and without zeros at its end: `260000`, `0.5`."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def number_spelling(text: str) -> str:
    """Return a number that a person typed as the format spells it: `93_068` for `93,068`; anything else unchanged."""
    text = text.strip()
    if NUMBER.match(text):
        return _underscored(Decimal(text.replace("_", ""))) if len(text) > 4 else text
    return _respell(text) or text


def parse_count(value: Any) -> int:
    """Return a whole number from 0 to 100,000. Raises GH104, GH105."""
    number = Decimal(value) if isinstance(value, int) else parse_number(value)
    if number != int(number) or not 0 <= number <= 100_000:
        message = f"{quoted(str(value))} is not a whole number from 0 to 100,000"
        raise value_error("GH105", message, "use digits, e.g. 14")
    return int(number)


def parse_positive(value: Any) -> int:
    """Return a whole number from 1 to 100,000. Raises GH104, GH105."""
    count = parse_count(value)
    if count == 0:
        raise value_error("GH105", "0 is not allowed here", "use 1 or more")
    return count


def parse_day(value: Any) -> datetime.date:
    """Return a calendar day from 1900-01-01 to 2199-12-31, written `YYYY-MM-DD`. Raises GH104, GH106."""
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return value
    return _day(_scalar(value, "a date").strip())


@lru_cache(maxsize=8_192)  # a year has few days, a handbook many dates
def _day(text: str) -> datetime.date:
    match = _DAY.match(text)
    if not match or not text.isascii():
        raise value_error("GH106", f"{quoted(text)} is not a date", day_help(text))
    year, month, day = (int(part) for part in match.groups())
    if not 1900 <= year <= 2199:
        raise value_error("GH106", f"{text} is not between 1900 and 2199", "check the year")
    if not 1 <= month <= 12:
        raise value_error("GH106", f"month {month} does not exist", "write YYYY-MM-DD, with the month second")
    last = calendar.monthrange(year, month)[1]
    if not 1 <= day <= last:
        month_name = f"{calendar.month_name[month]} {year}"
        raise value_error("GH106", f"{text} does not exist", f"{month_name} has {last} days")
    return datetime.date(year, month, day)


def _parse_ratio(value: Any) -> Decimal:
    """Return a number of times the whole, so that `80%` is meant to be 0.8. Raises GH104, GH105."""
    text = value.strip() if isinstance(value, str) else ""
    if text.endswith("%") and NUMBER.match(number := text.removesuffix("%").strip()):
        spelled = plain_number(Decimal(number.replace("_", "")) / 100)
        raise value_error("GH105", f"{quoted(text)} is not a number", f"write {spelled}")
    return parse_number(value)


def parse_factor(value: Any) -> Decimal:
    """Return how many times something counts: more than 0 and at most FACTOR_LIMIT. Raises GH104, GH105."""
    number = _parse_ratio(value)
    if not 0 < number <= FACTOR_LIMIT:
        help = f"use more than 0 and at most {FACTOR_LIMIT}, e.g. 1.2 for 120%"
        raise value_error("GH105", f"{plain_number(number)} is not a factor", help)
    return number


def parse_share(value: Any) -> Decimal:
    """Return a share: more than 0 and at most 1. Raises GH104, GH105."""
    number = _parse_ratio(value)
    if not 0 < number <= 1:
        raise value_error("GH105", f"{plain_number(number)} is not a share", "use more than 0 and at most 1, e.g. 0.5")
    return number


def parse_rate(value: Any) -> Decimal:
    """Return an exchange rate: more than 0. Raises GH104, GH105."""
    number = _parse_ratio(value)
    if number <= 0:
        raise value_error("GH105", "a rate is more than 0", "write what one unit is worth in the handbook's currency")
    return number


def parse_range(value: Any) -> tuple[int, int]:
    """Return two whole numbers, the smaller first: `[30, 45]`; a single one is both. Raises GH104, GH105, GH116."""
    items = _items(value)
    if span := _SPAN.match(str(items[0])) if items else None:
        raise value_error("GH105", f"{quoted(str(items[0]))} is not a number", f"write [{span[1]}, {span[2]}]")
    if len(items) not in {1, 2}:
        raise value_error("GH104", "expected one or two numbers", "write e.g. [30, 45]")
    low, high = parse_positive(items[0]), parse_positive(items[-1])
    if low > high:
        raise value_error("GH116", f"{low} is more than {high}", f"write the smaller number first: [{high}, {low}]")
    return low, high


def _items(value: Any) -> list[Any]:
    """Return the items of a list, which may be written as one text: `30, 45`."""
    if isinstance(value, str):
        return [word.strip() for word in value.strip().strip("[]").split(",")]
    return list(value) if isinstance(value, (list, tuple)) else [value]


def parse_times(value: Any) -> int | tuple[int, int]:
    """Return how many times: a whole number, or two: `[1, 2]`. Raises what `parse_range` raises."""
    low, high = parse_range(value)
    return low if low == high else (low, high)


def parse_over(value: Any) -> str:
    """Return the time that a level covers: `3 months`, or `period`. Raises GH104, GH108."""
    text = " ".join(_scalar(value, "a length of time").split())
    if not OVER.match(text):
        raise value_error("GH108", f"{quoted(text)} is not a length of time", "write e.g. 3 months, or period")
    return text


def worded(value: Any, key: str, words: Collection[str]) -> Any:
    """Return the mapping behind a one-line form: `central from 2011-10-01` is `{id: central, from: 2011-10-01}`.

    `key` is the first value's key, `words` are the other keys. Anything that is not text is returned unchanged.
    Raises GH104.
    """
    if not isinstance(value, str):
        return value
    first, *rest = value.split() or [""]
    keys, values = rest[::2], rest[1::2]
    if not set(keys) & set(words):
        return {key: value}
    if len(keys) != len(values) or len({*keys}) != len(keys) or not set(keys) <= set(words):
        raise value_error("GH104", f"cannot read {quoted(value)}", f"write e.g. {first} from 2017-07-01")
    return {key: first, **dict(zip(keys, values, strict=True))}


def parse_yes_no(value: Any) -> bool:
    """Return whether the value is `yes` rather than `no`. Raises GH104, GH108."""
    if isinstance(value, bool):
        return value
    text = _scalar(value, "yes or no").lower()
    if text not in {"yes", "no", "true", "false"}:
        raise value_error("GH108", f"{quoted(text)} is neither yes nor no", "write yes or no")
    return text in {"yes", "true"}


def parse_digest(value: Any) -> str:
    """Return a digest such as `sha256:9f2c…`. Raises GH104, GH108."""
    text = _scalar(value, "a digest")
    if not _DIGEST.match(text):
        raise value_error("GH108", f"{quoted(text)} is not a SHA-256", "copy it whole: sha256: and 64 hex digits")
    return text


def parse_base64(value: Any) -> str:
    """Return a signature's base64. Raises GH104, GH108, GH119."""
    text = "".join(_scalar(value, "a signature").split())
    if not _BASE64.match(text):
        raise value_error("GH108", "this is not a signature in base64", "copy it whole, or sign again")
    if len(text) > BASE64_LIMIT:
        raise value_error("GH119", "this is longer than any signature", "copy it again, or sign again")
    return text


def parse_currency(value: Any) -> str:
    """Return an ISO 4217 currency code. Raises GH104, GH108."""
    text = _scalar(value, "a currency")
    if text not in CURRENCIES:
        message = f"{quoted(text)} is not an ISO 4217 currency"
        code = _SIGNS.get(text.strip(), text.strip().upper())
        help = f"write {code}" if code in CURRENCIES else "use its three letters, e.g. USD or EUR"
        raise value_error("GH108", message, help)
    return text


def is_money(unit: str) -> bool:
    """Return whether a unit is an amount of money: the handbook's `money`, or a currency."""
    return unit == "money" or unit in CURRENCIES


def one_or_more(value: Any) -> Any:
    """Return a single text or mapping as a list of one, and anything else unchanged."""
    return [value] if isinstance(value, (str, dict)) else value


def one_id_or_more(value: Any) -> Any:
    """Return what one_or_more returns, for ids. Raises GH104 for a text with several of them: `anna, moses`."""
    if isinstance(value, str) and (several := ids_between_commas(value)):
        raise value_error("GH104", f"{quoted(value)} is one text", f"write a list: [{', '.join(several)}]")
    return one_or_more(value)


def ids_between_commas(text: str) -> list[str]:
    """Return the ids in a text such as `anna, moses` or `central/revenue, east/revenue`, none if it holds no list."""
    if "," not in text:
        return []
    words = [word.strip() for word in text.split(",")]
    are_ids = all(SLUG.match(part) for word in words for part in word.split("/"))
    return words if are_ids else []


def quoted(text: str) -> str:
    """Return a value as a message shows it: in quotes, and shortened if it is long."""
    return f'"{text}"' if len(text) <= 60 else f'"{text[:57]}…"'


def number_help(text: str) -> str:
    """Return how to fix an invalid number: its spelling in the format if a person could read it, else an example."""
    spelled = _respell(text)
    return f"write {spelled}" if spelled else "use digits, e.g. 1_200_000 or -3.5"


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
    return plain if NUMBER.match(plain) and plain != text else ""


def _underscored(number: Decimal) -> str:
    return f"{number:,f}".replace(",", "_") if number != int(number) else f"{int(number):_}"


def _scalar(value: Any, wanted: str) -> str:
    if isinstance(value, str):
        return value
    found = "a list" if isinstance(value, (list, tuple)) else "a mapping" if isinstance(value, dict) else repr(value)
    raise value_error("GH104", f"expected {wanted}, found {found}", "write it after the colon, on the same line")
