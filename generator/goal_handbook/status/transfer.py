"""What a transfer changes: what the goals of a seller who moves feed, and the rest of a goal that is handed over."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator
from dataclasses import replace

from ..frozen import frozen
from ..model.goal import Goal, Landmark
from ..model.handbook import Handbook
from ..model.measure import Measure
from ..model.support import Support
from .landmark import target_landmark
from .readings import Reading, own_readings

_DAY = datetime.timedelta(days=1)


@frozen
class Move:
    """A seller's move to a team, from a day on. `handbook` is the one before it."""

    handbook: Handbook
    seller: str
    team: str
    on: datetime.date

    def supports(self, full_id: str, *, follow: bool) -> tuple[Support, ...]:
        """Return what a goal of the seller supports after the move.

        With `follow`, a goal of a team that is left is fed until the day before, and from then on the goal of the same
        id of the team in its place, if it has one. Anything else stays, by its full id where the team's own would now
        mean another.
        """
        supports = self.handbook.goals[full_id].supports
        return tuple(new for support in supports for new in self._after(full_id, support, follow))

    def left_behind(self, full_id: str) -> list[str]:
        """Return the goals of a team that is left which this goal supports, and which no team has in their place."""
        return [
            supported
            for support in self.handbook.goals[full_id].supports
            if (supported := self._of_a_team_left(full_id, support)) and not self.successor(supported)
        ]

    def follows(self, full_id: str) -> bool:
        """Return whether a goal supports one that has a successor in the new team."""
        supports = self.handbook.goals[full_id].supports
        return any((s := self._of_a_team_left(full_id, support)) and self.successor(s) for support in supports)

    def successor(self, full_id: str) -> str | None:
        """Return the goal of the same id of the team that takes the place of its team, None if there is none.

        The new team takes the place of the old one, the new one's parent that of the old one's parent, and so on.
        """
        team, _, goal = full_id.partition("/")
        places = dict(zip(self._left, self._joined, strict=False))
        found = f"{places.get(team, '')}/{goal}"
        return found if found in self.handbook.goals and places.get(team) not in self._left else None

    @property
    def _left(self) -> list[str]:
        return self._with_parents(self.handbook.sellers[self.seller].team_on(self.on))

    @property
    def _joined(self) -> list[str]:
        return self._with_parents(self.team)

    def _with_parents(self, team: str) -> list[str]:
        found = self.handbook.teams.get(team)
        return [team, *(parent.id for parent in self.handbook.parent_teams(found))] if found else [team]

    def _of_a_team_left(self, full_id: str, support: Support) -> str | None:
        """The goal a support feeds on the day of the move or later, if it is one of a team that the seller leaves."""
        supported = self.handbook.resolve(full_id, support)
        if supported is None or (support.until and support.until < self.on):
            return None
        team = supported.partition("/")[0]
        return supported if team in self._left and team not in self._joined else None

    def _after(self, full_id: str, support: Support, follow: bool) -> Iterator[Support]:
        supported = self._of_a_team_left(full_id, support)
        successor = self.successor(supported) if supported and follow else None
        begins = max(support.from_ or datetime.date.min, self.handbook.goals[full_id].start)
        if supported is None or (successor is None and begins < self.on):
            yield support
        elif successor is None:
            yield support.model_copy(update={"goal": supported})
        elif begins < self.on:
            yield support.model_copy(update={"goal": supported, "until": self.on - _DAY})
            yield support.model_copy(update={"goal": successor, "from_": self.on})
        else:
            yield support.model_copy(update={"goal": successor})


@frozen
class Rest:
    """What is left of a goal on the day it is handed over, and the `reading` of that day, if there is one.

    `late` are landmarks that stay behind although nobody has delivered them: they were due by then.
    """

    reading: Reading | None
    measure: Measure | None
    landmarks: tuple[Landmark, ...]
    reached: bool
    late: tuple[Landmark, ...] = ()


def rest_of(goal: Goal, dropped: Collection[str], on: datetime.date) -> Rest:
    """Return the rest of a goal on a day: its target and the landmarks still ahead, less what has been made.

    A number that does not count up from zero, and a percentage, goes on from its reading instead. What has been
    reached or delivered is left out, and so is last period's result, which was not the new owner's. Where no landmark
    is left on the way to a number, the target becomes one.
    """
    rest = _rest_of(goal, dropped, on)
    if rest.landmarks or not goal.landmarks or rest.measure is None:
        return rest
    target = target_landmark(goal.model_copy(update={"measure": rest.measure, "landmarks": ()}))
    return replace(rest, landmarks=(target,)) if target else rest


def _rest_of(goal: Goal, dropped: Collection[str], on: datetime.date) -> Rest:
    readings = [reading for reading in own_readings(goal) if reading.on <= on]
    last = readings[-1] if readings else None
    ahead = tuple(lm for lm in goal.landmarks if lm.due > on and not lm.done and lm.id not in dropped)
    late = tuple(lm for lm in goal.landmarks if lm.due <= on and lm.deliver and not lm.done and lm.id not in dropped)
    measure = goal.measure.model_copy(update={"last": None}) if goal.measure else None
    if measure is None or measure.shape != "number" or measure.target is None:
        return Rest(last, measure, ahead, False, late)
    value = last.value if last else measure.start_value
    ahead = tuple(lm for lm in ahead if lm.value is None or not measure.satisfied(value, lm.value))
    reached = measure.satisfied(value, measure.target)
    if measure.start_value or measure.goes_down or measure.unit == "percent":
        return Rest(last, measure.model_copy(update={"from_": value}), ahead, reached)
    less = tuple(lm if lm.value is None else lm.model_copy(update={"value": lm.value - value}) for lm in ahead)
    return Rest(last, measure.model_copy(update={"target": measure.target - value}), less, reached)
