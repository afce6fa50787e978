"""An older version of a handbook as the team may see it today.

Whatever was taken out of the files since is out of it too (docs/manual/snapshots.md): people, goals and words. Numbers,
days and what follows from them are as they were.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from typing import Any, TypeVar

from pydantic import BaseModel

from ..model.audience import for_audience
from ..model.free_text import TAKEN_BACK, texts_in, with_words
from ..model.goal import Goal
from ..model.handbook import Handbook
from ..model.people import AnyOwner, Leader, Seller, Team
from ..model.records import LISTS, Accounting
from . import kinds
from .history import BranchCommit, History
from .kinds import Change
from .once_hidden import past_goals
from .renames import Renames, renames_of

EntityT = TypeVar("EntityT", bound=BaseModel)

#: The fields that name people.
_PEOPLE = ("by", "with_")
#: The fields of a change that hold the values of a term.
_VALUES = frozenset({"was", "now", "actual"})


def begins(history: History, later: History) -> bool:
    """Return whether a later history goes on with this one; a new period begins another."""
    then, now = history.versions, later.versions
    return [version.id for version in then] == [version.id for version in now[: len(then)]]


@dataclass(frozen=True)
class Today:
    """What the team sees today of the handbook as written (`now`) and its history, for all older versions alike."""

    now: Handbook
    history: History
    _words: dict[str, frozenset[str]] = field(default_factory=dict)

    @cached_property
    def names(self) -> Renames:
        """Today's names, by what today's files say about older ones."""
        return renames_of(self.now)

    @cached_property
    def team(self) -> Handbook:
        """Today's handbook as the team sees it."""
        return for_audience(self.now, "team", past_goals(self.history, self.now))

    def words(self, full_id: str) -> frozenset[str]:
        """Return every text of a goal that the team sees."""
        if full_id not in self._words:
            self._words[full_id] = frozenset(texts_in(self.team.goals[full_id]))
        return self._words[full_id]


def in_hindsight(then: Handbook, history: History, today: Today) -> tuple[Handbook, History]:
    """Return an older handbook and its history without anything that today's team does not see of it.

    Today's history goes on with the older one. Goals that are not to be seen are marked as hidden, for whoever builds
    for the team to leave out with every reference to them.
    """
    hindsight = _Hindsight(then, history, today)
    owners = [seen for owner in then.owners.values() if (seen := hindsight.owner(owner))]
    settings = then.settings.model_copy(update={"name": today.now.settings.name})
    return Handbook.from_owners(settings, owners), hindsight.history_seen()


