"""`goals move --goal`: an open goal is closed, and somebody else goes on with the rest of it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..findings import with_help
from ..words import sentence_list
from .common import Unusable
from .edits import edit_files
from .prompts import ask, text
from .proposals import dropped_landmarks
from .targets import Target, ask_for_day, find, people, person_reader, require_at_work, without_empty

if TYPE_CHECKING:
    from pydantic import BaseModel

    from ..model.goal import Goal
    from ..model.people import AnyOwner
    from ..model.support import Support
    from ..status.transfer import Rest


def hand_over(directory: Path, name: str, to: str | None, on: str | None, why: str | None, title: str | None) -> None:
    """Close a person's open goal and write the rest of it into another's file: both, or neither. Raises UsageError."""
    from ..figures import Formatter
    from ..source.edit import Add, Put
    from ..status.transfer import rest_of

    target = find(directory, name)
    handbook = target.handbook
    person = ask("--to", "Who goes on with it", to, person_reader(handbook), choices=people(handbook))
    new_owner = handbook.owners[person]
    first = datetime.date.fromisoformat(ask_for_day(target, on))
    _refuse_impossible(target, new_owner, first)
    rest = rest_of(target.goal, dropped_landmarks(target), first)
    if rest.reached:
        raise click.UsageError(with_help(f"{target.full_id} has reached its target", "close it with goals close"))
    _refuse_without_landmarks(target, rest, first)
    goal_id = _free_id(new_owner, target.goal.id)
    full_id = f"{new_owner.id}/{goal_id}"
    called = ask("--title", "Its title", title, text, _usual_title(target.goal, rest, first))
    item = {**_new_goal(target, new_owner, goal_id, first, rest), "title": called}
    closing = without_empty(on=str(first), result="partly", note=why, carried_to=full_id)
    edit_files(
        target.folder,
        target.workspace,
        {new_owner.id: [Add(("goals",), item)], target.owner_id: [Put((*target.path, "closed"), closing)]},
    )
    if rest.reading and target.goal.measure:
        total = Formatter(handbook.settings).amount(rest.reading.value, target.goal.measure.unit)
        click.echo(f"{target.full_id} stays at {total}, its reading of {rest.reading.on}")
    for line in (*_about_readings(target, rest, first), *_about_deals(target, full_id)):
        click.echo(line)
    for landmark in rest.late:
        click.echo(f'"{landmark.id}" stays with {target.owner.name}: it was due on {landmark.due}')
    click.echo(f"once it is agreed: goals agree {full_id}")


def _about_readings(target: Target, rest: Rest, first: datetime.date) -> Iterator[str]:
    """Say that the rest is not exact where nobody has read what was made until the day before."""
    before = first - datetime.timedelta(days=1)
    if target.goal.shape == "number" and (rest.reading is None or rest.reading.on < before):
        yield f"what was made since, until {before}, counts for {target.full_id} and is not taken off the rest:"
        yield "  for an exact rest, import or check in that day first, and hand the goal over then"


def _about_deals(target: Target, full_id: str) -> Iterator[str]:
    """Say how deals are imported for a goal that could not keep its id."""
    owner_id, _, goal_id = full_id.partition("/")
    if target.goal.shape == "number" and goal_id != target.goal.id:
        yield f"{owner_id} has {target.goal.id} too, which deals are imported into: for those of {goal_id} use"
        yield f"  goals import --goal-pattern {{owner}}/{goal_id}, with a --where that tells them apart"


def _refuse_without_landmarks(target: Target, rest: Rest, first: datetime.date) -> None:
    """Raise UsageError for a goal to deliver of which nothing is due after a day."""
    if target.goal.shape != "steps" or rest.landmarks:
        return
    message = f"nothing of {target.full_id} is due after {first}"
    help = f"close it with goals close {target.full_id}"
    if rest.late:
        late = sentence_list(f'"{landmark.id}" was due on {landmark.due}' for landmark in rest.late)
        message = f"{message}: {late}"
        help = f"put it off first (goals adjust {target.full_id} --landmark {rest.late[-1].id} --due DATE), or {help}"
    raise click.UsageError(with_help(message, help))


def _usual_title(goal: Goal, rest: Rest, first: datetime.date) -> str:
    """The title of the rest, which says that it is one where the target has become another."""
    from ..model.values import TITLE_LIMIT

    called = f"{goal.title}, the rest from {first}"
    is_less = rest.measure is not None and rest.measure.target != goal.target
    return called if is_less and len(called) <= TITLE_LIMIT else goal.title


def _refuse_impossible(target: Target, new_owner: AnyOwner, first: datetime.date) -> None:
    """Raise an error for a goal that cannot be handed over, or not to this person on this day."""
    goal, owner = target.goal, target.handbook.owners[target.owner_id]
    if owner.kind == "team":
        raise click.UsageError(f"{target.full_id} is a team's goal, and only a person's can be handed over")
    if goal.closed:
        raise Unusable(f"{target.full_id} was already closed on {goal.closed.on}")
    if new_owner.id == owner.id:
        raise click.UsageError(f"{target.full_id} already belongs to {owner.name}")
    require_at_work(new_owner, first)
    if not goal.start <= first <= goal.due:
        raise click.UsageError(f"{first} is not between the goal's start on {goal.start} and its due date, {goal.due}")
    if later := [checkin.on for checkin in goal.checkins if checkin.value is not None and checkin.on > first]:
        message = f"{target.full_id} has a reading of {max(later)}, after it would be handed over"
        raise click.UsageError(with_help(message, "hand it over on that day or later"))


def _free_id(owner: AnyOwner, wanted: str) -> str:
    """The id, with a number after it if one of the owner's goals has it or had it before."""
    taken = {name for goal in owner.goals for name in (goal.id, *goal.formerly)}
    number, found = 1, wanted
    while found in taken:
        number += 1
        found = f"{wanted[:60].rstrip('-')}-{number}"
    return found


