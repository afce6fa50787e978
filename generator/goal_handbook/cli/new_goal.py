"""`goals new goal`: what to reach, how it is measured, and its landmarks."""

from __future__ import annotations

import datetime
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..findings import did_you_mean, with_help
from .common import DIR, goals_folder
from .conversation import everything_is_asked, remember
from .edits import edit_file
from .landmarks import Plan, landmarks_of
from .prompts import (
    YES,
    Choice,
    Reader,
    ask,
    ask_for_id,
    checked,
    choose,
    day,
    is_interactive,
    number,
    one_of,
    prose,
    read_option,
    slug,
    text,
)
from .prompts import unit as read_unit
from .targets import named, open_to_write, owner_reader, without_empty

if TYPE_CHECKING:
    from ..model.handbook import Handbook
    from ..model.people import Owner

_KINDS = {
    "team": ("production", "skill", "education"),
    "seller": ("production", "education", "skill"),
    "leader": ("support", "improvement", "production"),
}
#: How goals of a kind are usually measured.
_USUAL = {"production": "number", "support": "cadence"}
_LIMITS = ("at_least", "at_most")
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
@click.option("--minutes", metavar="N", help='How long a session of a cadence lasts, "30" or "30, 45".')
@click.option("--fits", metavar="TEXT", help="How it fits into the team's framework, in the owner's words.")
@click.option("--do", "actions", multiple=True, metavar="TEXT", help="What the owner will do; can be repeated.")
@click.option("--visibility", metavar="WORD", help="leaders: only they see it.")
@click.option("--start", metavar="DATE", help="When it starts; default: with the period, or when the seller joined.")
@click.option("--landmark", "landmarks", multiple=True, metavar='"DATE: WHAT"', help="A landmark; can be repeated.")
@click.option("--by-quarter", is_flag=True, help="Landmarks at the end of each quarter, the target spread evenly.")
@click.option("--split", metavar="PERCENTS", help='The same, but spread like "40,60": a percentage for each quarter.')
@click.option(
    "--ramp", metavar="PERCENTS", help='For a new hire: the first months in percent of a full one, "25,50,75".'
)
@YES
@DIR
def goal(
    owner: str | None,
    goal_id: str | None,
    title: str | None,
    kind: str | None,
    why: str | None,
    supports: str | None,
    fits: str | None,
    actions: tuple[str, ...],
    visibility: str | None,
    start: str | None,
    landmarks: tuple[str, ...],
    by_quarter: bool,
    split: str | None,
    ramp: str | None,
    directory: Path,
    **terms: Any,
) -> None:
    """Add a goal for a team, a seller or a leader.

    It can be a number to reach (--target), a level to hold (--hold), a team's sum (--rollup) or a cadence (--cadence).
    Without any of these it is delivered, landmark by landmark. Where a day is due, `Q3` means the end of that quarter.
    """
    from ..source.edit import Add

    workspace, handbook = open_to_write(directory)
    owner_id = ask("OWNER", "Whose goal is it", owner, owner_reader(handbook.owners), choices=named(handbook.owners))
    of = handbook.owners[owner_id]
    kinds = _KINDS[of.kind]
    called = ask("--title", "Title", title, text)
    sort = choose("--kind", "Kind", kind, kinds, kinds[0])
    measure = _measure(sort, of.kind == "team", **terms)
    begins = _start(handbook, of, start, workspace.as_of)
    period = handbook.settings.period
    plan = Plan(period, max(begins or period.start, period.start), measure)
    item: dict[str, Any] = without_empty(
        id=ask_for_id("--id", goal_id, called, _unused_id(of)),
        title=called,
        kind=sort,
        why=ask("--why", "Why this goal, and why this size", why, prose, ""),
        supports=_ask_what_it_supports(handbook, of, supports),
        fits=read_option("--fits", fits, prose) if fits else "",
        actions=[read_option("--do", action, text) for action in actions],
        visibility=read_option("--visibility", visibility, one_of("team", "leaders")) if visibility else "",
        start=str(begins or ""),
        measure=measure,
        landmarks=landmarks_of(plan, landmarks, by_quarter=by_quarter, split=split, ramp=ramp),
    )
    edit_file(goals_folder(directory), workspace, of, [Add(("goals",), item)])
    click.echo(f"once it is agreed: goals agree {owner_id}/{item['id']}")


