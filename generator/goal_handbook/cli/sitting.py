"""Several goals of one owner in one sitting, written at once: `goals review`, `checkin` and `agree` with `--owner`."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .common import Unusable, goals_folder, owner_named
from .conversation import answers
from .edits import edit_files
from .prompts import ask, choose, is_interactive, prose
from .readings import ask_for_one_of_several, refuse_another_reading, takes_readings
from .targets import Target, ask_for_day, ask_who, open_to_write, without_empty

if TYPE_CHECKING:
    from ..workspace import Workspace


def open_goals(directory: Path, owner: str) -> list[Target]:
    """Return the open goals of an owner, in the order of the file. Raises Unusable where there are none."""
    workspace, handbook = open_to_write(directory)
    owner_id = owner_named(handbook.owners, owner)
    goals = [goal for goal in handbook.owners[owner_id].goals if not goal.closed]
    if not goals:
        raise Unusable(f"{owner_id} has no open goals", f"add one with goals new goal {owner_id}")
    return [Target(goals_folder(directory), workspace, handbook, f"{owner_id}/{goal.id}") for goal in goals]


def review_all(
    directory: Path, owner: str, confidence: str | None, next_: str | None, on: str | None, by: Sequence[str],
    note: str | None,
) -> None:  # fmt: skip
    """Review the open goals of an owner; at a terminal one after another, and each can be skipped."""
    targets = open_goals(directory, owner)
    _show(targets)
    when = ask_for_day(targets[0], on)
    who = ask_who(targets[0], "Reviewed by whom", by)
    items: list[tuple[Target, dict[str, Any]]] = []
    with _kept("review", items):
        for target in targets:
            click.echo(f"\n{target.goal.title}" if is_interactive() else "", nl=is_interactive())
            level = choose(_of(target, "--confidence", confidence), "Confidence", confidence, _LEVELS, "")
            if level != "skip":
                item = without_empty(on=when, by=who, confidence=level)
                items.append((target, item))  # already: it is kept if somebody leaves at the next question
                item |= without_empty(note=ask(_of(target, "--note", note), "A note", note, prose, ""))
                later = ask(_of(target, "--next", next_), "What to look at next time", next_, prose, "")
                item |= without_empty(next=later)
        _write(targets, "reviews", items)


def check_in_all(directory: Path, owner: str, on: str | None) -> None:
    """Record readings of an owner's open goals, asked for one after another; each can be skipped."""
    from ..reports.reading import after_reading

    if not is_interactive():
        raise click.UsageError("--owner needs a terminal: in a script, name a goal and its value")
    targets = [target for target in open_goals(directory, owner) if takes_readings(target.goal)]
    if not targets:
        raise Unusable(f"{owner} has no open goal with a number", "goals done and goals session record other goals")
    when = ask_for_day(targets[0], on)
    was, items = targets[0].workspace.assessment, list[tuple[Target, dict[str, Any]]]()
    with _kept("checkin", items):
        for target in targets:
            click.echo(f"\n{target.goal.title}")
            if total := ask_for_one_of_several(target):
                refuse_another_reading(target, when, total)
                items.append((target, without_empty(on=when, value=total)))
        now = _write(targets, "checkins", items)
    for target, _ in items:
        if was and now and now.assessment:
            click.echo(f"{target.goal.title}: {after_reading(was, now.assessment, target.full_id)}")


_LEVELS = ("high", "medium", "low", "skip")


def _of(target: Target, option: str, given: str | None) -> str:
    """The name of a question about one of several goals, which no option answers alone."""
    return option if given else f"{option[2:]} {target.full_id}"


def agree_all(
    targets: Sequence[Target], who: Sequence[str], item_for: Callable[[Target], dict[str, Any]], *, signing: bool
) -> list[Target]:
    """Record that people agree to those of these goals that they have not agreed to as they are; return them.

    At a terminal they are asked about each. With `signing`, only what they have signed counts.
    """
    waiting = [target for target in targets if not _has_word_of(target, who, signing=signing)]
    if not waiting:
        raise click.UsageError(f"nothing to agree to: the open goals of {targets[0].owner_id} are agreed")
    _show(waiting)
    chosen = [target for target in waiting if not is_interactive() or _agrees(target)]
    _write(targets, "agreed", [(target, item_for(target)) for target in chosen])
    return chosen


@contextmanager
def _kept(command: str, items: Sequence[tuple[Target, dict[str, Any]]]) -> Iterator[None]:
    """Print the command that writes each answer there is so far if the sitting is left: nothing typed is lost."""
    try:
        yield
    except (click.Abort, click.ClickException):
        if items:
            answers().found.clear()  # one command cannot say something else of each goal
            click.echo("nothing was written; to continue from here:", err=True)
        for target, item in items:
            options = [word for key, value in item.items() for word in _option(key, value)]
            click.echo(f"  {shlex.join(['goals', command, target.full_id, *options])}", err=True)
        raise


def _option(key: str, value: str | Sequence[str]) -> list[str]:
    if key == "value" and isinstance(value, str):
        return [value]
    return [word for one in ([value] if isinstance(value, str) else value) for word in (f"--{key}", one)]


def _agrees(target: Target) -> bool:
    return choose(f"agree {target.full_id}", f"Agree to: {target.goal.title}", None, ("yes", "skip"), "yes") == "yes"


def _has_word_of(target: Target, who: Sequence[str], *, signing: bool) -> bool:
    """Whether all of these people have agreed to the goal's current terms."""
    assessment = target.workspace.assessment
    state = assessment.goals.get(target.full_id) if assessment else None
    if state and state.agreement == "agreed" and not signing:
        return True
    since = max((adjustment.on for adjustment in target.goal.adjustments if adjustment.changes_terms), default=None)
    is_current = state is None or state.agreement not in {"stale", "re-confirm"}
    counting = (agreed for agreed in target.goal.agreed if bool(agreed.sig) or not signing)
    said = {one for agreed in counting if since is None or agreed.on >= since for one in agreed.by}
    return is_current and set(who) <= said


def _show(targets: Sequence[Target]) -> None:
    """At a terminal, show the owner's goals with their statuses, so that nobody needs another window."""
    from ..reports.status import describe, selected

    assessment = targets[0].workspace.assessment
    if is_interactive() and assessment:
        click.echo(describe(assessment, selected(assessment, targets[0].owner_id)))


def _write(targets: Sequence[Target], key: str, items: Sequence[tuple[Target, dict[str, Any]]]) -> Workspace | None:
    from ..source.edit import Add

    if not items:
        click.echo("nothing was written")
        return None
    first = targets[0]
    edits = [Add((*target.path, key), item) for target, item in items]
    return edit_files(first.folder, first.workspace, {first.owner_id: edits})
