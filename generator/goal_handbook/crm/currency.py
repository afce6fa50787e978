"""Which currency an amount is in, and what it is worth in another at the plan's fixed rates."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal, localcontext
from functools import cached_property, lru_cache

from babel.numbers import get_currency_precision

from ..model.goal import Goal
from ..model.settings import Settings
from ..model.values import CURRENCIES, is_money, quoted, value_error
from ..spreadsheets.currency_marks import currencies_named

_CODE = re.compile(r"(?<![A-Za-z])[A-Z]{3}(?![A-Za-z])")


@lru_cache(maxsize=1_024)
def currencies_in(field: str) -> tuple[str, ...]:
    """Return the same for a whole field, which may say more than a code: `USD - U.S. Dollar`."""
    codes = {code for code in _CODE.findall(field) if code in CURRENCIES}
    return currencies_named(field) or tuple(codes if len(codes) == 1 else ())


@lru_cache(maxsize=4_096)
def in_all(first: tuple[str, ...], *others: tuple[str, ...]) -> tuple[str, ...]:
    """Return the currencies that all of several marks can stand for."""
    return tuple(code for code in first if all(code in other for other in others))


def digits_of(currency: str | None) -> int:
    """Return how many decimal places the amounts of a currency have: 2, but none for yen."""
    return get_currency_precision(currency) if currency else 2


def currency_of(goal: Goal, own: str | None) -> str | None:
    """Return the currency a goal counts, None if it counts something else. `own` is what `money` means."""
    unit = goal.measure.unit if goal.measure else ""
    return own if unit == "money" else unit if unit in CURRENCIES else None


def counts_money(goal: Goal) -> bool:
    """Return whether a goal counts money, in whichever currency."""
    return bool(goal.measure and is_money(goal.measure.unit))


@dataclass(frozen=True)
class Currencies:
    """The currencies a handbook counts.

    `own`: what `money` means there, if it says so; `rates`: what one unit of another currency is worth in it;
    `of_goals`: the currencies that goals have as their unit.
    """

    own: str | None = None
    rates: Mapping[str, Decimal] = field(default_factory=dict)
    of_goals: tuple[str, ...] = ()

    @classmethod
    def of(cls, settings: Settings, goals: Iterable[Goal]) -> Currencies | None:
        """Return those of a handbook with these goals, None if none of the goals counts money."""
        goals = [goal for goal in goals if counts_money(goal)]
        units = {code for goal in goals if (code := currency_of(goal, None))}
        return cls(settings.currency, settings.rates, tuple(sorted(units))) if goals else None

    @cached_property
    def known(self) -> tuple[str, ...]:
        """The currencies an amount can be in: the handbook's own comes first."""
        return tuple(dict.fromkeys([*filter(None, [self.own]), *self.rates, *self.of_goals]))

    def counted(self, said: tuple[str, ...], shown: str, column: str = "") -> str:
        """Return which of the currencies that an amount can be in (`said`) it is, "" for one that does not say.

        A sign that several countries share is the handbook's own currency, if no other of them is counted here.
        `shown` is what the export says, and `column` the one for currencies, if there is one. Raises GH115 for a
        currency that is not counted here, and if it is not clear which it is.
        """
        found = in_all(self.known, said)
        if len(found) == 1 or not said:
            return found[0] if said else ""
        if found:
            message = f"{quoted(shown)} could be in {' or '.join(found)}"
            raise value_error("GH115", message, "export the currency in a column of its own")
        wanted = self.own or " or ".join(self.known)
        if len(said) > 1:
            message, help = f"{quoted(shown)} is not in {wanted}", "export the currency in a column of its own"
        else:
            message, help = (
                f"this deal is in {said[0]}, not in {wanted}",
                f"give its rate in handbook.yaml: rates: {{{said[0]}: …}}",
            )
        help += f", or import only those in {wanted}: --where '{column}={wanted}'" if column and self.own else ""
        raise value_error("GH115", message, f"export the amounts in {wanted}, or {help}")

    def converted(self, amount: Decimal, currency: str, into: str | None) -> Decimal | None:
        """Return an amount in another currency, rounded half up to its smallest coin; None without a rate.

        A `currency` of "" is the handbook's own. An amount that is in the right currency already is not rounded.
        """
        source = currency or self.own
        if into is None or source is None or source == into:
            return amount
        one, other = self._rate(source), self._rate(into)
        if not one or not other:
            return None
        with localcontext(prec=60):
            return (amount * one / other).quantize(Decimal(1).scaleb(-digits_of(into)), ROUND_HALF_UP)

    def _rate(self, currency: str) -> Decimal | None:
        return Decimal(1) if currency == self.own else self.rates.get(currency)
