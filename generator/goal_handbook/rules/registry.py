"""The one table of rules: each rule's code, name, default severity and summary."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ..findings import Finding, Severity, did_you_mean, nearest, with_severity


@dataclass(frozen=True, slots=True)
class Rule:
    """A check: its stable code, its name (`slug`), its default severity, and what it reports, in one sentence."""

    code: str
    slug: str
    severity: Severity
    summary: str


#: The families of rules, by the beginning of their codes.
FAMILIES: Mapping[str, str] = {
    "GH1": "Format",
    "GH2": "References",
    "GH3": "Completeness",
    "GH4": "Accountability",
    "GH5": "Realism",
    "GH6": "Changes",
    "GH7": "Text",
}

RULES: Mapping[str, Rule] = {
    rule.code: rule
    for rule in (
        Rule("GH101", "invalid-yaml", "error", "The file is not valid YAML"),
        Rule("GH102", "unknown-key", "error", "The key is not part of the format"),
        Rule("GH103", "missing-value", "error", "A required value is missing or empty"),
        Rule("GH104", "wrong-type", "error", "The value has the wrong type, such as text instead of a list"),
        Rule("GH105", "invalid-number", "error", "The value is not an exact number"),
        Rule("GH106", "invalid-date", "error", "The value is not a calendar date"),
        Rule("GH107", "invalid-id", "error", "The id is not valid"),
        Rule("GH108", "invalid-choice", "error", "The value is not one of the allowed choices"),
        Rule("GH109", "duplicate-key", "error", "A key appears twice"),
        Rule("GH110", "unsupported-yaml", "error", "The file uses YAML features the format does not allow"),
        Rule("GH111", "too-deep", "error", "The file, or a chain of references, is too deep"),
        Rule("GH112", "too-large", "error", "A file or a list is too large"),
        Rule("GH113", "invalid-encoding", "error", "The file is not UTF-8 or contains control characters"),
        Rule("GH114", "file-not-read", "error", "A file is in the wrong place or cannot be read"),
        Rule("GH115", "invalid-csv", "error", "A row of a CSV file cannot be read"),
        Rule("GH116", "dates-out-of-order", "error", "Something is due or ends before it starts"),
        Rule("GH117", "duplicate", "error", "Two items have the same id, or two readings the same day"),
        Rule("GH118", "conflicting-keys", "error", "Keys do not fit together"),
        Rule("GH119", "text-too-long", "error", "Text is too long"),
        Rule("GH120", "future-date", "error", "A record is dated in the future"),
        Rule("GH201", "unknown-reference", "error", "Nothing in the handbook has this name"),
        Rule("GH202", "wrong-reference", "error", "The name refers to the wrong kind of thing"),
        Rule("GH203", "circular-reference", "error", "References lead back to where they started"),
        Rule("GH204", "id-taken", "error", "The id is already taken"),
        Rule("GH205", "adjustment-conflict", "error", "The goal and its latest adjustment disagree"),
        Rule("GH206", "adds-nothing", "warning", "The goal cannot be added to the sum it supports"),
        Rule("GH207", "no-rate", "error", "There is no exchange rate for a currency that is added to another"),
        Rule("GH208", "counted-once", "warning", "The goal supports a team and its larger team, and is counted once"),
        Rule("GH209", "shares-above-one", "warning", "The shares of a goal add up to more than the whole"),
        Rule("GH301", "no-landmark", "warning", "The goal has no landmarks"),
        Rule("GH302", "hidden-in-rollup", "warning", "A goal the team cannot see is missing from a sum it can see"),
        Rule("GH303", "not-measurable", "warning", "The goal has nothing to measure and nothing to deliver"),
        Rule("GH304", "no-why", "warning", "The goal does not say why"),
        Rule("GH305", "no-production-goal", "warning", "The seller has no production goal"),
        Rule("GH306", "no-learning-goal", "warning", "The seller has no education or skill goal"),
        Rule("GH307", "no-support-goal", "warning", "The leader has no support goal"),
        Rule("GH308", "no-improvement-goal", "warning", "The leader has no improvement goal"),
        Rule("GH309", "leader-production-goal", "warning", "A leader who does not sell has a production goal"),
        Rule("GH310", "supports-nothing", "warning", "The seller's goal does not support any team goal"),
        Rule("GH311", "team-without-leader", "warning", "Nobody leads the team, nor any team above it"),
        Rule("GH312", "team-without-goal", "warning", "The team has no goal"),
        Rule("GH313", "no-context", "warning", "A revenue goal has no market and no capacity behind it, or old ones"),
        Rule("GH314", "no-actions", "warning", "The seller's production goal has no actions"),
        Rule("GH315", "nothing-spent", "warning", "Half the time is over, and nothing of what was set aside is spent"),
        Rule("GH401", "accounting-owed", "warning", "A missed landmark has no accounting yet"),
        Rule("GH402", "accounting-overdue", "warning", "The accounting for a missed landmark is overdue"),
        Rule("GH403", "plan-step-overdue", "warning", "A plan step is overdue"),
        Rule("GH404", "review-overdue", "warning", "The goal's review is overdue"),
        Rule("GH405", "unreported", "warning", "A landmark has passed without a reading"),
        Rule("GH406", "not-agreed", "warning", "The seller and a leader have not both agreed to the goal"),
        Rule("GH407", "agreement-stale", "warning", "The goal changed after it was agreed"),
        Rule("GH408", "re-confirm", "warning", "A goal it supports changed after this goal was agreed"),
        Rule("GH409", "left-open", "warning", "Somebody has left, and their goals are still open"),
        Rule(
            "GH410", "agreed-after-the-fact", "warning", "The goal was agreed well after it began, or after a landmark"
        ),
        Rule("GH411", "recover-without-plan", "warning", "The accounting promises to recover, but has no plan"),
        Rule(
            "GH412", "adjust-without-adjustment", "warning", "The accounting promises an adjustment that was never made"
        ),
        Rule("GH413", "signed-by-one", "warning", "Seller and leader have not both signed an accounting or a review"),
        Rule("GH414", "not-understood", "off", "The agreement does not say how the seller understands the goal"),
        Rule("GH415", "wrong-signature", "error", "A signature does not prove what it says"),
        Rule("GH416", "bad-signers", "error", "A line of goals/signers cannot be read"),
        Rule("GH417", "unproven", "warning", "The agreement lacks the proof that the house asks for"),
        Rule("GH501", "coverage", "warning", "What supports a team's goal adds up to too little, or to far too much"),
        Rule("GH502", "above-capacity", "warning", "The target is above what can be produced or served"),
        Rule("GH503", "above-abilities", "warning", "The target is above what the members can realistically do"),
        Rule("GH504", "landmarks-out-of-order", "warning", "A later landmark asks for less than an earlier one"),
        Rule("GH505", "landmark-after-due", "warning", "A landmark is due after the goal itself"),
        Rule("GH506", "steeper-than-ever", "warning", "A landmark needs a faster pace than the best so far"),
        Rule("GH507", "falling-total", "warning", "A total to date went down"),
        Rule("GH508", "no-reading-on-the-day", "warning", "A due date or a move passed without a reading of that day"),
        Rule("GH509", "above-estimate", "warning", "A seller's target is above the leader's own estimate"),
        Rule("GH510", "last-landmark-differs", "warning", "The last landmark is not the target"),
        Rule("GH511", "ambiguous-thousands", "warning", "A number with three decimals is probably in the thousands"),
        Rule("GH512", "achieved-under-target", "warning", "A goal was closed as achieved below its target"),
        Rule("GH513", "percent-as-fraction", "warning", "A percentage is written as a fraction, such as 0.05 for 5 %"),
        Rule("GH601", "silent-change", "error", "An agreed term changed without an adjustment"),
        Rule("GH602", "adjustment-without-why", "error", "The adjustment or the accounting does not say why"),
        Rule("GH603", "missed-then-changed", "error", "A missed landmark was changed or dropped without an accounting"),
        Rule("GH604", "record-rewritten", "error", "A past record was edited or removed"),
        Rule("GH605", "reading-rewritten", "error", "A past reading was edited or removed without a correction"),
        Rule("GH606", "goal-removed", "error", "A goal was removed instead of closed"),
        Rule("GH607", "agreement-not-renewed", "warning", "An adjusted goal has not been agreed again"),
        Rule("GH608", "inaccurate-adjustment", "error", "The adjustment does not match what actually changed"),
        Rule("GH609", "house-rules-changed", "warning", "What goals are judged by has changed"),
        Rule("GH610", "proposal-changed", "warning", "The terms of a goal that nobody has agreed to yet have changed"),
        Rule("GH611", "past-rewritten", "error", "A team, a leave, a rate or a quarter of the past has changed"),
        Rule("GH612", "dated-back", "warning", "A decision is dated before the version it is compared with"),
        Rule("GH613", "said-by-one", "warning", "Both names of an agreement came from one author"),
        Rule("GH614", "signers-changed", "error", "The keys of those who sign changed without a signature"),
        Rule("GH615", "unproven-agreement", "error", "A new agreement lacks the proof that the house asks for"),
        Rule("GH617", "dropped-by-one", "error", "Seller and leader have not both signed that a landmark is dropped"),
        Rule("GH618", "past-corrected", "warning", "A team, a leave or a last day of the past was corrected"),
        Rule("GH701", "cut-by-hash", "warning", "A # cuts off the rest of the text"),
        Rule("GH702", "curly-quotes", "warning", "The curly quotes are part of the text"),
        Rule("GH703", "look-alike", "warning", "Two names look the same but are different"),
        Rule("GH704", "invisible-character", "warning", "The text contains an invisible character"),
        Rule("GH705", "unknown-in-chapter", "error", "A chapter asks for something that the handbook does not have"),
        Rule("GH706", "former-id-in-chapter", "warning", "A chapter uses a former id"),
    )
}


def judge(findings: Iterable[Finding], overrides: Mapping[str, str], strict: bool = False) -> list[Finding]:
    """Return findings with the severity the handbook gives their rule, without those that are switched off.

    `strict` turns warnings into errors.
    """
    judged, severities = [], dict[str, Severity]()
    for finding in findings:
        severity = severities.get(finding.code) or severities.setdefault(
            finding.code, severity_of(finding.code, overrides)
        )
        if strict and severity == "warning":
            severity = "error"
        if severity != "off":
            judged.append(with_severity(finding, severity))
    return judged


def severity_of(code: str, overrides: Mapping[str, str]) -> Severity:
    """Return the severity of a rule in a handbook.

    `overrides` names rules (`GH301`) or families (`GH3`); a rule's own entry wins, and only its own entry turns on a
    rule that is off by default. GH1 is always an error, because what could not be read cannot be published.
    """
    default = RULES[code].severity
    of_family = None if default == "off" else overrides.get(family(code))
    override = overrides.get(code, of_family)
    if override in {"error", "warning", "off"} and not code.startswith("GH1"):
        return override  # type: ignore[return-value]
    return default


def family(code: str) -> str:
    """Return the family a rule belongs to: `GH3` for `GH301`."""
    return code[:3]


def unknown_rule_help(code: str) -> str:
    """Return what to write instead of a code that no rule has."""
    codes = {rule.slug: rule.code for rule in RULES.values()}
    if slug := nearest(code.lower(), codes, 0.75):
        return f"use {codes[slug]}"
    return did_you_mean(code.upper(), RULES) or "run goals rule for a list of all rules"
