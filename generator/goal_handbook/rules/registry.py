"""Every rule by its code: the one table of what is checked and how severe it is unless the handbook says otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ..findings import Finding, Severity, did_you_mean, with_severity


@dataclass(frozen=True, slots=True)
class Rule:
    """A check: its stable code, its slug, its default severity, and what is wrong in one line."""

    code: str
    slug: str
    severity: Severity
    summary: str


RULES: Mapping[str, Rule] = {
    rule.code: rule
    for rule in (
        Rule("GH101", "not-yaml", "error", "The file is no valid YAML"),
        Rule("GH102", "unknown-key", "error", "A key the format does not know"),
        Rule("GH103", "missing", "error", "Something required is missing or empty"),
        Rule("GH104", "wrong-shape", "error", "Text where a list belongs, or the like"),
        Rule("GH105", "not-a-number", "error", "A value is no exact number"),
        Rule("GH106", "not-a-date", "error", "A value is no day of the calendar"),
        Rule("GH107", "not-an-id", "error", "A name that is to be an id is none"),
        Rule("GH108", "not-a-choice", "error", "A value is none of those known for its key"),
        Rule("GH109", "duplicate-key", "error", "A key stands twice"),
        Rule("GH110", "yaml-feature", "error", "An anchor, alias, tag, merge key or second document"),
        Rule("GH111", "too-deep", "error", "Nested deeper than any goal needs"),
        Rule("GH112", "too-large", "error", "A file or list beyond its limit"),
        Rule("GH113", "encoding", "error", "Not UTF-8, or invisible control characters"),
        Rule("GH114", "file", "error", "A file that is not, or cannot be, read"),
        Rule("GH115", "csv-row", "error", "A row of a CSV file cannot be read"),
        Rule("GH116", "dates-out-of-order", "error", "Something ends before it begins"),
        Rule("GH117", "twice", "error", "Two things with one id, or two readings on one day"),
        Rule("GH118", "does-not-fit", "error", "Keys that contradict each other"),
        Rule("GH119", "too-long", "error", "More text than a page can show"),
        Rule("GH120", "in-the-future", "error", "Something noted down for a day that has not come"),
        Rule("GH201", "unknown-reference", "error", "A name nobody bears"),
        Rule("GH202", "wrong-reference", "error", "A name that belongs to something else"),
        Rule("GH203", "circle", "error", "Something that leads back to itself"),
        Rule("GH204", "id-taken", "error", "Two owners with one id"),
        Rule(
            "GH205",
            "adjustment-contradicts",
            "error",
            "The latest adjustment and the goal's terms say different things",
        ),
        Rule("GH301", "no-landmark", "warning", "A goal without a landmark"),
        Rule("GH302", "hidden-in-a-sum", "warning", "A goal the team does not see is missing from a sum it sees"),
    )
}


def judge(findings: Iterable[Finding], overrides: Mapping[str, str], strict: bool = False) -> list[Finding]:
    """Findings with the severity the handbook gives their rule; those switched off are left out.

    GH1 cannot be lowered: what was not read cannot be published. `strict` makes warnings errors.
    """
    judged = []
    for finding in findings:
        severity: Severity = RULES[finding.code].severity
        override = overrides.get(finding.code)
        if override in {"error", "warning", "off"} and not finding.code.startswith("GH1"):
            severity = override  # type: ignore[assignment]
        if strict and severity == "warning":
            severity = "error"
        if severity != "off":
            judged.append(with_severity(finding, severity))
    return judged


def unknown_rule_mend(code: str) -> str:
    """What to write instead of a code no rule has."""
    named = next((f"write {rule.code}" for rule in RULES.values() if rule.slug == code), "")
    return named or did_you_mean(code, RULES) or "goals check names a rule's code in every finding"
