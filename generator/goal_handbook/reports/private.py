"""Which findings an audience may read, and how much of them: a message quotes the line that it is about."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath

from ..changes.baseline import Baseline
from ..changes.history import History
from ..changes.once_hidden import past_goals
from ..changes.renames import renames_of
from ..findings import Finding
from ..model.audience import Audience, Redaction
from ..model.handbook import Handbook
from ..rules.registry import RULES
from ..source.folder import READINGS
from ..source.load import Loaded
from .private_lines import PrivateLines, Sight, private_lines, sight_of_line

#: An id, of a goal alone or with its owner's.
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*(?:/[a-z0-9]+(?:-[a-z0-9]+)*)?")


def findings_for_audience(
    findings: Iterable[Finding], audience: Audience, loaded: Loaded, history: History, baseline: Baseline | None = None
) -> list[Finding]:
    """Return the findings an audience may read.

    The team reads none that point into what only leaders see, or that name a goal which only they see or saw, in one of
    the two versions or in the history. Where nobody can know whether a line is for leaders, nothing is quoted.
    """
    if audience == "leaders":
        return list(findings)
    team = _Team.of(loaded, history, baseline)
    seen = [(finding, team.sight_of(finding)) for finding in findings]
    return [finding if sight == "whole" else _place_of(finding) for finding, sight in seen if sight != "nothing"]


def places_for_audience(
    findings: Iterable[Finding], audience: Audience, loaded: Loaded, history: History
) -> list[Finding]:
    """Return all findings; of those that an audience may not read only the places, and what their rules are about."""
    if audience == "leaders":
        return list(findings)
    team = _Team.of(loaded, history)
    return [finding if team.sight_of(finding) == "whole" else _place_of(finding) for finding in findings]


def _place_of(finding: Finding) -> Finding:
    """Return a finding that says no more than where it is and what its rule is about."""
    help = "see what goals check says"
    return dataclasses.replace(finding, at=finding.location, message=RULES[finding.code].summary, help=help, line="")


@dataclass(frozen=True)
class _Team:
    """What the team may read of the findings about a folder."""

    loaded: Loaded
    hidden: Sequence[_Hidden]
    opened: Mapping[str, str]

    @classmethod
    def of(cls, loaded: Loaded, history: History, baseline: Baseline | None = None) -> _Team:
        """Return that, for a folder that may be compared with another version of it."""
        books = [one.handbook for one in (loaded, baseline and baseline.loaded) if one and one.handbook]
        past = past_goals(history, *books)
        return cls(loaded, [_Hidden(book, Redaction.of(book, past)) for book in books], _opened(books))

    def sight_of(self, finding: Finding) -> Sight:
        """Return how much of a finding the team may read."""
        said, owner = f"{finding.message} {finding.help} {finding.excerpt}", self.loaded.owner_of(finding)
        sight = sight_of_line(self._private_lines.get(finding.path, ()), finding.location.line)
        if sight == "nothing" or any(one.is_named_in(said, owner) for one in self.hidden):
            return "nothing"
        ids = {name if "/" in name else f"{owner}/{name}" for name in _ID.findall(said)}
        unclear = {**self._unclear, **self.opened}  # what was only for leaders is quoted beside what it is now
        if ids & unclear.keys() or any(title in said for title in unclear.values() if title):
            return "place"
        if PurePosixPath(finding.path).parent.name == READINGS:
            goals = {name for name in _ID.findall(finding.excerpt) if "/" in name}
            return "whole" if goals and goals <= self.loaded.known_goals else "place"  # a reading of nobody knows what
        return sight

    @cached_property
    def _private_lines(self) -> Mapping[str, tuple[PrivateLines, ...]]:
        """What may be for leaders in the owners' files, by their paths; also in a second file with the same id."""
        return {file.shown: private_lines(one.document) for file, one in self.loaded.owner_files.items()}

    @cached_property
    def _unclear(self) -> Mapping[str, str]:
        """The titles of goals that may be for leaders, by full id, as far as their files can be read."""
        files = ((PurePosixPath(path).stem, part) for path, found in self._private_lines.items() for part in found)
        return {f"{owner}/{part.id}": part.title for owner, part in files if part.id}


def _opened(books: Sequence[Handbook]) -> dict[str, str]:
    """The titles of goals, by full id, that were only for leaders in the version before, whatever they were called."""
    if len(books) < 2:
        return {}
    now, before = books
    renames = renames_of(now)
    ids = (renames.full_id(full_id) for full_id, goal in before.goals.items() if goal.visibility == "leaders")
    return {full_id: now.goals[full_id].title for full_id in ids if full_id in now.goals}


@dataclass(frozen=True)
class _Hidden:
    """What a version of the handbook calls goals that only leaders see or saw."""

    handbook: Handbook
    redaction: Redaction

    def is_named_in(self, text: str, owner: str) -> bool:
        """Return whether a text about an owner's file names such a goal, by id or by title."""
        words = set(_ID.findall(text))
        return (
            any(title in text for title in self.titles)
            or bool(words & self.in_old_records)
            or any(word in self.ids and self._is_hidden(owner, word) for word in words)
        )

    def _is_hidden(self, owner: str, name: str) -> bool:
        return self.redaction.names_hidden(owner, name) if owner in self.handbook.owners else True

    @cached_property
    def titles(self) -> list[str]:
        """The titles of the goals that are hidden now."""
        return [goal.title for goal in self.handbook.goals.values() if goal.visibility == "leaders"]

    @cached_property
    def ids(self) -> set[str]:
        """The full ids of all hidden goals, and what each is called in its owner's file."""
        hidden = {full_id for full_id in self.redaction.hidden if self.redaction.is_hidden(full_id)}
        return hidden | {full_id.partition("/")[2] for full_id in hidden}

    @cached_property
    def in_old_records(self) -> set[str]:
        """What adjustments call goals that are hidden, or gone and never known to be shown."""
        values = (
            (owner.id, value)
            for owner in self.handbook.owners.values()
            for goal in owner.goals
            for adjustment in goal.adjustments
            for change in adjustment.changes
            if change.field == "supports"
            for value in (change.was, change.now)
        )
        return {name for owner, value in values for name in self.redaction.not_shown(owner, value)}
