"""A landmark's status on a date (status.md#a-landmark)."""

from __future__ import annotations

import datetime
import operator
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Literal, NamedTuple, get_args

from ..frozen import frozen
from ..model.goal import Goal, Landmark
from ..model.people import Away
from ..model.records import Accounting
from ..model.settings import Settings
from ..model.terms import DROPPED
from .absence import days_since
from .as_of import UNCHANGED, OriginalTerms, latest, original_terms
from .attainment import Attainment, attainment_of
from .readings import Reading, Series

LandmarkStatus = Literal["missed", "unreported", "accounted", "due-soon", "upcoming", "met-late", "met", "dropped"]

#: Worst first.
LANDMARK_STATUSES: tuple[LandmarkStatus, ...] = get_args(LandmarkStatus)

_DAY = datetime.timedelta(days=1)
_BY_DUE_DATE = operator.attrgetter("due", "id")

#: The id of the landmark that a goal's target is, the first that none of its own has.
_TARGET_IDS = ("due", "target", "last-day", "end")


@frozen
class LandmarkState:
    """A landmark on the status date, `days_left` days before it is due (negative: that many days after).

    `met_on` is the day it was met. `missed_since` is the first day it counted as missed, `age` the days since then (or
    since it was due, while it is unreported) without those on which its owner was away, `overdue` whether its
    accounting has taken longer than `accounting_days`. `deciding` is the reading that decided on its due date, and
    `attainment` how far that one got. `original` holds the first agreed terms that an adjustment changed. `waiting` are
    the full ids of the goals that an unreported rollup still waits for. `is_target`: the file has no such landmark, it
    is the goal's target on the goal's last day.
    """

    landmark: Landmark
    status: LandmarkStatus
    days_left: int
    met_on: datetime.date | None = None
    missed_since: datetime.date | None = None
    age: int = 0
    overdue: bool = False
    deciding: Reading | None = None
    attainment: Attainment | None = None
    accounting: Accounting | None = None
    original: OriginalTerms = UNCHANGED
    waiting: tuple[str, ...] = ()
    is_target: bool = False

    @property
    def adjusted(self) -> bool:
        """Return whether it is judged by other terms than those first agreed."""
        return self.original != UNCHANGED

    @property
    def is_pending(self) -> bool:
        """Return whether it is neither decided nor late: not due yet, or within the days of grace."""
        return self.status in {"due-soon", "upcoming"}

    @property
    def is_settled(self) -> bool:
        """Return whether nothing remains to be done about it: it was met, late or not, or dropped."""
        return self.status in {"met", "met-late", "dropped"}

    @property
    def days_early(self) -> int | None:
        """Return how many days before it was due it was met (negative: days after), None if it was not met."""
        return (self.landmark.due - self.met_on).days if self.met_on else None


def target_landmark(goal: Goal) -> Landmark | None:
    """Return the target as a landmark on the goal's last day, None where one that asks for as much is due then."""
    if goal.target is None or any(_asks_for_target(goal, landmark) for landmark in goal.landmarks):
        return None
    taken = {landmark.id for landmark in goal.landmarks}
    free = next((name for name in _TARGET_IDS if name not in taken), None)
    return Landmark(id=free, due=goal.due, value=goal.target) if free else None


class Judgement(NamedTuple):
    """What decides on a goal's status: a landmark's own, and what it follows from.

    `met_on` is the day it was met, `missed_since` the first day it counted as missed, `deciding` the reading that
    decided on its due date.
    """

    landmark: Landmark
    status: LandmarkStatus
    deciding: Reading | None
    accounting: Accounting | None
    met_on: datetime.date | None = None
    missed_since: datetime.date | None = None


@frozen
class Course:
    """The landmarks of a goal in the order they are due, its target among them where it has to be, whatever the day.

    `reaches` says whether a reading has reached a value.
    """

    goal: Goal
    landmarks: tuple[Landmark, ...]
    target: Landmark | None
    dropped: frozenset[str]
    reaches: Callable[[Decimal, Decimal], bool]

    @property
    def in_force(self) -> list[Landmark]:
        """Return the landmarks that are not dropped."""
        return [landmark for landmark in self.landmarks if landmark.id not in self.dropped]

    def counting_on(self, day: datetime.date) -> Sequence[Landmark]:
        """Return the landmarks that the goal's status on a day can follow from: values to come do not count yet."""
        if self.goal.target is None or self.goal.due <= day:
            return self.landmarks
        return [landmark for landmark in self.landmarks if landmark.due <= day or landmark.value is None]


def course_of(goal: Goal) -> Course:
    """Return a goal's landmarks in order. The goal holds nothing dated later than it is judged."""
    target = target_landmark(goal)
    listed = [*goal.landmarks, *([target] if target else [])]
    listed.sort(key=_BY_DUE_DATE)
    dropped = frozenset(landmark.id for landmark in listed if is_dropped(goal, landmark))
    reaches = operator.le if goal.measure and goal.measure.goes_down else operator.ge
    return Course(goal, tuple(listed), target, dropped, reaches)


