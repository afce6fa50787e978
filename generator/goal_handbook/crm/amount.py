"""Reads the amount of a deal as people and CRMs write it: `1,054.50`, `1.054,50 €`, `USD 1054`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from ..model.values import parse_number, quoted, value_error
from ..spreadsheets.currency_marks import currencies_named
from ..spreadsheets.sheet import Field, Money, text_of
from .currency import in_all

#: What is before a number, the number from its first to its last digit, and what is after it.
_PARTS = re.compile(r"([^0-9]*)([0-9](?:.*[0-9])?)([^0-9]*)\Z", re.DOTALL)
#: 1,054 or 1,054.50: groups of three separated by commas, apostrophes or spaces, and a decimal point.
_GROUPED = re.compile(
    r"[0-9]{1,3}(?:([,'’ \u00a0\u202f])[0-9]{3}(?:\1[0-9]{3})*)?(?:\.[0-9]+)?\Z|[0-9]+(?:\.[0-9]+)?\Z"
)
#: 1.054,50: the same with a decimal comma, and points between the groups.
_GROUPED_COMMA = re.compile(
    r"[0-9]{1,3}(?:([.'’ \u00a0\u202f])[0-9]{3}(?:\1[0-9]{3})*)?(?:,[0-9]+)?\Z|[0-9]+(?:,[0-9]+)?\Z"
)
#: More than a thousand in one country, a little more than one in another.
_UNCLEAR = re.compile(r"[1-9][0-9]{0,2}\.[0-9]{3}\Z")


@dataclass(frozen=True, slots=True)
class Amount:
    """A number, the currencies it can be in by what is written beside it (none if it stands alone), and all of that."""

    value: Decimal
    currencies: tuple[str, ...] = ()
    shown: str = ""


def read_amount(field: Field, decimal: str = "") -> Amount:
    """Read an amount with a decimal mark (`comma`, `point`, or "" for a point, but none that is unclear).

    Raises GH105 with what to do about it.
    """
    if isinstance(field, (Decimal, Money)):
        shown, sign = (field.number, field.currency) if isinstance(field, Money) else (field, "")
        return Amount(parse_number(format(shown, "f")), currencies_named(sign), f"{sign}{shown}")
    text = text_of(field)
    if not text:
        raise value_error("GH105", "the amount is empty", "write 0 if the deal is worth nothing")
    parts = _PARTS.match(text)
    before, digits, after = parts.groups() if parts else ("", text, "")
    before, minus = before.strip(), ""
    if before.startswith("-") or before.endswith("-"):
        before, minus = before.replace("-", "", 1), "-"
    marks = [currencies_named(mark) for mark in (*before.split(), *after.split())]
    number = _number(digits, decimal) if all(marks) and parts else ""
    if not number:
        raise _not_a_number(text, digits, decimal)
    if not decimal and _UNCLEAR.match(digits):
        message = f"{quoted(text)} could be {minus}{digits} or {minus}{digits.replace('.', ',')}"
        help = "use --decimal point, or --decimal comma if the point separates thousands"
        raise value_error("GH105", message, help)
    currencies = in_all(*marks) if marks else ()
    if marks and not currencies:
        raise value_error("GH105", f"{quoted(text)} names two currencies", "export one of them")
    return Amount(parse_number(minus + number), currencies, text)


def _number(digits: str, decimal: str) -> str:
    """Return the digits without what separates their groups, and with a decimal point; "" if they are no number."""
    if decimal == "comma":
        return re.sub(r"[.'’ \u00a0\u202f]", "", digits).replace(",", ".") if _GROUPED_COMMA.match(digits) else ""
    return re.sub(r"[,'’ \u00a0\u202f]", "", digits) if _GROUPED.match(digits) else ""


def _not_a_number(text: str, digits: str, decimal: str) -> Exception:
    if decimal == "comma":
        help = "leave out --decimal comma" if re.search(r"\.[0-9]{1,2}\Z", digits) else "export plain digits"
        return value_error("GH105", f"{quoted(text)} is not a number with a decimal comma", help)
    help = "use --decimal comma" if re.search(r",[0-9]{1,2}\Z", digits) else "export plain digits"
    return value_error("GH105", f"{quoted(text)} is not a number", help)
