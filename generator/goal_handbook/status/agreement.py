"""Whether a seller's goal is agreed by both, and on its current terms (status.md#above-the-goal)."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from dataclasses import field, replace
from types import MappingProxyType
from typing import Literal, get_args

from ..frozen import frozen
from ..model.goal import Goal
from ..model.handbook import Handbook
from ..model.records import Agreement

AgreementStatus = Literal["proposed", "stale", "re-confirm", "unproven", "agreed"]
#: How an agreement is proved: by a name in the file alone, by an approval at the forge, by a signature; the best last.
ProofLevel = Literal["said", "approved", "signed"]
PROOF_LEVELS: tuple[ProofLevel, ...] = get_args(ProofLevel)
#: The two who agree to a seller's goal.
PartyName = Literal["seller", "leader"]
PARTIES: tuple[PartyName, ...] = get_args(PartyName)
#: What a signature is worth: it proves an agreement to today's terms, to others (`stale`), or nothing at all.
Verdict = Literal["signed", "approved", "stale", "invalid"]
#: The verdict on each signed agreement of a goal.
Verdicts = Mapping[Agreement, Verdict]
_NO_VERDICTS: Verdicts = MappingProxyType({})


@frozen
class AgreementEvidence:
    """What git says about an agreement: since which day the goal's terms differ from those that were signed, and since
    which day those of the goals it supports do; None if they are still the same."""

    changed_on: datetime.date | None = None
    supported_changed_on: datetime.date | None = None


@frozen
class Party:
    """The word of one of the two, the seller or a leader, on a goal's terms: the day of the latest, and its proof.

    `exact`: a signature says which terms they agreed to, so that no date is needed to know whether these are today's.
    """

    by: str
    on: datetime.date
    level: ProofLevel = "said"
    exact: bool = False
    stale: bool = False


@frozen
class Agreed:
    """How a seller's goal is agreed: the word of each, None where it is missing, and what each signature is worth."""

    seller: Party | None
    leader: Party | None
    verdicts: Verdicts = field(default_factory=dict)

    @property
    def both(self) -> tuple[Party, ...]:
        """Return the word of both, nothing while one is missing."""
        return (self.seller, self.leader) if self.seller and self.leader else ()

    @property
    def on(self) -> datetime.date | None:
        """Return the day of the older one, None while one is missing."""
        return min((party.on for party in self.both), default=None)

    @property
    def level(self) -> ProofLevel:
        """Return how it is proved: as the weaker of the two."""
        return min((party.level for party in self.both), key=PROOF_LEVELS.index, default="said")


_NOTHING = AgreementEvidence()


def agreed_by(handbook: Handbook, full_id: str, verdicts: Verdicts = _NO_VERDICTS) -> Agreed:
    """Return the word of seller and leader on a seller's goal, by what its signatures are worth.

    Any leader of the handbook counts, so that an agreement outlives a change of team.
    """
    goal, seller_id = handbook.goals[full_id], full_id.partition("/")[0]
    seller = _word_of(goal, verdicts, lambda who: who == seller_id)
    leader = _word_of(goal, verdicts, lambda who: who in handbook.leaders)
    return Agreed(seller, leader, verdicts)


def _word_of(goal: Goal, verdicts: Verdicts, is_party: Callable[[str], bool]) -> Party | None:
    """The word of a party: a signature over today's terms, or else the latest word. A wrong signature is none.

    Once they have signed other terms, what they signed before is past, even if the terms are again what they were.
    """
    found = []
    for agreement in goal.agreed:
        who = next(filter(is_party, agreement.by), None)
        verdict = verdicts.get(agreement, "invalid") if agreement.sig else None
        if who and verdict != "invalid":
            level: ProofLevel = verdict if verdict in ("approved", "signed") else "said"
            found.append(Party(who, agreement.on, level, exact=verdict is not None, stale=verdict == "stale"))
    if len(found) < 2:
        return found[0] if found else None
    moved_on = max((p.on for p in found if p.stale), default=datetime.date.min)
    past = [p for p in found if p.exact and (p.on, not any(_adjusted_after(goal, p.on))) < (moved_on, True)]
    found = [replace(p, level="said", stale=True) if p in past else p for p in found]
    best = max(found, key=lambda p: (PROOF_LEVELS.index(p.level), p.on, p.exact))
    return replace(best, on=max(p.on for p in found if p.stale == best.stale))


def agreement_status(
    handbook: Handbook, full_id: str, agreed: Agreed, evidence: AgreementEvidence = _NOTHING
) -> AgreementStatus:
    """Return the status of the agreement to a seller's goal.

    An agreement is as old as the older of its two signatures. An adjustment of the goal's terms after that makes it
    stale, one of a goal it supports means it must be re-confirmed; an agreement on the very day of an adjustment covers
    it. A correction of a record, another title or another reason changes no terms. A change without an adjustment, or
    with one that was dated back, counts the same: `evidence` is what git says. What is signed needs no such evidence:
    a signature knows its terms.
    """
    goal = handbook.goals[full_id]
    if agreed.on is None:
        return "proposed"
    by_word = [party.on for party in agreed.both if not party.exact]
    if any(party.stale for party in agreed.both):
        return "stale"
    if by_word and (evidence.changed_on or any(_adjusted_after(goal, min(by_word)))):
        return "stale"
    if evidence.supported_changed_on or any(
        any(_adjusted_after(handbook.goals[ref], agreed.on)) for ref in handbook.supports[full_id]
    ):
        return "re-confirm"
    return "agreed" if is_proved(agreed.level, handbook.settings.proof) else "unproven"


def still_to_agree(handbook: Handbook, full_id: str, agreed: Agreed) -> tuple[PartyName, ...]:
    """Return who of the two has yet to agree to today's terms of a seller's goal, and of the goals it supports.

    Both, where each has agreed since the last adjustment: then the agreement is not whole for another reason, such as
    a change that nothing explains.
    """
    goals = [handbook.goals[ref] for ref in (full_id, *handbook.supports[full_id])]

    def has_agreed(party: Party | None) -> bool:
        if party is None or party.stale or not is_proved(party.level, handbook.settings.proof):
            return False
        return not any(any(_adjusted_after(goal, party.on)) for goal in goals[1 if party.exact else 0 :])

    said = {"seller": agreed.seller, "leader": agreed.leader}
    return tuple(name for name in PARTIES if not has_agreed(said[name])) or PARTIES


def is_proved(level: ProofLevel, wanted: ProofLevel) -> bool:
    """Return whether a proof is as good as the house asks for."""
    return PROOF_LEVELS.index(level) >= PROOF_LEVELS.index(wanted)


def agreement_owed_since(
    handbook: Handbook, full_id: str, agreed: Agreed, evidence: AgreementEvidence = _NOTHING
) -> datetime.date:
    """Return the day since which an agreement is owed: the goal's start, or the change that called for a new one."""
    goal = handbook.goals[full_id]
    if agreed.on is None:
        return goal.start
    concerned = (goal, *(handbook.goals[ref] for ref in handbook.supports[full_id]))
    days = [on for g in concerned for on in _adjusted_after(g, agreed.on)]
    return min((*days, *filter(None, (evidence.changed_on, evidence.supported_changed_on))), default=goal.start)


def _adjusted_after(goal: Goal, day: datetime.date) -> Iterator[datetime.date]:
    """The days after a day on which the goal's terms were adjusted."""
    return (a.on for a in goal.adjustments if a.on > day and a.changes_terms)
