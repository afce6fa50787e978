"""From a question to an answer that can be read: asked again until there is one, with the choices it can mean."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import click

from ..findings import with_help
from .conversation import remember
from .terminal import Choice, Interrupted, Question, chosen, read_line

if TYPE_CHECKING:
    import datetime

#: Reads what a person typed: returns the value as the format spells it, or raises BadParameter.
Reader = Callable[[str], str]
#: How many of the choices that a text can mean an error names; of more, it says how many there are.
_NAMED = 3


class SeveralDays(click.BadParameter):
    """A date that can be read in more than one way."""

    def __init__(self, typed: str, days: Sequence[datetime.date]) -> None:
        self.days = [str(found) for found in days]
        super().__init__(with_help(f'"{typed}" could be {" or ".join(self.days)}', "write the one you mean"))


def answer_to(option: str, question: Question, read: Reader) -> str:
    """Ask until there is an answer that can be read. Raises Interrupted, and keeps what is on the line then."""
    while True:
        try:
            typed = read_line(question)
        except Interrupted as left:
            if left.typed.strip() and is_read(left.typed, read):
                remember(option, read(left.typed))
            raise
        if not typed.strip() and question.default is None:
            continue
        try:
            return read(typed) if question.several else read_choice(typed, question.choices, read)
        except SeveralDays as several:
            days = [one for one in several.days if is_read(one, read)] or several.days
            if len(days) == 1:
                click.echo(f"{days[0]}, as the other day is not possible")
                return read(days[0])
            question = Question(f'"{typed.strip()}" can be two days: which one', option, None, [*map(Choice, days)])
        except click.UsageError as problem:
            click.echo(f"Error: {problem.message}")


def is_read(value: str, read: Reader) -> bool:
    """Return whether a value can be read."""
    try:
        read(value)
    except click.UsageError:
        return False
    return True


def read_choice(typed: str, choices: Sequence[Choice], read: Reader) -> str:
    """Read what was typed, or the one choice that a number or a few letters of it mean. Raises UsageError."""
    meant = chosen(typed, choices)
    try:
        return read(meant[0] if len(meant) == 1 else typed)
    except SeveralDays:
        raise
    except click.UsageError:
        if len(meant) > _NAMED:
            raise click.UsageError(f'{len(meant)} of them fit "{typed.strip()}": add a few letters') from None
        if len(meant) > 1:
            raise click.UsageError(f'"{typed.strip()}" could be {" or ".join(meant)}') from None
        raise
