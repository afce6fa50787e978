"""How a goal is measured: a number to reach, a level to hold, a sum of goals, or a cadence (format.md#a-goal)."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal, Self

from pydantic import Field, model_validator

from .values import Entity, Number, Positive, Text, value_error

Per = Literal["week", "month", "quarter"]


class Cadence(Entity):
    """Something done again and again: `times` sessions per period, of `minutes` from–to each."""

    times: Positive
    per: Per
    with_: Literal["each-seller", "team", "anyone"] = Field("anyone", alias="with")
    minutes: tuple[Positive, Positive] | None = None


class Measure(Entity):
    """One of the shapes of format.md; `shape` says which."""

    unit: Text = ""
    from_: Number | None = Field(None, alias="from")
    target: Number | None = None
    hold: Literal["at_least", "at_most"] | None = None
    rollup: Literal["sum"] | None = None
    cadence: Cadence | None = None

    @model_validator(mode="after")
    def _one_shape(self) -> Self:
        if self.cadence:
            if self.unit or self.target is not None or self.hold or self.rollup or self.from_ is not None:
                raise value_error(
                    "GH118", "a cadence has no unit and no target", "keep only cadence, or make two goals of it"
                )
            return self
        if self.target is None:
            raise value_error(
                "GH118", "this measure has no target", "add target: and unit:, or cadence: for something done regularly"
            )
        if not self.unit:
            raise value_error("GH118", "this measure has no unit", "add unit: money, percent or a noun such as deals")
        if self.hold and (self.rollup or self.from_ is not None):
            raise value_error("GH118", "a level to hold has neither from nor rollup", "delete them, or delete hold")
        return self

    @property
    def shape(self) -> Literal["number", "hold", "cadence"]:
        """A number to reach (a rollup is one too), a level to hold, or a cadence."""
        return "cadence" if self.cadence else "hold" if self.hold else "number"

    @property
    def start_value(self) -> Decimal:
        """Where a number to reach starts: `from`, else 0."""
        return self.from_ if self.from_ is not None else Decimal(0)

    @property
    def goes_down(self) -> bool:
        """Whether smaller is better."""
        if self.hold:
            return self.hold == "at_most"
        return self.target is not None and self.target < self.start_value

    def satisfied(self, reading: Decimal, value: Decimal) -> bool:
        """Whether a reading is on the target's side of a value (status.md#a-landmark)."""
        return reading <= value if self.goes_down else reading >= value
