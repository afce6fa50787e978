"""The commands that write one record: `goals checkin`, `done`, `session`, `review`, `account`, `close`."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from ..findings import with_help
from ..words import sentence_list
from .common import DIR
from .plan import InOrder, ask_for_steps, given_steps, in_order
from .prompts import YES, Reader, ask, ask_for_some, choose, is_interactive, number, optional, prose, read_option, text
from .readings import ask_for_reading, refuse_another_reading, takes_readings
from .targets import (
    BY,
    NOTE,
    ON,
    Target,
    ask_for_day,
    ask_who,
    find,
    people,
    person_reader,
    refuse_both,
    without_empty,
    write,
)


@click.command()
@click.argument("goal", metavar="[OWNER/GOAL]", required=False)
@click.argument("value", required=False)
@click.option("--owner", metavar="ID", help="Instead of one goal: the numbers of an owner, in one sitting.")
@click.option("--hours", metavar="N", help="Hours spent on it to date.")
@click.option("--money", metavar="AMOUNT", help="Money spent on it to date.")
@ON
@BY
@NOTE
@YES
@DIR
def checkin(
    goal: str | None,
    value: str | None,
    owner: str | None,
    hours: str | None,
    money: str | None,
    on: str | None,
    by: tuple[str, ...],
    note: str | None,
    directory: Path,
) -> None:
    """Record a reading: the total to date, or the level.

    --hours and --money record what was spent on it to date; with them, the reading itself can be left out. With
    --owner, you are asked at a terminal for each of an owner's numbers.
    """
    from ..reports.reading import after_reading
    from ..source.edit import Add
    from .sitting import check_in_all

    if owner:
        refuse_both(goal, owner)
        check_in_all(directory, owner, on)
        return
    spent = {
        name: read_option(f"--{name}", given, number) for name, given in (("hours", hours), ("money", money)) if given
    }
    target = find(directory, goal, goal=lambda one: bool(spent) or takes_readings(one))
    was = target.workspace.assessment
    total = ask_for_reading(target, value, can_be_left_out=bool(spent))
    when = ask_for_day(target, on)
    if total:
        refuse_another_reading(target, when, total)
    who = ask_for_some("--by", "Read by whom", by, person_reader(target.handbook)) if by else []
    item = without_empty(
        on=when, value=total, note=ask("--note", "A note", note, prose, ""), by=_one_or_list(who), spent=spent
    )
    now = write(target, [Add((*target.path, "checkins"), item)]).assessment
    if total and is_interactive() and was and now:
        click.echo(after_reading(was, now, target.full_id))


@click.command()
@click.argument("landmark", metavar="[OWNER/GOAL#LANDMARK]", required=False)
@ON
@YES
@DIR
def done(landmark: str | None, on: str | None, directory: Path) -> None:
    """Record that a landmark was delivered."""
    from ..source.edit import Put

    target = find(directory, landmark, lambda lm, _: bool(lm.deliver and not lm.done))
    index, found = next(((i, lm) for i, lm in enumerate(target.goal.landmarks) if lm.id == target.landmark), (0, None))
    if found is None or found.value is not None:
        raise click.UsageError(f'"{target.landmark}" is a number to reach: use goals checkin {target.full_id} VALUE')
    if found.done:
        raise click.UsageError(f'"{found.id}" was already delivered on {found.done}')
    write(target, [Put(target.path_of(("landmarks", index, "done")), ask_for_day(target, on))])


@click.command()
@click.argument("goal", metavar="[OWNER/GOAL]", required=False)
@click.option("--with", "with_", multiple=True, metavar="SELLER", help="With whom; can be repeated.")
@click.option("--minutes", metavar="N", help="How long it took.")
@click.option("--hours", metavar="N", help="How long it took, in hours.")
@click.option("--days", metavar="N", help="How long it took, in days of eight hours.")
@ON
@NOTE
@YES
@DIR
def session(
    goal: str | None, with_: tuple[str, ...], on: str | None, note: str | None, directory: Path, **length: str | None
) -> None:
    """Record a session of a cadence, such as a 1:1."""
    from ..source.edit import Add
    from ..status.cadence import partners_on

    target = find(directory, goal, goal=lambda one: one.shape == "cadence")
    if target.goal.shape != "cadence":
        raise click.UsageError(f"{target.full_id} is not a cadence: record a reading with goals checkin")
    when = ask_for_day(target, on)
    partners = partners_on(target.handbook, target.owner, target.goal, datetime.date.fromisoformat(when))
    needed = partners is not None
    choices = [one for one in people(target.handbook, and_teams=True) if partners is None or one.value in partners]
    who = ask_for_some("--with", "With whom", with_, _partner(target, when, partners), choices=choices, required=needed)
    if partners is not None and not who:
        raise click.UsageError(f"Missing option '--with': {_kept_with(partners)}")
    lasted = _length(length)
    item = without_empty(on=when, with_=_one_or_list(who), **lasted, note=ask("--note", "A note", note, prose, ""))
    write(target, [Add((*target.path, "sessions"), item)])
    _say_if_too_short(target, lasted)


@click.command()
@click.argument("goal", metavar="[OWNER/GOAL]", required=False)
@click.option("--owner", metavar="ID", help="Instead of one goal: all open goals of an owner, in one sitting.")
@click.option("--confidence", metavar="WORD", help="high, medium or low.")
@click.option("--next", "next_", metavar="TEXT", help="What to look at next time.")
@ON
@BY
@NOTE
@YES
@DIR
def review(
    goal: str | None,
    owner: str | None,
    confidence: str | None,
    next_: str | None,
    on: str | None,
    by: tuple[str, ...],
    note: str | None,
    directory: Path,
) -> None:
    """Record a review of a goal.

    With --owner, review all open goals of an owner: at a terminal you are asked about one after another.
    """
    from ..source.edit import Add
    from .sitting import review_all

    if owner:
        refuse_both(goal, owner)
        review_all(directory, owner, confidence, next_, on, by, note)
        return

    target = find(directory, goal)
    item = without_empty(
        on=ask_for_day(target, on),
        by=ask_who(target, "Reviewed by whom", by),
        confidence=choose("--confidence", "Confidence", confidence, ("high", "medium", "low"), ""),
        note=ask("--note", "A note", note, prose, ""),
        next=ask("--next", "What to look at next time", next_, prose, ""),
    )
    write(target, [Add((*target.path, "reviews"), item)])


@click.command(cls=InOrder)
@click.argument("landmark", metavar="[OWNER/GOAL#LANDMARK]", required=False)
@click.option("--why", metavar="TEXT", help="Why it was missed.")
@click.option("--action", metavar="WORD", help="recover, adjust or drop.")
@click.option("--step", multiple=True, metavar="TEXT", help="What a step of the plan is; can be repeated.")
@click.option("--who", multiple=True, metavar="ID", help="Who does the step before it.")
@click.option("--due", multiple=True, metavar="DATE", help="When the step before it is due.")
@ON
@BY
@YES
@DIR
@click.pass_context
def account(
    context: click.Context,
    landmark: str | None,
    why: str | None,
    action: str | None,
    step: tuple[str, ...],
    who: tuple[str, ...],
    due: tuple[str, ...],
    on: str | None,
    by: tuple[str, ...],
    directory: Path,
) -> None:
    """Account for a missed landmark.

    Record why it was missed, and what happens now: a plan to recover, an adjustment to reality, or dropping it.
    """
    from ..source.edit import Add

    target = find(directory, landmark, lambda lm, today: lm.due < today)
    when = ask_for_day(target, on)
    _refuse_before_due(target, when)
    plan = given_steps(target, in_order(context, step=step, who=who, due=due))
    item = without_empty(
        landmark=target.landmark,
        on=when,
        by=ask_who(target, "Who was there", by),
        why=ask("--why", "Why was it missed", why, text),
        action=choose("--action", "What now", action, ("recover", "adjust", "drop")),
    )
    plan = plan or ask_for_steps(target, item["action"])
    write(target, [Add((*target.path, "accountings"), {**item, **without_empty(plan=plan)})])
    if item["action"] == "adjust":
        what = "--target" if target.is_target else f"--landmark {target.landmark}"
        click.echo(f"next: goals adjust {target.full_id} {what}")


@click.command()
@click.argument("goal", metavar="[OWNER/GOAL]", required=False)
@click.option("--result", metavar="WORD", help="achieved, partly, missed or dropped.")
@click.option("--carried-to", metavar="OWNER/GOAL", help="The goal that continues it.")
@ON
@NOTE
@YES
@DIR
def close(
    goal: str | None, result: str | None, carried_to: str | None, on: str | None, note: str | None, directory: Path
) -> None:
    """Close a goal with its result."""
    from ..source.edit import Put

    target = find(directory, goal)
    if target.goal.closed:
        raise click.UsageError(f"{target.full_id} was already closed on {target.goal.closed.on}")
    item = without_empty(
        on=ask_for_day(target, on),
        result=choose("--result", "Result", result, ("achieved", "partly", "missed", "dropped")),
        note=ask("--note", "What to remember", note, prose, ""),
        carried_to=ask("--carried-to", "Carried to which goal", carried_to, str.strip, ""),
    )
    write(target, [Put((*target.path, "closed"), item)])


def _refuse_before_due(target: Target, when: str) -> None:
    """Raise UsageError for an accounting of a landmark that is not due yet on its day."""
    due = next((lm.due for lm in target.goal.landmarks if lm.id == target.landmark), target.goal.due)
    if when < str(due):
        message = f'"{target.landmark}" is not missed yet: it is due on {due}'
        help = f"to ask for less, or for it later, adjust it: goals adjust {target.full_id}"
        raise click.UsageError(with_help(message, help))


def _length(given: Mapping[str, str | None]) -> dict[str, str]:
    """Return how long a session took, in the unit that was given or, where somebody can be asked, in minutes."""
    from ..model.measure import LENGTHS

    units = [unit for unit in LENGTHS if given[unit] is not None] or ["minutes"]
    if len(units) > 1:
        raise click.UsageError(f"a session has one length: give {' or '.join(f'--{unit}' for unit in units)}")
    [unit] = units
    return {unit: ask(f"--{unit}", f"How many {unit}", given[unit], optional(number), "")}


def _say_if_too_short(target: Target, lasted: Mapping[str, str]) -> None:
    """Say that a session is shorter than the cadence asks for: it happened, and does not count."""
    from ..model.measure import LENGTHS
    from ..model.values import parse_number

    cadence = target.goal.measure.cadence if target.goal.measure else None
    for unit, length in lasted.items():
        if length and cadence and parse_number(length) * LENGTHS[unit] < cadence.least_minutes:
            message = (
                f"this session of {length} {unit} does not count: it lasts {cadence.least_minutes} minutes or more"
            )
            help = f"if that is wrong: goals correct {target.full_id}"
            click.echo(with_help(message, help), err=True)


def _partner(target: Target, when: str, partners: tuple[str, ...] | None) -> Reader:
    """Return a reader of a person or a team that a session can be with; `partners` is None where anybody can be."""
    person = person_reader(target.handbook)

    def read(value: str) -> str:
        who = value if value in target.handbook.teams else person(value)
        if partners is not None and who not in partners:
            message = f"a session with {who} does not count on {when}"
            raise click.BadParameter(with_help(message, _kept_with(partners)))
        return who

    return read


def _kept_with(partners: Sequence[str]) -> str:
    return f"it is kept with {sentence_list(partners)}" if partners else "there is nobody to keep it with yet"


def _one_or_list(people: list[str]) -> str | list[str]:
    """One person needs no brackets."""
    return people[0] if len(people) == 1 else people
