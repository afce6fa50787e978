"""Loads a goals folder: a handbook of everything valid in it, and findings for everything that is not."""

from __future__ import annotations

import datetime
import gc
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from itertools import compress
from pathlib import Path
from typing import Any, NamedTuple

from pydantic_core import PydanticCustomError

from ..findings import Finding, Location, printable, with_help
from ..model.goal import Goal
from ..model.handbook import Handbook
from ..model.people import AnyOwner, Leader, Seller, Team
from ..model.records import CheckIn
from ..model.settings import Period, Settings
from ..model.values import parse_day
from . import nodes
from .depth import too_deep
from .document import Document
from .folder import OWNER_FOLDERS, READINGS, SETTINGS, SourceFile, read_folder, sort_files
from .parse import read_data
from .readings import Row, read_readings
from .validate import to_model

_OWNER_MODELS: dict[str, type[AnyOwner]] = {"teams": Team, "sellers": Seller, "leaders": Leader}


class Unusable(Exception):
    """There is no handbook here. As text it is the message, and the help on a second line."""

    def __init__(self, message: str, help: str) -> None:
        super().__init__(with_help(message, help))
        self.message, self.help = message, help


class OwnerFile(NamedTuple):
    """An owner's file as read by itself: the owner (None after an error in the file as a whole), and the findings.

    `written` are the dates (`start`, `due`) that the file itself gives each of the owner's goals, in their order.
    """

    owner: AnyOwner | None
    document: Document
    findings: list[Finding]
    written: tuple[frozenset[str], ...] = ()


#: The rows of a CSV file, and what is wrong in it.
ReadingsFile = tuple[list[Row], list[Finding]]


@dataclass(frozen=True)
class Loaded:
    """What a folder holds: the owners' documents by id, and the handbook (None if handbook.yaml has errors).

    `known_goals` are the full ids of all goals in the files, also of those with errors, so that a reference to one
    is not reported as a second error. `files` are the files as they were read, `owner_files` and `readings_files` what
    each of them holds by itself, so that an unchanged file need not be parsed again.
    """

    handbook: Handbook | None
    findings: list[Finding]
    documents: dict[str, Document]
    settings_document: Document
    known_goals: frozenset[str]
    rows: tuple[Row, ...]
    files: tuple[SourceFile, ...]
    owner_files: Mapping[SourceFile, OwnerFile]
    readings_files: Mapping[SourceFile, ReadingsFile]

    def finding(
        self, owner: str, path: nodes.NodePath, code: str, message: str, help: str = "", key: bool = False
    ) -> Finding:
        """Return a finding in an owner's file, at the value at `path` or, with `key`, at its key."""
        return Finding(code, self.documents[owner].place(path, key), message, help)

    def all_read(self, owner: str, path: nodes.NodePath, read: int) -> bool:
        """Return whether all items of the list at `path` could be read; `read` is how many were."""
        document = self.documents[owner]
        return not self.is_left_out(owner, path) and (not document.left_out or document.length(path) == read)

    def is_left_out(self, owner: str, path: nodes.NodePath) -> bool:
        """Return whether the value at `path` could not be used, or the whole file: that is reported already."""
        document = self.documents[owner]
        return not document.has_tree or document.in_file(path) in document.left_out

    def is_partly_left_out(self, owner: str, path: nodes.NodePath) -> bool:
        """Return whether anything at `path` could not be used."""
        document = self.documents[owner]
        at = document.in_file(path)
        return self.is_left_out(owner, path) or any(part[: len(at)] == at for part in document.left_out)

    def written(self, full_id: str) -> Goal:
        """Return a goal as its file has it, with lists in the same order, whatever the date. Raises KeyError."""
        if self.handbook is None:
            raise KeyError(full_id)
        return self.handbook.goals[full_id]

    def without_files(self) -> Loaded:
        """Return what is needed once nobody asks where anything is written."""
        settings_document = Document(self.settings_document.path, b"")
        return Loaded(self.handbook, [], {}, settings_document, self.known_goals, (), (), {}, {})

    def row_of(self, checkin: CheckIn) -> Row | None:
        """Return the CSV row a reading came from, or None if it is from the owner's file."""
        return self._rows.get(id(checkin))

    def owner_of(self, finding: Finding) -> str:
        """Return the id of the owner whose file, or whose reading in a CSV file, a finding is in; "" for none."""
        return self._owners_by_file.get(finding.path) or self._owners_by_row.get(finding.location, "")

    @property
    def period(self) -> Period | None:
        """Return the period that goals without dates of their own take theirs from, None after an error in it."""
        return self.handbook.settings.period if self.handbook else None

    @cached_property
    def _owners_by_file(self) -> dict[str, str]:
        return {document.path: owner for owner, document in self.documents.items()}

    @cached_property
    def _owners_by_row(self) -> dict[Location, str]:
        return {row.location: row.goal.partition("/")[0] for row in self.rows}

    @cached_property
    def _rows(self) -> dict[int, Row]:
        return {id(row.checkin): row for row in self.rows}


