"""What a goal feeds: another goal, for all of its time or some of it, in whole or in part (format.md#a-goal)."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from .entity import Entity
from .fields import Day, GoalRef, Share
from .values import one_id_or_more, plain_number, value_error, worded

#: What can follow the goal in the one-line form: `central/quota from 2011-10-01 share 0.5`.
WORDS = ("from", "until", "share", "credit")


class Support(Entity):
    """A goal that this one feeds: from a day, until a day, with a share of what is made in between.

    As text it is one line: `central/quota from 2011-10-01 share 0.5`.
    """

    goal: GoalRef
    """The goal it contributes to: `revenue` for one of your own team's, `owner/goal` for any other."""
    from_: Day | None = Field(None, alias="from")
    """The first day that counts, e.g. `2017-07-01`. Default: the goal's first day."""
    until: Day | None = None
    """The last day that counts, e.g. `2017-06-30`. Default: the goal's last day."""
    share: Share = Decimal(1)
    """The share that counts, e.g. `0.5` for what is split with somebody. Default: `1`."""
    credit: Literal["single", "double"] = "single"
    """`double` for an overlay: others count the same deals too. Default: `single`."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.from_ and self.until and self.until < self.from_:
            raise value_error("GH116", f"until {self.until} is before from {self.from_}", "correct or swap the dates")
        return self

    def __str__(self) -> str:
        """Return the one-line form, which reads back as the same."""
        share = plain_number(self.share) if self.share != 1 else None
        values = (self.from_, self.until, share, None if self.credit == "single" else self.credit)
        return " ".join([self.goal, *(f"{word} {v}" for word, v in zip(WORDS, values, strict=True) if v is not None)])

    def counts_on(self, day: datetime.date) -> bool:
        """Return whether it counts what is made on a day."""
        return (self.from_ is None or self.from_ <= day) and (self.until is None or day <= self.until)


def read_support(value: Any) -> Any:
    """Return the mapping behind `owner/goal from 2011-10-01`; anything else unchanged. Raises GH104."""
    return worded(value, "goal", WORDS)


Supports = Annotated[tuple[Annotated[Support, BeforeValidator(read_support)], ...], BeforeValidator(one_id_or_more)]
