"""GH415, GH416, GH614 and GH615: wrong signatures, keys that changed, and agreements without the proof asked for."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator

from ..changes.baseline import Baseline
from ..changes.kinds import RecordAdded
from ..findings import Finding, Location
from ..model.records import Agreement
from ..proof.key_changes import key_files, signers_file, why_not_signed
from ..proof.proofs import Proofs, signers_of
from ..proof.verdicts import why_not
from ..source.load import Loaded
from ..words import sentence_list


def check_proofs(loaded: Loaded, proofs: Proofs) -> Iterator[Finding]:
    """Yield GH416 for each line of `goals/signers` that cannot be read, and GH415 for each signature that is wrong."""
    yield from proofs.findings
    for proof in proofs.found:
        if proof.verdict == "invalid":
            yield _wrong(loaded, proof.full_id, proof.agreement, proof.problem)


def check_new_proofs(
    loaded: Loaded, baseline: Baseline, agreements: Iterable[RecordAdded], proofs: Proofs, as_of: datetime.date
) -> Iterator[Finding]:
    """Yield GH614 and, for new `agreements`, GH615, and GH415 if they were signed with a key that has expired since.

    The base decides what an agreement needs, and whose keys count.
    """
    yield from _signers(loaded, baseline, as_of)
    old, new = baseline.loaded.handbook, loaded.handbook
    if old is None or new is None:
        return
    wrong = {(proof.full_id, proof.agreement) for proof in proofs.found if proof.verdict == "invalid"}
    for change in agreements:
        if not isinstance(agreement := change.record, Agreement):
            continue
        is_sellers = change.owner_id in new.sellers and change.full_id in new.goals
        if agreement.sig and (change.full_id, agreement) not in wrong:
            day = max(agreement.on, min(baseline.day, as_of))
            if problem := why_not(new, proofs.signers, proofs.names, change.full_id, agreement, day):
                yield _wrong(loaded, change.full_id, agreement, f"{problem}, and it came in after that")
        elif is_sellers and old.settings.proof == "signed" and (agreement.via or not agreement.sig):
            how = "was approved at the forge" if agreement.via else "is by name only"
            message = f"the agreement of {sentence_list(agreement.by)} {how}, and this house asks for signatures"
            help = f"run goals agree {change.full_id} --sign --by {agreement.by[0]}, each with their own key"
            yield _at(loaded, change.full_id, agreement, "GH615", message, help)


def _signers(loaded: Loaded, baseline: Baseline, as_of: datetime.date) -> Iterator[Finding]:
    """GH614 where the keys, or what was signed for them, changed without a signature; GH609 for the first ones."""
    was, now = signers_file(baseline.loaded), signers_file(loaded)
    before, present = key_files(baseline.loaded), key_files(loaded)
    if before == present and (was is None) == (now is None):
        return
    document = loaded.settings_document
    path = now.shown if now else f"{document.path.rpartition('/')[0]}/signers"
    if was is None:
        message = "these are the handbook's first keys; whoever merges them decides whose they are"
        yield Finding("GH609", Location(path, 1, 1), message, "ask each person in person whether the key is theirs")
    elif problem := why_not_signed(before, present, signers_of(baseline.loaded), as_of):
        if before.keys == present.keys:
            path = f"{path}.sig"
            message, help = f"what was signed for the keys has changed: {problem}", "restore it"
        else:
            message = f"the keys have changed, and {problem}"
            help = "change them with goals signers add or expire, and sign with a key that is there"
        yield Finding("GH614", Location(path, 1, 1), message, help)


def _wrong(loaded: Loaded, full_id: str, agreement: Agreement, problem: str) -> Finding:
    who = agreement.by[0]
    help = f"sign again with goals agree {full_id} --sign --by {who}; a key counts once main has it in goals/signers"
    return _at(loaded, full_id, agreement, "GH415", f"{who} has not signed this: {problem}", help)


def _at(loaded: Loaded, full_id: str, agreement: Agreement, code: str, message: str, help: str) -> Finding:
    owner_id, _, goal_id = full_id.partition("/")
    owner = loaded.handbook.owners[owner_id] if loaded.handbook else None
    index = [goal.id for goal in owner.goals].index(goal_id) if owner else 0
    agreed = loaded.written(full_id).agreed
    place = ("agreed", agreed.index(agreement)) if agreement in agreed else ("agreed",)
    return loaded.finding(owner_id, ("goals", index, *place, *(("sig",) if agreement.sig else ())), code, message, help)
