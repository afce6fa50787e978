"""Changes for an audience: what the team may not see today, or could not see then, is left out of its history too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from ..model.audience import Audience, PastGoals, Redaction
from ..model.goal import Goal
from ..model.handbook import Handbook
from ..model.people import AnyOwner
from ..model.records import Adjustment, Closing, Record
from ..model.terms import Value, Visibility
from . import kinds
from .compare import limits
from .history import History
from .kinds import Change
from .once_hidden import past_goals
from .renames import renames_of


def hidden_since(then: Handbook, now: Handbook, past: PastGoals) -> Handbook:
    """Return the older handbook with everything hidden that is hidden today or gone and once was, by any name."""
    renames = renames_of(now)

    def today(full_id: str, goal: Goal) -> Visibility:
        if full_id not in now.goals and full_id in past.hidden:
            return "leaders"
        return now.goals.get(renames.full_id(full_id), goal).visibility

    def hide(owner: AnyOwner) -> AnyOwner:
        pairs = ((goal, today(f"{owner.id}/{goal.id}", goal)) for goal in owner.goals)
        goals = (g if v == "team" else g.model_copy(update={"visibility": v}) for g, v in pairs)
        return owner.model_copy(update={"goals": tuple(goals)})

    return then.map_owners(hide)


def history_for_audience(history: History, handbook: Handbook, audience: Audience) -> History:
    """Return the history as an audience may see it; `handbook` is the whole one.

    For the team: no change of a goal that is hidden or was at the time, and none that names a hidden goal. Of people
    only what their goals say.
    """
    if audience == "leaders":
        return history
    past = past_goals(history, handbook)
    redaction = Redaction.of(handbook, past)

    def shown(number: int, change: Change) -> bool:
        was_hidden = change.full_id in past.hidden or number < history.hidden_until.get(change.full_id, 0)
        return not was_hidden and not isinstance(change, (kinds.OwnerEdited, kinds.DetailEdited, kinds.SettingChanged))

    versions = (
        replace(version, changes=_redacted((c for c in version.changes if shown(number, c)), redaction))
        for number, version in enumerate(history.versions)
    )
    return replace(history, versions=tuple(versions))


def changes_for_team(
    changes: Iterable[Change], handbook: Handbook, past: PastGoals, seen: Sequence[Handbook]
) -> tuple[Change, ...]:
    """Return the changes that led to `handbook` as the team may see them: nothing of hidden goals.

    `seen` are both versions as the team may see them. A goal that was hidden and is not any more is a new goal to it.
    """
    changes = tuple(changes)
    hidden = past.hidden | set(_present_ids(changes, past.hidden))
    redaction = Redaction.of(handbook, replace(past, hidden=hidden))
    private = {"motivation", "context.abilities"}
    shown = (
        change
        for change in changes
        if change.full_id not in hidden and not (isinstance(change, kinds.OwnerEdited) and change.field in private)
    )
    new = dict.fromkeys(c.full_id for c in changes if c.full_id in hidden and not redaction.is_hidden(c.full_id))
    return (
        *_redacted(_with_limits_of(seen, shown), redaction),
        *(kinds.GoalAdded(i, handbook.goals[i]) for i in new if i in handbook.goals),
    )


def _with_limits_of(seen: Sequence[Handbook], changes: Iterable[Change]) -> Iterator[Change]:
    """The changes, those of a team's capacity without the limits of goals that the team may not see."""
    teams = [team for handbook in seen for team in handbook.teams.values()]
    known = {line for team in teams for line in _lines(limits(team.context, "capacity"))}
    for change in changes:
        if not isinstance(change, kinds.OwnerEdited) or change.field != "context.capacity":
            yield change
            continue
        was, now = (tuple(line for line in _lines(end) if line in known) or None for end in (change.was, change.now))
        if (was, now) == (change.was, change.now) or was != now:
            yield replace(change, was=was, now=now)


def _lines(limited: Value) -> tuple[str, ...]:
    return tuple(map(str, limited)) if isinstance(limited, tuple) else ()


def _present_ids(changes: tuple[Change, ...], hidden: frozenset[str]) -> Iterator[str]:
    """The present ids of hidden goals that these changes rename, or whose owner they rename."""
    owners = {change.full_id: change.former_id for change in changes if isinstance(change, kinds.OwnerRenamed)}
    goals = {change.full_id: change.former_id for change in changes if isinstance(change, kinds.GoalRenamed)}
    for full_id in {change.full_id for change in changes}:
        owner_id, _, goal_id = full_id.partition("/")
        if f"{owners.get(owner_id, owner_id)}/{goals.get(full_id, goal_id)}" in hidden:
            yield full_id


def _redacted(changes: Iterable[Change], redaction: Redaction) -> tuple[Change, ...]:
    return tuple(shown for change in changes if (shown := _without_hidden(change, redaction)))


def _without_hidden(change: Change, redaction: Redaction) -> Change | None:
    """A change without the names of hidden goals; None where nothing else is left of it."""
    if isinstance(change, kinds.TermChanged):
        if change.ref.name == "supports" and any(redaction.mentions(change.owner_id, v) for v in change.ends):
            return None
    elif isinstance(change, kinds.FalseClaim):
        values = (change.was, change.now, change.actual) if change.field == "supports" else ()
        if any(redaction.mentions(change.owner_id, value) for value in values):
            return None
        return replace(change, adjustment=redaction.adjustment(change.owner_id, change.adjustment))
    elif isinstance(change, kinds.RecordAdded):
        record = _record(change.owner_id, change.record, redaction)
        return replace(change, record=record) if record else None
    elif isinstance(change, kinds.RecordEdited):
        old, new = (_record(change.owner_id, record, redaction) for record in (change.old, change.new))
        return _explained(replace(change, old=old, new=new), redaction) if old and new else None
    elif isinstance(change, kinds.RecordRemoved):
        old = _record(change.owner_id, change.old, redaction)
        return _explained(replace(change, old=old), redaction) if old else None
    return _explained(change, redaction)


def _explained(change: Change, redaction: Redaction) -> Change:
    if not isinstance(change, kinds.Accountable) or change.explained_by is None:
        return change
    return replace(change, explained_by=redaction.adjustment(change.owner_id, change.explained_by))


def _record(owner_id: str, record: Record, redaction: Redaction) -> Record | None:
    if isinstance(record, Adjustment):
        shown = redaction.adjustment(owner_id, record)
        return shown if shown.changes else None
    if isinstance(record, Closing) and record.carried_to and redaction.names_hidden(owner_id, record.carried_to):
        return record.model_copy(update={"carried_to": ""})
    return record