@frozen
class Judge:
    """What a goal's landmarks are judged by: its readings, the house rules, and when its owner is away."""

    course: Course
    series: Series
    as_of: datetime.date
    settings: Settings
    absences: Sequence[Away]

    def judgements(self, landmarks: Iterable[Landmark]) -> list[Judgement]:
        """Return the judgements on landmarks, which are in the order they are due."""
        if self.course.goal.shape != "hold":
            return [self._judgement(landmark, datetime.date.min) for landmark in landmarks]
        found: list[Judgement] = []
        for landmark in landmarks:
            found.append(self._judgement(landmark, self._since(landmark, found)))
        return found

    def states(self, judgements: Iterable[Judgement]) -> tuple[LandmarkState, ...]:
        """Return the state of every landmark, by its judgement."""
        return tuple(map(self._state, judgements))

    def _since(self, landmark: Landmark, found: Sequence[Judgement]) -> datetime.date:
        """The first day whose readings say anything of a level's landmark: after the one before it is decided."""
        earlier = (s.landmark for s in found if s.status != "dropped" and s.landmark.due < landmark.due)
        decided = (lm.due + _DAY for lm in earlier if lm.value is not None)
        return max([self.course.goal.start, *decided])

    def _judgement(self, landmark: Landmark, since: datetime.date) -> Judgement:
        """The first row of the table in status.md that applies. Readings before `since` say nothing of it."""
        goal, as_of, value = self.course.goal, self.as_of, landmark.value
        last_day = landmark.due + datetime.timedelta(days=self.settings.grace_days)
        accounting = _accounting(goal, landmark) if goal.accountings else None
        deciding = self.series.deciding(landmark.due, since, last_day) if value is not None else None
        if landmark.id in self.course.dropped:
            return Judgement(landmark, "dropped", deciding, accounting)
        met_on, late = self._met(landmark, deciding)
        if met_on:
            return Judgement(landmark, "met-late" if late else "met", deciding, accounting, met_on)
        if as_of <= last_day:
            soon = (landmark.due - as_of).days <= self.settings.due_soon_days
            return Judgement(landmark, "due-soon" if soon else "upcoming", deciding, accounting)
        reported_on = self.series.reported_on(landmark.due) if value is not None else None
        if value is not None and reported_on is None:
            return Judgement(landmark, "unreported", deciding, accounting)
        missed_since = max(last_day + _DAY, reported_on or datetime.date.min)
        return Judgement(landmark, "accounted" if accounting else "missed", deciding, accounting, None, missed_since)

    def _met(self, landmark: Landmark, deciding: Reading | None) -> tuple[datetime.date | None, bool]:
        """The day it was met and whether that was late; (None, False) if it was not met."""
        measure, value = self.course.goal.measure, landmark.value
        if value is None:
            return landmark.done, bool(landmark.done and landmark.done > landmark.due)
        if measure is None or (measure.hold and self.as_of < landmark.due):
            return None, False
        reaches = self.course.reaches
        if deciding and reaches(deciding.value, value):
            if measure.hold:
                return max(deciding.on, landmark.due), False
            return next((r.on for r in self.series.readings if reaches(r.value, value)), deciding.on), False
        decided_on = max(landmark.due, deciding.on if deciding else landmark.due)
        if not self.series.days or self.series.days[-1] <= decided_on:
            return None, False
        late = next((r.on for r in self.series.readings if r.on > decided_on and reaches(r.value, value)), None)
        return late, late is not None

    def _state(self, judged: Judgement) -> LandmarkState:
        goal, as_of, landmark = self.course.goal, self.as_of, judged.landmark
        is_unreported, is_target = judged.status == "unreported", landmark is self.course.target
        since = landmark.due if is_unreported else judged.missed_since
        age = max(0, days_since(self.absences, since, as_of)) if since else 0
        return LandmarkState(
            landmark,
            judged.status,
            days_left=(landmark.due - as_of).days,
            met_on=judged.met_on,
            missed_since=judged.missed_since,
            age=age,
            overdue=judged.status == "missed" and age > self.settings.accounting_days,
            deciding=judged.deciding,
            attainment=attainment_of(goal, judged.deciding, landmark.due, landmark.value),
            accounting=judged.accounting,
            original=self._original(landmark, is_target) if goal.adjustments else UNCHANGED,
            waiting=self.series.waiting_for(landmark.due) if is_unreported else (),
            is_target=is_target,
        )

    def _original(self, landmark: Landmark, is_target: bool) -> OriginalTerms:
        own = ("due", "value", "deliver")
        terms = ("due", "target", "") if is_target else tuple(f"landmarks.{landmark.id}.{part}" for part in own)
        return original_terms(self.course.goal, landmark, terms)


def _asks_for_target(goal: Goal, landmark: Landmark) -> bool:
    """Return whether a landmark in force asks for the target, or for more, on the goal's last day."""
    if landmark.due != goal.due or landmark.value is None or goal.measure is None or goal.target is None:
        return False
    return goal.measure.satisfied(landmark.value, goal.target) and not is_dropped(goal, landmark)


def is_dropped(goal: Goal, landmark: Landmark) -> bool:
    """Return whether the latest decision about it was to drop it; a later adjustment may take it up again."""
    if not (goal.accountings or goal.adjustments):
        return False
    decided = [(a.on, True) for a in goal.accountings if a.landmark == landmark.id and a.action == "drop"]
    decided += [
        (a.on, c.now in (None, DROPPED))
        for a in goal.adjustments
        for c in a.changes
        if c.landmark == landmark.id and c.term and c.term.is_whole_landmark
    ]
    return latest(decided, lambda decision: decision[0], (datetime.date.min, False))[1]


def _accounting(goal: Goal, landmark: Landmark) -> Accounting | None:
    """Return the latest accounting for the landmark; before its current due date there was nothing to account for."""
    counting = [a for a in goal.accountings if a.landmark == landmark.id and a.on >= landmark.due]
    return latest(counting, lambda a: a.on, None)
