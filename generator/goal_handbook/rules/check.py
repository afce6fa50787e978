"""All rules over a handbook that was read."""

from __future__ import annotations

import datetime

from ..findings import Finding, in_reading_order
from ..model.values import quoted
from ..source.load import Loaded
from .references import check_references
from .registry import RULES, judge, unknown_rule_mend
from .terms import check_terms


def check(loaded: Loaded, now: datetime.date, strict: bool = False) -> list[Finding]:
    """Every finding of a handbook in reading order, judged by its own `rules:`.

    `now` is the last day anything can have happened; `strict` makes warnings errors.
    """
    findings = [*loaded.findings, *check_references(loaded), *check_terms(loaded, now)]
    overrides = loaded.handbook.settings.rules if loaded.handbook else {}
    document = loaded.settings_document
    for code in overrides:
        if code not in RULES:
            place = document.key_place(("rules", code))
            findings.append(
                document.finding("GH108", place, f"no rule has the code {quoted(code)}", unknown_rule_mend(code))
            )
    return judge(in_reading_order(findings), overrides, strict)


def has_errors(findings: list[Finding]) -> bool:
    """Whether anything in the way of publishing was found."""
    return any(finding.severity == "error" for finding in findings)