def load(goals_dir: Path, shown: str | None = None, known: Loaded | None = None) -> Loaded:
    """Read a goals folder, which messages show as `shown`.

    A file that is the same in `known` is not parsed again, unless the periods differ.
    Raises Unusable without the folder or its handbook.yaml; anything wrong inside is a finding.
    """
    shown = goals_dir.as_posix() if shown is None else shown
    if not goals_dir.is_dir():
        raise Unusable(f"no folder {printable(shown)}", f"name the folder that contains {SETTINGS}")
    if not (goals_dir / SETTINGS).is_symlink() and not (goals_dir / SETTINGS).exists():
        raise Unusable(f"no {SETTINGS} in {printable(shown)}", "name the folder that contains it")
    return _load(*read_folder(goals_dir, shown, known.files if known else ()), shown, known)


def load_files(held: Mapping[str, bytes], shown: str, elsewhere: Iterable[str] = ()) -> Loaded:
    """Read a goals folder held in memory: its files by their paths in it, and the paths of links. Raises nothing."""
    return _load(*sort_files(held, shown, elsewhere), shown)


def with_files(loaded: Loaded, files: Mapping[str, bytes]) -> Loaded:
    """Read a goals folder as it would be with this content of some files, by their paths in the folder.

    Only these are parsed, unless they change the period, which the others depend on.
    """
    root = loaded.settings_document.path.removesuffix(SETTINGS)
    held = {file.shown.removeprefix(root): file.data for file in loaded.files}
    return other_version(loaded, {**held, **files})


def other_version(loaded: Loaded, held: Mapping[str, bytes], elsewhere: Iterable[str] = ()) -> Loaded:
    """Read another version of a goals folder, held in memory as for `load_files`.

    A file that is the same in both is not parsed again, unless the periods differ.
    """
    shown = loaded.settings_document.path.removesuffix(SETTINGS).removesuffix("/")
    return _load(*sort_files(held, shown, elsewhere), shown, loaded)


def _load(files: list[SourceFile], findings: list[Finding], shown: str, other: Loaded | None = None) -> Loaded:
    with _collector_paused():
        return _read(files, findings, shown, other)


def _read(files: list[SourceFile], findings: list[Finding], shown: str, other: Loaded | None) -> Loaded:
    settings_file = next((f for f in files if not f.folder and f.shown.endswith(SETTINGS)), None)
    settings, settings_document, found = read_settings(settings_file, f"{shown}/{SETTINGS}")
    findings += found
    period = settings.period if settings else None
    known = other.owner_files if other and other.period == period else {}
    read = {f: known[f] if f in known else _owner_file(f, period) for f in files if f.folder in OWNER_FOLDERS}
    owners, documents, found = _with_unique_ids(read)
    findings += found
    seen = other.readings_files if other else {}
    readings = {f: seen.get(f) or read_readings(f.shown, f.data) for f in files if f.folder == READINGS}
    rows: list[Row] = []
    for more, found in readings.values():
        rows += more
        findings += found
    handbook = None
    if settings:
        before = _merged_before(other) if other and other.readings_files == readings else {}
        merged, found = _with_readings(owners, documents, rows, before)
        findings += found
        handbook = Handbook.from_owners(settings, merged).with_lookups_of(other.handbook if other else None)
    goals = frozenset(f"{file.stem}/{goal}" for file, parsed in read.items() for goal in _goal_ids(parsed))
    loaded = Loaded(handbook, findings, documents, settings_document, goals, tuple(rows), tuple(files), read, readings)
    if handbook and (deep := too_deep(handbook)):
        too_far = loaded.finding(deep[0], deep[1], "GH111", deep[2], "name something closer to the top")
        return replace(loaded, handbook=None, findings=[*findings, too_far])
    return loaded


#: The number of new objects that a collection is worth; about 500 goals make as many.
_LARGE = 100_000


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Pause the garbage collector while reading, and let it look at a large result once.

    Hardly anything that reading creates is garbage. Going through it again and again would take a fifth of the time
    of `goals check` for a few thousand goals.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            if gc.get_count()[0] > _LARGE:
                gc.collect()
            gc.enable()


def read_settings(file: SourceFile | None, path: str) -> tuple[Settings | None, Document, list[Finding]]:
    """Return the settings (None after an error), their document, and findings; `path` is for a missing `file`."""
    if file is None:
        return None, Document(path, b""), []
    document, data, findings = read_data(file.shown, file.data)
    if data is None:
        return None, document, findings
    settings, found, document = to_model(Settings, data, document)
    return settings, document, findings + found


def _with_unique_ids(read: Mapping[SourceFile, OwnerFile]) -> tuple[list[AnyOwner], dict[str, Document], list[Finding]]:
    """Return the owners, their documents by id, and all findings, with a GH204 for a second file with an id."""
    owners: list[AnyOwner] = []
    documents: dict[str, Document] = {}
    findings: list[Finding] = []
    for file, parsed in read.items():
        findings += parsed.findings
        if file.stem in documents:
            message = f'the id "{file.stem}" is already used by {documents[file.stem].path}'
            findings.append(Finding("GH204", Location(file.shown), message, "rename one of the two files"))
            continue
        documents[file.stem] = parsed.document
        if parsed.owner:
            owners.append(parsed.owner)
    return owners, documents, findings


