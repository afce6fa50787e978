"""`goals account`, `agree`, `close`: what was decided, written down."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from .prompts import ask, ask_for_some, day, is_interactive, one_of, optional, prose, text
from .targets import BY, DIR, NOTE, ON, Target, ask_for_day, find, people, today, without_empty, write


@click.command()
@click.argument("landmark", metavar="[OWNER/GOAL#LANDMARK]", required=False)
@click.option("--why", metavar="TEXT", help="Why it was missed.")
@click.option("--action", metavar="WORD", help="recover, adjust or drop.")
@click.option("--step", "steps", multiple=True, metavar="TEXT", help='A step of the plan: "what, who, by when".')
@ON
@BY
@DIR
def account(
    landmark: str | None,
    why: str | None,
    action: str | None,
    steps: tuple[str, ...],
    on: str | None,
    by: tuple[str, ...],
    directory: Path,
) -> None:
    """Account for a missed landmark: why, and how it gets back on track or is adjusted to reality."""
    from ..source.edit import Add

    target = find(directory, landmark, lambda mark: str(mark.due) < today())
    item = without_empty(
        landmark=target.landmark,
        on=ask_for_day(target, on),
        by=ask_for_some("--by", "Who was there", by, people(target.handbook)),
        why=ask("--why", "Why was it missed", why, text),
        action=ask("--action", "What now: recover, adjust or drop", action, one_of("recover", "adjust", "drop")),
    )
    plan = [_step(target, step) for step in steps] or _ask_for_steps(target, item["action"])
    write(target, [Add((*target.path, "accountings"), {**item, **without_empty(plan=plan)})])
    if item["action"] == "adjust":
        click.echo(f"now adjust it: goals adjust {target.full_id} --landmark {target.landmark}")


def _step(target: Target, step: str) -> dict[str, Any]:
    """A step from `what, who, by when`; who and when may be left out."""
    *do, last = [part.strip() for part in step.split(",")]
    due = who = ""
    if do and last[:4].isdigit():
        due, last = day(last), do.pop()
    if do:
        try:
            who = people(target.handbook)(last)
        except click.BadParameter:
            do.append(last)
    else:
        do = [last]
    return without_empty(do=text(", ".join(do)), who=who, due=due)


def _ask_for_steps(target: Target, action: str) -> list[dict[str, Any]]:
    steps: list[dict[str, Any]] = []
    while action == "recover" and is_interactive():
        do = click.prompt(f"Step {len(steps) + 1} of the plan (nothing ends it)", default="", show_default=False)
        if not do.strip():
            break
        who = ask("--step", "Who does it", None, optional(people(target.handbook)), "")
        steps.append(without_empty(do=text(do), who=who, due=ask("--step", "By when", None, optional(day), "")))
    return steps


@click.command()
@click.argument("goal", metavar="[OWNER/GOAL]", required=False)
@ON
@BY
@NOTE
@DIR
def agree(goal: str | None, on: str | None, by: tuple[str, ...], note: str | None, directory: Path) -> None:
    """Write down who agrees to a goal as it stands; a seller's goal is agreed by seller and leader."""
    from ..source.edit import Add

    target = find(directory, goal)
    who = ask_for_some("--by", "Who agrees", by, people(target.handbook))
    if not who:
        raise click.UsageError("--by is missing: who agrees?")
    item = without_empty(on=ask_for_day(target, on), by=who, note=ask("--note", "A note", note, prose, ""))
    write(target, [Add((*target.path, "agreed"), item)])


@click.command()
@click.argument("goal", metavar="[OWNER/GOAL]", required=False)
@click.option("--result", metavar="WORD", help="achieved, partly, missed or dropped.")
@click.option("--carried-to", metavar="OWNER/GOAL", help="The goal that goes on with it.")
@ON
@NOTE
@DIR
def close(
    goal: str | None, result: str | None, carried_to: str | None, on: str | None, note: str | None, directory: Path
) -> None:
    """Close a goal with its result."""
    from ..source.edit import Put

    target = find(directory, goal)
    if target.goal.closed:
        raise click.UsageError(f"{target.full_id} was closed on {target.goal.closed.on} already")
    results = one_of("achieved", "partly", "missed", "dropped")
    item = without_empty(
        on=ask_for_day(target, on),
        result=ask("--result", "Result: achieved, partly, missed or dropped", result, results),
        note=ask("--note", "What is to be remembered", note, prose, ""),
        carried_to=ask("--carried-to", "Carried to which goal", carried_to, str.strip, ""),
    )
    write(target, [Put((*target.path, "closed"), item)])
