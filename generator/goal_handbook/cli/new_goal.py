"""`goals new goal`: what is to be reached, how it is measured, and its landmarks."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .common import goals_folder
from .new import FOLDERS
from .prompts import ask, day, id_of, is_interactive, number, one_of, optional, prose, slug, text
from .targets import DIR, named, read_handbook, without_empty, write_file

if TYPE_CHECKING:
    from ..model.handbook import Handbook, Period
    from ..model.people import Owner

_KINDS = {
    "team": ("production", "skill", "education"),
    "seller": ("production", "education", "skill"),
    "leader": ("support", "improvement", "production"),
}
#: How a goal of a kind is measured more often than not.
_USUAL = {"production": "number", "support": "cadence"}
_WITH = ("each-seller", "team", "anyone")


@click.command()
@click.argument("owner", required=False)
@click.option("--id", "goal_id", metavar="ID", help="The goal's id; made of its title unless said.")
@click.option("--title", metavar="TEXT")
@click.option("--kind", metavar="WORD", help="production, education, skill, support or improvement.")
@click.option("--why", metavar="TEXT", help="Why this goal, and why this size.")
@click.option("--supports", metavar="GOAL", help="The team's goal it feeds.")
@click.option("--target", metavar="NUMBER", help="The number to reach, or the level to hold.")
@click.option("--unit", metavar="WORD", help="money, percent, or what is counted.")
@click.option("--from", "from_", metavar="NUMBER", help="Where the number begins; 0 unless said.")
@click.option("--hold", metavar="WORD", help="at_least or at_most: the target is a level to hold.")
@click.option("--rollup", is_flag=True, help="The team's number is the sum of the goals that support it.")
@click.option("--cadence", metavar="TEXT", help='Something done again and again: "1 per week".')
@click.option("--with", "with_", metavar="WORD", help="With whom, for a cadence: each-seller, team or anyone.")
@click.option("--landmark", "landmarks", multiple=True, metavar='"DATE: WHAT"', help="A landmark; may be given again.")
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
    """Add a goal to a team's, a seller's or a leader's file.

    It is a number to reach, a level to hold (--hold), a team's sum (--rollup), a cadence (--cadence), or without any of
    these delivered landmark by landmark.
    """
    from ..source.edit import Add

    loaded, handbook = read_handbook(directory)
    whose = ask("OWNER", "Whose goal is it", owner, named(handbook.owners))
    of = handbook.owners[whose]
    kinds = _KINDS[of.kind]
    called = ask("--title", "Title", title, text)
    sort = ask("--kind", f"Kind: {', '.join(kinds)}", kind, one_of(*kinds), kinds[0])
    measure = _measure(sort, of.kind == "team", **terms)
    is_number = "target" in measure
    item: dict[str, Any] = without_empty(
        id=ask("--id", "Its id", goal_id, _free(of), id_of(called)),
        title=called,
        kind=sort,
        why=ask("--why", "Why this goal, and why this size", why, prose, ""),
        supports=ask("--supports", "Which goal of the team it feeds", supports, _goal(handbook, of), ""),
        measure=measure,
        landmarks=_landmarks(landmarks, handbook.settings.period, is_number, "cadence" not in measure),
    )
    write_file(goals_folder(directory), loaded, FOLDERS[of.kind], whose, [Add(("goals",), item)])
    click.echo(f"when it is agreed: goals agree {whose}/{item['id']}")


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
    """What is measured, from the options or asked for; nothing for a goal that is delivered."""
    shapes = ("number", "level", *(["sum"] if is_team else []), "cadence", "delivered")
    usual = "sum" if is_team and kind == "production" else _USUAL.get(kind, "delivered")
    said = (cadence and "cadence") or (hold and "level") or (rollup and "sum") or (target and "number") or None
    default = usual if is_interactive() else "delivered"
    shape = ask("--target", f"How is it measured: {', '.join(shapes)}", said, one_of(*shapes), default)
    if shape == "delivered":
        return {}
    if shape == "cadence":
        often = _often(ask("--cadence", "How often, e.g. 1 per week", cadence, _cadence))
        partner = ask("--with", f"With whom: {', '.join(_WITH)}", with_, one_of(*_WITH), "anyone")
        return {"cadence": {**often, "with": partner}}
    question = "Level to hold" if shape == "level" else "Number to reach"
    wanted = ask("--target", question, target, number)
    counted = ask("--unit", "Of what: money, percent, deals…", unit, text)
    limit = ask("--hold", "At least or at most that", hold, _limit) if shape == "level" else ""
    begins = ask("--from", "Where it begins", from_, number) if from_ else ""
    return without_empty(unit=counted, from_=begins, target=wanted, hold=limit, rollup="sum" if shape == "sum" else "")


def _limit(value: str) -> str:
    return one_of("at_least", "at_most")("_".join(value.split()))


def _cadence(value: str) -> str:
    if not _often(value):
        raise click.BadParameter(f'"{value}" is no cadence, write e.g. "1 per week" or "2 per quarter"')
    return value


def _often(value: str) -> dict[str, str]:
    """`2 per month` in the words of the format."""
    found = re.fullmatch(
        r"\s*([1-9][0-9]?)\s*(?:x|times)?\s*(?:per|a|each|every|/)\s*(week|month|quarter)\s*", value.lower()
    )
    return {"times": found[1], "per": found[2]} if found else {}


def _free(owner: Owner) -> Callable[[str], str]:
    """Reads an id the owner has no goal by."""

    def read(value: str) -> str:
        said = slug(value)
        if any(goal.id == said for goal in owner.goals):
            raise click.BadParameter(f"{owner.name} has a goal {said} already")
        return said

    return read


def _goal(handbook: Handbook, owner: Owner) -> Callable[[str], str]:
    """Reads a goal that one of this owner can support, or nothing."""

    def read(value: str) -> str:
        from ..findings import did_you_mean

        said = value.strip()
        if said and handbook.resolve(f"{owner.id}/", said) is None:
            known = [*handbook.goals, *(full_id.partition("/")[2] for full_id in handbook.goals)]
            near = did_you_mean(said, known) or "write the id of a goal of the team, or owner/goal"
            raise click.BadParameter(f'no goal is called "{said}", {near}')
        return said

    return read


def _landmarks(given: Sequence[str], period: Period, is_number: bool, needed: bool) -> list[dict[str, Any]]:
    """Landmarks from the option, or asked for one after another where the goal needs some."""
    found = [_landmark(*_parts(mark), period, is_number) for mark in given]
    what = "Total to reach by then" if is_number else "What is delivered by then"
    while needed and not given and is_interactive():
        due = ask(
            "--landmark", f"Landmark {len(found) + 1}, by when (nothing ends it)", None, optional(_inside(period)), ""
        )
        if not due:
            break
        found.append(_landmark(due, ask("--landmark", what, None, number if is_number else text), period, is_number))
    return _told_apart(found)


def _parts(mark: str) -> tuple[str, str]:
    """`2017-06-30: 90,000` or `2017-08-31: Exam passed`."""
    when, _, what = mark.partition(":")
    if not what.strip():
        raise click.BadParameter(
            f'"{mark}" says no day and no value, write "2017-06-30: 90_000"', param_hint="--landmark"
        )
    return when, what


def _landmark(when: str, what: str, period: Period, is_number: bool) -> dict[str, Any]:
    due = _inside(period)(when)
    reached = {"value": number(what)} if is_number else {"deliver": text(what)}
    named_after = calendar.month_name[int(due[5:7])].lower() if is_number else id_of(what)
    return {"id": named_after or "landmark", "due": due, **reached}


def _inside(period: Period) -> Callable[[str], str]:
    """Reads a day of the period."""

    def read(value: str) -> str:
        said = day(value)
        if not str(period.start) <= said <= str(period.end):
            raise click.BadParameter(f"{said} is not between {period.start} and {period.end}, the handbook's period")
        return said

    return read


def _told_apart(landmarks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """With an id of its own for each: `june`, `june-2`."""
    ids: list[str] = []
    for mark in landmarks:
        count = sum(i == mark["id"] or i.startswith(f"{mark['id']}-") for i in ids) + 1
        ids.append(mark["id"] if mark["id"] not in ids else f"{mark['id']}-{count}")
    return [{**mark, "id": own} for mark, own in zip(landmarks, ids, strict=True)]