@dataclass(frozen=True)
class _Hindsight:
    then: Handbook
    history: History
    today: Today

    @cached_property
    def removed(self) -> frozenset[str]:
        """The full ids of goals that were removed since, and the ids of such owners, whether they came back or not."""
        since = (c for version in self.today.history.versions[len(self.history.versions) :] for c in version.changes)
        return frozenset(c.full_id for c in since if isinstance(c, (kinds.GoalRemoved, kinds.OwnerRemoved)))

    def owner(self, owner: AnyOwner) -> AnyOwner | None:
        """Return an owner as they may be seen, None for a person who is not in today's handbook.

        A team that is gone keeps its place and its name.
        """
        present = self.present(owner.id)
        if present is None and not isinstance(owner, Team):
            return None
        words = frozenset(texts_in(present)) if present else frozenset()
        update: dict[str, Any] = {
            "name": present.name if present else owner.name,
            "formerly": _still(owner.formerly, (present.id, *present.formerly) if present else ()),
            "goals": tuple(self.goal(owner.id, goal) for goal in owner.goals),
        }
        if isinstance(owner, Team):
            context = owner.context.model_copy(update={"abilities": {}})
            update |= {"leader": self.person(owner.leader), "context": with_words(context, words)}
        if isinstance(owner, Seller) and isinstance(present, Seller):
            update |= {"motivation": "", "joined": owner.joined and present.joined, "left": owner.left and present.left}
        if isinstance(owner, (Seller, Leader)) and isinstance(present, (Seller, Leader)):
            update |= {
                "title": owner.title if owner.title == present.title else "",
                "away": _still(owner.away, present.away),
                "corrections": _still(owner.corrections, present.corrections),
                "aliases": present.aliases,  # no page shows them; they say whose commit it was
                "emails": present.emails,
            }
        return owner.model_copy(update=update)

    def present(self, owner_id: str) -> AnyOwner | None:
        """Return who an owner is today, None for one who is gone; another with the id of one who is gone is nobody."""
        found = self.today.team.owners.get(self.today.names.owner(owner_id))
        then = self.then.owners.get(owner_id)
        if found is None or (then and found.kind != then.kind):
            return None
        was_removed = bool({owner_id, found.id} & self.removed)
        return None if was_removed and then and then.name != found.name else found

    def person(self, owner_id: str | None) -> str | None:
        """Return the id of somebody who may be named, None for anybody else."""
        return owner_id if owner_id and self.present(owner_id) else None

    def shown(self, full_id: str) -> Goal | None:
        """Return which of today's goals a goal is; None where the team does not see it, then or now or in between."""
        today = self.today.names.full_id(full_id)
        found, then = self.today.team.goals.get(today), self.then.goals.get(full_id)
        if found is None or self.present(full_id.partition("/")[0]) is None:
            return None
        hidden = max(self.today.history.hidden_until.get(name, 0) for name in (full_id, today))
        if hidden > len(self.history.versions) or (then and then.visibility == "leaders"):
            return None
        was_removed = bool({full_id, today} & self.removed)
        return None if was_removed and then and then.title != found.title else found

    def goal(self, owner_id: str, goal: Goal) -> Goal:
        """Return a goal in words that can be read today, or marked as hidden."""
        full_id = f"{owner_id}/{goal.id}"
        today = self.shown(full_id)
        if today is None:
            return goal.model_copy(update={"visibility": "leaders"})
        seen = self.seen(goal, self.words(full_id))
        formerly = _still(goal.formerly, (today.id, *today.formerly))
        return seen.model_copy(update={"title": today.title, "formerly": formerly})

    def words(self, full_id: str) -> frozenset[str]:
        """Return every text that a goal that may be seen has today."""
        return self.today.words(self.today.names.full_id(full_id))

    def seen(self, entity: EntityT, words: frozenset[str]) -> EntityT:
        """Return a goal or a record in these words, and without the names of people who are gone."""
        return self.without_gone_people(with_words(entity, words))

    def without_gone_people(self, entity: EntityT) -> EntityT:
        """Return a goal or a record that names only people of today."""
        update: dict[str, Any] = {}
        for name in _PEOPLE:
            people = vars(entity).get(name, ())
            if not all(map(self.person, people)):
                update[name] = tuple(filter(self.person, people))
        if isinstance(entity, Accounting) and not all(self.person(step.who) for step in entity.plan if step.who):
            update["plan"] = tuple(step.model_copy(update={"who": self.person(step.who)}) for step in entity.plan)
        if isinstance(entity, Goal):
            for name in LISTS:
                records = getattr(entity, name)
                seen = tuple(map(self.without_gone_people, records))
                if any(a is not b for a, b in zip(seen, records, strict=True)):
                    update[name] = seen
            if entity.measure and entity.measure.cadence and entity.measure.cadence.people:
                cadence = self.without_gone_people(entity.measure.cadence)
                update["measure"] = entity.measure.model_copy(update={"cadence": cadence})
        return entity.model_copy(update=update) if update else entity

    def history_seen(self) -> History:
        """Return the history up to then; goals that may not be seen count as hidden all the time."""
        versions = tuple(
            replace(version, changes=tuple(self.changes(version.changes))) for version in self.history.versions
        )
        full_ids = {c.full_id for version in self.history.versions for c in version.changes if "/" in c.full_id}
        unseen = {i for i in full_ids | self.then.goals.keys() | self.history.shown if self.shown(i) is None}
        always = dict.fromkeys(unseen, len(versions))
        return replace(
            self.history,
            versions=versions,
            hidden_until={**self.history.hidden_until, **always},
            shown=self.history.shown - unseen,
            on_branches=lambda: tuple(map(self.branch_commit, self.history.on_branches())),
        )

    def branch_commit(self, commit: BranchCommit) -> BranchCommit:
        """Return a commit with what its owner's goals say in words that can be read today."""
        owner = commit.owner.owner
        full_ids = {goal.id: f"{owner.id}/{goal.id}" for goal in owner.goals}
        shown = (goal for goal in owner.goals if self.shown(full_ids[goal.id]))
        goals = (self.seen(goal, self.words(full_ids[goal.id])) for goal in shown)
        return replace(commit, owner=replace(commit.owner, owner=owner.model_copy(update={"goals": tuple(goals)})))

    def changes(self, changes: Iterable[Change]) -> Iterator[Change]:
        """Yield the changes of goals that may be seen, in words that can be read today."""
        for change in changes:
            today = self.shown(change.full_id)
            if today is None or isinstance(change, kinds.DetailEdited):
                continue
            if isinstance(change, kinds.GoalRenamed) and change.former_id not in today.formerly:
                continue
            words = self.words(change.full_id)
            update: dict[str, Any] = {}
            for name, value in ((one.name, getattr(change, one.name)) for one in fields(change)):
                if isinstance(value, BaseModel):
                    if (seen := self.seen(value, words)) is not value:
                        update[name] = seen
                elif name in _VALUES and isinstance(value, str) and value not in words:
                    update[name] = TAKEN_BACK
            yield replace(change, **update) if update else change


def _still(then: tuple[Any, ...], now: tuple[Any, ...]) -> tuple[Any, ...]:
    """What was said then and still is."""
    return tuple(item for item in then if item in now)
