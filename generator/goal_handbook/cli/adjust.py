"""`goals adjust`: new terms, and the adjustment that explains them, in one step."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import click

from .common import DIR
from .conversation import remember
from .new_terms import OF_LANDMARK, changed, changed_landmark, goal_term, term_reader
from .prompts import YES, ask, choose, is_interactive, text
from .proposals import leaves_during, moved_with_target, naming, relieved_of
from .targets import BY, ON, Target, ask_for_day, ask_who, find, write

#: The options that name a term of the goal. They are terms of model/terms.py.
_OF_GOAL = (
    "target", "from", "unit", "hold", "tolerance", "over", "rollup", "start", "due", "supports", "prorate", "kind",
    "visibility", "times", "per", "with", "minutes", "hours", "days",
)  # fmt: skip
#: Those of a cadence.
_OF_CADENCE = ("times", "per", "with", "minutes", "hours", "days")


@click.command()
@click.argument("goal", metavar="[OWNER/GOAL]", required=False)
@click.option("--target", metavar="NUMBER", help="The new target.")
@click.option("--landmarks", metavar="WORD", help="With a new target, landmarks still ahead: proportional or keep.")
@click.option("--from", "from_", metavar="NUMBER", help="The new starting value.")
@click.option("--unit", metavar="WORD", help="The new unit.")
@click.option("--hold", metavar="WORD", help="at_least or at_most: the target is a level to hold.")
@click.option("--tolerance", metavar="NUMBER", help="How far off a level still counts as at risk.")
@click.option("--over", metavar="TIME", help='What a reading of a level covers: "3 months", or period.')
@click.option("--rollup", metavar="WORD", help="sum: the team's number is the sum of its contributing goals; or none.")
@click.option("--times", metavar="N", help='How many sessions of a cadence, "1" or "1, 2".')
@click.option("--per", metavar="WORD", help="For a cadence: week, month or quarter.")
@click.option("--with", "with_", metavar="WORD", help="Who a cadence is with: each-seller, team, anyone or people.")
@click.option("--minutes", metavar="N", help='How long a session of a cadence lasts, "30" or "30, 45".')
@click.option("--hours", metavar="N", help="The same, in hours.")
@click.option("--days", metavar="N", help="The same, in days of eight hours.")
@click.option("--start", metavar="DATE", help="The new start date.")
@click.option("--due", metavar="DATE", help="The new due date: the goal's, or with --landmark the landmark's.")
@click.option("--supports", metavar="GOALS", help='What it supports from now on, "a/b, c/d from 2017-07-01 share 0.5".')
@click.option("--prorate", metavar="WORD", help="Whether nothing is expected while the owner is away: yes or no.")
@click.option("--kind", metavar="WORD", help="The new kind: production, education, skill, improvement or support.")
@click.option("--visibility", metavar="WORD", help="Who sees it from now on: team or leaders.")
@click.option("--relief", metavar="WORD", help="away: reduce target and landmarks by the days of the owner's leave.")
@click.option("--landmark", metavar="ID", help="The landmark to change; a new id adds a landmark.")
@click.option("--value", metavar="NUMBER", help="The landmark's new value.")
@click.option("--deliver", metavar="TEXT", help="The landmark's new deliverable.")
@click.option("--drop", is_flag=True, help="Drop the landmark.")
@click.option("--why", metavar="TEXT", help="What has changed since it was agreed.")
@ON
@BY
@YES
@DIR
def adjust(
    goal: str | None,
    landmarks: str | None,
    relief: str | None,
    landmark: str | None,
    drop: bool,
    why: str | None,
    on: str | None,
    by: tuple[str, ...],
    directory: Path,
    **terms: str | None,
) -> None:
    """Adjust a goal to reality.

    Writes the new terms, and the adjustment with what was, what is now, and why.
    """
    target = find(directory, goal)
    given = {name.rstrip("_"): value for name, value in terms.items() if value is not None}
    _refuse_what_does_not_fit(given, landmarks, relief, landmark, drop)
    if not (given or drop or relief):
        landmark, drop, given = _ask_what(target, landmark)
    when = ask_for_day(target, on)
    leaves = leaves_during(target, relief) if relief else []
    if leaves:
        new = relieved_of(target, leaves, when)
    elif landmark:
        new = changed_landmark(target, landmark, given, drop)
    else:
        new = changed(target, {goal_term(_term(name)): value for name, value in given.items()})
        new = new.and_(moved_with_target(target, new, landmarks, when))
    if not new.changes:
        raise click.UsageError("nothing to change: the goal already has these values")
    who = ask_who(target, "Who decided it", by)
    reason = naming(leaves, why) if leaves else ask("--why", "Why: what has changed since it was agreed", why, text)
    write(target, new.adjusted(target.path, when, who, reason))
    _say_who_agrees(target)


def _term(option: str) -> str:
    """Return the name of the term that an option changes."""
    return f"cadence.{option}" if option in _OF_CADENCE else option


def _say_who_agrees(target: Target) -> None:
    if target.owner_id in target.handbook.sellers:
        leader = target.handbook.leader_of(target.handbook.sellers[target.owner_id].team_on(None))
        both = f"{target.owner_id} and {leader.id if leader else 'a leader'}"
        click.echo(f"once both agree to the new terms, {both} each run: goals agree {target.full_id}")


def _refuse_what_does_not_fit(
    given: Collection[str], landmarks: str | None, relief: str | None, landmark: str | None, drop: bool
) -> None:
    """Raise UsageError for options that exclude or need each other."""
    if relief and (given or landmark or drop or landmarks):
        raise click.UsageError("--relief decides the numbers itself: leave out the other terms")
    if landmarks and "target" not in given:
        raise click.UsageError("--landmarks needs --target")
    known = OF_LANDMARK if landmark else _OF_GOAL
    if wrong := next((name for name in given if name not in known), None):
        problem = (
            "is not a term of a landmark: use --due, --value, --deliver or --drop" if landmark else "needs --landmark"
        )
        raise click.UsageError(f"--{wrong} {problem}")


def _ask_what(target: Target, landmark: str | None) -> tuple[str | None, bool, dict[str, str]]:
    """Ask what changes: the landmark (if it is one), whether to drop it, and the new value."""
    from ..model.terms import landmark_ref

    if not is_interactive():
        raise click.UsageError("say what to change: --target, --due, or --landmark ID with --due, --value or --drop")
    ids = [lm.id for lm in target.goal.landmarks]
    if landmark is None:
        words = [*(["target"] if target.goal.target is not None else []), "due", "landmark", "supports"]
        name = choose("WHAT", "What changes", None, words)
        if name != "landmark":
            return None, False, {name: ask(f"--{name}", f"New {name}", None, term_reader(target, goal_term(name)))}
        landmark = choose("--landmark", "Which landmark", None, ids)
    found = next((lm for lm in target.goal.landmarks if lm.id == landmark), None)
    kind = "deliver" if found and found.deliver else "value"
    words = ["due", kind, "drop"] if found else ["due"]
    name = choose("WHAT", "What to change", None, words)
    if name == "drop":
        remember("--drop", "")
        return landmark, True, {}
    read = term_reader(target, landmark_ref(landmark, name))
    return landmark, False, {name: ask(f"--{name}", f"New {name}", None, read)}
