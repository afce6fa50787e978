"""The questions of a first import: who, when, how much, what counts as won, and which goal."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..findings import did_you_mean, printable, with_help
from ..words import plural
from .common import Unusable
from .exports import Exports, refuse
from .import_options import ImportOptions, columns_of, readings_name
from .prompts import Choice, Reader, ask, one_of
from .remembered_imports import remember

if TYPE_CHECKING:
    from ..crm.conventions import Survey
    from ..crm.guess import Guess, Sample
    from ..model.handbook import Handbook
    from ..source.readings import Row
    from ..workspace import Workspace

#: How many values of a column are shown, and how much of each.
_SHOWN = 3
_WIDTH = 24
#: The answer that every row counts.
ALL = "all"


def ask_and_remember(
    options: ImportOptions, exports: Exports, workspace: Workspace, folder: Path, dry_run: bool
) -> tuple[ImportOptions, Workspace]:
    """Ask for what the options leave open, and return them with the handbook, which remembers them unless `dry_run`."""
    from ..crm.export import survey_of
    from ..crm.guess import guess_of, sample_of

    handbook, sheet = workspace.loaded.handbook, exports.sheet(options.sheet or "")
    if handbook is None:
        refuse(workspace.loaded.findings)
    sample = sample_of(sheet)
    guess = guess_of(sample, options.preset or "")
    options = ask_how_to_read(options, sample, guess, handbook)
    options = ask_how_it_is_written(options, survey_of(sheet, columns_of(options)))
    name = _unused(guess.preset or exports.name or "crm", {one.name for one in handbook.settings.imports})
    into = options.into or folder / _readings_file(workspace.loaded.rows, handbook, options.goal_pattern or "", name)
    options = dataclasses.replace(options, into=into)
    if not dry_run:
        workspace = remember(options, name, readings_name(folder, into), folder, workspace)
        click.echo(f"next time, goals import {exports.shown}{' --sql …' if options.sql else ''} is enough\n")
    return options, workspace


def _unused(name: str, used: set[str]) -> str:
    """Return the name, or one with a number if it is used."""
    return next(one for one in (name, *(f"{name}-{n}" for n in range(2, len(used) + 3))) if one not in used)


def _readings_file(rows: Sequence[Row], handbook: Handbook, pattern: str, name: str) -> str:
    """Return the readings file that has most readings of the pattern's goals; a new one if none has any."""
    from ..crm.people import People

    goals = set(People(handbook, pattern).goals())
    files = Counter(Path(row.location.path).name for row in rows if row.goal in goals)
    return f"readings/{files.most_common(1)[0][0] if files else f'{name}.csv'}"


def ask_how_to_read(options: ImportOptions, sample: Sample, guess: Guess, handbook: Handbook) -> ImportOptions:
    """Show the columns of an export, and return the options with all columns named and with a goal.

    `guess` is offered for what they do not say; what a preset among them knows is not asked.
    """
    known = _of_preset(options, guess)
    if not (known.owner_column and known.date_column and known.value_column):
        for line in _columns(sample):
            click.echo(printable(line))
    options = _ask_for_columns(known, sample, guess)
    if not options.goal_pattern:
        options = dataclasses.replace(options, goal_pattern=_ask_for_goal(handbook))
    return options


def ask_how_it_is_written(options: ImportOptions, survey: Survey) -> ImportOptions:
    """Return the options with how dates and amounts are written: as the rows decided, and an answer where none did."""
    from ..crm.dates import FORMATS

    decided = survey.decided
    found = {"--date-format": FORMATS[decided.order] if decided.order else None, "--decimal": decided.decimal}
    for unclear in survey.unclear:
        question = f'What is "{unclear.example}" in {unclear.column}: {" or ".join(unclear.meanings)}'
        found[unclear.option] = unclear.meanings[ask(unclear.option, question, None, one_of(*unclear.meanings))]
    return dataclasses.replace(
        options,
        date_format=options.date_format or found["--date-format"],
        decimal=options.decimal or found["--decimal"],
    )


def _of_preset(options: ImportOptions, guess: Guess) -> ImportOptions:
    """Return the options with the columns that their preset knows, if they name one."""
    if not options.preset:
        return options
    return dataclasses.replace(
        options,
        owner_column=options.owner_column or guess.owner,
        date_column=options.date_column or guess.date,
        value_column=options.value_column or guess.value,
        won=options.won or (guess.won,) * bool(guess.won),
    )