def _new_goal(target: Target, owner: AnyOwner, goal_id: str, first: datetime.date, rest: Rest) -> dict[str, Any]:
    """The rest as a goal of its new owner: nobody has agreed to it yet."""
    from ..source.emit import Bare
    from ..source.term_edits import supports_in_file

    goal = target.goal
    return without_empty(
        id=goal_id,
        title=goal.title,
        kind=goal.kind,
        why=goal.why,
        supports=supports_in_file(_supports(target, owner, first)),
        start=str(first),
        due=str(goal.due) if goal.due != target.handbook.settings.period.end else "",
        prorate=Bare("yes") if goal.prorate else "",
        measure=_data(rest.measure) if rest.measure else "",
        landmarks=[_data(landmark) for landmark in rest.landmarks],
        visibility=goal.visibility if goal.visibility != "team" else "",
    )


def _supports(target: Target, owner: AnyOwner, first: datetime.date) -> list[Support]:
    """What the goal still supports on a day, in the words of its new owner."""
    handbook, found = target.handbook, []
    for support in target.goal.supports:
        if support.until and support.until < first:
            continue
        begins = support.from_ if support.from_ and support.from_ > first else None
        full_id = handbook.resolve(target.full_id, support) or support.goal
        short = full_id.partition("/")[2]
        same = "/" not in support.goal and handbook.full_id(owner.id, short, begins or first) == full_id
        found.append(support.model_copy(update={"goal": short if same else full_id, "from_": begins}))
    return found


def _data(model: BaseModel) -> dict[str, Any]:
    """A part of a goal as the file has it: what is set, in the format's order."""
    fields = type(model).model_fields.items()
    return without_empty(**{info.alias or name: _plain(getattr(model, name)) for name, info in fields})


def _plain(value: Any) -> Any:
    from pydantic import BaseModel

    from ..model.values import number_spelling, plain_number

    if isinstance(value, BaseModel):
        return _data(value)
    if isinstance(value, Decimal):
        return number_spelling(plain_number(value))
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return "" if value is None else str(value)
