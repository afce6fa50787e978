"""A goal and its landmarks (format.md#a-goal)."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal, Self

from pydantic import model_validator

from .measure import Measure
from .records import Accounting, Adjustment, Agreement, CheckIn, Closing, Invest, Review, Session
from .values import Day, Entity, GoalRefs, Number, Prose, Slug, Slugs, Text, value_error

Kind = Literal["production", "education", "skill", "improvement", "support"]
Visibility = Literal["team", "leaders"]


class Landmark(Entity):
    """A dated point on the way: a `value` the reading must reach, or something to `deliver`."""

    id: Slug
    due: Day
    value: Number | None = None
    deliver: Text = ""
    done: Day | None = None
    title: Text = ""

    @model_validator(mode="after")
    def _value_or_deliverable(self) -> Self:
        if self.value is None and not self.deliver:
            raise value_error(
                "GH118",
                f'landmark "{self.id}" says neither value nor deliver',
                "add what must be reached or delivered by then",
            )
        if self.value is not None and (self.deliver or self.done):
            raise value_error(
                "GH118",
                f'landmark "{self.id}" mixes value with deliver or done',
                "keep value, or keep deliver and done",
            )
        return self

    @property
    def name(self) -> str:
        """What a person calls it: its title, what is delivered, or its id."""
        return self.title or self.deliver or self.id


class Goal(Entity):
    """One goal. `start` and `due` are filled with the period's where the file leaves them out."""

    id: Slug
    title: Text
    kind: Kind = "production"
    why: Prose = ""
    supports: GoalRefs = ()
    fits: Prose = ""
    actions: tuple[Prose, ...] = ()
    start: Day
    due: Day
    measure: Measure | None = None
    landmarks: tuple[Landmark, ...] = ()
    invest: Invest | None = None
    agreed: tuple[Agreement, ...] = ()
    checkins: tuple[CheckIn, ...] = ()
    sessions: tuple[Session, ...] = ()
    reviews: tuple[Review, ...] = ()
    accountings: tuple[Accounting, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()
    closed: Closing | None = None
    visibility: Visibility = "team"
    formerly: Slugs = ()

    @property
    def shape(self) -> Literal["number", "hold", "cadence", "steps"]:
        """How it is judged: by a number, a level, a cadence, or landmark by landmark."""
        return self.measure.shape if self.measure else "steps"

    @property
    def target(self) -> Decimal | None:
        """The number to reach or level to hold, or None where the goal has none."""
        return self.measure.target if self.measure else None
