"""`goals checkin`, `done`, `session`, `review`: what happened, written down."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from .prompts import ask, ask_for_some, number, one_of, optional, prose
from .targets import BY, DIR, NOTE, ON, Target, ask_for_day, find, people, without_empty, write


@click.command()
@click.argument("goal", metavar="[OWNER/GOAL]", required=False)
@click.argument("value", required=False)
@ON
@BY
@NOTE
@DIR
def checkin(
    goal: str | None, value: str | None, on: str | None, by: tuple[str, ...], note: str | None, directory: Path
) -> None:
    """Write down a reading: the total to date, or the level."""
    from ..source.edit import Add

    target = find(directory, goal)
    unit = target.goal.measure.unit if target.goal.measure else ""
    said = ask("VALUE", f"Total to date{f' ({unit})' if unit else ''}", value, number)
    when = ask_for_day(target, on)
    who = ask_for_some("--by", "Read by whom", by, people(target.handbook)) if by else []
    item = without_empty(on=when, value=said, note=ask("--note", "A note", note, prose, ""), by=_few(who))
    write(target, [Add((*target.path, "checkins"), item)])


@click.command()
@click.argument("landmark", metavar="[OWNER/GOAL#LANDMARK]", required=False)
@ON
@DIR
def done(landmark: str | None, on: str | None, directory: Path) -> None:
    """Write down that a landmark was delivered."""
    from ..source.edit import Put

    target = find(directory, landmark, lambda mark: bool(mark.deliver and not mark.done))
    _not_yet(target)
    when = ask_for_day(target, on)
    write(target, [Put((*target.landmark_path, "done"), when)])


def _not_yet(target: Target) -> None:
    found = next(lm for lm in target.goal.landmarks if lm.id == target.landmark)
    if found.value is not None:
        raise click.UsageError(f'"{target.landmark}" is a number to reach: goals checkin {target.full_id} VALUE')
    if found.done:
        raise click.UsageError(f'"{target.landmark}" was delivered on {found.done} already')


@click.command()
@click.argument("goal", metavar="[OWNER/GOAL]", required=False)
@click.option("--with", "with_", multiple=True, metavar="SELLER", help="With whom; may be given again.")
@click.option("--minutes", metavar="N", help="How long it took.")
@ON
@NOTE
@DIR
def session(
    goal: str | None, with_: tuple[str, ...], minutes: str | None, on: str | None, note: str | None, directory: Path
) -> None:
    """Write down a session of a cadence: a half hour with a seller, a workshop."""
    from ..source.edit import Add

    target = find(directory, goal)
    if target.goal.shape != "cadence":
        raise click.UsageError(f"{target.full_id} has no cadence; a reading is written with goals checkin")
    who = ask_for_some("--with", "With whom", with_, _people_and_teams(target))
    item = without_empty(
        on=ask_for_day(target, on),
        with_=_few(who),
        minutes=ask("--minutes", "How many minutes", minutes, optional(number), ""),
        note=ask("--note", "A note", note, prose, ""),
    )
    write(target, [Add((*target.path, "sessions"), item)])


@click.command()
@click.argument("goal", metavar="[OWNER/GOAL]", required=False)
@click.option("--confidence", metavar="WORD", help="high, medium or low.")
@click.option("--next", "next_", metavar="TEXT", help="What is to be looked at next time.")
@ON
@BY
@NOTE
@DIR
def review(
    goal: str | None,
    confidence: str | None,
    next_: str | None,
    on: str | None,
    by: tuple[str, ...],
    note: str | None,
    directory: Path,
) -> None:
    """Write down a review of a goal."""
    from ..source.edit import Add

    target, sure = find(directory, goal), one_of("high", "medium", "low")
    item = without_empty(
        on=ask_for_day(target, on),
        by=ask_for_some("--by", "Reviewed by whom", by, people(target.handbook)),
        confidence=ask("--confidence", "Confidence: high, medium or low", confidence, optional(sure), ""),
        note=ask("--note", "What was said", note, prose, ""),
        next=ask("--next", "What next", next_, prose, ""),
    )
    write(target, [Add((*target.path, "reviews"), item)])


def _people_and_teams(target: Target) -> Callable[[str], str]:
    person = people(target.handbook)
    return lambda value: value if value in target.handbook.teams else person(value)


def _few(people: list[str]) -> str | list[str]:
    """One alone needs no brackets."""
    return people[0] if len(people) == 1 else people