def _ask_for_columns(options: ImportOptions, sample: Sample, guess: Guess) -> ImportOptions:
    def ask_for(option: str, question: str, given: str | None, guessed: str) -> str:
        return ask(option, question, given or None, _column(sample.header), guessed or None, always=True)

    are_named = options.owner_column and options.date_column and options.value_column
    owner = ask_for("--owner-column", "Which column says whose deal it is", options.owner_column, guess.owner)
    date = ask_for("--date-column", "Which says when it was closed", options.date_column, guess.date)
    value = ask_for("--value-column", "Which says how much it is worth", options.value_column, guess.value)
    won = options.won if options.won or are_named else _ask_what_counts(sample, guess)
    return dataclasses.replace(
        options,
        owner_column=owner,
        date_column=date,
        value_column=value,
        currency_column=options.currency_column or (guess.currency if value == guess.value else None),
        won=won,
    )


def _columns(sample: Sample) -> Iterable[str]:
    """Yield a line for each column: its number, its heading, and some values."""
    width = min(max(map(len, sample.header), default=0), 2 * _WIDTH)
    for number, (name, values) in enumerate(zip(sample.header, sample.values, strict=True), 1):
        shown = " · ".join(_cut(value, _WIDTH) for value in values[:_SHOWN])
        yield f"{number:>4}  {_cut(name, 2 * _WIDTH):{width}}  {shown}".rstrip()


def _cut(text: str, width: int) -> str:
    line = " ".join(text.split())
    return line if len(line) <= width else f"{line[: width - 1]}…"


def _column(header: Sequence[str]) -> Reader:
    """Return a reader of a column: its heading, in upper or lower case, or its number."""

    def read(typed: str) -> str:
        from ..crm.columns import did_you_mean_heading, folded_heading

        known = {folded_heading(name): name for name in reversed(header)}
        if found := known.get(folded_heading(typed)):
            return found
        if typed.strip().isdecimal() and 1 <= int(typed) <= len(header):
            return header[int(typed) - 1]
        help = did_you_mean_heading(typed, header) or "write its heading, or its number in the list above"
        raise click.BadParameter(with_help(f'there is no column "{typed.strip()}"', help))

    return read


def _ask_what_counts(sample: Sample, guess: Guess) -> tuple[str, ...]:
    """Return how a deal that was won is marked, () if every row counts."""
    question = f'What counts as won: COLUMN=VALUE, or "{ALL}"'
    answer = ask("--won", question, None, _won(sample), guess.won or ALL, always=True)
    column, _, values = answer.partition("=")
    return () if answer == ALL else tuple(f"{column}={value.strip()}" for value in values.split(","))


def _won(sample: Sample) -> Callable[[str], str]:
    """Return a reader of a column with a value, or several with commas between them, or of ALL."""

    def read(typed: str) -> str:
        if typed.strip().casefold() == ALL:
            return ALL
        name, equals, value = typed.partition("=")
        column = _column(sample.header)(name)
        if not equals or not value.strip():
            shown = ", ".join(_cut(value, _WIDTH) for value in sample.values_of(column)[:8])
            raise click.BadParameter(
                with_help(f"which value of {column} is it", f"write {column}=…, e.g. one of {shown}")
            )
        return f"{column}={value.strip()}"

    return read


def _ask_for_goal(handbook: Handbook) -> str:
    """Return the pattern of the goal that the deals count towards; those that most people have are listed first."""
    people = Counter(goal.id for owner in handbook.people for goal in owner.goals if goal.measure)
    if not people:
        raise Unusable(
            "nobody has a goal that deals can count towards", "add goals with a measure first: goals new goal"
        )
    common = [goal for goal, _ in sorted(people.items(), key=lambda item: (-item[1], item[0]))]
    listed = [Choice(goal, plural(people[goal], "person", "people")) for goal in common]

    def read(typed: str) -> str:
        goal = typed.strip().removeprefix("{owner}/")
        if goal not in people:
            help = did_you_mean(goal, people) or "write the id that the goal has in everybody's file"
            raise click.BadParameter(with_help(f'nobody has a goal "{goal}"', help))
        return f"{{owner}}/{goal}"

    question = "Which goal do the deals count towards"
    return ask("--goal-pattern", question, None, read, common[0], listed, always=True)
