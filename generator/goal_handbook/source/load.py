"""A goals folder to a handbook: everything good that is in it, and everything that is wrong with it."""

from __future__ import annotations

import datetime
import gc
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path

from ..findings import Finding, Location
from ..model.goal import Goal
from ..model.handbook import Handbook, Period, Settings
from ..model.people import AnyOwner, Leader, Seller, Team
from ..model.records import CheckIn
from . import nodes
from .folder import OWNER_FOLDERS, READINGS, SETTINGS, SourceFile, read_folder, sort_files
from .nodes import Document, plain
from .parse import read_document
from .readings import Row, read_readings
from .validate import to_model

_OWNER_MODELS: dict[str, type[AnyOwner]] = {"teams": Team, "sellers": Seller, "leaders": Leader}


class Unusable(Exception):
    """There is no handbook here at all; the text says what to do."""


@dataclass(frozen=True)
class Loaded:
    """What a folder held: the owners' files by id, and the handbook unless handbook.yaml cannot be used.

    `known_goals` are the full ids that stand in the files, also of goals with errors, so that one mistake is
    not told as two.
    """

    handbook: Handbook | None
    findings: list[Finding]
    documents: dict[str, Document]
    settings_document: Document
    known_goals: frozenset[str]
    rows: tuple[Row, ...]

    def finding(
        self, owner: str, path: nodes.Path, code: str, message: str, help: str = "", key: bool = False
    ) -> Finding:
        """A finding in an owner's file at the value at `path`, or with `key` at its key."""
        document = self.documents[owner]
        return document.finding(code, document.key_location(path) if key else document.location(path), message, help)

    def all_read(self, owner: str, path: nodes.Path, read: int) -> bool:
        """Whether all items of the list at `path` could be read; `read` is how many were."""
        return len(getattr(self.documents[owner].at(path), "items", ())) == read

    def written(self, full_id: str) -> Goal:
        """A goal as it stands in the file, whatever the date; its lists count as the file does. Raises KeyError."""
        if self.handbook is None:
            raise KeyError(full_id)
        return self.handbook.goals[full_id]

    def row_of(self, checkin: CheckIn) -> Row | None:
        """The row of a CSV file a reading came from, or None where it stands in the owner's file."""
        return self._rows.get(id(checkin))

    @cached_property
    def _rows(self) -> dict[int, Row]:
        return {id(row.checkin): row for row in self.rows}


def load(goals_dir: Path, shown: str | None = None) -> Loaded:
    """Read a goals folder. Nothing in it raises; only its absence does (Unusable)."""
    shown = goals_dir.as_posix() if shown is None else shown
    if not goals_dir.is_dir():
        raise Unusable(f"there is no folder {shown}; name the folder that holds {SETTINGS}")
    if not (goals_dir / SETTINGS).is_symlink() and not (goals_dir / SETTINGS).exists():
        raise Unusable(f"there is no {SETTINGS} in {shown}; name the folder that holds it")
    return _load(*read_folder(goals_dir, shown), shown)


def load_files(held: Mapping[str, bytes], shown: str) -> Loaded:
    """Read a goals folder that is held in memory, by the paths below it; without handbook.yaml there is no handbook."""
    return _load(*sort_files(held, shown), shown)


def _load(files: list[SourceFile], findings: list[Finding], shown: str) -> Loaded:
    with _collector_paused():
        return _read(files, findings, shown)


def _read(files: list[SourceFile], findings: list[Finding], shown: str) -> Loaded:
    settings_file = next((f for f in files if not f.folder), None)
    settings, settings_document, found = read_settings(settings_file, f"{shown}/{SETTINGS}")
    findings += found
    owners, documents, found = _owners(
        (f for f in files if f.folder in OWNER_FOLDERS), settings.period if settings else None
    )
    findings += found
    rows: list[Row] = []
    for file in files:
        if file.folder == READINGS:
            more, found = read_readings(file.shown, file.data)
            rows += more
            findings += found
    handbook = None
    if settings:
        merged, found = _with_readings(owners, rows)
        findings += found
        handbook = Handbook(
            settings,
            {o.id: o for o in merged if isinstance(o, Team)},
            {o.id: o for o in merged if isinstance(o, Seller)},
            {o.id: o for o in merged if isinstance(o, Leader)},
        )
    known = frozenset(f"{owner}/{goal}" for owner, document in documents.items() for goal in _goal_ids(document))
    return Loaded(handbook, findings, documents, settings_document, known, tuple(rows))


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Nothing made while reading is garbage, and looking through it again and again takes half of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_on:
            gc.enable()


