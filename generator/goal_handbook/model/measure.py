"""How a goal is measured: a number to reach, a level to hold, a sum of goals, or a cadence (format.md#a-goal)."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal, Self

from pydantic import Field, model_validator

from .values import Entity, Number, Positive, Text, value_error

Per = Literal["week", "month", "quarter"]
Partner = Literal["each-seller", "team", "anyone"]
Hold = Literal["at_least", "at_most"]
Rollup = Literal["sum"]


class Cadence(Entity):
    """Something done regularly: `times` sessions per period, each lasting from `minutes[0]` to `minutes[1]`."""

    times: Positive
    """How many sessions in each period, e.g. `1`."""
    per: Per
    """The length of a period."""
    with_: Partner = Field("anyone", alias="with")
    """Who the sessions are with: each seller in turn, the team, or anyone. Default: `anyone`."""
    minutes: tuple[Positive, Positive] | None = None
    """How long a session lasts, from and to, in minutes, e.g. `[30, 45]`."""


class Measure(Entity):
    """How a goal is measured; `shape` tells which kind of measure it is."""

    unit: Text = ""
    """The unit: `money`, `percent`, or what is counted, e.g. `deals`."""
    from_: Number | None = Field(None, alias="from")
    """The value at the start. Default: `0`."""
    target: Number | None = None
    """The number to reach, or the level to hold, e.g. `260_000`."""
    last: Number | None = None
    """Last period's result, in the same unit, e.g. `228_000`. It is shown beside the target and is not agreed on."""
    hold: Hold | None = None
    """Makes the target a level to hold: never below it (`at_least`) or never above it (`at_most`)."""
    rollup: Rollup | None = None
    """On a team's goal: the reading is the sum of the goals that support it."""
    cadence: Cadence | None = None
    """Something done regularly, instead of a number, e.g. `{times: 1, per: week, with: each-seller}`."""

    @model_validator(mode="after")
    def _one_shape(self) -> Self:
        if self.cadence and self.last is not None:
            raise value_error("GH118", "a cadence cannot have last", "delete last")
        if self.cadence:
            if self.unit or self.target is not None or self.hold or self.rollup or self.from_ is not None:
                raise value_error(
                    "GH118", "a cadence cannot have a unit or a target", "keep only cadence, or make two goals of it"
                )
            return self
        if self.target is None:
            raise value_error(
                "GH118", "this measure has no target", "add target: and unit:, or cadence: for something done regularly"
            )
        if not self.unit:
            raise value_error(
                "GH118", "this measure has no unit", "add unit: with money, percent or a noun such as deals"
            )
        if self.hold and (self.rollup or self.from_ is not None):
            raise value_error("GH118", "a level to hold cannot have from or rollup", "delete them, or delete hold")
        return self

    @property
    def shape(self) -> Literal["number", "hold", "cadence"]:
        """Return whether it is a number to reach (a rollup is one too), a level to hold, or a cadence."""
        return "cadence" if self.cadence else "hold" if self.hold else "number"

    @property
    def start_value(self) -> Decimal:
        """Return the value a number to reach starts from: `from`, or 0."""
        return self.from_ if self.from_ is not None else Decimal(0)

    @property
    def goes_down(self) -> bool:
        """Return whether smaller is better."""
        if self.hold:
            return self.hold == "at_most"
        return self.target is not None and self.target < self.start_value

    def satisfied(self, reading: Decimal, value: Decimal) -> bool:
        """Return whether a reading has reached a value, or is on the right side of it (status.md#a-landmark)."""
        return reading <= value if self.goes_down else reading >= value
