"""`handbook.yaml`: the organisation, its period and its house rules (format.md#handbookyaml)."""

from __future__ import annotations

import datetime
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Annotated, Any, Literal, Self

from babel import Locale, UnknownLocaleError
from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from .entity import Entity
from .fields import Count, Currency, Day, Factor, Rate, Text
from .imports import Import
from .values import quoted, value_error

#: What an editor can check of a locale; only Babel knows which ones exist.
_ONE = Fraction(1)
_LOCALE_PATTERN = "^[a-zA-Z]{2,3}(?:_[a-zA-Z]{4})?(?:_(?:[a-zA-Z]{2}|[0-9]{3}))?$"


def parse_locale(value: Any) -> str:
    """Read a locale such as `en_US`. Raises GH108."""
    try:
        return str(Locale.parse(value))
    except (ValueError, TypeError, UnknownLocaleError):
        raise value_error(
            "GH108", f"{quoted(str(value))} is not a known locale", "use language and country, e.g. en_US or de_DE"
        ) from None


class Period(Entity):
    """The year (or half, or quarter) the goals are for. It includes both its first and its last day."""

    name: Text
    """What to call the period, e.g. `2017`."""
    start: Day
    """The first day, e.g. `2017-01-01`."""
    end: Day
    """The last day, e.g. `2017-12-31`."""

    quarters: tuple[Day, ...] = ()
    """The last day of each quarter, e.g. of a fiscal year: `[2011-08-30, 2011-11-30, 2012-02-28, 2012-05-29]`."""

    @model_validator(mode="after")
    def _dates_in_order(self) -> Self:
        if self.end < self.start:
            raise value_error(
                "GH116", f"the period ends on {self.end}, before it starts on {self.start}", "correct or swap the dates"
            )
        if any(after <= before for before, after in pairwise((self.start, *self.quarters))):
            raise value_error("GH116", "the quarters are not in order", "list the last day of each, the earliest first")
        if self.quarters and self.quarters[-1] != self.end:
            message = f"the last quarter ends on {self.quarters[-1]}, the period on {self.end}"
            raise value_error("GH116", message, "let both end on the same day")
        return self

    def start_for(self, joined: datetime.date | None) -> datetime.date:
        """Return when a goal without `start` begins: with the period or, for who joins within it, on that day."""
        return joined if joined and self.start < joined <= self.end else self.start


class CatchUpBands(Entity):
    """Bands of the catch-up factor: how much faster than agreed the rest of the way has to go."""

    on_track: Factor = Decimal("1.00")
    """A goal is on track up to this factor. Default: `1.00`."""
    at_risk: Factor = Decimal("1.20")
    """A goal is at risk up to this factor, and off track above it. Default: `1.20`."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.at_risk < self.on_track:
            raise value_error("GH116", "at_risk is lower than on_track", "make at_risk the larger number")
        return self


class CoverageBand(Entity):
    """The sane range of coverage, which is what the goals that support it add up to ÷ what a team's goal needs."""

    low: Factor = Decimal("1.00")
    """Below this, they do not add up to it. Default: `1.00`."""
    high: Factor = Decimal("1.20")
    """Above this, they add up to far more. Default: `1.20`."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.low > self.high:
            raise value_error("GH116", "low is higher than high", "swap them")
        return self


class Settings(Entity):
    """`handbook.yaml`: the organisation, its period and its house rules (format.md#handbookyaml)."""

    format: Literal["1"]
    """The version of the file format: `1`."""
    name: Text
    """The organisation's name, e.g. `MavenTech`."""
    period: Period
    """The year (or half, or quarter) the goals are for, e.g. `{name: 2017, start: 2017-01-01, end: 2017-12-31}`."""
    currency: Currency | None = None
    """The currency of every amount of `money`: an ISO 4217 code such as `USD`."""
    rates: dict[Currency, Rate] = Field(default_factory=dict)
    """The plan's fixed exchange rates into `currency`, e.g. `{CAD: 0.98, EUR: 1.31}`."""
    locale: Annotated[
        str, BeforeValidator(parse_locale), WithJsonSchema({"type": "string", "pattern": _LOCALE_PATTERN})
    ] = "en"
    """How numbers, money and dates are shown, e.g. `en_US` or `de_DE`. Default: `en`."""
    as_of: Day | None = None
    """A fixed status date, for an example or a year that is over. Default: today."""
    proof: Literal["said", "approved", "signed"] = "said"
    """What an agreement needs: a name in the file, an approval at the forge, or a signature. Default: `said`."""
    review_every: Literal["week", "month", "quarter"] = "month"
    """How often every open goal must be reviewed. Default: `month`."""
    due_soon_days: Count = 14
    """How many days before its due date a landmark counts as due soon. Default: `14`."""
    grace_days: Count = 3
    """How many days late a reading may be and still count for the due date. Default: `3`."""
    accounting_days: Count = 14
    """How many days the accounting for a missed landmark may take. Default: `14`."""
    catch_up: CatchUpBands = CatchUpBands()
    """How much faster than agreed the rest may have to go, e.g. `{on_track: 1.00, at_risk: 1.20}`."""
    coverage: CoverageBand = CoverageBand()
    """The sane range of what supports a team's goal ÷ what it needs, e.g. `{low: 1.00, high: 1.20}`."""
    rules: dict[str, Literal["error", "warning", "off"]] = Field(default_factory=dict)
    """The severity of a rule (`GH301`) or of a family of rules (`GH3`), e.g. `{GH301: error, GH5: off}`."""
    imports: tuple[Import, ...] = ()
    """How exports of the CRM are imported, as `goals import` keeps it."""

    @model_validator(mode="after")
    def _rates_lead_somewhere(self) -> Self:
        if self.rates and self.currency is None:
            raise value_error("GH118", "there are rates, but no currency to convert into", "add currency:")
        if self.currency in self.rates:
            message = f"{self.currency} is the handbook's own currency and needs no rate"
            raise value_error("GH118", message, "delete it from rates")
        return self

    @model_validator(mode="after")
    def _each_import_has_a_name(self) -> Self:
        names = [one.name for one in self.imports]
        if twice := next((name for name in names if names.count(name) > 1), ""):
            raise value_error("GH117", f"two imports are called {quoted(twice)}", "rename one of them")
        return self

    def rate(self, unit: str, into: str) -> Fraction | None:
        """Return what one `unit` is worth in another, exactly; None where the two cannot be added."""
        if unit == into:
            return _ONE
        worth, price = self.worth(unit), self.worth(into)
        return Fraction(worth) / Fraction(price) if worth and price else None

    def worth(self, unit: str) -> Decimal | None:
        """Return what one `unit` is worth in the handbook's currency by the plan's rates; None if it has no rate.

        `money` is the handbook's currency.
        """
        if unit in {"money", self.currency}:
            return Decimal(1)
        return self.rates.get(unit)
