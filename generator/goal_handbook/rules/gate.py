"""GH6: a goal cannot move in silence. What a change does to a handbook is held against what it says of it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from functools import cached_property

from ..changes.baseline import Baseline, same_period
from ..changes.kinds import Move
from ..changes.snapshot import Item
from ..findings import Finding
from ..model.handbook import Handbook
from ..source.load import Loaded
from ..status.agreement import agreement_status
from ..status.assessment import Assessment, assess
from .silent_changes import Moved, goal_id

#: What of handbook.yaml decides how goals are judged.
_HOUSE_RULES = ("grace_days", "due_soon_days", "accounting_days", "review_every", "pace.", "coverage.", "rules.")


def check_moves(loaded: Loaded, before: Baseline, moves: tuple[Move, ...], as_of: datetime.date) -> Iterator[Finding]:
    """Findings GH601 to GH610 of the `moves` from `before` to the files as they are."""
    if loaded.handbook is None:
        return
    if before.loaded.handbook is None:
        yield _nothing_before(loaded, before)
        return
    if not same_period(before, loaded):
        yield _new_period(loaded, before)
        return
    moved = Moved(loaded, before, as_of)
    yield from moved.findings(moves)
    yield from _period(loaded, before, moved)
    yield from _house_rules(loaded, moves)
    yield from _Adjustments(loaded, before, as_of, moved, moves).findings()


def _nothing_before(loaded: Loaded, before: Baseline) -> Finding:
    document, then = loaded.settings_document, before.loaded.settings_document
    what = "could not be read" if then.text else "was not there"
    message = f"{then.path} {what}, so that nothing can be compared"
    return document.finding("GH609", document.location(()), message, "go on, if the handbook begins here")


def _new_period(loaded: Loaded, before: Baseline) -> Finding:
    new, old = loaded.handbook, before.loaded.handbook
    names = (new.settings.period.name, old.settings.period.name) if new and old else ("", "")
    message = f"a new period begins, {names[0]}: its goals are not compared with those of {names[1]}"
    document = loaded.settings_document
    return document.finding("GH609", document.location(("period",)), message, "go on, if a new year is what you mean")


def _period(loaded: Loaded, before: Baseline, moved: Moved) -> Iterator[Finding]:
    """GH601 where the period takes along the dates that goals leave to it."""
    if loaded.handbook is None or before.loaded.handbook is None:
        return
    old, new = before.loaded.handbook.settings.period, loaded.handbook.settings.period
    document = loaded.settings_document
    for name, term, was, now in (("start", "start", old.start, new.start), ("end", "due", old.end, new.end)):
        along = [full_id for full_id in loaded.handbook.goals if moved.left_to_the_period(full_id, term)]
        if was != now and along:
            message = f"the period's {name} moved from {was} to {now}, and with it {len(along)} goals without {term}:"
            help = f"write {term}: {was} into them, and adjust those that move"
            yield document.finding("GH601", document.location(("period", name)), message, help)


def _house_rules(loaded: Loaded, moves: tuple[Move, ...]) -> Iterator[Finding]:
    """GH609 for each setting that makes the same readings mean something else."""
    document = loaded.settings_document
    for move in moves:
        if move.what == "setting" and move.field.startswith(_HOUSE_RULES):
            message = (
                f"{move.field} was {move.was or 'not set'} and is {move.now or 'not set'}; every goal is judged by it"
            )
            location = document.location(tuple(move.field.split(".")))
            yield document.finding("GH609", location, message, "tell the team why")


def not_renewed(handbook: Handbook, moves: tuple[Move, ...]) -> dict[str, Item]:
    """The sellers' goals that were adjusted and are not agreed to anew by both, with their new adjustment."""
    adjusted = {m.full_id: m.new for m in moves if m.field == "adjustments" and m.how == "added" and m.new}
    return {
        full_id: item
        for full_id, item in adjusted.items()
        if full_id in handbook.goals
        and not handbook.goals[full_id].closed
        and agreement_status(handbook, full_id) == "stale"
    }


class _Adjustments:
    """What is to be said of the adjustments a change brings."""

    def __init__(
        self, loaded: Loaded, before: Baseline, as_of: datetime.date, moved: Moved, moves: tuple[Move, ...]
    ) -> None:
        self.loaded, self.before, self.as_of, self.moved, self.moves = loaded, before, as_of, moved, moves
        self.standings: dict[datetime.date, Assessment] = {}

    @cached_property
    def fresh(self) -> list[tuple[str, Item]]:
        """The new adjustments with their goals."""
        return [(m.full_id, m.new) for m in self.moves if m.field == "adjustments" and m.how == "added" and m.new]

    def findings(self) -> Iterator[Finding]:
        for full_id, item in self.fresh:
            if not item.get("why"):
                message = f"the adjustment of {item['on']} does not say why"
                help = "add why: what is different from when it was agreed"
                yield self.moved.at_item(full_id, "adjustments", item, "GH602", message, help)
            yield from self.missed_then_moved(full_id, item)
        if self.loaded.handbook:
            for full_id, item in not_renewed(self.loaded.handbook, self.moves).items():
                message = f'"{goal_id(full_id)}" was adjusted on {item["on"]} and both have not agreed to it anew'
                help = "talk it through, then add who agreed and when to agreed:"
                yield self.moved.at_item(full_id, "adjustments", item, "GH607", message, help)

    def missed_then_moved(self, full_id: str, item: Item) -> Iterator[Finding]:
        """GH603 for each landmark that had been missed when it was moved or dropped, with nothing said of why."""
        handbook = self.loaded.handbook
        day = max(datetime.date.fromisoformat(item["on"]), min(self.before.day, self.as_of))
        told = set()
        for change in item.get("changes", []):
            whole, _, rest = change["field"].partition(".")
            landmark, _, part = rest.partition(".")
            if whole != "landmarks" or part not in {"", "due", "value"} or landmark in told or handbook is None:
                continue
            accounted = any(a.landmark == landmark for a in handbook.goals[full_id].accountings)
            if not accounted and self.was_missed(full_id, landmark, day):
                told.add(landmark)
                done = "moved" if part else "dropped"
                message = f'landmark "{landmark}" was missed before it was {done}, and nobody has said why'
                help = "add to accountings: landmark, on, by, why, and action: " + ("adjust" if part else "drop")
                yield self.moved.at_item(full_id, "adjustments", item, "GH603", message, help)

    def was_missed(self, full_id: str, landmark: str, day: datetime.date) -> bool:
        """Whether a landmark stood as missed on a day, by the version before."""
        base = self.before.loaded.handbook
        if base is None or full_id not in base.goals:
            return False
        if day not in self.standings:
            self.standings[day] = assess(base, day)
        landmarks = self.standings[day].goals[full_id].landmarks
        return any(s.landmark.id == landmark and s.status == "missed" for s in landmarks)
