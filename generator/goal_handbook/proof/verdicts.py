"""What each signature of a handbook is worth: it proves an agreement to today's terms, to older ones, or nothing."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from ..model.handbook import Handbook
from ..model.records import Agreement
from ..status.agreement import Verdict
from .signers import FORGE, Signers
from .sshsig import signer_of
from .statement import statement, terms_digest
from .wire import BadSignature


@dataclass(frozen=True, slots=True)
class Proof:
    """A signed agreement and what it is worth; `problem` says why it proves nothing, as the end of a sentence."""

    full_id: str
    agreement: Agreement
    verdict: Verdict
    problem: str = ""


def proofs(handbook: Handbook, signers: Signers) -> Iterator[Proof]:
    """Yield every signed agreement of a handbook with what it is worth."""
    for full_id, goal in handbook.goals.items():
        signed = [agreement for agreement in goal.agreed if agreement.sig]
        if signed:
            today = terms_digest(handbook, full_id)
            for agreement in signed:
                problem = why_not(handbook, signers, full_id, agreement, agreement.on)
                level: Verdict = "approved" if agreement.via else "signed"
                verdict: Verdict = "invalid" if problem else level if agreement.terms == today else "stale"
                yield Proof(full_id, agreement, verdict, problem)


def why_not(handbook: Handbook, signers: Signers, full_id: str, agreement: Agreement, day: datetime.date) -> str:
    """Return why a signature proves nothing, as a sentence without its full stop; "" if it is right.

    The key has to count on `day`: that of the agreement, or a later one on which it came into the handbook.
    """
    person = agreement.by[0]
    try:
        key = signer_of(agreement.sig, statement(handbook, full_id, agreement))
    except BadSignature as problem:
        return f"the signature {problem}"
    owner = handbook.owners.get(person)
    ids = (FORGE,) if agreement.via else (person, *(owner.formerly if owner else ()))
    reason = signers.why_not(ids, key, day)
    return f"the key of this signature {reason}" if reason else ""
