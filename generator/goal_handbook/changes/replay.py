"""Commits to history: each version of the folder compared with the one before, from snapshots already read."""

from __future__ import annotations

import datetime
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from ..model.goal import Goal
from ..model.people import Team
from ..model.records import CheckIn
from ..model.settings import Period, Settings
from ..model.values import parse_day, parse_number
from ..source.folder import OWNER_FOLDERS
from .blob import BlobKind, kind_of
from .compare import compare
from .debts import settled
from .history import BranchCommit, History, Version
from .kinds import Change, GoalAdded, GoalRemoved
from .period import open_goals, overlap, without_closed
from .renames import Renames
from .snapshot import GoalSnapshot, HandbookSnapshot, OwnerSnapshot, SnapshotReader, first_led, goals_in

#: A row of a readings file: goal, day, value, note.
Row = tuple[str, str, str, str]
#: What a blob says as JSON, by its kind and id; None where it has errors.
Snapshots = Mapping[tuple[str, str], str | None]


class Entry(Protocol):
    """A file a commit touched: its blob before and after, "" where there is none or it leads elsewhere."""

    @property
    def path(self) -> str: ...
    @property
    def old(self) -> str: ...
    @property
    def new(self) -> str: ...
    @property
    def elsewhere(self) -> tuple[bool, bool]: ...


class Commit(Protocol):
    """A step of the branch."""

    @property
    def id(self) -> str: ...
    @property
    def day(self) -> datetime.date: ...
    @property
    def author(self) -> str: ...
    @property
    def email(self) -> str: ...
    @property
    def is_merge(self) -> bool: ...
    @property
    def boundary(self) -> bool: ...
    @property
    def entries(self) -> Iterable[Entry]: ...


def replay(commits: Iterable[Commit], snapshots: Snapshots) -> History:
    """Return the history of a folder.

    A new period begins a new history, as another handbook: one that does not overlap the one before, of which nothing
    is open.
    """
    replayed = _Replay(snapshots)
    for commit in commits:
        replayed.take(commit)
    return replayed.history(replayed.state.whole)


def replay_in_parts(commits: Sequence[Commit], snapshots: Snapshots, ends: Iterable[int]) -> dict[int, History]:
    """Return the histories of the first so many commits, by each of these numbers: as `replay` does, but all at once.

    They do not know what the files said last.
    """
    wanted, found = frozenset(ends), {}
    replayed = _Replay(snapshots)
    for number, commit in enumerate(commits[: max(wanted, default=0)], 1):
        replayed.take(commit)
        if number in wanted:
            found[number] = replayed.history()
    return found


def branch_commits(commits: Iterable[Commit], snapshots: Snapshots) -> Iterator[BranchCommit]:
    """Yield what each commit says in the files of owners; files with errors are left out."""
    reader = SnapshotReader()
    for commit in commits:
        for entry in commit.entries:
            kind = kind_of(entry.path)
            if kind in OWNER_FOLDERS and (data := snapshots.get((kind, entry.new))):
                yield BranchCommit(commit.id, commit.author, commit.email, reader.read(kind, data))


def after(history: History, changes: Iterable[Change], renames: Renames) -> tuple[Change, ...]:
    """Return the changes of files that are not committed, as they look after everything history knows."""
    here = Version("", datetime.date.max, "", tuple(changes))
    return list(settled((*history.versions, here), renames))[-1].changes


