"""The landmarks of a new goal: given one by one, or spread over the quarters or over a ramp."""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from ..findings import with_help
from ..words import plural, sentence_list
from .conversation import remember
from .names import letters
from .prompts import Reader, ask, due_date, id_of, is_interactive, number, optional, read_option, text

if TYPE_CHECKING:
    from decimal import Decimal
    from fractions import Fraction

    from ..model.settings import Period
    from ..status.spread import Part

#: What a month of a ramp is that counts in full, in percent.
_FULL_MONTH = 100

#: A landmark as the file has it.
Landmark = dict[str, Any]


@dataclass(frozen=True)
class Plan:
    """When a new goal begins and how it is measured, as the file has it; it ends with the period."""

    period: Period
    start: datetime.date
    measure: dict[str, Any]

    @property
    def is_number(self) -> bool:
        """Whether its landmarks are numbers: it has a target to reach, or a level to hold."""
        return "target" in self.measure

    def values(self, parts: Sequence[Part]) -> list[Decimal]:
        """Return what to reach by the end of each part of the time; for a level the level itself."""
        from ..model.values import parse_number
        from ..status.spread import spread

        start, target = (parse_number(self.measure.get(key, "0")) for key in ("from", "target"))
        if "hold" in self.measure:
            return [target] * len(parts)
        return spread(start, target, [part.weight for part in parts])

    def due_within(self) -> Reader:
        """Return a reader of a day between the goal's start and the end of the period."""
        read_day = due_date(self.period)

        def read(value: str) -> str:
            typed = read_day(value)
            if not str(self.period.start) <= typed <= str(self.period.end):
                message = f"{typed} is not in the handbook's period, {self.period.start} to {self.period.end}"
                raise click.BadParameter(message)
            if typed < str(self.start):
                help = "name a later day, or give the goal an earlier --start"
                raise click.BadParameter(with_help(f"{typed} is before the goal starts on {self.start}", help))
            return typed

        return read


def landmarks_of(
    plan: Plan, given: Sequence[str], *, by_quarter: bool, split: str | None, ramp: str | None
) -> list[Landmark]:
    """Return the landmarks that the options describe or, at a terminal, those that are asked for."""
    ways = {"--landmark": given, "--by-quarter": by_quarter or split, "--ramp": ramp}
    used = [option for option, value in ways.items() if value]
    if len(used) > 1:
        raise click.UsageError(f"use either {' or '.join(used)}")
    if used and used != ["--landmark"] and not plan.is_number:
        raise click.UsageError(f"{used[0]} needs a number to spread: add --target")
    if ramp:
        return _by_ramp(plan, _percentages("--ramp", ramp))
    if by_quarter or split:
        return _by_quarter(plan, _percentages("--split", split) if split else [])
    return _one_by_one(plan, given)


def _by_quarter(plan: Plan, split: Sequence[Fraction]) -> list[Landmark]:
    """A landmark at the end of each quarter that the goal has a day in."""
    from ..status.spread import Part, quarter_parts

    parts = quarter_parts(plan.period, plan.start)
    if split and len(split) != len(parts):
        message = f"{len(split)} percentages for {len(parts)} quarters"
        help = f"give one for each quarter from the goal's start on {plan.start}"
        raise click.BadParameter(with_help(message, help), param_hint="'--split'")
    if split and sum(split) != 100:
        message = with_help(f"the percentages add up to {float(sum(split)):g}", "let them add up to 100")
        raise click.BadParameter(message, param_hint="'--split'")
    if split:
        parts = {n: Part(part.end, share) for (n, part), share in zip(parts.items(), split, strict=True)}
    values = plan.values([*parts.values()])
    return [_reached(f"q{n}", part.end, value) for (n, part), value in zip(parts.items(), values, strict=True)]