def read_settings(file: SourceFile | None, path: str) -> tuple[Settings | None, Document, list[Finding]]:
    """handbook.yaml, its document, and what is wrong with it; `path` names it where there is none."""
    if file is None:
        return None, Document(path, "", None), []
    document, findings = read_document(file.shown, file.data)
    if document.root is None:
        return None, document, findings
    settings, found, document = to_model(Settings, plain(document.root), document)
    return settings, document, findings + found


def _owners(
    files: Iterable[SourceFile], period: Period | None
) -> tuple[list[AnyOwner], dict[str, Document], list[Finding]]:
    owners: list[AnyOwner] = []
    documents: dict[str, Document] = {}
    findings: list[Finding] = []
    for file in files:
        document, found = read_document(file.shown, file.data)
        findings += found
        if file.stem in documents:
            first = documents[file.stem].path
            findings.append(
                Finding(
                    "GH204",
                    Location(file.shown),
                    f'the id "{file.stem}" is taken by {first}',
                    "rename one of the two files",
                )
            )
            continue
        owner, found, documents[file.stem] = _owner(file, document, period)
        findings += found
        if owner:
            owners.append(owner)
    return owners, documents, findings


def read_owner(file: SourceFile) -> tuple[AnyOwner | None, Document, list[Finding]]:
    """One owner's file by itself. Dates it leaves out are as early and as late as can be."""
    document, findings = read_document(file.shown, file.data)
    owner, found, document = _owner(file, document, None)
    return owner, document, findings + found


def _owner(
    file: SourceFile, document: Document, period: Period | None
) -> tuple[AnyOwner | None, list[Finding], Document]:
    findings: list[Finding] = []
    if document.root is None:
        return None, findings, document
    data = plain(document.root)
    if "id" in data:
        location = document.key_location(("id",))
        findings.append(document.finding("GH102", location, 'unknown key "id"', "delete it: the file's name is the id"))
    data["id"] = file.stem
    goals = data.get("goals")
    for goal in goals if isinstance(goals, list) else []:
        if isinstance(goal, dict):
            goal.setdefault("start", period.start if period else "1900-01-01")
            goal.setdefault("due", period.end if period else "2199-12-31")
    owner, found, document = to_model(_OWNER_MODELS[file.folder], data, document)
    return owner, findings + found, document


def _with_readings(owners: list[AnyOwner], rows: list[Row]) -> tuple[list[AnyOwner], list[Finding]]:
    """The owners with the readings of the CSV files among their goals' check-ins, and days read twice (GH117)."""
    of: dict[str, list[Row]] = {}
    for row in rows:
        of.setdefault(row.goal, []).append(row)
    findings: list[Finding] = []
    merged: list[AnyOwner] = []
    for owner in owners:
        goals = tuple(_merge(goal, of.get(f"{owner.id}/{goal.id}", []), findings) for goal in owner.goals)
        merged.append(owner if goals == owner.goals else owner.model_copy(update={"goals": goals}))
    return merged, findings


def _merge(goal: Goal, rows: list[Row], findings: list[Finding]) -> Goal:
    if not rows:
        return goal
    days: dict[datetime.date, Decimal | None] = {c.on: c.value for c in goal.checkins if c.value is not None}
    fresh = []
    for row in rows:
        on, value = row.checkin.on, row.checkin.value
        if on in days and days[on] != value:
            message = f"{row.goal} already has a reading of {days[on]} on {on}, this one says {value}"
            findings.append(Finding("GH117", row.location, message, "keep the right one", row.excerpt))
        elif on not in days:
            days[on] = value
            fresh.append(row.checkin)
    return goal.model_copy(update={"checkins": (*goal.checkins, *fresh)})


def _goal_ids(document: Document) -> list[str]:
    goals = document.at(("goals",))
    entries = (
        [goal.entries for goal in goals.items if isinstance(goal, nodes.Mapping)]
        if isinstance(goals, nodes.Sequence)
        else []
    )
    return [node.text for e in entries if "id" in e and isinstance(node := e["id"][1], nodes.Scalar)]
