"""Which adjustment explains a change: its `was` is the old value and its `now` the new one, in one step or several."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from pydantic import BaseModel

from ..model.goal import Goal, Landmark, records_of
from ..model.records import (
    RECORDS,
    Accounting,
    Adjustment,
    CheckIn,
    Closing,
    Delivery,
    Record,
    correction_name,
    record_ref,
)
from ..model.terms import DROPPED, WHOLE_GOAL, TermRef, Value, term_ref
from . import kinds
from .kinds import Change
from .quotes import differing_fields, quotes, quotes_field, quotes_landmark
from .snapshot import GoalSnapshot
from .steps import Chain, ReadEnd, as_written, steps_of, walk
from .wording import canonical, same

_EXPLAINABLE = (kinds.TermChanged, kinds.LandmarkAdded, kinds.LandmarkRemoved, kinds.RecordEdited, kinds.RecordRemoved)


def attach_explanations(
    changes: list[Change], old: GoalSnapshot, new: GoalSnapshot, read: ReadEnd = as_written
) -> Iterator[Change]:
    """Yield the changes of one goal, each with the new adjustment that explains it, and what adjustments claim falsely.

    A correction of a record is an adjustment too: `checkins.2017-06-30`. `read` gives the value of a term in the older
    or the newer goal, so that two of the same meaning are equal.
    """
    steps = steps_of(new_adjustments(changes), read)
    come = [change.record for change in changes if isinstance(change, kinds.RecordAdded)]
    spoken_of: set[str] = set()
    for change in changes:
        if not isinstance(change, (kinds.DetailEdited, kinds.Accountable)):
            yield change
            continue
        fields, (was, now) = sorted(_fields(change, steps)), ends(change)
        if isinstance(change, kinds.TermChanged):
            was, now = read(change.was, False), read(change.now, True)
        spoken_of.update(fields)
        found = (explanation(field, steps[field], was, now, come) for field in fields)
        adjustment = next(filter(None, found), None)
        if adjustment is None and fields and (field := change.named) in fields:
            yield _claim(change.full_id, field, steps[field], _value(was))
        is_owed = adjustment is not None and isinstance(change, kinds.Accountable)
        yield replace(change, explained_by=adjustment) if is_owed else change  # type: ignore[arg-type]
    for field, chain in steps.items():
        if field not in spoken_of and not _is_true_of_what_stayed(field, chain, old.goal, new, come, read):
            yield _claim(changes[0].full_id, field, chain, _here(field, new))


def explanation(field: str, chain: Chain, was: object, now: object, come: Iterable[Record] = ()) -> Adjustment | None:
    """Return the last adjustment of a field's chain if it leads from what was to what is now, else None.

    Of a landmark or a decision, which are no single value, `was` and `now` have to be quoted truly. `come` are the
    records that came in the same change: one may be the old one under another day.
    """
    last = chain[-1]
    if isinstance(was, Landmark) or isinstance(now, Landmark):
        return last.adjustment if _tells_of_landmark(field, chain, was, now) else None
    if isinstance(was, Record) and not isinstance(was, (CheckIn, Delivery)):
        return last.adjustment if _tells_of_decision(chain, was, now, come) else None
    adjustment = walk(chain, _value(was), _value(now))
    return adjustment if adjustment and _covers_the_rest(chain, was, now) else None


def unexplained(changes: Iterable[Change]) -> Iterator[Change]:
    """Yield the changes nobody has explained, each once: one that an adjustment explains wrongly as that false claim.

    Drafts are among them.
    """
    changes = tuple(changes)
    claimed = {(change.full_id, change.field) for change in changes if isinstance(change, kinds.FalseClaim)}
    for change in changes:
        if isinstance(change, kinds.FalseClaim):
            if not change.settled:
                yield change
        elif isinstance(change, kinds.Accountable):
            is_explained = change.settled or change.explained_by or (change.full_id, change.named) in claimed
            if not is_explained:
                yield change


def new_adjustments(changes: Iterable[Change]) -> Iterator[Adjustment]:
    """Yield the adjustments among what was newly written down."""
    for change in changes:
        if isinstance(change, kinds.RecordAdded) and isinstance(change.record, Adjustment):
            yield change.record


def _fields(change: Change, steps: Mapping[str, Chain]) -> set[str]:
    """The fields of adjustments that speak of a change: those of its parts only where none names a landmark whole."""
    whole = {change.named} & steps.keys()
    if whole or not isinstance(change, kinds.LandmarkChange):
        return whole
    return {field for field in steps if (ref := term_ref(field)) and ref.landmark == change.ref.landmark}


def ends(change: Change) -> tuple[object, object]:
    """Return what was and what is now: a value, a landmark, a record or a goal; None where there is none."""
    match change:
        case kinds.LandmarkAdded():
            return None, change.landmark
        case kinds.LandmarkRemoved():
            return change.landmark, None
        case kinds.RecordEdited():
            return change.old, change.new
        case kinds.RecordRemoved():
            return change.old, None
        case kinds.TermChanged() | kinds.DetailEdited():
            return change.was, change.now
        case kinds.GoalRemoved():
            return change.goal, None
        case _:
            return None, None


def _value(end: object) -> Value:
    """The one value of a reading, a delivery, an accounting or a closing; of what is a value, itself."""
    match end:
        case CheckIn():
            return end.value
        case Delivery():
            return end.on
        case Accounting():
            return end.action
        case Closing():
            return end.result
        case BaseModel():
            return None
        case _:
            return end  # type: ignore[return-value]


def _tells_of_landmark(field: str, chain: Chain, *ends: object) -> bool:
    """Whether a landmark came or went as an adjustment says, of the whole or of one of its agreed terms."""
    was, now = (end if isinstance(end, Landmark) else None for end in ends)
    ref = term_ref(field)
    if ref is None or ref.term is None:
        return quotes_landmark(chain[0].change.was, was) and quotes_landmark(chain[-1].change.now, now)
    term = ref.term
    return term.agreed and walk(chain, *(term.get(end) if end else None for end in (was, now))) is not None


def _tells_of_decision(chain: Chain, was: Record, now: object, come: Iterable[Record]) -> bool:
    """Whether adjustments quote what a decision said, and what it says now, in every field that differs.

    One that is gone has been dropped, or is there under another day and says the same.
    """
    if not isinstance(now, Record):
        moved = [record for record in come if same(was, record.model_copy(update={"on": was.on}))]
        right = (step.change.now is None or any(quotes(step.change.now, record) for record in moved) for step in chain)
        return any(quotes(step.change.was, was) for step in chain) and any(right)
    fields = differing_fields(was, now)
    before = [any(quotes_field(step.change.was, was, field) for step in chain) for field in fields]
    after = [any(quotes_field(step.change.now, now, field) for step in chain) for field in fields]
    both = any(before) and any(after)
    return both and all(map(any, zip(before, after, strict=True)))


def _covers_the_rest(chain: Chain, was: object, now: object) -> bool:
    """Whether what else differs in a reading is corrected too: by the same number as `was` and `now`.

    Only a note may follow the number.
    """
    if not (isinstance(was, CheckIn) and isinstance(now, CheckIn)):
        return True
    follows = {"value", "note"} if was.value != now.value else {"value"}
    return not set(differing_fields(was, now)) - follows or any(step.was == step.now for step in chain)


def _is_true_of_what_stayed(
    field: str, chain: Chain, old: Goal, new: GoalSnapshot, come: Iterable[Record], read: ReadEnd
) -> bool:
    """Whether adjustments say nothing false of what is as it was, or has just come."""
    ref, first, last = term_ref(field), chain[0].change, chain[-1].change
    if record_ref(field) or (ref and ref.term and ref.term.name == "done"):
        return _is_true_of_record(field, chain, new.goal, come)
    if field == WHOLE_GOAL or ref is None:
        return True
    if ref.term:
        here = read((new.terms() | new.details()).get(field), True)
        return here is None or walk(chain, here, here) is not None
    before, after = (_landmark(goal, ref.landmark) for goal in (old, new.goal))
    if before is None or after is None:
        return True  # there is no such landmark
    was_true = quotes_landmark(first.was, before) or (_was_dropped(old, ref) and first.was in (None, DROPPED))
    return was_true and (last.now in (None, DROPPED) or quotes_landmark(last.now, after))


def _is_true_of_record(field: str, chain: Chain, goal: Goal, come: Iterable[Record]) -> bool:
    """Whether corrections lead to what a record says; where it has just come, from whatever it said before."""
    named, first, last = _named(field, goal), chain[0].change, chain[-1].change
    if not named:
        return last.now is None
    new = [record for record in named if record in come]
    if isinstance(named[0], (CheckIn, Delivery)):
        return any(
            chain[-1].now == canonical(_value(record)) if record in new else walk(chain, *[_value(record)] * 2)
            for record in named
        )
    return any(quotes(last.now, record) and (record in new or quotes(first.was, record)) for record in named)


def _named(field: str, goal: Goal) -> list[Record]:
    """The records that a correction can mean by a name."""
    records = ((kind, record) for kind in RECORDS.values() for record in records_of(goal, kind))
    return [record for kind, record in records if correction_name(kind, record) == field]


def _here(field: str, goal: GoalSnapshot) -> Value:
    """What a goal says of a field, where that is one value."""
    values = goal.terms() | goal.details()
    return values[field] if field in values else next(map(_value, _named(field, goal.goal)), None)


def _landmark(goal: Goal, landmark_id: str) -> Landmark | None:
    return next((landmark for landmark in goal.landmarks if landmark.id == landmark_id), None)


def _was_dropped(goal: Goal, ref: TermRef) -> bool:
    """Whether an adjustment or an accounting has ever dropped a landmark that is still in the list."""
    adjusted = (c for a in goal.adjustments for c in a.changes if c.field == ref.name and c.now in (None, DROPPED))
    accounted = (a for a in goal.accountings if a.landmark == ref.landmark and a.action == "drop")
    return any(adjusted) or any(accounted)


def _claim(full_id: str, field: str, chain: Chain, actual: Value) -> kinds.FalseClaim:
    """What adjustments say of a field from first to last, and what it `actual`ly was before."""
    first, last = chain[0].change, chain[-1]
    return kinds.FalseClaim(full_id, field, first.was, last.change.now, actual, last.adjustment, tuple(chain))
