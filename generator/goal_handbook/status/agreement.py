"""Whether a seller's goal is agreed by both, and on its current terms (status.md#above-the-goal)."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from ..model.goal import Goal
from ..model.handbook import Handbook

AgreementStatus = Literal["proposed", "stale", "re-confirm", "agreed"]


@dataclass(frozen=True, slots=True)
class AgreementEvidence:
    """What git says about an agreement: since which day the goal's terms differ from those that were signed, and since
    which day those of the goals it supports do; None if they are still the same."""

    changed_on: datetime.date | None = None
    supported_changed_on: datetime.date | None = None


_NOTHING = AgreementEvidence()


def agreement_status(
    handbook: Handbook, full_id: str, evidence: AgreementEvidence = _NOTHING
) -> AgreementStatus | None:
    """Return the status of an agreement, or None for a goal that does not belong to a seller.

    An agreement is as old as the older of its two signatures. An adjustment of the goal's terms after that makes it
    stale, one of a goal it supports means it must be re-confirmed; an agreement on the very day of an adjustment covers
    it. A correction of a record, another title or another reason changes no terms. A change without an adjustment, or
    with one that was dated back, counts the same: `evidence` is what git says.
    """
    owner_id = full_id.partition("/")[0]
    if owner_id not in handbook.sellers:
        return None
    goal = handbook.goals[full_id]
    agreed_on = agreed_by_both_on(handbook, owner_id, goal)
    if agreed_on is None:
        return "proposed"
    if evidence.changed_on or any(_adjusted_after(goal, agreed_on)):
        return "stale"
    if evidence.supported_changed_on or any(
        any(_adjusted_after(handbook.goals[ref], agreed_on)) for ref in handbook.supports[full_id]
    ):
        return "re-confirm"
    return "agreed"


def agreed_by_both_on(handbook: Handbook, seller_id: str, goal: Goal) -> datetime.date | None:
    """Return the older of the seller's and a leader's latest signatures, or None if one of the two is missing.

    Any leader of the handbook counts, so that an agreement outlives a change of team.
    """
    by_seller = max((a.on for a in goal.agreed if seller_id in a.by), default=None)
    by_leader = max((a.on for a in goal.agreed if any(who in handbook.leaders for who in a.by)), default=None)
    return min(by_seller, by_leader) if by_seller and by_leader else None


def agreement_owed_since(handbook: Handbook, full_id: str, evidence: AgreementEvidence = _NOTHING) -> datetime.date:
    """Return the day since which an agreement is owed: the goal's start, or the change that called for a new one."""
    goal = handbook.goals[full_id]
    agreed_on = agreed_by_both_on(handbook, full_id.partition("/")[0], goal)
    if agreed_on is None:
        return goal.start
    concerned = (goal, *(handbook.goals[ref] for ref in handbook.supports[full_id]))
    days = [on for g in concerned for on in _adjusted_after(g, agreed_on)]
    return min((*days, *filter(None, (evidence.changed_on, evidence.supported_changed_on))), default=goal.start)


def _adjusted_after(goal: Goal, day: datetime.date) -> Iterator[datetime.date]:
    """The days after a day on which the goal's terms were adjusted."""
    return (a.on for a in goal.adjustments if a.on > day and a.changes_terms)
