"""Whether a seller's goal is agreed by both, and on its present terms (status.md#above-the-goal)."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Literal, get_args

from ..model.goal import Goal
from ..model.handbook import Handbook

AgreementStatus = Literal["proposed", "stale", "re-confirm", "agreed"]
AGREEMENT_STATUSES: tuple[AgreementStatus, ...] = get_args(AgreementStatus)


@dataclass(frozen=True, slots=True)
class AgreementEvidence:
    """What git says of an agreement: the day its goal's terms moved after it was signed, and the day what the goal
    supports moved; None where they are as they were."""

    moved: datetime.date | None = None
    supported_moved: datetime.date | None = None


_NOTHING = AgreementEvidence()


def agreement_status(
    handbook: Handbook, full_id: str, evidence: AgreementEvidence = _NOTHING
) -> AgreementStatus | None:
    """The state of the agreement, or None for a goal that is no seller's.

    Both have agreed since the later party's last word; an adjustment of the goal after that makes it stale,
    one of a goal it supports asks for a re-confirmation. An agreement on the very day of an adjustment covers it.
    A change no adjustment tells of, or one dated back, counts just so: `proof` is what git says.
    """
    owner_id = full_id.partition("/")[0]
    if owner_id not in handbook.sellers:
        return None
    goal = handbook.goals[full_id]
    agreed_on = agreed_by_both_on(handbook, owner_id, goal)
    if agreed_on is None:
        return "proposed"
    if evidence.moved or _adjusted_after(goal, agreed_on):
        return "stale"
    if evidence.supported_moved or any(
        _adjusted_after(handbook.goals[ref], agreed_on) for ref in handbook.supports[full_id]
    ):
        return "re-confirm"
    return "agreed"


def agreed_by_both_on(handbook: Handbook, seller_id: str, goal: Goal) -> datetime.date | None:
    """The day by which both the seller and a leader last stood by the goal, or None.

    Any leader of the handbook counts, so that an agreement outlives a change of team.
    """
    by_seller = max((a.on for a in goal.agreed if seller_id in a.by), default=None)
    by_leader = max((a.on for a in goal.agreed if any(who in handbook.leaders for who in a.by)), default=None)
    return min(by_seller, by_leader) if by_seller and by_leader else None


def agreement_owed_since(handbook: Handbook, full_id: str, evidence: AgreementEvidence = _NOTHING) -> datetime.date:
    """The day from which an agreement is owed: the goal's start, or the adjustment that called for a new one."""
    goal = handbook.goals[full_id]
    agreed_on = agreed_by_both_on(handbook, full_id.partition("/")[0], goal)
    if agreed_on is None:
        return goal.start
    concerned = (goal, *(handbook.goals[ref] for ref in handbook.supports[full_id]))
    days = [a.on for g in concerned for a in g.adjustments if a.on > agreed_on]
    return min((*days, *filter(None, (evidence.moved, evidence.supported_moved))), default=goal.start)


def _adjusted_after(goal: Goal, day: datetime.date) -> bool:
    return any(a.on > day for a in goal.adjustments)
