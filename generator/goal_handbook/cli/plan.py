"""Plans to recover: the steps that `goals account` takes, and `goals step`, which marks one as done."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..findings import printable, with_help
from ..words import plural
from .common import DIR, Unusable
from .prompts import YES, ask, due_date, is_interactive, optional, read_option, text
from .targets import Target, find, fixed, past_day, people, person_reader, today, without_empty, write

if TYPE_CHECKING:
    from ..model.records import PlanStep

_ORDER = f"{__name__}.order"
_DATE = re.compile(r"(?:(?:by|until|on) )?([0-9]{4}-[0-9]{2}-[0-9]{2})")


class InOrder(click.Command):
    """A command that knows the order of its options: `--step A --who x --step B`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse the arguments, and remember their order."""
        _, _, order = self.make_parser(ctx).parse_args(args=[*args])
        ctx.meta[_ORDER] = [parameter.name for parameter in order]
        return super().parse_args(ctx, args)


def in_order(context: click.Context, **given: Sequence[str]) -> list[dict[str, str]]:
    """Return the values of some repeated options in groups: each begins with the first of them.

    Raises UsageError for an option before any group, and for one that a group has twice.
    """
    values = {name: iter(found) for name, found in given.items()}
    first = next(iter(given))
    groups: list[dict[str, str]] = []
    for name in context.meta[_ORDER]:
        if name == first:
            groups.append({name: next(values[name])})
        elif name in values:
            if not groups:
                raise click.UsageError(f"--{name} belongs to a --{first}, which comes before it")
            if name in groups[-1]:
                raise click.UsageError(f'the {first} "{groups[-1][first]}" has two --{name}')
            groups[-1][name] = next(values[name])
    return groups


def given_steps(target: Target, groups: Sequence[dict[str, str]]) -> list[dict[str, Any]]:
    """Return the steps of a plan from options: `step`, and perhaps `who` and `due`."""
    due_day = due_date(target.handbook.settings.period)
    return [
        without_empty(
            do=read_option("--step", group["step"], lambda value: _do(target, value)),
            who=read_option("--who", group["who"], person_reader(target.handbook)) if "who" in group else "",
            due=read_option("--due", group["due"], due_day) if "due" in group else "",
        )
        for group in groups
    ]


def _do(target: Target, value: str) -> str:
    """Read what to do. Raises BadParameter for a text that names the person or the day too."""
    do, *parts = [part.strip() for part in value.split(",")]
    people = (*target.handbook.sellers.values(), *target.handbook.leaders.values())
    names = {person.name: person.id for person in people}
    own: dict[str, str] = {}
    for part in parts:
        if date := _DATE.fullmatch(part):
            own["--due"] = date[1]
        elif part in names or part in names.values():
            own["--who"] = names.get(part, part)
        else:
            do = f"{do}, {part}"
    if own:
        options = " ".join(f"{option} {typed}" for option, typed in sorted(own.items(), reverse=True))
        help = f'give person and day on their own: --step "{do}" {options}'
        raise click.BadParameter(with_help(f'"{value}" says more than what to do', help))
    return text(value)


def ask_for_steps(target: Target, action: str) -> list[dict[str, Any]]:
    """Return the steps of a plan to recover, asked for at a terminal."""
    due_day = due_date(target.handbook.settings.period)
    steps: list[dict[str, Any]] = []
    while action == "recover" and is_interactive():
        do = ask("--step", f"Step {len(steps) + 1} of the plan (empty to finish)", None, str.strip, "")
        if not do:
            break
        who = ask("--who", "Who does it", None, optional(person_reader(target.handbook)), "", people(target.handbook))
        steps.append(without_empty(do=text(do), who=who, due=ask("--due", "By when", None, optional(due_day), "")))
    return steps


@click.command()
@click.argument("landmark", metavar="[OWNER/GOAL#LANDMARK]", required=False)
@click.argument("number", metavar="[N]", required=False)
@click.option("--done", is_flag=False, flag_value="", metavar="[DATE]", help="It is done: today, or on this day.")
@YES
@DIR
def step(landmark: str | None, number: str | None, done: str | None, directory: Path) -> None:
    """Mark a step of a plan as done.

    Without N, the steps of the landmark's latest plan are listed with their numbers.
    """
    from ..source.edit import Put

    target = find(directory, landmark, lambda lm, today: lm.due < today)
    steps = list(_latest_plan(target))
    if not steps:
        help = f"give it one with goals account {target.full_id}#{target.landmark} --action recover"
        raise Unusable(f'"{target.landmark}" has no plan', help)
    if number is None:
        for n, (_, _, listed) in enumerate(steps, 1):
            click.echo(printable(f"{n:>2}. {_described(listed)}"))
        if not is_interactive():
            if done is not None:
                raise click.UsageError("Missing argument 'N': which step is done")
            return
    index = int(ask("N", "Which step is done", number, lambda value: _number(value, len(steps)))) - 1
    accounting, place, found = steps[index]
    if found.done:
        raise click.UsageError(f"step {index + 1} was already done on {found.done}")
    if done is None and not is_interactive():
        raise click.UsageError(f"say that step {index + 1} is done: --done, or --done DATE")
    given = today(target) if done == "" else done
    when = ask(
        "--done", f"Done on which day{fixed(target.workspace)}", given, past_day(target.workspace), today(target)
    )
    write(target, [Put(target.path_of(("accountings", accounting, "plan", place, "done")), when)])


def _latest_plan(target: Target) -> Iterator[tuple[int, int, PlanStep]]:
    """The steps of the landmark's latest plan, each with where it is; accountings of one day count together."""
    found = [(i, a) for i, a in enumerate(target.goal.accountings) if a.landmark == target.landmark and a.plan]
    last = max((accounting.on for _, accounting in found), default=None)
    for index, accounting in found:
        if accounting.on == last:
            yield from ((index, place, listed) for place, listed in enumerate(accounting.plan))


def _described(listed: PlanStep) -> str:
    due = f"by {listed.due}" if listed.due else ""
    done = f"done on {listed.done}" if listed.done else ""
    more = ", ".join(filter(None, (listed.who, due, done)))
    return f"{listed.do}{f' ({more})' if more else ''}"


def _number(value: str, count: int) -> str:
    typed = value.strip()
    if not (typed.isascii() and typed.isdigit() and 1 <= int(typed) <= count):
        raise click.BadParameter(f'there is no step "{typed}": the plan has {plural(count, "step")}')
    return typed
