"""How a goal is measured: a number to reach, a level to hold, a sum of goals, or a cadence (format.md#a-goal)."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Annotated, Any, Literal, Self, get_args

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from .entity import Entity
from .fields import IDS_READ_OTHERWISE, SLUG_PATTERN, Number, Over, Range, Times
from .values import TITLE_LIMIT, parse_slug, parse_text, quoted, value_error

Per = Literal["week", "month", "quarter"]
Partners = Literal["each-seller", "team", "anyone"]
Hold = Literal["at_least", "at_most"]
Rollup = Literal["sum"]


#: A day's work, and an hour, in minutes.
LENGTHS = {"minutes": 1, "hours": 60, "days": 480}

_ZERO = Decimal(0)

#: What no unit consists of: signs without a word, a number (`900k`), or anything with a currency sign (`k€`).
_SIGN = r"[ -@\[-`{-\u00bf\u2000-\u20cf]"
_NO_UNIT = re.compile(rf"(?:{_SIGN}*(?:[0-9] *[kKmMbB])?{_SIGN}*|.*[$\u00a2-\u00a5\u20a0-\u20cf].*)\Z")
_SIGN_HELP = {"%": "percent", "€": "EUR", "$": "money, or USD", "£": "GBP", "¥": "JPY"}


def parse_unit(value: Any) -> str:
    """Return a unit: a word, not a number or a sign. Raises GH108, GH103, GH104, GH119."""
    text = parse_text(value)
    if _NO_UNIT.match(text):
        meant = next((word for sign, word in _SIGN_HELP.items() if sign in text), "")
        help = f"did you mean {meant}?" if meant else "write money, percent or what is counted, e.g. deals"
        if any(character.isdigit() for character in text):
            help += " (the number belongs in target)"
        raise value_error("GH108", f"{quoted(text)} is not a unit", help)
    return text


#: An editor reads `7` as a number, which cannot be a unit, and `yes` as a word.
Unit = Annotated[
    str,
    BeforeValidator(parse_unit),
    WithJsonSchema(
        {
            "type": ["string", "boolean"],
            "pattern": rf"^(?!\s*{_NO_UNIT.pattern.removesuffix(chr(92) + 'Z')}\s*$)",
            "maxLength": TITLE_LIMIT,
        }
    ),
]


def parse_partners(value: Any) -> str | tuple[str, ...]:
    """Return who a cadence is kept with: `each-seller`, `team`, `anyone`, or people by their ids. Raises GH107."""
    if value in get_args(Partners):
        return str(value)
    words = value.strip().strip("[]").split(",") if isinstance(value, str) else value
    if not words:
        raise value_error("GH103", "the list is empty", f"write {', '.join(get_args(Partners))}, or the ids of people")
    return tuple(parse_slug(word.strip() if isinstance(word, str) else word) for word in words)


_PERSON = {"anyOf": [{"type": "string", "pattern": f"^{SLUG_PATTERN}$", "maxLength": 64}, *IDS_READ_OTHERWISE]}
With = Annotated[
    str | tuple[str, ...],
    BeforeValidator(parse_partners),
    WithJsonSchema({"anyOf": [_PERSON, {"type": "array", "items": _PERSON, "minItems": 1}]}),
]


class Cadence(Entity):
    """Something done regularly: `times` sessions in each period, each as long as `minutes`, `hours` or `days` say."""

    times: Times
    """How many sessions in each period, e.g. `1`, or `[1, 2]` for at least one."""
    per: Per
    """The length of a period."""
    with_: With = Field("anyone", alias="with")
    """Who the sessions are with: `each-seller` in turn, the `team`, `anyone`, or people by id. Default: `anyone`."""
    minutes: Range | None = None
    """How long a session lasts, from and to, in minutes, e.g. `[30, 45]`."""
    hours: Range | None = None
    """How long a session lasts in hours, e.g. `[1, 2]`, instead of minutes."""
    days: Range | None = None
    """How long a session lasts in days of eight hours, e.g. `[1, 2]`, instead of minutes."""

    @model_validator(mode="after")
    def _one_length(self) -> Self:
        if sum(getattr(self, unit) is not None for unit in LENGTHS) > 1:
            raise value_error("GH118", "a session has one length", "keep one of minutes, hours and days")
        return self

    @property
    def least_times(self) -> int:
        """Return how many sessions a period needs."""
        return self.times if isinstance(self.times, int) else self.times[0]

    @property
    def least_minutes(self) -> int:
        """Return how long a session lasts at least, in minutes; 0 where that is left open."""
        return max((found[0] * size for unit, size in LENGTHS.items() if (found := getattr(self, unit))), default=0)

    @property
    def people(self) -> tuple[str, ...]:
        """Return the ids of the people it is kept with, where it names them."""
        return self.with_ if isinstance(self.with_, tuple) else ()


class Measure(Entity):
    """How a goal is measured: a number to reach, a level to hold, a sum of goals, or a cadence."""

    unit: Unit = ""
    """The unit: `money`, `percent`, a currency such as `CAD`, or what is counted, e.g. `deals`."""
    from_: Number | None = Field(None, alias="from")
    """The value at the start. Default: `0`."""
    target: Number | None = None
    """The number to reach, or the level to hold, e.g. `260_000`."""
    last: Number | None = None
    """Last period's result, in the same unit, e.g. `228_000`. It is shown beside the target and is not agreed on."""
    hold: Hold | None = None
    """Makes the target a level to hold: never below it (`at_least`) or never above it (`at_most`)."""
    tolerance: Number | None = None
    """How far a level may be off and still count as at risk, in its own unit, e.g. `2`. Default: `0`."""
    over: Over | None = None
    """What a reading of a level covers, e.g. `3 months`, or `period`."""
    rollup: Rollup | None = None
    """On a team's goal: the reading is the sum of the goals that support it."""
    cadence: Cadence | None = None
    """Something done regularly, instead of a number, e.g. `{times: 1, per: week, with: each-seller}`."""

    @model_validator(mode="after")
    def _one_shape(self) -> Self:
        if self.cadence:
            if any(value not in {None, ""} for name, value in self if name not in {"cadence", "last"}):
                raise value_error(
                    "GH118", "a cadence cannot have a unit or a target", "keep only cadence, or make two goals of it"
                )
            if self.last is not None:
                raise value_error("GH118", "a cadence cannot have last", "delete last")
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
        if not self.hold and (self.tolerance is not None or self.over):
            raise value_error("GH118", "only a level to hold has tolerance or over", "delete them, or add hold")
        if self.tolerance is not None and self.tolerance < 0:
            raise value_error("GH105", "a tolerance is not negative", "write how far off is still at risk, e.g. 2")
        return self

    @property
    def shape(self) -> Literal["number", "hold", "cadence"]:
        """Return whether it is a number to reach (a rollup is one too), a level to hold, or a cadence."""
        return "cadence" if self.cadence else "hold" if self.hold else "number"

    @property
    def start_value(self) -> Decimal:
        """Return the value a number to reach starts from: `from`, or 0."""
        return self.from_ if self.from_ is not None else _ZERO

    @property
    def goes_down(self) -> bool:
        """Return whether smaller is better."""
        if self.hold:
            return self.hold == "at_most"
        return self.target is not None and self.target < self.start_value

    def satisfied(self, reading: Decimal, value: Decimal) -> bool:
        """Return whether a reading has reached a value, or is on the right side of it (status.md#a-landmark)."""
        return reading <= value if self.goes_down else reading >= value
