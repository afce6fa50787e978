"""All rules over a handbook that was read and assessed."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Mapping

from ..changes.baseline import Baseline, changes_since, new_agreements
from ..changes.history import History
from ..findings import Finding, Severity
from ..model.people import AnyOwner
from ..model.values import quoted
from ..proof.proofs import NO_PROOFS, Proofs
from ..source.load import Loaded
from ..status.assessment import Assessment
from .accountability import check_accountability
from .completeness import check_completeness
from .consistency import check_consistency
from .edited import edited_alone
from .gate import check_changes, not_renewed
from .meant import with_what_was_meant
from .numbers import check_numbers
from .proof import check_new_proofs, check_proofs
from .realism import check_realism
from .references import check_references
from .registry import FAMILIES, RULES, family, judge, severity_of, unknown_rule_help
from .said_by_one import check_said_by_one
from .signatures import check_signatures
from .sums import check_sums
from .texts import check_texts

#: Besides GH6: whose id it is, whether an adjustment is true, and what a signature is worth.
_OF_THE_BASE = frozenset({"GH204", "GH205", "GH415", "GH416", "GH417"})

#: What checks of completeness, accountability, realism and numbers find: warnings, unless a handbook says otherwise.
_WARNINGS = tuple(r.code for r in RULES.values() if family(r.code) in {"GH3", "GH4", "GH5"} and r.severity != "error")


def check(
    loaded: Loaded,
    assessment: Assessment | None,
    last_day: datetime.date,
    strict: bool = False,
    baseline: Baseline | None = None,
    history: History | None = None,
    proofs: Proofs = NO_PROOFS,
    good: Loaded | None = None,
) -> list[Finding]:
    """Return every finding of a handbook, in no order, with the severities its own `rules:` give them.

    `assessment` is the handbook's, None if it has none because handbook.yaml cannot be used. `last_day` is the last
    day anything can have happened; `strict` makes warnings errors. With `baseline` the change since then is checked
    too, by the severities in force back then: it cannot switch off the rule that would stop it. `history` is that of
    the files as they are, `proofs` what their signatures are worth. With `good`, an earlier state without errors, only
    errors are returned.
    """
    severities = _severities(loaded, baseline)
    may_warn = good is None or _may_fail(_WARNINGS, severities, strict)
    if good and not may_warn and (edited := edited_alone(good, loaded)) is not None:
        found = [*with_what_was_meant(loaded), *_within(loaded, last_day, edited), *check_proofs(loaded, proofs)]
        if not any(finding.severity == "error" for finding in judge(found, severities)):
            return []
    findings = [*with_what_was_meant(loaded), *_within(loaded, last_day)]
    if loaded.handbook and assessment:
        changes = changes_since(baseline, loaded) if baseline else ()
        if may_warn:
            findings += check_completeness(loaded, assessment.as_of)
            findings += check_accountability(
                loaded, assessment, frozenset(not_renewed(loaded.handbook, changes, proofs.verdicts))
            )
            findings += check_signatures(loaded, assessment)
            findings += check_realism(loaded, assessment)
            findings += check_numbers(loaded, assessment)
        findings += check_proofs(loaded, proofs)
        if baseline:
            day = max(assessment.as_of, baseline.status_date)
            findings += check_changes(loaded, baseline, changes, day, proofs.verdicts)
            agreements = new_agreements(baseline, loaded, changes)
            findings += check_new_proofs(loaded, baseline, agreements, proofs, day)
            findings += check_said_by_one(loaded, agreements, history or History(), proofs.verdicts)
    findings += _unknown_rules(loaded)
    found = judge(findings, severities, strict)
    return [finding for finding in found if finding.severity == "error"] if good else found


def _within(loaded: Loaded, last_day: datetime.date, edited: Collection[AnyOwner] | None = None) -> list[Finding]:
    """What is wrong in the files by themselves, and in what they call each other: in all, or of the `edited` owners."""
    return [
        *check_references(loaded, edited),
        *check_sums(loaded, edited),
        *check_consistency(loaded, last_day, edited),
        *check_texts(loaded, edited),
    ]


def _may_fail(codes: Iterable[str], severities: Mapping[str, Severity], strict: bool) -> bool:
    """Whether what one of these rules finds can be an error."""
    return strict or any(severity_of(code, severities) == "error" for code in codes)


def _unknown_rules(loaded: Loaded) -> list[Finding]:
    """GH108 for each key of `rules:` that is not the code of a rule or of a family."""
    document = loaded.settings_document
    return [
        document.finding(
            "GH108", document.key_location(("rules", code)), f"unknown rule {quoted(code)}", unknown_rule_help(code)
        )
        for code in _own_severities(loaded)
        if code not in RULES and code not in FAMILIES
    ]


def _severities(loaded: Loaded, baseline: Baseline | None) -> dict[str, Severity]:
    """The severities by code; the baseline gives those of the rules that a change must not switch off for itself."""
    own = _own_severities(loaded)
    if baseline is None:
        return own
    then = _own_severities(baseline.loaded)
    handbook = baseline.loaded.handbook
    if handbook and handbook.settings.proof != "said" and not {"GH6", "GH613"} & then.keys():
        then = {**then, "GH613": "error"}  # a name is not enough there, and two names of one author are less
    return own | {code: severity_of(code, then) for code in RULES if family(code) == "GH6" or code in _OF_THE_BASE}


def _own_severities(loaded: Loaded) -> dict[str, Severity]:
    return loaded.handbook.settings.rules if loaded.handbook else {}
