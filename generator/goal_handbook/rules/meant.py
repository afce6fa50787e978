"""What a value that cannot be read was meant to be, where only the rest of the handbook says so."""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property

from pydantic_core import PydanticCustomError

from ..findings import Finding
from ..model.identity import folded
from ..model.values import parse_day
from ..source.document import Document
from ..source.load import Loaded
from ..source.nodes import MappingNode, Node, NodePath, ScalarNode, SequenceNode
from ..status.calendar import quarters

_QUARTER = re.compile(r"(?:(?:the )?end of )?q([0-9])(?: [0-9]{4})?\Z|([0-9])\. ?quartal\Z", re.IGNORECASE)
_MONTH_END = re.compile(r"(?:the )?end of ([a-z]+)\Z", re.IGNORECASE)
_PER = {
    "weekly": "week", "every week": "week", "monthly": "month", "every month": "month", "quarterly": "quarter",
    "every quarter": "quarter",
}  # fmt: skip
_DONE = {"yes", "true", "done", "ok", "x", "ja"}
_CODES = frozenset({"GH104", "GH106", "GH107"})


def with_what_was_meant(loaded: Loaded) -> list[Finding]:
    """Return the findings of reading, with the line to write where the handbook's names and dates tell it."""
    by_path = {document.path: _Meant(loaded, owner, document) for owner, document in loaded.documents.items()}
    by_path[loaded.settings_document.path] = _Meant(loaded, "", loaded.settings_document)
    return [_with_better_help(finding, by_path.get(finding.path)) for finding in loaded.findings]


def _with_better_help(finding: Finding, meant: _Meant | None) -> Finding:
    help = meant.help_for(finding) if meant and finding.code in _CODES else ""
    return replace(finding, help=help) if help else finding


class _Meant:
    """Looks up what was meant in one file; `owner` is the id of whose it is, "" for the settings."""

    def __init__(self, loaded: Loaded, owner: str, document: Document) -> None:
        self.loaded, self.owner, self.document = loaded, owner, document

    @cached_property
    def values(self) -> dict[tuple[int, int], tuple[NodePath, str, MappingNode | None]]:
        """The values of the file by line and column, each with its path, its text and the keys around it."""
        found = _values(self.document.root, (), None) if self.document.root else iter(())
        return {(node.line, node.column): (path, node.text, around) for path, node, around in found}

    def help_for(self, finding: Finding) -> str:
        """Return the help for a finding, "" where its own is all there is."""
        place = self.values.get((finding.location.line, finding.location.column))
        if place is None:
            return ""
        path, text, around = place
        keys = [step for step in path if isinstance(step, str)]
        if finding.code == "GH106":
            return self._day(keys[-1], text, around)
        if finding.code == "GH107":
            return self._name(keys, text)
        return self._record(path, keys, text)

    def _day(self, key: str, text: str, around: MappingNode | None) -> str:
        if key == "done" and text.lower() in _DONE:
            due = around.entries.get("due") if around else None
            example = due[1].text if due and isinstance(due[1], ScalarNode) else "2017-05-31"
            return f"write the day, e.g. done: {example}"
        day = self._end_of(text)
        return f"write {day}" if day else ""

    def _end_of(self, text: str) -> datetime.date | None:
        """Return the last day of a quarter or month of the period that a text names."""
        period = self.loaded.period
        if period is None:
            return None
        if quarter := _QUARTER.match(text.strip()):
            ends = [span.end for span in quarters(period)]
            number = int(quarter[1] or quarter[2])
            return ends[number - 1] if 1 <= number <= len(ends) else None
        month = _MONTH_END.match(text.strip())
        names = [name.lower() for name in calendar.month_name]
        if month and month[1].lower() in names:
            number = names.index(month[1].lower())
            year = period.start.year if number >= period.start.month else period.end.year
            return datetime.date(year, number, calendar.monthrange(year, number)[1])
        return None

    def _name(self, keys: list[str], text: str) -> str:
        handbook = self.loaded.handbook
        if handbook is None:
            return ""
        wanted = folded(text)
        if "supports" in keys[-2:] or keys[-1] == "goal":
            team = handbook.own_team(self.owner, None) if self.owner in handbook.owners else None
            goals = [full for full, goal in handbook.goals.items() if folded(goal.title) == wanted]
            if len(goals) == 1:
                owner, _, goal_id = goals[0].partition("/")
                return f"write {goal_id if team and owner == team.id else goals[0]}, the id of that goal"
            return ""
        named = [owner.id for owner in handbook.owners.values() if folded(owner.name) == wanted]
        return f"write {named[0]}" if len(named) == 1 else ""

    def _record(self, path: NodePath, keys: list[str], text: str) -> str:
        if keys == ["period"] and re.fullmatch("(?:19|20|21)[0-9]{2}", text):
            return f"write period: {{name: {text}, start: {text}-01-01, end: {text}-12-31}}"
        if keys[-1] == "cadence" and (per := _PER.get(text.lower())):
            with_ = ", with: each-seller" if self._is_leader() else ""
            return f"write cadence: {{times: 1, per: {per}{with_}}}"
        if keys[-1] == "agreed" and len(path) == 3:
            return f"write who agreed and when, on the next line: - {{on: {_day_or_blank(text)}, by: [{self._both()}]}}"
        return ""

    def _is_leader(self) -> bool:
        return "/leaders/" in f"/{self.document.path}"

    def _both(self) -> str:
        """Return the ids of those who agree on a goal of this file."""
        handbook = self.loaded.handbook
        team = handbook.own_team(self.owner, None) if handbook and self.owner in handbook.owners else None
        leader = handbook.leader_of(team.id) if handbook and team else None
        return ", ".join(dict.fromkeys([self.owner, leader.id if leader else "…"]))


def _day_or_blank(text: str) -> str:
    try:
        return str(parse_day(text))
    except PydanticCustomError:
        return "…"


def _values(
    node: Node, path: NodePath, around: MappingNode | None
) -> Iterator[tuple[NodePath, ScalarNode, MappingNode | None]]:
    if isinstance(node, ScalarNode):
        yield path, node, around
    elif isinstance(node, SequenceNode):
        for index, item in enumerate(node.items):
            yield from _values(item, (*path, index), around)
    else:
        for key, (_, value) in node.entries.items():
            yield from _values(value, (*path, key), node)
