"""How the 1:1s that a leader has promised each seller have been held."""

from __future__ import annotations

from dataclasses import dataclass

from .assessment import Assessment


@dataclass(frozen=True, slots=True)
class OneToOnes:
    """How many sessions with a seller were held of those due by now, and the full id of the leader's goal."""

    full_id: str
    held: int
    due: int


def one_to_ones(assessment: Assessment) -> dict[str, OneToOnes]:
    """Return the 1:1s of each seller by id: those of their nearest leader's first open cadence of support with them."""
    found: dict[str, OneToOnes] = {}
    for leader, sellers in assessment.handbook.sellers_led.items():
        theirs = {seller.id for seller in sellers}
        for state in assessment.by_owner[leader]:
            if state.cadence is None or state.goal.kind != "support" or state.goal.closed:
                continue
            for row in state.cadence.rows:
                if row.person and row.person.id in theirs:
                    found.setdefault(row.person.id, OneToOnes(state.full_id, row.held, row.due))
    return found
