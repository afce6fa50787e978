"""Which goals stay hidden because they once were: removed, under another name, or with somebody else."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from ..model.audience import PastGoals
from ..model.handbook import Handbook
from .history import History
from .kinds import GoalAdded, GoalRemoved
from .renames import Renames, renames_of


def past_goals(history: History, *handbooks: Handbook, before: History | None = None) -> PastGoals:
    """Return which goals the team must not see a trace of, and which it may, also of those that are gone.

    The first of the handbooks is today's; `before` is the history of an older one, where that is another. Hidden are
    the goals hidden in one of the handbooks, and those that are gone today and were hidden once, whatever they were
    called, or are hidden with somebody else: whatever became of a goal for leaders only, it stays hidden.
    """
    goals = [pair for handbook in handbooks for pair in handbook.goals.items()]
    hidden = {full_id for full_id, goal in goals if goal.visibility == "leaders"}
    histories = (history, before) if before else (history,)
    once = {full_id for one in histories for full_id in one.hidden_until}
    present = handbooks[0].goals.keys() if handbooks else set()
    if hidden or once:
        ids = once.union((full_id for full_id, _ in goals), *(one.shown for one in histories))
        hidden |= _Traces(history, handbooks[0] if handbooks else None, frozenset(ids)).of(hidden | (once - present))
    return PastGoals(frozenset(hidden), history.shown | ({full_id for full_id, _ in goals} - hidden))


@dataclass(frozen=True)
class _Traces:
    """What goals were called, and when they came and went; `ids` are those they had, in all versions."""

    history: History
    now: Handbook | None
    ids: frozenset[str]

    def of(self, hidden: set[str]) -> set[str]:
        """Return the ids of hidden goals, and all that goals had that are gone and were, or are, the same."""
        found = {today for i in hidden if (today := self.today(i)) not in self.present or today in hidden}
        found |= self.moved(found)
        return hidden | {i for today in found for i in (today, *self.names[today])} - self.present

    def moved(self, hidden: set[str]) -> set[str]:
        """Return the goals that are gone and had the name of a hidden one, which came when they went, or went before.

        Two that were there side by side all the time are two: many a seller has a goal with the same id. Of a goal that
        is there, its former id is returned if that was the name of a hidden one which went when it came.
        """
        came: dict[str, float] = {}
        went: dict[str, float] = {}
        for full_id in hidden:
            for name in self.short_names(full_id):
                came[name] = max(came.get(name, -1), self.came(full_id))
                went[name] = min(went.get(name, _NEVER), self.went(full_id))
        gone = {
            full_id
            for full_id in self.names.keys() - self.present - hidden
            for name in self.short_names(full_id) & came.keys()
            if came[name] >= self.went(full_id) or self.came(full_id) >= went[name]
        }
        former = {
            old
            for full_id in self.names.keys() & self.present - hidden
            for old in self.names[full_id] - self.present
            if self.came(full_id) >= went.get(old.partition("/")[2], _NEVER)
        }
        return gone | former

    @cached_property
    def present(self) -> set[str]:
        return set(self.now.goals) if self.now else set()

    @cached_property
    def renames(self) -> Renames:
        return renames_of(self.now, self.history.renames) if self.now else self.history.renames

    def today(self, full_id: str) -> str:
        """Return what a goal was called last; an id that is in use is of the goal that has it now."""
        return full_id if full_id in self.present else self.renames.full_id(full_id)

    @cached_property
    def names(self) -> dict[str, set[str]]:
        """The full ids that each goal had, by its last one."""
        found: dict[str, set[str]] = defaultdict(set)
        for full_id in self.ids | self.renames.goals.keys():
            found[self.today(full_id)].add(full_id)
        return found

    def short_names(self, full_id: str) -> set[str]:
        """Return what a goal was called in its owner's file."""
        return {one.partition("/")[2] for one in (full_id, *self.names.get(full_id, ()))}

    @cached_property
    def _events(self) -> tuple[dict[str, int], dict[str, int]]:
        """The version that a goal came with last, and the one it went with first."""
        came: dict[str, int] = {}
        went: dict[str, int] = {}
        for number, version in enumerate(self.history.versions):
            for change in version.changes:
                if isinstance(change, GoalAdded):
                    came[change.full_id] = number
                elif isinstance(change, GoalRemoved):
                    went.setdefault(change.full_id, number)
        return came, went

    def came(self, full_id: str) -> float:
        """Return the version a goal came with: that of the files for one that no version knows."""
        return self._events[0].get(full_id, 0 if self.is_known(full_id) else _FILES)

    def went(self, full_id: str) -> float:
        """Return the version a goal went with: one that was on a branch only may have gone at any time."""
        otherwise = _FILES if self.is_known(full_id) else 0
        return self._events[1].get(full_id, _NEVER if full_id in self.present else otherwise)

    def is_known(self, full_id: str) -> bool:
        """Return whether a version of the history has a goal."""
        names = {full_id, *self.names.get(full_id, ())}
        return not (names.isdisjoint(self.history.shown) and names.isdisjoint(self.history.hidden_until))


#: When what is not committed came or went, after all versions, and when what is still there goes.
_FILES, _NEVER = float(1 << 40), float("inf")
