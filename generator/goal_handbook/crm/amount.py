"""Reads the amount of a deal as people and CRMs write it: `1,054.50`, `1.054,50 €`, `USD 1.2M`, `(500)`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from ..model.values import DIGITS_LIMIT, parse_number, quoted, value_error
from ..spreadsheets.currency_marks import currencies_named
from ..spreadsheets.sheet import Field, Money, Percent, text_of
from .currency import in_all

#: What is before the fraction of a number.
Mark = Literal["point", "comma"]

#: What is before a number, the number from its first to its last digit, its scale, and what is after it.
_PARTS = re.compile(r"([^0-9]*)([0-9](?:.*[0-9])?)\s?([kmb](?![a-z.]))?([^0-9]*)\Z", re.DOTALL | re.IGNORECASE)
_SCALES = {"": 1, "k": 1_000, "m": 1_000_000, "b": 1_000_000_000}
_SPACES = " \u00a0\u2009\u202f"
#: 1,054 or 1,054.50: groups of three separated by commas, apostrophes or spaces, and a decimal point.
_GROUPED = re.compile(
    rf"[1-9][0-9]{{0,2}}(?:([,'’{_SPACES}])[0-9]{{3}}(?:\1[0-9]{{3}})*)?(?:\.[0-9]+)?\Z|[0-9]+(?:\.[0-9]+)?\Z"
)
#: 1.054,50: the same with a decimal comma, and points between the groups.
_GROUPED_COMMA = re.compile(
    rf"[1-9][0-9]{{0,2}}(?:([.'’{_SPACES}])[0-9]{{3}}(?:\1[0-9]{{3}})*)?(?:,[0-9]+)?\Z|[0-9]+(?:,[0-9]+)?\Z"
)
_BETWEEN_GROUPS = {mark: re.compile(rf"[{other}'’{_SPACES}]") for mark, other in (("point", ","), ("comma", "."))}


@dataclass(frozen=True, slots=True)
class Amount:
    """A number, the currencies it can be in by what is written beside it (none if it stands alone), and all of that."""

    value: Decimal
    currencies: tuple[str, ...] = ()
    shown: str = ""


@dataclass(frozen=True, slots=True)
class _Written:
    """The parts of an amount: its minus sign, its digits with what is between them, its scale and its currencies."""

    minus: str
    digits: str
    scale: str
    marks: tuple[str, ...]


def read_amount(field: Field, decimal: Mark | None = None) -> Amount:
    """Read an amount with a decimal mark; None means a point, or a comma where only a comma makes it a number.

    Raises GH105 with what to do about it.
    """
    if isinstance(field, Percent):
        raise _percentage(f"{field.points.normalize():f}%")
    if isinstance(field, (Decimal, Money)):
        typed, sign = (field.number, field.currency) if isinstance(field, Money) else (field, "")
        return Amount(parse_number(format(typed, "f")), currencies_named(sign), f"{sign}{typed}")
    text = text_of(field)
    if not text:
        raise value_error("GH105", "the amount is empty", "write 0 if the deal is worth nothing")
    if "%" in text:
        raise _percentage(text)
    written = _parts(text)
    found = [currencies_named(mark) for mark in written.marks] if written else []
    number = _number(written.digits, decimal) if written and all(found) else ""
    if not written or not number:
        raise _not_a_number(text, decimal)
    currencies = in_all(*found) if found else ()
    if found and not currencies:
        raise value_error("GH105", f"{quoted(text)} names two currencies", "export one of them")
    value = _exact(written.minus + number)
    return Amount(_scaled(value, written.scale), currencies, text)


def numbers_in(text: str) -> Mapping[Mark, str]:
    """Return the digits that an amount has with a decimal point, and with a decimal comma, as far as it can have them.

    The two are the same where it has no fraction and no comma or point between groups.
    """
    written = _parts(text)
    marks: tuple[Mark, ...] = ("point", "comma")
    return {mark: number for mark in marks if (number := _by(mark, written.digits))} if written else {}


def _parts(text: str) -> _Written | None:
    """Take an amount apart; None where there is no number in it. `(500)`, `-500` and `500-` are less than nothing."""
    if text.isdecimal() and text.isascii():  # most are, and an export has many
        return _Written("", text, "", ())
    parts = _PARTS.match(text)
    if not parts:
        return None
    before, digits, scale, after = (part or "" for part in parts.groups())
    around, minus = [before.strip(), after.strip()], ""
    if around[0].startswith("(") and around[1].endswith(")"):
        around, minus = [around[0][1:], around[1][:-1]], "-"
    for sign in "-−":
        for i, side in enumerate(around):
            if not minus and (side.startswith(sign) or side.endswith(sign)):
                around[i], minus = side.replace(sign, "", 1), "-"
    return _Written(minus, digits, scale.lower(), (*around[0].split(), *around[1].split()))


def _number(digits: str, decimal: Mark | None) -> str:
    """Return digits in groups as a plain number with a decimal point, "" if they are none."""
    return _by(decimal, digits) if decimal else _by("point", digits) or _by("comma", digits)


def _by(mark: Mark, digits: str) -> str:
    pattern = _GROUPED if mark == "point" else _GROUPED_COMMA
    return _BETWEEN_GROUPS[mark].sub("", digits).replace(",", ".") if pattern.match(digits) else ""


def _exact(number: str) -> Decimal:
    """Return what parse_number does, which also remembers a number that is short: an export has too many for that."""
    return parse_number(number) if len(number) > DIGITS_LIMIT else Decimal(number) + 0


def _scaled(value: Decimal, scale: str) -> Decimal:
    return parse_number(format((value * _SCALES[scale]).normalize(), "f")) if scale else value


def _percentage(text: str) -> Exception:
    return value_error("GH105", f"{quoted(text)} is a percentage", "deals add up as amounts: name another column")


def _not_a_number(text: str, decimal: Mark | None) -> Exception:
    if decimal and numbers_in(text):
        message, help = f"{quoted(text)} is not a number with a decimal {decimal}", f"leave out --decimal {decimal}"
        return value_error("GH105", message, help)
    return value_error("GH105", f"{quoted(text)} is not a number", "export plain digits")
