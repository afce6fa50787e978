"""Divides a deal between several people so that the parts are exactly the deal."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from pydantic_core import PydanticCustomError

from ..model.values import message_and_help, parse_number, value_error


@dataclass(frozen=True, slots=True)
class Split:
    """How a deal is divided: shares in percent in the order of the names, or without any in equal parts."""

    shares: tuple[Decimal, ...] = ()

    def fits(self, people: int) -> bool:
        """Return whether it divides a deal between so many people."""
        return not self.shares or len(self.shares) == people


def parse_split(text: str) -> Split:
    """Read `equal`, or shares in percent such as `60,40`. Raises GH105."""
    if text.strip().casefold() == "equal":
        return Split()
    help = 'write "equal", or percentages that add up to 100, e.g. "60,40"'
    try:
        shares = tuple(parse_number(share.strip().removesuffix("%").strip()) for share in re.split("[,/:;]", text))
    except PydanticCustomError as error:
        raise value_error("GH105", message_and_help(error)[0], help) from None
    if min(shares) <= 0:
        raise value_error("GH105", "every share must be more than 0", help)
    if sum(shares) != 100:
        raise value_error("GH105", f"the shares add up to {sum(shares)}, not to 100", help)
    return Split(shares)


def shares_for(people: int, splits: Iterable[Split]) -> tuple[Decimal, ...] | None:
    """Return the shares by the first split for so many people, None if there is none. One person has all."""
    if people == 1:
        return (Decimal(1),)
    split = next((split for split in splits if split.fits(people)), None)
    return None if split is None else split.shares or (Decimal(1),) * people


def divided(amount: Decimal, shares: Sequence[Decimal], digits: int = 2) -> tuple[Decimal, ...]:
    """Return parts in proportion to the shares, in whole cents (`digits` decimal places), that sum to the amount.

    Each is the exact part rounded up or down; the cents left over go to those that were cut the most. An amount with
    more decimal places is divided to its own last one.
    """
    if len(shares) == 1:
        return (amount,)
    exponent = min(-digits, int(amount.as_tuple().exponent))
    cents = abs(int(amount.scaleb(-exponent)))
    exact = [cents * Fraction(share) / Fraction(sum(shares)) for share in shares]
    parts = [int(part) for part in exact]
    most_cut = sorted(range(len(parts)), key=lambda i: (parts[i] - exact[i], i))
    for i in most_cut[: cents - sum(parts)]:
        parts[i] += 1
    sign = -1 if amount < 0 else 1
    return tuple(Decimal(sign * part).scaleb(exponent) for part in parts)
