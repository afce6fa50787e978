"""What moved in silence, in words and with its place: GH601, GH604 to GH606, GH608 and GH610."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from ..changes.baseline import Baseline
from ..changes.compare import item_text
from ..changes.kinds import Move
from ..changes.snapshot import Item, goal_snapshot
from ..findings import Finding, Location
from ..source.load import Loaded
from ..source.nodes import Path

_NAMES = {
    "agreed": "the agreement",
    "checkins": "the reading",
    "sessions": "the session",
    "reviews": "the review",
    "accountings": "the accounting",
    "adjustments": "the adjustment",
    "done": "the day it was delivered",
    "closed": "the closing",
}


class Moved:
    """Tells the silent moves from a version to the files as they are."""

    def __init__(self, loaded: Loaded, before: Baseline, as_of: datetime.date) -> None:
        self.loaded, self.before, self.as_of = loaded, before, as_of

    def findings(self, moves: Iterable[Move]) -> Iterator[Finding]:
        """One finding for each move that nothing explains."""
        claimed = {move.key for move in moves if move.what == "claim"}
        for move in moves:
            if move.what == "claim" and not move.settled:
                yield self.claim(move)
            elif move.settled or move.because or (move.key in claimed and move.what != "claim"):
                continue
            elif move.what in {"term", "landmark"}:
                yield self.term(move)
            elif move.what == "goal" and move.how == "removed":
                yield self.removed(move)
            elif move.silent:
                yield self.rewritten(move)

    def term(self, move: Move) -> Finding:
        change = f"{{field: {move.field}, was: {_spelled(move.was)}, now: {_spelled(move.now)}}}"
        what = f'"{goal_id(move.full_id)}": {move.field} moved from {_said(move.was)} to {_said(move.now)}'
        if move.what == "landmark":
            was, now = ("none", "added") if move.how == "added" else ("agreed", "dropped")
            change = f"{{field: {move.field}, was: {was}, now: {now}}}"
            landmark = move.field.partition(".")[2]
            what = f'"{goal_id(move.full_id)}": landmark "{landmark}" ({move.was or move.now}) was {move.how}'
        help = f"add to adjustments: {{on: {self.as_of}, by: […], why: …, changes: [{change}]}}"
        message = f"{what}, and no adjustment says so"
        if move.draft:
            message, help = f"{what}; nobody had signed it yet", f"agree on it, or, to keep what it was, {help}"
        return self.at(move.full_id, self.term_path(move), "GH610" if move.draft else "GH601", message, help)

    def claim(self, move: Move) -> Finding:
        item = move.new or {}
        really = (move.old or {}).get("was", "")
        message = f"this adjustment says {move.field} moved from {_said(move.was)} to {_said(move.now)}"
        if really != move.was:
            message, help = f"{message}, but it was {_said(really)}", f"write was: {_spelled(really)}"
        else:
            message, help = f"{message}, but the goal says something else", "make the goal and now: say the same"
        index = next((i for i, c in enumerate(item.get("changes", [])) if c["field"] == move.field), 0)
        path = (*self.item_path(move.full_id, "adjustments", item), "changes", index)
        return self.at(move.full_id, path, "GH608", message, help)

    def removed(self, move: Move) -> Finding:
        code = "GH610" if move.draft else "GH606"
        message = f'the goal "{goal_id(move.full_id)}" ({move.was}) is gone'
        help = "put it back and close it with closed: {on, result: dropped, note}; if it was renamed, add formerly:"
        if move.owner_id in self.loaded.documents:
            return self.loaded.finding(move.owner_id, ("goals",), code, message, help, key=True)
        return Finding(
            code, self.here(self.before.loaded.documents[move.owner_id].path), f"{message}, and its file", help
        )

    def rewritten(self, move: Move) -> Finding:
        old, new = move.old or {}, move.new
        was, now = _value_of(move.field, old), _value_of(move.field, new or {})
        day = old.get("on") if move.field not in {"done", "closed"} else ""
        what = " of ".join(filter(None, (_NAMES[move.field], day)))
        if new is None:
            message = f"{what}{f' ({was})' if was else ''} was removed"
        elif was != now:
            message = f"{what} was {_said(was)} and is now {_said(now)}"
        else:
            keys = [key for key in sorted({*old, *new}) if old.get(key) != new.get(key)]
            message = f"{what} was rewritten ({', '.join(keys)})"
        right = (_spelled(now) if now else "…") if new else "dropped"
        change = f"{{field: {correction(move)}, was: {_spelled(was) if was else '…'}, now: {right}}}"
        help = f"put it back, or correct it in adjustments: with changes: [{change}]"
        code = "GH605" if move.field == "checkins" else "GH604"
        message = f'"{goal_id(move.full_id)}": {message}'
        if in_csv := self.csv_location(move):
            return Finding(code, in_csv[0], message, help, in_csv[1])
        return self.at_item(move.full_id, move.field, new or old, code, message, help)

    def at(self, full_id: str, path: Path, code: str, message: str, help: str) -> Finding:
        """A finding within a goal."""
        return self.loaded.finding(full_id.partition("/")[0], (*self.places[full_id], *path), code, message, help)

    def at_item(self, full_id: str, name: str, item: Item, code: str, message: str, help: str) -> Finding:
        """A finding at an item of a goal's list, or at the goal where it is gone."""
        return self.at(full_id, self.item_path(full_id, name, item), code, message, help)

    @cached_property
    def places(self) -> Mapping[str, Path]:
        """Where each goal stands in its owner's file."""
        owners = self.loaded.handbook.owners.values() if self.loaded.handbook else ()
        return {f"{o.id}/{g.id}": ("goals", i) for o in owners for i, g in enumerate(o.goals)}

    def item_path(self, full_id: str, name: str, item: Item) -> Path:
        """Where an item stands in its goal."""
        goal = self.loaded.written(full_id)
        if name in {"done", "closed"}:
            ids = [landmark.id for landmark in goal.landmarks]
            inside = ("landmarks", ids.index(item["landmark"])) if item.get("landmark") in ids else ("landmarks",)
            return (name,) if name == "closed" else inside
        texts = [item_text(other) for other in goal_snapshot(goal).decisions.get(name, [])]
        return (name, texts.index(item_text(item))) if item_text(item) in texts else (name,)

    def term_path(self, move: Move) -> Path:
        """Where a term stands in its goal, or the thing around it where it is gone."""
        parts = move.field.split(".")
        if parts[0] != "landmarks":
            return tuple(parts) if parts[0] in {"start", "due", "supports"} else ("measure", *parts)
        ids = [landmark.id for landmark in self.loaded.written(move.full_id).landmarks]
        return ("landmarks", ids.index(parts[1]), *parts[2:]) if parts[1] in ids else ("landmarks",)

    def csv_location(self, move: Move) -> tuple[Location, str] | None:
        """The row of a reading that stands in a CSV file; where it is gone, the file it stood in."""
        day = (move.old or {}).get("on") if move.field == "checkins" else None
        loaded = self.loaded if move.new else self.before.loaded
        row = next((r for r in loaded.rows if r.goal == move.full_id and r.checkin.on.isoformat() == day), None)
        if row is None:
            return None
        return (row.location, row.excerpt) if move.new else (self.here(row.location.path), "")

    def here(self, path: str) -> Location:
        """The place of a file that was at `path` in the version before."""
        root = self.before.loaded.settings_document.path.rpartition("/")[0]
        return Location(self.loaded.settings_document.path.rpartition("/")[0] + path.removeprefix(root), 1, 1)

    def left_to_the_period(self, full_id: str, term: str) -> bool:
        """Whether a goal that was there before leaves a date to the period, then and now."""
        owner = full_id.partition("/")[0]
        before = self.before.loaded.handbook
        if before is None or full_id not in before.goals:
            return False
        index = [g.id for g in before.owners[owner].goals].index(goal_id(full_id))
        written = self.before.loaded.documents[owner].at(("goals", index, term))
        return written is None and self.loaded.documents[owner].at((*self.places[full_id], term)) is None


def goal_id(full_id: str) -> str:
    """The goal's own part of its full id."""
    return full_id.partition("/")[2]


def correction(move: Move) -> str:
    """The field an adjustment names to correct what was written down: `checkins.2017-06-30`."""
    item = move.old or {}
    if move.field == "done":
        return f"landmarks.{item['landmark']}.done"
    if move.field == "closed":
        return "closed"
    return f"{move.field}.{item['landmark' if move.field == 'accountings' else 'on']}"


def _value_of(name: str, item: Item) -> str:
    """What an item says, where that is one value."""
    key = {"checkins": "value", "done": "on", "closed": "result", "accountings": "action"}.get(name, "")
    return str(item.get(key, ""))


def _said(text: str) -> str:
    return _spelled(text) if text else "nothing"


def _spelled(text: str) -> str:
    """A value as one writes it in YAML."""
    if re.fullmatch(r"-?\d{5,}", text):
        return f"{int(text):_}"
    return (text if re.fullmatch(r"[\w./ -]+", text) else f'"{text}"') if text else "none"
