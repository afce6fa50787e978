"""All versions of a handbook, oldest first, each as the changes it made; and what of them is still unexplained."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from ..model.records import Accounting, CheckIn, Delivery, Record, RecordKind
from . import kinds
from .explanations import new_adjustments
from .kinds import Change
from .renames import Renames
from .snapshot import HandbookSnapshot, OwnerSnapshot


@dataclass(frozen=True, slots=True)
class Version:
    """A version by its commit (`id` is "" for files that are not committed), and its changes.

    `author` and `email` are those of the commit; of a merge, of whoever merged.
    """

    id: str
    day: datetime.date
    author: str
    changes: tuple[Change, ...]
    email: str = ""
    is_merge: bool = False


@dataclass(frozen=True, slots=True)
class BranchCommit:
    """What a single commit, maybe one on a branch that was merged, says in the file of an owner."""

    id: str
    author: str
    email: str
    owner: OwnerSnapshot


@dataclass(frozen=True)
class History:
    """The versions of the present period. `complete` is False where older ones are missing (a shallow clone).

    `at_last` returns what the files said when each could last be read, `on_branches` every single commit of an owner's
    file, those on merged branches too, oldest first. `hidden_until` names every goal ever hidden, for
    leaders only, and how many versions it takes until it no longer was; `shown` every goal that ever was not.
    """

    versions: tuple[Version, ...] = ()
    complete: bool = True
    at_last: Callable[[], HandbookSnapshot] = field(default=lambda: HandbookSnapshot(None, {}), compare=False)
    hidden_until: Mapping[str, int] = field(default_factory=dict)
    shown: frozenset[str] = frozenset()
    on_branches: Callable[[], Iterable[BranchCommit]] = field(default=lambda: (), compare=False)

    @cached_property
    def last(self) -> HandbookSnapshot:
        """What the files said when each could last be read; few runs need it."""
        return self.at_last()

    @cached_property
    def by_owner(self) -> Mapping[str, tuple[BranchCommit, ...]]:
        """The single commits of each owner's file, oldest first; few runs need them."""
        found: dict[str, list[BranchCommit]] = defaultdict(list)
        for commit in self.on_branches():
            found[commit.owner.owner.id].append(commit)
        return {owner_id: tuple(commits) for owner_id, commits in found.items()}

    @cached_property
    def by_goal(self) -> Mapping[str, tuple[tuple[Version, Change], ...]]:
        """The changes of each goal (and each owner) by its present id, oldest first."""
        found: dict[str, list[tuple[Version, Change]]] = defaultdict(list)
        for version in self.versions:
            for change in version.changes:
                found[change.full_id].append((version, change))
        return {full_id: tuple(changes) for full_id, changes in found.items()}

    def until(self, day: datetime.date) -> Iterator[Version]:
        """Yield the versions that were committed by a day."""
        return (version for version in self.versions if version.day <= day)

    def of_goal(self, full_id: str, until: datetime.date) -> Iterator[tuple[Version, Change]]:
        """Yield the changes of a goal that were committed by a day."""
        return (pair for pair in self.by_goal.get(full_id, ()) if pair[0].day <= until)

    @cached_property
    def written(self) -> Mapping[kinds.Subject, tuple[tuple[Version, Record | None, Record], ...]]:
        """The versions that wrote each record, oldest first, with the record before and after; by its subject."""
        found: dict[kinds.Subject, list[tuple[Version, Record | None, Record]]] = defaultdict(list)
        for version in self.versions:
            for change in version.changes:
                if isinstance(change, (kinds.RecordAdded, kinds.RecordEdited)):
                    found[change.subject].append((version, *change.ends))
        return {subject: tuple(changes) for subject, changes in found.items()}

    def brought_by(self, full_id: str, kind: RecordKind, record: Record) -> str:
        """Return the commit that brought a goal's record, "" where it is not known."""
        version = self.brought_in(full_id, kind, record)
        return version.id if version else ""

    def brought_in(self, full_id: str, kind: RecordKind, record: Record) -> Version | None:
        """Return the version that brought a goal's record, None where it is not known.

        Versions that only touched it later do not count: they did a step of its plan, corrected it or put it back.
        """
        brought = None
        for version, before, after in reversed(self.written.get(kinds.record_subject(full_id, kind, record), ())):
            if _decided(after) != _decided(record):
                continue  # another one of the same day
            if before is None:
                brought = version
            else:
                record = before
        return brought