def _start(handbook: Handbook, owner: Owner, given: str | None, as_of: datetime.date) -> datetime.date | None:
    """The day the goal starts: the one given, or when a seller joined; None if it starts with the period.

    Before the period has begun, it can be a day from today on: what is written down already can begin.
    """
    joined: datetime.date | None = getattr(owner, "joined", None)
    period = handbook.settings.period
    earliest = period.start_for(joined)
    if given is None:
        return earliest if earliest != period.start else None
    start = datetime.date.fromisoformat(read_option("--start", given, day))
    problem = f"{owner.name} joined on {joined}" if start < earliest != period.start else ""
    if not min(period.start, as_of) <= start <= period.end:
        problem = f"{start} is not in the handbook's period, {period.start} to {period.end}"
    if problem:
        raise click.BadParameter(problem, param_hint="'--start'")
    return start


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
    minutes: str | None,
) -> dict[str, Any]:
    """What is measured, from the options or asked for; empty for a goal that is delivered."""
    from ..model.values import parse_range

    shapes = ("number", "level", *(["sum"] if is_team else []), "cadence", "delivered")
    usual = "sum" if is_team and kind == "production" else _USUAL.get(kind, "delivered")
    given = (cadence and "cadence") or (hold and "level") or (rollup and "sum") or (target and "number") or None
    default = usual if is_interactive() and everything_is_asked() else "delivered"
    shape = choose("SHAPE", "How is it measured", given, shapes, default)
    if shape == "delivered":
        return {}
    if shape == "sum" and not rollup:
        remember("--rollup", "")
    if shape == "cadence":
        often = _often(ask("--cadence", "How often, e.g. 1 per week", cadence, _cadence))
        partner = choose("--with", "With whom", with_, _WITH, "anyone")
        length = read_option("--minutes", minutes, checked(parse_range)) if minutes else ""
        return {"cadence": without_empty(**often, with_=partner, minutes=_range(length))}
    question = "Level to hold" if shape == "level" else "Number to reach"
    wanted = ask("--target", question, target, number)
    counted = ask("--unit", "Of what: money, percent, deals…", unit, read_unit)
    limit = choose("--hold", "At least or at most this level", hold, _LIMITS) if shape == "level" else ""
    start = ask("--from", "The number it starts from", from_, number) if from_ else ""
    return without_empty(unit=counted, from_=start, target=wanted, hold=limit, rollup="sum" if shape == "sum" else "")


def _range(text: str) -> str | list[str]:
    """`30, 45` as the list that the file has."""
    words = [word.strip() for word in text.strip("[] ").split(",")]
    return words if len(words) > 1 else words[0]


def _cadence(value: str) -> str:
    if not _often(value):
        help = 'write e.g. "1 per week" or "2 per quarter"'
        if re.search("two weeks|2 weeks|second week|other week|fortnight|biweekly", value.lower()):
            help = 'it counts by week, month or quarter: write "2 per month"'
        raise click.BadParameter(with_help(f'"{value}" is not a cadence', help))
    return value


def _often(value: str) -> dict[str, str]:
    """`2 per month`, `twice a week` or `weekly` as the format has it, or empty if it is not a cadence."""
    typed = " ".join(value.lower().split())
    if found := re.fullmatch("(?:every |each )?(week|month|quarter)(?:ly)?", typed):
        return {"times": "1", "per": found[1]}
    times = "([1-9][0-9]?)|" + "|".join(_TIMES)
    found = re.fullmatch(f"({times}) ?(?:x|times)? ?(?:per|a|each|every|/) ?(week|month|quarter)", typed)
    return {"times": _TIMES.get(found[1], found[1]), "per": found[3]} if found else {}


_TIMES = {"once": "1", "one": "1", "twice": "2", "two": "2", "three": "3"}


def _unused_id(owner: Owner) -> Reader:
    """Return a reader of an id that none of the owner's goals has."""

    def read(value: str) -> str:
        goal_id = slug(value)
        if any(goal.id == goal_id for goal in owner.goals):
            raise click.BadParameter(f"{owner.name} already has a goal {goal_id}")
        return goal_id

    return read


def _ask_what_it_supports(handbook: Handbook, owner: Owner, given: str | None) -> str:
    """The team goal that a new goal supports, those of the owner's own team by their short names; "" for none."""
    goals = [
        Choice(short if handbook.full_id(owner.id, short) == full_id else full_id, goal.title)
        for full_id, goal in handbook.goals.items()
        if full_id.partition("/")[0] in handbook.teams
        for short in [full_id.partition("/")[2]]
    ]
    goals.sort(key=lambda choice: "/" in choice.value)
    return ask("--supports", "Which team goal it supports", given, _goal_to_support(handbook, owner), "", goals)


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