def _by_ramp(plan: Plan, ramp: Sequence[Fraction]) -> list[Landmark]:
    """A landmark at the end of each month of the ramp, and one at the end of the goal."""
    from ..status.spread import ramp_parts

    if over := [share for share in ramp if share > _FULL_MONTH]:
        message = with_help(f"{float(max(over)):g} is more than a full month", "write at most 100 for each month")
        raise click.BadParameter(message, param_hint="'--ramp'")
    parts = ramp_parts(plan.start, plan.period.end, ramp)
    if not any(part.weight for part in parts):
        message = with_help("nothing is expected in any month of the goal", "write e.g. 25,50,75,100")
        raise click.BadParameter(message, param_hint="'--ramp'")
    if unused := [f"{float(share):g}" for share in ramp[len(parts) :]]:
        click.echo(f"the goal has {plural(len(parts), 'month')}: {sentence_list(unused)} of the ramp not used")
    months = [*zip(parts, plan.values(parts), strict=True)]
    ramped = [month for n, month in enumerate(months[:-1][: len(ramp)], start=1) if any(ramp[:n])]
    landmarks = [_reached(_month(str(part.end)), part.end, value) for part, value in (*ramped, months[-1])]
    return _with_unique_ids(landmarks)


def _reached(landmark_id: str, due: datetime.date, value: Decimal) -> Landmark:
    from ..model.values import number_spelling, plain_number

    return {"id": landmark_id, "due": str(due), "value": number_spelling(plain_number(value))}


def _percentages(option: str, text: str) -> list[Fraction]:
    """Read `25, 50, 75, 100`. Raises BadParameter."""
    from fractions import Fraction

    from ..model.values import parse_number

    found = [
        Fraction(parse_number(read_option(option, word.strip().removesuffix("%"), number)))
        for word in text.strip().strip("[]").split(",")
    ]
    if min(found) < 0 or found[-1] == 0:
        help = "write e.g. 25,50,75,100"
        raise click.BadParameter(with_help(f'"{text}" are not percentages', help), param_hint=f"'{option}'")
    return found


def _one_by_one(plan: Plan, given: Sequence[str]) -> list[Landmark]:
    """The landmarks given as options, or asked for one after another if the goal needs some."""
    found = [_landmark(plan, *_day_and_content(landmark)) for landmark in given]
    while "cadence" not in plan.measure and not given and is_interactive():
        due = _ask_when(plan, len(found) + 1)
        if due == _QUARTERS:
            remember("--by-quarter", "")
            return _by_quarter(plan, [])
        if not due:
            break
        what = "Total to reach by then" if plan.is_number else "What is delivered by then"
        content = ask("CONTENT", what, None, number if plan.is_number else text)
        remember("--landmark", f"{due}: {content}")
        found.append(_landmark(plan, due, content))
    return _with_unique_ids(found)


#: The answer for a landmark at the end of each quarter.
_QUARTERS = "quarters"


def _ask_when(plan: Plan, number: int) -> str:
    """When a landmark is due, "" after the last one; instead of the first one, the quarters can be answered."""
    due = optional(plan.due_within())
    if number > 1 or not plan.is_number:
        return ask("DUE", f"Landmark {number}, by when (empty to finish)", None, due, "")
    question = f"Landmark 1, by when: a day, Q2, or {_QUARTERS} for one each (empty for none)"
    return ask("DUE", question, None, lambda typed: _QUARTERS if letters(typed) == _QUARTERS else due(typed), "")


def _day_and_content(landmark: str) -> tuple[str, str]:
    """The two parts of `2017-06-30: 90,000` or `Q3: Exam passed`."""
    due, _, content = landmark.partition(":")
    if not content.strip():
        message = with_help(f'"{landmark}" is not "DATE: WHAT"', 'write e.g. "2017-06-30: 90_000"')
        raise click.BadParameter(message, param_hint="'--landmark'")
    return due, content


def _landmark(plan: Plan, due: str, content: str) -> Landmark:
    day_due = read_option("--landmark", due, plan.due_within())
    read = number if plan.is_number else text
    reached = {"value" if plan.is_number else "deliver": read_option("--landmark", content, read)}
    landmark_id = _month(day_due) if plan.is_number else id_of(content)
    return {"id": landmark_id or "landmark", "due": day_due, **reached}


def _month(due: str) -> str:
    return calendar.month_name[int(due[5:7])].lower()


def _with_unique_ids(landmarks: list[Landmark]) -> list[Landmark]:
    """The landmarks with a number after an id that is already taken: `june`, `june-2`."""
    ids: list[str] = []
    for landmark in landmarks:
        count = sum(i == landmark["id"] or i.startswith(f"{landmark['id']}-") for i in ids) + 1
        ids.append(landmark["id"] if landmark["id"] not in ids else f"{landmark['id']}-{count}")
    return [{**landmark, "id": landmark_id} for landmark, landmark_id in zip(landmarks, ids, strict=True)]
