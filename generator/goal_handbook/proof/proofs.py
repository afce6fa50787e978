"""Everything about signatures in a handbook: the keys that count, and what each signature is worth."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from ..findings import Finding
from ..model.handbook import Handbook
from ..source.load import Loaded
from ..status.agreement import Verdict, Verdicts
from ..status.as_of import handbook_on
from .key_changes import signers_file
from .signers import Signers, read_signers
from .verdicts import Names, Proof, names_of_people, proofs


@dataclass(frozen=True)
class Proofs:
    """The keys that count, the verdict on each signature, and what is wrong with the lines of `goals/signers`.

    `names` are the ids under which people's keys are known.
    """

    signers: Signers = field(default_factory=Signers)
    found: tuple[Proof, ...] = ()
    findings: tuple[Finding, ...] = ()
    names: Names = field(default_factory=dict)

    @cached_property
    def verdicts(self) -> Mapping[str, Verdicts]:
        """The verdict on each signed agreement, by the goal's full id and the agreement."""
        by_goal: dict[str, dict[object, Verdict]] = {}
        for proof in self.found:
            by_goal.setdefault(proof.full_id, {})[proof.agreement] = proof.verdict
        return by_goal  # type: ignore[return-value]


#: Those of a handbook in which nobody has signed anything.
NO_PROOFS = Proofs()


def read_proofs(loaded: Loaded, trusted: Loaded, as_of: datetime.date) -> Proofs:
    """Return what the signatures of a handbook prove on a day.

    Keys count that are in the `trusted` version: what a change is compared with, so that no change brings its own keys.
    """
    signers, findings = _read(trusted)
    if trusted is not loaded:
        findings = _read(loaded)[1]
    handbook = loaded.handbook
    if handbook is None or not _has_signatures(handbook):
        return Proofs(signers, findings=tuple(findings))
    names = names_of_people(handbook, trusted.handbook or handbook)
    found = proofs(handbook_on(handbook, as_of), signers, names)
    return Proofs(signers, tuple(found), tuple(findings), names)


def signers_of(loaded: Loaded) -> Signers:
    """Return the keys and logins that a version of `goals/signers` knows."""
    return _read(loaded)[0]


def _read(loaded: Loaded) -> tuple[Signers, list[Finding]]:
    file = signers_file(loaded)
    return read_signers(file.shown, file.data) if file else (Signers(), [])


def _has_signatures(handbook: Handbook) -> bool:
    return any(agreement.sig for goal in handbook.goals.values() for agreement in goal.agreed)
