"""What changed silently and is still owed: an old value put back, an adjustment, or the agreement of both."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from ..model.goal import Landmark
from ..model.records import Agreement, Record
from . import kinds
from .explanations import ends, explanation, new_adjustments
from .history import Version
from .kinds import Change
from .renames import Renames
from .steps import steps_of
from .wording import same


def settled(versions: Iterable[Version], renames: Renames) -> Iterator[Version]:
    """Yield the versions with today's ids, and with silent changes marked that a later version put right.

    It put the old value back, or an adjustment speaks of that field, or both have agreed to the goal as it is now.
    """
    renamed = [_renamed(version, renames) for version in versions]
    books = _Books()
    for v, version in enumerate(renamed):
        renamed[v] = books.enter(v, version)
    for v, version in enumerate(renamed):
        changes = enumerate(version.changes)
        marked = tuple(_settled(c, books.paid[v, i]) if (v, i) in books.paid else c for i, c in changes)
        yield replace(version, changes=marked)


@dataclass
class _Debt:
    """What changed silently and was not put right: from `was` to `now`, in the changes `at`.

    `day` is when it last did, and `signed` are those who have agreed to the goal since.
    """

    named: str
    was: object
    now: object
    day: datetime.date
    is_term: bool
    at: list[tuple[int, int]] = field(default_factory=list)
    signed: set[str] = field(default_factory=set)


@dataclass
class _Books:
    """The debts of each goal by what they are a change of, and the changes that are `paid` for.

    Each of these goes with the day of the adjustment that explained it later, if that is how it was paid.
    """

    debts: dict[str, dict[kinds.Subject, _Debt]] = field(default_factory=lambda: defaultdict(dict))
    paid: dict[tuple[int, int], datetime.date | None] = field(default_factory=dict)

    def enter(self, v: int, version: Version) -> Version:
        """Take in the version with this number; returns it with records that are back as changes of what they were."""
        changes = tuple(self._back(change, version) for change in version.changes)
        late: list[tuple[int, kinds.FalseClaim]] = []
        signatures: list[kinds.RecordAdded] = []
        for c, change in enumerate(changes):
            debts = self.debts.get(change.full_id, {})
            if isinstance(change, kinds.Accountable):
                self._change(v, c, version.day, change)
            elif not debts:
                continue  # most changes; this loop sees every record of the period
            elif isinstance(change, kinds.FalseClaim):
                late.append((c, change))
            elif isinstance(change, kinds.GoalAdded):
                self._pay(change.full_id, debts.get(change.subject))
            elif isinstance(change, kinds.RecordAdded) and isinstance(change.record, Agreement):
                signatures.append(change)
            elif isinstance(change, kinds.RecordAdded) and _is_back(change, debts.get(change.subject)):
                self._pay(change.full_id, debts[change.subject])
        for c, claim in late:
            debt = next((d for d in self.debts[claim.full_id].values() if d.named == claim.field), None)
            if debt and explanation(claim.field, claim.steps, debt.was, debt.now):
                self._pay(claim.full_id, debt, claim.adjustment.on)
                self.paid[v, c] = None
        for signature in signatures:
            self._sign(v, signature)
        return replace(version, changes=changes)

    def _change(self, v: int, c: int, day: datetime.date, change: kinds.Accountable) -> None:
        """Open a debt or add to it; close it where the change puts the old value back, or is explained."""
        debts = self.debts[change.full_id]
        debt = debts.get(change.subject)
        if change.silent:
            was, now = ends(change)
            if debt is None:
                is_term = isinstance(change, kinds.TermChange)
                debt = debts[change.subject] = _Debt(change.named, was, now, day, is_term)
            debt.now, debt.day = now, day
            debt.at.append((v, c))
            debt.signed.clear()
            if same(_as_agreed(debt.was), _as_agreed(now)):
                self._pay(change.full_id, debt)
        elif change.explained_by and debts:
            whole = change.named if isinstance(change, kinds.LandmarkChange) else None
            for other in [d for d in debts.values() if d is debt or (whole and d.named.startswith(f"{whole}."))]:
                self._pay(change.full_id, other, change.explained_by.on)

    def _back(self, change: Change, version: Version) -> Change:
        """A record that was removed silently and is back as something else has been rewritten."""
        if not isinstance(change, kinds.RecordAdded) or change.full_id not in self.debts:
            return change
        debt = self.debts[change.full_id].get(change.subject)
        if debt is None or debt.now is not None or debt.was is None or same(debt.was, change.record):
            return change
        steps = steps_of(new_adjustments(c for c in version.changes if c.full_id == change.full_id))
        chain = steps.get(change.named)
        explained_by = explanation(change.named, chain, debt.was, change.record) if chain else None
        old: Record = debt.was  # type: ignore[assignment]
        return kinds.RecordEdited(change.full_id, change.kind, old, change.record, explained_by=explained_by)

    def _sign(self, v: int, change: kinds.RecordAdded) -> None:
        """Close the debts of terms that are older than an agreement, once the owner and somebody else have signed."""
        for debt in list(self.debts[change.full_id].values()):
            if debt.is_term and debt.at[-1][0] < v and change.record.on >= debt.day:
                debt.signed |= set(getattr(change.record, "by", ()))
                if change.owner_id in debt.signed and len(debt.signed) > 1:
                    self._pay(change.full_id, debt)

    def _pay(self, full_id: str, debt: _Debt | None, by: datetime.date | None = None) -> None:
        if debt:
            self.paid |= dict.fromkeys(debt.at, by)
            debts = self.debts[full_id]
            self.debts[full_id] = {subject: other for subject, other in debts.items() if other is not debt}


def _is_back(change: kinds.RecordAdded, debt: _Debt | None) -> bool:
    return bool(debt and same(debt.was, change.record))


def _as_agreed(end: object) -> object:
    """A landmark without what is not agreed on: its title, and the day it was delivered."""
    return end.model_copy(update={"title": "", "done": None}) if isinstance(end, Landmark) else end


def _settled(change: Change, by: datetime.date | None) -> Change:
    if isinstance(change, kinds.Accountable):
        return replace(change, settled=True, settled_by=by)
    return replace(change, settled=True) if isinstance(change, kinds.FalseClaim) else change


def _renamed(version: Version, renames: Renames) -> Version:
    if not renames.owners and not renames.goals:
        return version
    changes = tuple(
        change if (full_id := renames.full_id(change.full_id)) == change.full_id else replace(change, full_id=full_id)
        for change in version.changes
    )
    return replace(version, changes=changes)
