"""The files of the next period's handbook: as written in this one, but with only the goals that carry over, afresh."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ..model.goal import Goal
    from ..model.handbook import Handbook
    from ..model.people import AnyOwner
    from ..model.support import Support
    from ..source.emit import Data
    from ..source.load import Loaded
    from ..status.assessment import GoalState
    from ..status.next_period import Shift


@dataclass(frozen=True)
class OldPeriod:
    """The handbook of the period that ends, the way into the new one, and how the goals that carry over ended.

    `closed_on` is the day they are closed, None while they go on: then nobody knows their results yet.
    """

    loaded: Loaded
    handbook: Handbook
    shift: Shift
    carried: Mapping[str, GoalState]
    closed_on: datetime.date | None

    def last(self, full_id: str) -> str | None:
        """Return the result of a goal that carries over, as the file has it; None without one."""
        from ..model.values import number_spelling, plain_number
        from ..status.next_period import last_result

        result = last_result(self.carried[full_id]) if self.closed_on else None
        return None if result is None else number_spelling(plain_number(result))

    def why_dropped(self, full_id: str, support: Support) -> str:
        """Return why a goal does not support another any more, "" if it does."""
        if support.until and support.until < self.shift.period.end:
            return f"that ended on {support.until}"
        return "" if self.handbook.resolve(full_id, support) in self.carried else "which does not carry over"


def new_files(folder: Path, old: OldPeriod, name: str) -> dict[str, str]:
    """Return the new handbook's files by path: without the sellers who left before it starts."""
    from ..source.schema import KINDS, schema_text

    made = {"handbook.yaml": _settings(folder, old, name)}
    for owner in old.handbook.owners.values():
        if not has_left(owner, old.shift):
            made[f"{owner.kind}s/{owner.id}.yaml"] = _without_who_left(_owner_file(old, owner), old, owner)
    return made | {f".schema/{kind}.json": schema_text(kind) for kind in KINDS}


def has_left(owner: AnyOwner, shift: Shift) -> bool:
    """Return whether an owner is a seller who has left before the new period starts."""
    from ..model.people import Seller

    return isinstance(owner, Seller) and owner.left_before(shift.start)


def _settings(folder: Path, old: OldPeriod, name: str) -> str:
    """handbook.yaml with the new period and no fixed status date; everything else stays as written."""
    from ..source.edit import Put, Remove, edited
    from ..source.key_order import order_of

    text = (folder / "handbook.yaml").read_bytes().decode("utf-8")
    root, shift = old.loaded.settings_document.root, old.shift
    period = {"name": name, "start": str(shift.start), "end": str(shift.end)}
    quarters = [str(shift(day)) for day in shift.period.quarters]
    return edited(
        text,
        [
            *([Remove(("as_of",))] if root and "as_of" in root.entries else []),
            *(Put(("period", key), value) for key, value in period.items()),
            *([Put(("period", "quarters"), quarters)] if quarters else []),
        ],
        order_of(""),
    )


def _owner_file(old: OldPeriod, owner: AnyOwner) -> str:
    """An owner's file, as written except that only the goals that carry over are in it."""
    from ..source.emit import as_block
    from ..source.nodes import to_data

    document = old.loaded.documents[owner.id]
    root = document.root
    if root is None or "goals" not in root.entries:
        return document.text
    key, goals = root.entries["goals"]
    head, tail = document.text[: key.start], document.text[getattr(goals, "end", key.end) :]
    lines = ["goals:"]
    for data, goal in zip(to_data(goals, keep_all=True) or [], owner.goals, strict=True):
        if state := old.carried.get(f"{owner.id}/{goal.id}"):
            block = as_block(_fresh(data, goal, state, old), short=False, inside=True)
            lines += [f"  - {block[0]}", *(f"    {line}" for line in block[1:]), ""]
    if len(lines) == 1:
        return head.rstrip() + "\n"
    return head + "\n".join(lines[:-1]) + "\n" + tail.lstrip("\n") * bool(tail.strip())


def _without_who_left(text: str, old: OldPeriod, owner: AnyOwner) -> str:
    """A team's file without its estimates of sellers who have left."""
    from ..model.people import Team
    from ..source.edit import Remove, edited

    estimated = owner.context.abilities if isinstance(owner, Team) else ()
    gone = [who for who in estimated if who in old.handbook.sellers and has_left(old.handbook.sellers[who], old.shift)]
    return edited(text, [Remove(("context", "abilities", who)) for who in gone], {})


def _fresh(data: dict[str, Any], goal: Goal, state: GoalState, old: OldPeriod) -> dict[str, Any]:
    """A goal as it starts again: with the period, on its dates moved on, and without what was recorded."""
    from ..model.records import LISTS

    fresh = {
        **data,
        "due": str(old.shift(goal.due)) if data.get("due") else None,
        "supports": _supports(goal, state, old),
        "measure": _measure(data.get("measure"), old.last(state.full_id)),
        "landmarks": list(_landmarks(data.get("landmarks") or [], goal, state, old)),
    }
    left_behind = {*LISTS, "closed", "start"}  # what was agreed and recorded stays with the old goal
    return {key: fresh[key] for key in type(goal).model_fields if key not in left_behind and fresh.get(key)}


def _supports(goal: Goal, state: GoalState, old: OldPeriod) -> Data:
    """What the goal supports in the new period, from its first day on."""
    kept = [_support(s, state, old) for s in goal.supports if not old.why_dropped(state.full_id, s)]
    return kept[0] if len(kept) == 1 and isinstance(kept[0], str) else kept


def _support(support: Support, state: GoalState, old: OldPeriod) -> Data:
    supported = old.handbook.resolve(state.full_id, support) or ""
    first = old.shift.start
    is_same = old.handbook.full_id(state.owner_id, support.goal, first) == supported  # in the team of that day
    again = support.model_copy(
        update={
            "goal": support.goal if is_same else supported,
            "from_": support.from_ if support.from_ and support.from_ > first else None,
            "until": support.until if support.until and support.until > first else None,
        }
    )
    if str(again) == again.goal:
        return again.goal
    return {key: str(value) for key, value in again.model_dump(exclude_defaults=True).items()}


def _measure(measure: dict[str, Any] | None, result: str | None) -> dict[str, Any] | None:
    """The measure, with the result of the old period beside its target."""
    if measure is None or "target" not in measure:
        return measure
    again = {}
    for key, value in measure.items():
        if key != "last":
            again[key] = value
        if key == "target" and result is not None:
            again["last"] = result
    return again


def _landmarks(written: list[dict[str, Any]], goal: Goal, state: GoalState, old: OldPeriod) -> Iterator[dict[str, Any]]:
    """The landmarks that were not dropped, as far into the new period as they were into the old one."""
    for data, landmark in zip(written, goal.landmarks, strict=True):
        known = state.landmark(landmark.id)
        if known is None or known.status != "dropped":
            due = str(old.shift(landmark.due))
            yield {key: due if key == "due" else value for key, value in data.items() if key != "done" and value}
