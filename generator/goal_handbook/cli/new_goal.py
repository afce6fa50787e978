"""`goals new goal`: what to reach, how it is measured, and its landmarks."""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..findings import did_you_mean, with_help
from .common import DIR, goals_folder
from .edits import edit_file
from .prompts import Reader, ask, day, id_of, is_interactive, number, one_of, optional, prose, read_option, slug, text
from .prompts import unit as read_unit
from .targets import open_to_write, owner_reader, without_empty

if TYPE_CHECKING:
    from ..model.handbook import Handbook, Period
    from ..model.people import Owner

_KINDS = {
    "team": ("production", "skill", "education"),
    "seller": ("production", "education", "skill"),
    "leader": ("support", "improvement", "production"),
}
#: How goals of a kind are usually measured.
_USUAL = {"production": "number", "support": "cadence"}
_WITH = ("each-seller", "team", "anyone")


@click.command()
@click.argument("owner", required=False)
@click.option("--id", "goal_id", metavar="ID", help="The goal's id; default: derived from the title.")
@click.option("--title", metavar="TEXT", help="What to reach, in a few words.")
@click.option("--kind", metavar="WORD", help="production, education, skill, support or improvement.")
@click.option("--why", metavar="TEXT", help="Why this goal, and why this size.")
@click.option("--supports", metavar="GOAL", help="The team goal it supports.")
@click.option("--target", metavar="NUMBER", help="The number to reach, or the level to hold.")
@click.option("--unit", metavar="WORD", help="money, percent, or what is counted.")
@click.option("--from", "from_", metavar="NUMBER", help="The number it starts from; default: 0.")
@click.option("--hold", metavar="WORD", help="at_least or at_most: the target is a level to hold.")
@click.option("--rollup", is_flag=True, help="The team's number is the sum of its contributing goals.")
@click.option("--cadence", metavar="TEXT", help='How often something is done, e.g. "1 per week".')
@click.option("--with", "with_", metavar="WORD", help="Who a cadence is with: each-seller, team or anyone.")
@click.option("--landmark", "landmarks", multiple=True, metavar='"DATE: WHAT"', help="A landmark; can be repeated.")
@DIR
def goal(
    owner: str | None,
    goal_id: str | None,
    title: str | None,
    kind: str | None,
    why: str | None,
    supports: str | None,
    landmarks: tuple[str, ...],
    directory: Path,
    **terms: Any,
) -> None:
    """Add a goal for a team, a seller or a leader.

    It can be a number to reach (--target), a level to hold (--hold), a team's sum (--rollup) or a cadence (--cadence).
    Without any of these it is delivered, landmark by landmark.
    """
    from ..source.edit import Add

    workspace, handbook = open_to_write(directory)
    owner_id = ask("OWNER", "Whose goal is it", owner, owner_reader(handbook.owners))
    of = handbook.owners[owner_id]
    kinds = _KINDS[of.kind]
    called = ask("--title", "Title", title, text)
    sort = ask("--kind", f"Kind: {', '.join(kinds)}", kind, one_of(*kinds), kinds[0])
    measure = _measure(sort, of.kind == "team", **terms)
    is_number = "target" in measure
    item: dict[str, Any] = without_empty(
        id=ask("--id", "Its id", goal_id, _unused_id(of), id_of(called)),
        title=called,
        kind=sort,
        why=ask("--why", "Why this goal, and why this size", why, prose, ""),
        supports=ask("--supports", "Which team goal it supports", supports, _goal_to_support(handbook, of), ""),
        measure=measure,
        landmarks=_landmarks(landmarks, handbook.settings.period, is_number, "cadence" not in measure),
    )
    edit_file(goals_folder(directory), workspace, of, [Add(("goals",), item)])
    click.echo(f"once it is agreed: goals agree {owner_id}/{item['id']}")


def _measure(
    kind: str,
    is_team: bool,
    target: str | None,
    unit: str | None,
    from_: str | None,
    hold: str | None,
    rollup: bool,
    cadence: str | None,
    with_: str | None,
) -> dict[str, Any]:
    """What is measured, from the options or asked for; empty for a goal that is delivered."""
    shapes = ("number", "level", *(["sum"] if is_team else []), "cadence", "delivered")
    usual = "sum" if is_team and kind == "production" else _USUAL.get(kind, "delivered")
    given = (cadence and "cadence") or (hold and "level") or (rollup and "sum") or (target and "number") or None
    default = usual if is_interactive() else "delivered"
    shape = ask("--target", f"How is it measured: {', '.join(shapes)}", given, one_of(*shapes), default)
    if shape == "delivered":
        return {}
    if shape == "cadence":
        often = _often(ask("--cadence", "How often, e.g. 1 per week", cadence, _cadence))
        partner = ask("--with", f"With whom: {', '.join(_WITH)}", with_, one_of(*_WITH), "anyone")
        return {"cadence": {**often, "with": partner}}
    question = "Level to hold" if shape == "level" else "Number to reach"
    wanted = ask("--target", question, target, number)
    counted = ask("--unit", "Of what: money, percent, deals…", unit, read_unit)
    limit = ask("--hold", "At least or at most this level", hold, _limit) if shape == "level" else ""
    start = ask("--from", "The number it starts from", from_, number) if from_ else ""
    return without_empty(unit=counted, from_=start, target=wanted, hold=limit, rollup="sum" if shape == "sum" else "")


