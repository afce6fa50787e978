"""Everything about signatures in a handbook: the keys that count, and what each signature is worth."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from ..findings import Finding
from ..model.handbook import Handbook
from ..source.folder import SIGNERS, SIGNERS_SIGNATURE, SourceFile
from ..source.load import Loaded
from ..status.agreement import Verdict, Verdicts
from ..status.as_of import handbook_on
from .signers import Signers, read_signers
from .sshsig import signer_of, unarmored
from .statement import signers_statement
from .verdicts import Proof, proofs
from .wire import BadSignature


@dataclass(frozen=True)
class Proofs:
    """The keys that count, the verdict on each signature, and what is wrong with the lines of `goals/signers`."""

    signers: Signers = field(default_factory=Signers)
    found: tuple[Proof, ...] = ()
    findings: tuple[Finding, ...] = ()

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
    found = tuple(proofs(handbook_on(handbook, as_of), signers)) if handbook and _has_signatures(handbook) else ()
    return Proofs(signers, found, tuple(findings))


def signers_file(loaded: Loaded, name: str = SIGNERS) -> SourceFile | None:
    """Return `goals/signers` (or its signature) as it was read, None without one."""
    return next((f for f in loaded.files if not f.folder and f.shown.rpartition("/")[2] == name), None)


def why_not_signed(loaded: Loaded, before: Loaded, day: datetime.date) -> str:
    """Return why a change of `goals/signers` does not count, as a sentence without its full stop; "" if it does.

    It counts with a signature by a key that was there before, over the file as it was and as it is.
    """
    signature = signers_file(loaded, SIGNERS_SIGNATURE)
    if signature is None:
        return "nobody who was in it has signed the change"
    was, now = (file.data if (file := signers_file(version)) else b"" for version in (before, loaded))
    try:
        key = signer_of(unarmored(signature.data.decode("ascii", "replace")), signers_statement(was, now))
    except BadSignature as problem:
        return f"the signature in {signature.shown} {problem}"
    entries = signers_of(before).by_key.get(key, ())
    reasons = [signer.why_not(day) for signer in entries]
    if not reasons:
        return f"the signature in {signature.shown} is by a key that was not in it"
    return "" if "" in reasons else f"the key of the signature in {signature.shown} {reasons[0]}"


def signers_of(loaded: Loaded) -> Signers:
    """Return the keys and logins that a version of `goals/signers` knows."""
    return _read(loaded)[0]


def _read(loaded: Loaded) -> tuple[Signers, list[Finding]]:
    file = signers_file(loaded)
    return read_signers(file.shown, file.data) if file else (Signers(), [])


def _has_signatures(handbook: Handbook) -> bool:
    return any(agreement.sig for goal in handbook.goals.values() for agreement in goal.agreed)