def _decided(record: Record) -> Record:
    """A record without what is done later: the steps of a plan."""
    return record.model_copy(update={"plan": ()}) if isinstance(record, Accounting) else record


def settled(versions: Iterable[Version], renames: Renames) -> Iterator[Version]:
    """Yield the versions with today's ids, and with silent changes marked that a later version undid or explained."""
    renamed = [_renamed(version, renames) for version in versions]
    debts: dict[kinds.Subject, _Debt] = {}
    paid: set[tuple[int, int]] = set()
    for v, version in enumerate(renamed):
        for c, change in enumerate(version.changes):
            if not debts and not isinstance(change, kinds.Accountable):
                continue  # most changes; this loop sees every record of the period
            for subject in _explained_late(change, debts):
                paid |= {*debts.pop(subject).at}
            debt = debts.get(change.subject)
            if isinstance(change, kinds.FalseClaim) and debt and (change.was, change.now) == (debt.was, debt.now):
                paid |= {*debt.at, (v, c)}  # an adjustment given later says just that
                del debts[change.subject]
            elif isinstance(change, kinds.Accountable) and change.silent:
                was, now = _ends(change)
                debt = debts.setdefault(change.subject, _Debt(was, now, []))
                debt.now = now
                debt.at.append((v, c))
                if debt.now == debt.was:
                    paid |= {*debt.at}
                    del debts[change.subject]
            elif debt and isinstance(change, (kinds.RecordAdded, kinds.GoalAdded)) and _ends(change)[1] == debt.was:
                paid |= {*debt.at}  # what was removed is back
                del debts[change.subject]
    for v, version in enumerate(renamed):
        marked = tuple(_settled(c) if (v, i) in paid else c for i, c in enumerate(version.changes))
        yield replace(version, changes=marked)


@dataclass
class _Debt:
    """What changed silently and was not put right: from `was` to `now`, in the changes `at`."""

    was: object
    now: object
    at: list[tuple[int, int]]


def _settled(change: Change) -> Change:
    return replace(change, settled=True) if isinstance(change, (kinds.Accountable, kinds.FalseClaim)) else change


def _explained_late(change: Change, debts: Mapping[kinds.Subject, _Debt]) -> list[kinds.Subject]:
    """The landmarks that came or went silently before, and that an adjustment names now."""
    subjects = []
    for adjustment in new_adjustments([change]):
        landmarks = {c.landmark: None for c in adjustment.changes if c.landmark}
        subjects += [(change.full_id, f"landmarks.{landmark}") for landmark in landmarks]
    return [subject for subject in subjects if subject in debts]


def _ends(change: Change) -> tuple[object, object]:
    """What was and what is, to compare; readings and deliveries by their value alone."""
    match change:
        case kinds.TermChanged() | kinds.LandmarkAdded() | kinds.LandmarkRemoved():
            return change.ends
        case kinds.GoalAdded():
            return None, change.goal.title
        case kinds.GoalRemoved():
            return change.goal.title, None
        case kinds.RecordAdded():
            return _essence(change.before), _essence(change.record)
        case kinds.RecordEdited():
            return _essence(change.old), _essence(change.new)
        case kinds.RecordRemoved():
            return _essence(change.old), None
        case _:
            return None, None


def _essence(record: Record | None) -> object:
    return record.value if isinstance(record, CheckIn) else record.on if isinstance(record, Delivery) else record


def _renamed(version: Version, renames: Renames) -> Version:
    if not renames.owners and not renames.goals:
        return version
    changes = tuple(
        change if (full_id := renames.full_id(change.full_id)) == change.full_id else replace(change, full_id=full_id)
        for change in version.changes
    )
    return replace(version, changes=changes)
