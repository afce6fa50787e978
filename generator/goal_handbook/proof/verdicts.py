"""What each signature of a handbook is worth: it proves an agreement to today's terms, to older ones, or nothing."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..model.handbook import Handbook
from ..model.records import Agreement
from ..source.folder import FORGE
from ..status.agreement import Verdict
from .signers import Signers
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


#: The ids under which keys may know a person, by what the person is called today.
Names = Mapping[str, Sequence[str]]


def names_of_people(handbook: Handbook, trusted: Handbook) -> Names:
    """Return everybody's ids, those of today first: `formerly` counts as far as the `trusted` version bears it out.

    Somebody who was there is who they were then; somebody who is new may be somebody who is no longer there.
    """
    found = {}
    for owner_id, owner in handbook.owners.items():
        gone = [i for i in owner.formerly if i not in handbook.owners]
        called = [owner_id] if owner_id in trusted.owners else gone
        then = [trusted.owners[i] for i in called if i in trusted.owners]
        found[owner_id] = (owner_id, *(i for one in then for i in (one.id, *one.formerly)))
    return found


def proofs(handbook: Handbook, signers: Signers, names: Names) -> Iterator[Proof]:
    """Yield every signed agreement of a handbook with what it is worth."""
    for full_id, goal in handbook.goals.items():
        signed = [agreement for agreement in goal.agreed if agreement.sig]
        if signed:
            today = terms_digest(handbook, full_id)
            for agreement in signed:
                problem = why_not(handbook, signers, names, full_id, agreement, agreement.on)
                level: Verdict = "approved" if agreement.via else "signed"
                verdict: Verdict = "invalid" if problem else level if agreement.terms == today else "stale"
                yield Proof(full_id, agreement, verdict, problem)


def why_not(
    handbook: Handbook, signers: Signers, names: Names, full_id: str, agreement: Agreement, day: datetime.date
) -> str:
    """Return why a signature proves nothing, as a sentence without its full stop; "" if it is right.

    The key has to count on `day`: that of the agreement, or a later one on which it came into the handbook.
    """
    person = agreement.by[0]
    try:
        key = signer_of(agreement.sig, statement(handbook, full_id, agreement))
    except BadSignature as problem:
        return f"the signature {problem}"
    ids = (FORGE,) if agreement.via else [i for i in names.get(person, (person,)) if i != FORGE]
    reason = signers.why_not(ids, key, day)
    return f"the key of this signature {reason}" if reason else ""