def _limit(value: str) -> str:
    return one_of("at_least", "at_most")("_".join(value.split()))


def _cadence(value: str) -> str:
    if not _often(value):
        raise click.BadParameter(with_help(f'"{value}" is not a cadence', 'write e.g. "1 per week" or "2 per quarter"'))
    return value


def _often(value: str) -> dict[str, str]:
    """`2 per month` as the format has it, or empty if it is not a cadence."""
    found = re.fullmatch(
        r"\s*([1-9][0-9]?)\s*(?:x|times)?\s*(?:per|a|each|every|/)\s*(week|month|quarter)\s*", value.lower()
    )
    return {"times": found[1], "per": found[2]} if found else {}


def _unused_id(owner: Owner) -> Reader:
    """Return a reader of an id that none of the owner's goals has."""

    def read(value: str) -> str:
        goal_id = slug(value)
        if any(goal.id == goal_id for goal in owner.goals):
            raise click.BadParameter(f"{owner.name} already has a goal {goal_id}")
        return goal_id

    return read


def _goal_to_support(handbook: Handbook, owner: Owner) -> Reader:
    """Return a reader of a goal that this owner's goals can support, or of nothing."""

    def read(value: str) -> str:

        name = value.strip()
        if name and handbook.full_id(owner.id, name.split()[0]) not in handbook.goals:
            known = [*handbook.goals, *(full_id.partition("/")[2] for full_id in handbook.goals)]
            help = did_you_mean(name, known) or "write the id of a team goal, or owner/goal"
            raise click.BadParameter(with_help(f'unknown goal "{name}"', help))
        return name

    return read


def _landmarks(given: Sequence[str], period: Period, is_number: bool, needed: bool) -> list[dict[str, Any]]:
    """The landmarks given as options, or asked for one after another if the goal needs some."""
    found = [_landmark(*_day_and_content(landmark), period, is_number) for landmark in given]
    what = "Total to reach by then" if is_number else "What is delivered by then"
    while needed and not given and is_interactive():
        question = f"Landmark {len(found) + 1}, by when (empty to finish)"
        due = ask("--landmark", question, None, optional(_day_within(period)), "")
        if not due:
            break
        found.append(_landmark(due, ask("--landmark", what, None, number if is_number else text), period, is_number))
    return _with_unique_ids(found)


def _day_and_content(landmark: str) -> tuple[str, str]:
    """The two parts of `2017-06-30: 90,000` or `2017-08-31: Exam passed`."""
    due, _, content = landmark.partition(":")
    if not content.strip():
        message = with_help(f'"{landmark}" is not "DATE: WHAT"', 'write e.g. "2017-06-30: 90_000"')
        raise click.BadParameter(message, param_hint="'--landmark'")
    return due, content


def _landmark(due: str, content: str, period: Period, is_number: bool) -> dict[str, Any]:
    day_due = read_option("--landmark", due, _day_within(period))
    read = number if is_number else text
    reached = {"value" if is_number else "deliver": read_option("--landmark", content, read)}
    landmark_id = calendar.month_name[int(day_due[5:7])].lower() if is_number else id_of(content)
    return {"id": landmark_id or "landmark", "due": day_due, **reached}


def _day_within(period: Period) -> Reader:
    """Return a reader of a day of the period."""

    def read(value: str) -> str:
        typed = day(value)
        if not str(period.start) <= typed <= str(period.end):
            raise click.BadParameter(f"{typed} is not in the handbook's period, {period.start} to {period.end}")
        return typed

    return read


def _with_unique_ids(landmarks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The landmarks with a number after an id that is already taken: `june`, `june-2`."""
    ids: list[str] = []
    for landmark in landmarks:
        count = sum(i == landmark["id"] or i.startswith(f"{landmark['id']}-") for i in ids) + 1
        ids.append(landmark["id"] if landmark["id"] not in ids else f"{landmark['id']}-{count}")
    return [{**landmark, "id": landmark_id} for landmark, landmark_id in zip(landmarks, ids, strict=True)]