@dataclass
class _State:
    """The folder at a commit: the last readable version of each file."""

    settings: Settings | None = None
    owners: dict[str, OwnerSnapshot] = field(default_factory=dict)
    texts: dict[str, tuple[BlobKind, str]] = field(default_factory=dict)
    led: dict[str, str] = field(default_factory=dict)
    rows: dict[str, list[Row]] = field(default_factory=dict)
    renames: Renames = field(default_factory=Renames)
    gone: dict[str, GoalSnapshot] = field(default_factory=dict)
    reader: SnapshotReader = field(default_factory=SnapshotReader)

    @property
    def period(self) -> Period | None:
        return self.settings.period if self.settings else None

    @property
    def is_over(self) -> bool:
        """Whether nothing of the period is open, so that another can begin."""
        owners = {owner_id: snapshot.owner for owner_id, snapshot in self.owners.items()}
        return self.period is None or not open_goals(owners, self.period)

    def whole(self) -> HandbookSnapshot:
        """Everything, with the readings of all CSV files among the goals' own."""
        rows = (row for rows in self.rows.values() for row in rows)
        return HandbookSnapshot(self.settings, _with_rows(self.owners, rows), self.led)

    def remember_gone(self, changes: Iterable[Change]) -> None:
        """Keep the goals a commit removed until they are back."""
        for change in changes:
            if isinstance(change, GoalAdded):
                self.gone = {i: goal for i, goal in self.gone.items() if self.renames.full_id(i) != change.full_id}
            elif isinstance(change, GoalRemoved) and not change.draft:
                self.gone[change.full_id] = GoalSnapshot(change.goal, change.written)

    def lead_other_teams(self) -> set[str]:
        """The leaders whose first team is another than before, which is learned by the way."""
        led, self.led = self.led, first_led(o.owner for o in self.owners.values() if isinstance(o.owner, Team))
        return {i for i in (led.keys() | self.led.keys()) & self.owners.keys() if led.get(i) != self.led.get(i)}

    def step(
        self, changed: Sequence[tuple[BlobKind, Entry]], snapshots: Snapshots
    ) -> tuple[HandbookSnapshot, HandbookSnapshot]:
        """Take in a commit's files; returns what they said before and what they say now."""
        before: dict[str, OwnerSnapshot] = {}
        settings = self.settings
        old_rows: list[Row] = []
        new_rows: list[Row] = []
        touched: set[str] = set()
        led = self.led
        come: list[str] = []
        for kind, entry in sorted(changed, key=lambda one: bool(one[1].new)):  # whoever goes may come in another folder
            data = snapshots.get((kind, entry.new)) if entry.new else None
            if entry.new and data is None:
                continue
            if kind == "settings":
                self.settings = Settings.model_validate_json(data) if data else None
            elif kind == "readings":
                old_rows += self.rows.pop(entry.path, [])
                self.rows[entry.path] = [tuple(row) for row in json.loads(data or "[]")]
                new_rows += self.rows[entry.path]
            else:
                owner_id = entry.path.rpartition("/")[2].removesuffix(".yaml")
                touched.add(owner_id)
                if owner_id in self.owners:
                    before[owner_id] = self.owners.pop(owner_id)
                if data is not None:
                    self.owners[owner_id] = self._read(owner_id, kind, data, before.get(owner_id))
                    come.append(owner_id)
        for owner_id in come:
            self.renames.learn(
                owner_id, self.owners[owner_id], lambda i: before.get(i) if i in touched else self.owners.get(i)
            )
        gone_rows, come_rows = _only(old_rows, new_rows), _only(new_rows, old_rows)
        for goal, *_ in (*gone_rows, *come_rows):
            owner_id = goal.partition("/")[0]
            if owner_id in self.owners and owner_id not in touched:
                before[owner_id] = self.owners[owner_id]
                touched.add(owner_id)
        if any(kind == "teams" for kind, _ in changed):
            for leader in self.lead_other_teams() - touched:  # what their goals support may be another team's now
                before[leader] = self.owners[leader]
                touched.add(leader)
        present = {owner_id: self.owners[owner_id] for owner_id in touched if owner_id in self.owners}
        return (
            HandbookSnapshot(settings, _with_rows(before, gone_rows), led),
            HandbookSnapshot(self.settings, _with_rows(present, come_rows), self.led),
        )

    def _read(self, owner_id: str, kind: BlobKind, data: str, before: OwnerSnapshot | None) -> OwnerSnapshot:
        """An owner's snapshot: the very one of the version before if the file says the same, so that it shows."""
        is_same = before is not None and self.texts.get(owner_id) == (kind, data)
        self.texts[owner_id] = (kind, data)
        return before if is_same and before else self.reader.read(kind, data)


