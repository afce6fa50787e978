"""All versions of a handbook, oldest first, each as the changes it made."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from ..model.records import Accounting, Record, RecordKind
from . import kinds
from .kinds import Change
from .renames import Renames
from .snapshot import GoalSnapshot, HandbookSnapshot, OwnerSnapshot
from .wording import same


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
    `renames` are what `formerly` has said so far, `gone` the goals that were removed and are not back.
    """

    versions: tuple[Version, ...] = ()
    complete: bool = True
    at_last: Callable[[], HandbookSnapshot] = field(default=lambda: HandbookSnapshot(None, {}), compare=False)
    hidden_until: Mapping[str, int] = field(default_factory=dict)
    shown: frozenset[str] = frozenset()
    renames: Renames = field(default_factory=Renames)
    gone: Mapping[str, GoalSnapshot] = field(default_factory=dict)
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
        if not self.written:
            return None
        for version, before, after in reversed(self.written.get(kinds.record_subject(full_id, kind, record), ())):
            if not same(_decided(after), _decided(record)):
                continue  # another one of the same day
            if before is None:
                brought = version
            else:
                record = before
        return brought


def _decided(record: Record) -> Record:
    """A record without what is done later: the steps of a plan."""
    return record.model_copy(update={"plan": ()}) if isinstance(record, Accounting) else record