#: The dates of a goal that its file may leave out, and what they are then for who does not know the period.
_DATES = {"start": datetime.date(1900, 1, 1), "due": datetime.date(2199, 12, 31)}
_WRITTEN = {(start, due): frozenset(compress(_DATES, (start, due))) for start in (True, False) for due in (True, False)}


def read_owner(file: SourceFile) -> OwnerFile:
    """Read one owner's file without the rest of the handbook; dates it leaves out are as early or late as possible."""
    return _owner_file(file, None)


def _owner_file(file: SourceFile, period: Period | None) -> OwnerFile:
    document, data, findings = read_data(file.shown, file.data)
    if data is None:
        return OwnerFile(None, document, findings)
    if "id" in data:
        location = document.key_location(("id",))
        help = "delete it, since the file's name is the id"
        findings.append(document.finding("GH102", location, 'unknown key "id"', help))
    data["id"] = file.stem
    dates = {"start": period.start_for(_joined(data)), "due": period.end} if period else _DATES
    goals = data.get("goals")
    for goal in goals if isinstance(goals, list) else []:
        if isinstance(goal, dict):
            for name, day in dates.items():
                goal.setdefault(name, day)
    owner, found, document = to_model(_OWNER_MODELS[file.folder], data, document)
    read = data.get("goals", ()) if owner else ()
    written = tuple(_WRITTEN[isinstance(goal["start"], str), isinstance(goal["due"], str)] for goal in read)
    return OwnerFile(owner, document, findings + found, written)


def _joined(data: Mapping[str, Any]) -> datetime.date | None:
    """The day a seller joined, None where the file does not say, or says no day."""
    try:
        return parse_day(data["joined"])
    except (KeyError, PydanticCustomError):
        return None


#: Owners as their file has them and with the readings of the same CSV files, by id.
_Merged = Mapping[str, tuple[AnyOwner, AnyOwner]]


def _merged_before(other: Loaded) -> _Merged:
    if other.handbook is None or any(finding.code == "GH117" for finding in other.findings):
        return {}
    read = {parsed.owner.id: parsed.owner for parsed in reversed([*other.owner_files.values()]) if parsed.owner}
    return {owner.id: (read[owner.id], owner) for owner in other.handbook.owners.values()}


def _with_readings(
    owners: list[AnyOwner], documents: Mapping[str, Document], rows: list[Row], before: _Merged
) -> tuple[list[AnyOwner], list[Finding]]:
    """Return the owners with the CSV readings among their goals' check-ins, and a GH117 for each contradiction.

    Those in `before` have none.
    """
    of: dict[str, list[Row]] = {}
    for row in rows:
        of.setdefault(row.goal, []).append(row)
    findings: list[Finding] = []
    merged: list[AnyOwner] = []
    for owner in owners:
        if owner.id in before and before[owner.id][0] is owner:
            merged.append(before[owner.id][1])
            continue
        goals = []
        for index, goal in enumerate(owner.goals):
            more, found = _merge(goal, of.get(f"{owner.id}/{goal.id}", []), documents[owner.id], ("goals", index))
            goals.append(more)
            findings += found
        merged.append(owner if tuple(goals) == owner.goals else owner.model_copy(update={"goals": tuple(goals)}))
    return merged, findings


def _merge(goal: Goal, rows: list[Row], document: Document, path: nodes.NodePath) -> tuple[Goal, list[Finding]]:
    """Return a goal with the readings of these rows, and a GH117 for each that contradicts an earlier one."""
    if not rows:
        return goal, []
    first: dict[datetime.date, tuple[Decimal, Location]] = {
        checkin.on: (checkin.value, document.location((*path, "checkins", i)))
        for i, checkin in enumerate(goal.checkins)
        if checkin.value is not None
    }
    fresh, findings = [], []
    for row in rows:
        on, value = row.checkin.on, row.checkin.value or Decimal(0)
        if on not in first:
            first[on] = value, row.location
            fresh.append(row.checkin)
        elif first[on][0] != value:
            other, place = first[on]
            message = f"{row.goal} has two readings on {on}: {other} and {value}"
            help = f"delete the wrong one; the other is in {place}"
            findings.append(Finding("GH117", row.location, message, help, row.excerpt))
    return goal.model_copy(update={"checkins": (*goal.checkins, *fresh)}), findings


def _goal_ids(parsed: OwnerFile) -> list[str]:
    if parsed.owner and not parsed.findings:
        return [goal.id for goal in parsed.owner.goals]
    goals = parsed.document.at(("goals",))
    entries = (
        [goal.entries for goal in goals.items if isinstance(goal, nodes.MappingNode)]
        if isinstance(goals, nodes.SequenceNode)
        else []
    )
    return [node.text for e in entries if "id" in e and isinstance(node := e["id"][1], nodes.ScalarNode)]
