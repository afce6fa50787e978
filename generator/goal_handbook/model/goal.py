"""A goal and its landmarks (format.md#a-goal)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Literal, Self

from pydantic import model_validator

from .entity import Entity
from .fields import Day, Number, Prose, Slug, Slugs, Text, YesNo
from .measure import Measure
from .records import (
    RECORDS,
    Accounting,
    Adjustment,
    Agreement,
    CheckIn,
    Closing,
    Delivery,
    Invest,
    Record,
    RecordKind,
    Review,
    Session,
    Spent,
)
from .support import Supports
from .terms import Kind, Visibility
from .values import value_error


class Landmark(Entity):
    """A dated point on the way to a goal: a `value` to reach, or something to `deliver`."""

    id: Slug
    """The landmark's id, unique within the goal, e.g. `q3`."""
    due: Day
    """The day it is due, e.g. `2017-09-30`."""
    value: Number | None = None
    """The total to reach by then, in the goal's unit, e.g. `175_000`."""
    deliver: Text = ""
    """What to deliver by then, e.g. `Exam passed`."""
    done: Day | None = None
    """The day it was delivered."""
    title: Text = ""
    """What to call it on the page."""

    @model_validator(mode="after")
    def _value_or_deliverable(self) -> Self:
        if self.value is None and not self.deliver:
            raise value_error(
                "GH118",
                f'landmark "{self.id}" has neither value nor deliver',
                "add a value to reach, or something to deliver",
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
        """Return what people call it: its title, what is delivered, or its id."""
        return self.title or self.deliver or self.id


class Goal(Entity):
    """One goal. The reader fills in `start` and `due` if the file leaves them out."""

    id: Slug
    """The goal's id, unique within this file, e.g. `new-business`. It never changes."""
    title: Text
    """The goal in one line, e.g. `Close 260,000 of new business`."""
    kind: Kind = "production"
    """What kind of goal it is. Default: `production`."""
    why: Prose = ""
    """Why this goal, and why this size (Markdown)."""
    supports: Supports = ()
    """The goals it contributes to: `revenue` for one of your own team's, `owner/goal` for any other."""
    fits: Prose = ""
    """How it fits into the team's framework, in the owner's words (Markdown)."""
    actions: tuple[Prose, ...] = ()
    """What the owner will do to reach it: one action per item (Markdown)."""
    start: Day
    """The first day. Default: the first day of the period, or the day the seller joined if that is later."""
    due: Day
    """The last day. Default: the last day of the period."""
    prorate: YesNo = False
    """Whether nothing is expected of the owner while they are away: `yes` or `no`. Default: `no`."""
    measure: Measure | None = None
    """How progress is measured, e.g. `{unit: money, target: 260_000}`. Leave it out to go by landmarks alone."""
    landmarks: tuple[Landmark, ...] = ()
    """Dated points on the way, e.g. `{id: q3, due: 2017-09-30, value: 175_000}`. Only a cadence needs none."""
    invest: Invest | None = None
    """Time and money set aside, e.g. `{hours: 48, money: 2_400}`."""
    agreed: tuple[Agreement, ...] = ()
    """Who agreed to the goal, and when, e.g. `{on: 2017-02-20, by: [moses-frase, dustin-brinkmann]}`."""
    checkins: tuple[CheckIn, ...] = ()
    """Readings: the total to date on a day, e.g. `{on: 2017-06-30, value: 93_068}`."""
    sessions: tuple[Session, ...] = ()
    """The sessions of a cadence, e.g. `{on: 2017-07-03, with: moses-frase, minutes: 35}`."""
    reviews: tuple[Review, ...] = ()
    """When the goal was reviewed together, and what came of it, e.g. `{on: 2017-07-05, confidence: medium}`."""
    accountings: tuple[Accounting, ...] = ()
    """Why landmarks were missed and what is next, e.g. `{landmark: q2, on: 2017-07-05, why: …, action: recover}`."""
    adjustments: tuple[Adjustment, ...] = ()
    """Changes to what was agreed, with the old value, the new value and the reason."""
    closed: Closing | None = None
    """How the goal ended, e.g. `{on: 2017-12-31, result: achieved}`."""
    visibility: Visibility = "team"
    """Who sees the goal: the whole team (the default), or leaders only."""
    formerly: Slugs = ()
    """Ids the goal had before. Links to them keep working."""

    @property
    def shape(self) -> Literal["number", "hold", "cadence", "steps"]:
        """Return how it is judged: by a number to reach, a level to hold, a cadence, or landmark by landmark."""
        return self.measure.shape if self.measure else "steps"

    @property
    def target(self) -> Decimal | None:
        """Return the number to reach or the level to hold, None if the goal has neither."""
        return self.measure.target if self.measure else None

    @property
    def numbers(self) -> tuple[Decimal, ...]:
        """Return the numbers its readings are compared with: the landmarks' values, then the target."""
        return tuple(n for n in (*(lm.value for lm in self.landmarks), self.target) if n is not None)

    @property
    def spent(self) -> Spent:
        """Return the time and the money spent to date: the most that its readings say."""
        spent = [checkin.spent for checkin in self.checkins if checkin.spent]
        return Spent(
            hours=max((s.hours for s in spent if s.hours is not None), default=Decimal(0)),
            money=max((s.money for s in spent if s.money is not None), default=Decimal(0)),
        )


def records_of(goal: Goal, kind: RecordKind) -> tuple[Record, ...]:
    """Return a goal's records of a kind, in the order of the file."""
    if kind.name == "done":
        return tuple(Delivery(landmark=lm.id, on=lm.done) for lm in goal.landmarks if lm.done)
    if kind.name == "closed":
        return (goal.closed,) if goal.closed else ()
    found: tuple[Record, ...] = getattr(goal, kind.name)
    return found


def all_records(goal: Goal, kinds: Iterable[RecordKind] = RECORDS.values()) -> Iterator[tuple[RecordKind, Record]]:
    """Yield every record of a goal with its kind, or those of some kinds."""
    for kind in kinds:
        for record in records_of(goal, kind):
            yield kind, record
