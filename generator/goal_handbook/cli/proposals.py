"""The numbers `goals adjust` works out itself: landmarks that move with a target, and the relief for a leave."""

from __future__ import annotations

import datetime
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

import click

from ..findings import with_help
from ..words import days, plural, sentence_list
from .new_terms import changed, goal_term
from .prompts import choose, is_interactive, one_of
from .targets import Target

if TYPE_CHECKING:
    from ..model.goal import Goal
    from ..model.people import Away
    from ..source.term_edits import NewTerms
    from ..status.proposal import Numbers


def moved_with_target(target: Target, new: NewTerms, choice: str | None, when: str) -> NewTerms:
    """Return the landmarks still ahead of a number to reach, moved with its `new` target if that is wanted."""
    from ..model.values import parse_number
    from ..source.term_edits import NewTerms
    from ..status.proposal import in_proportion, landmarks_ahead

    now = next((change["now"] for change in new.changes if change["field"] == "target"), None)
    if now is None:
        return NewTerms()
    on, dropped = datetime.date.fromisoformat(when), dropped_landmarks(target)
    if target.goal.shape != "number":
        if choice:
            raise click.UsageError("--landmarks is for a number to reach")
        return NewTerms()
    ahead = landmarks_ahead(target.goal, dropped, on)
    question = f"Move {plural(len(ahead), 'landmark')} still ahead with it"
    usual = "proportional" if is_interactive() else "keep"
    if not ahead or choose("--landmarks", question, choice, ("proportional", "keep"), usual) == "keep":
        return NewTerms()
    return _landmark_values(target, in_proportion(target.goal, dropped, parse_number(now), on))


def _landmark_values(target: Target, numbers: Numbers) -> NewTerms:
    from ..model.terms import landmark_ref

    return changed(target, {landmark_ref(name, "value"): value for name, value in numbers.landmarks.items()})


def dropped_landmarks(target: Target) -> set[str]:
    """Return the ids of the goal's landmarks that have been dropped."""
    assessment = target.workspace.assessment
    state = assessment.goals.get(target.full_id) if assessment else None
    return {s.landmark.id for s in state.landmarks if s.status == "dropped"} if state else set()


def leaves_during(target: Target, relief: str) -> list[Away]:
    """Return the owner's leaves during a goal that it has not been relieved of yet. Raises UsageError without any."""
    one_of("away")(relief)
    goal, owner = target.goal, target.handbook.owners[target.owner_id]
    if goal.shape != "number":
        raise click.UsageError("--relief is for a number to reach")
    during = [a for a in owner.absences if a.from_ <= goal.due and a.to >= goal.start]
    found = [a for a in during if a not in _before(target)]
    if not found:
        message = f"{owner.name} is not away between {goal.start} and {goal.due}"
        if during:
            message = f"{target.full_id} has already been relieved of {sentence_list(map(str, during))}"
        help = f"record a{'nother' if during else ''} leave with goals away {owner.id} --from DATE --to DATE"
        raise click.UsageError(with_help(message, help))
    return found


def _before(target: Target) -> list[Away]:
    """The leaves that an adjustment of the goal names as its reason."""
    absences = target.handbook.owners[target.owner_id].absences
    return [away for away in absences if any(str(away) in a.why for a in target.goal.adjustments)]


def relieved_of(target: Target, leaves: list[Away], when: str) -> NewTerms:
    """Return the goal's target and landmarks, less what its owner cannot do while away, and say how long that is."""
    from ..status.proposal import relieved, working_days

    goal, before = target.goal, _before(target)
    numbers = relieved(goal, dropped_landmarks(target), leaves, before, datetime.date.fromisoformat(when))
    whole, left = (working_days(goal.start, goal.due, away) for away in (before, [*before, *leaves]))
    if not left:
        message = f"{target.handbook.owners[target.owner_id].name} is away for all of {target.full_id}"
        raise click.UsageError(with_help(message, "close it, or hand it over with goals move --goal"))
    click.echo(f"away on {days(whole - left)} of {whole}{_rounding(goal, Fraction(left, whole), numbers.target)}")
    new = changed(target, {goal_term("target"): numbers.target})
    return new.and_(_landmark_values(target, numbers))


def _rounding(goal: Goal, share: Fraction, target: Decimal) -> str:
    """Return what a relieved target would be exactly and what it is rounded to, "" if that is the same."""
    from ..model.values import number_spelling, plain_number

    if goal.measure is None or goal.measure.target is None:
        return ""
    start, old = goal.measure.start_value, goal.measure.target
    exact = Fraction(start) + Fraction(old - start) * share
    if exact == target:
        return ""
    cents = Decimal(round(exact * 100)) / 100
    would, rounded, was = (number_spelling(plain_number(number)) for number in (cents, target, old))
    return f": {would}, rounded like {was} to {rounded}"


def naming(leaves: list[Away], why: str | None) -> str:
    """Return the reason for a relief: the leaves with their days, by which the next relief knows them."""
    names = "; ".join(f"{away.note or 'Away'}, {away}" for away in leaves)
    return f"{names}: {why}" if why else names
