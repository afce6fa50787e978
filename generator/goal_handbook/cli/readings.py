"""A reading of a goal: which goals have one, what is asked, and what is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ..findings import with_help
from .prompts import ask, is_interactive, number, optional
from .targets import Target

if TYPE_CHECKING:
    from ..model.goal import Goal


def takes_readings(goal: Goal) -> bool:
    """Return whether somebody reads a goal's number: it has one, and it is not the sum of other goals."""
    return bool(goal.measure and goal.measure.shape != "cadence" and not goal.measure.rollup)


def ask_for_reading(target: Target, given: str | None, *, can_be_left_out: bool = False) -> str:
    """Return the reading that was given, or ask for it; "" is only an answer where it can be left out."""
    from ..reports.reading import before_reading

    was = target.workspace.assessment
    is_asked = given is None and not can_be_left_out and is_interactive()
    if is_asked and was and (known := before_reading(was, target.full_id)):
        click.echo(known)
    read, default = (optional(number), "") if can_be_left_out else (number, None)
    return ask("VALUE", _question(target), given, read, default)


def ask_for_one_of_several(target: Target) -> str:
    """Ask for one of the readings of a sitting, after the last one; "" if it is skipped."""
    from ..reports.reading import before_reading

    if target.workspace.assessment:
        click.echo(before_reading(target.workspace.assessment, target.full_id))
    question = f"{_question(target)}, empty to skip"
    return ask(f"reading {target.full_id}", question, None, optional(number), "", always=True)


def _question(target: Target) -> str:
    measure = target.goal.measure
    what = "Level" if measure and measure.hold else "Total to date"
    return f"{what} ({measure.unit})" if measure and measure.unit else what


def refuse_another_reading(target: Target, when: str, total: str) -> None:
    """Raise UsageError if the day has a reading of another value: that is a correction."""
    from ..model.values import number_spelling, parse_number, plain_number

    known = (c.value for c in target.goal.checkins if str(c.on) == when and c.value is not None)
    if (value := next(known, None)) is not None and value != parse_number(total):
        message = f"{target.full_id} already has a reading of {number_spelling(plain_number(value))} on {when}"
        command = f'goals correct {target.full_id} checkins.{when} --value {total} --why "…"'
        raise click.UsageError(with_help(message, f"if the earlier one is wrong: {command}"))
