"""All rules over a handbook that was read."""

from __future__ import annotations

import datetime

from ..changes.baseline import Baseline, moves_since
from ..changes.evidence import agreement_evidence
from ..changes.history import History
from ..findings import Finding, Severity, in_reading_order
from ..model.values import quoted
from ..source.load import Loaded
from ..status.assessment import assess
from .accountability import check_accountability
from .completeness import check_completeness
from .consistency import check_terms
from .gate import check_moves, not_renewed
from .realism import check_realism
from .references import check_references
from .registry import FAMILIES, RULES, family, judge, unknown_rule_help
from .texts import check_texts


def check(
    loaded: Loaded,
    as_of: datetime.date,
    now: datetime.date,
    strict: bool = False,
    before: Baseline | None = None,
    history: History | None = None,
) -> list[Finding]:
    """Every finding of a handbook in reading order, judged by its own `rules:`.

    `as_of` is the status date, `now` the last day anything can have happened; `strict` makes warnings errors. With
    `history` git's word on agreements counts too. With `before` the change since then is checked (GH6), by the rules
    of the house as they were then: a change cannot switch off what would stop it.
    """
    findings = [*loaded.findings, *check_references(loaded), *check_terms(loaded, now), *check_texts(loaded)]
    findings += check_completeness(loaded, as_of)
    moves = moves_since(before, loaded) if before else ()
    if loaded.handbook:
        standing = assess(loaded.handbook, as_of, agreement_evidence(history or History(), loaded.handbook, as_of))
        findings += check_accountability(loaded, standing, frozenset(not_renewed(loaded.handbook, moves)))
        findings += check_realism(loaded, standing)
    if before:
        findings += check_moves(loaded, before, moves, as_of)
    overrides = _house_rules(loaded)
    document = loaded.settings_document
    for code in overrides:
        if code not in RULES and code not in FAMILIES:
            location = document.key_location(("rules", code))
            findings.append(
                document.finding("GH108", location, f"no rule has the code {quoted(code)}", unknown_rule_help(code))
            )
    if before:
        then = _house_rules(before.loaded)
        overrides = {c: s for c, s in overrides.items() if family(c) != "GH6"}
        overrides |= {c: s for c, s in then.items() if family(c) == "GH6"}
    return judge(in_reading_order(findings), overrides, strict)


def _house_rules(loaded: Loaded) -> dict[str, Severity]:
    return loaded.handbook.settings.rules if loaded.handbook else {}


def has_errors(findings: list[Finding]) -> bool:
    """Whether anything in the way of publishing was found."""
    return any(finding.severity == "error" for finding in findings)