@dataclass
class _Replay:
    """The history up to a commit, while one after another is taken in."""

    snapshots: Snapshots
    state: _State = field(default_factory=_State)
    complete: bool = True
    versions: list[Version] = field(default_factory=list)
    hidden_until: dict[str, int] = field(default_factory=dict)
    shown: set[str] = field(default_factory=set)

    def take(self, commit: Commit) -> None:
        """Take in the next commit."""
        state = self.state
        changed = [(kind, e) for e in commit.entries if (kind := kind_of(e.path)) and not e.elsewhere[1]]
        period, is_over = state.period, state.is_over if any(kind == "settings" for kind, _ in changed) else False
        old, new = state.step(changed, self.snapshots)
        another = not overlap(period, state.period)
        if another and not is_over:
            old = without_closed(old)
        if commit.boundary or (another and is_over):
            self._begin_again()
            self.complete = not commit.boundary
            old, new = HandbookSnapshot(new.settings, {}), state.whole()
        changes = () if commit.boundary else tuple(compare(old, new, state.renames, state.gone))
        state.remember_gone(changes)
        if changes:
            self.versions.append(Version(commit.id, commit.day, commit.author, changes, commit.email, commit.is_merge))
        for owners in (old.owners, new.owners):  # a goal hidden before or after the change is hidden in it
            for full_id, snapshot in goals_in(owners):
                if snapshot.goal.visibility == "leaders":
                    self.hidden_until[full_id] = len(self.versions)
                else:
                    self.shown.add(full_id)

    def history(self, at_last: Callable[[], HandbookSnapshot] | None = None) -> History:
        """Return the history so far, which does not change with what is taken in later."""
        renames = self.state.renames.copy()
        hidden = self.hidden_until | {renames.full_id(full_id): until for full_id, until in self.hidden_until.items()}
        shown, gone = frozenset(self.shown - hidden.keys()), dict(self.state.gone)
        whole = tuple(settled(self.versions, renames))
        history = History(whole, self.complete, hidden_until=hidden, shown=shown, renames=renames, gone=gone)
        return replace(history, at_last=at_last) if at_last else history

    def _begin_again(self) -> None:
        self.versions.clear()
        self.hidden_until.clear()
        self.shown.clear()
        self.state.gone.clear()


def _only(rows: list[Row], others: list[Row]) -> list[Row]:
    """The rows that are not among others."""
    there = set(others)
    return [row for row in rows if row not in there]


def _with_rows(owners: Mapping[str, OwnerSnapshot], rows: Iterable[Row]) -> dict[str, OwnerSnapshot]:
    """Owners with the readings of CSV rows among their goals' check-ins."""
    found = dict(owners)
    by_goal: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_goal[row[0]].append(row)
    for full_id, its in by_goal.items():
        owner_id, _, goal_id = full_id.partition("/")
        snapshot = found.get(owner_id)
        if snapshot and goal_id in snapshot.goals:
            goal = snapshot.goals[goal_id].goal
            days = {checkin.on for checkin in goal.checkins if checkin.value is not None}
            fresh = (_checkin(row) for row in its)
            checkins = (*goal.checkins, *(checkin for checkin in fresh if checkin.on not in days))
            found[owner_id] = _with_goal(snapshot, goal.model_copy(update={"checkins": checkins}))
    return found


def _checkin(row: Row) -> CheckIn:
    _, on, value, note = row
    return CheckIn.model_construct(on=parse_day(on), value=parse_number(value), note=note)


def _with_goal(snapshot: OwnerSnapshot, goal: Goal) -> OwnerSnapshot:
    goals = tuple(goal if g.id == goal.id else g for g in snapshot.owner.goals)
    return replace(snapshot, owner=snapshot.owner.model_copy(update={"goals": goals}))
