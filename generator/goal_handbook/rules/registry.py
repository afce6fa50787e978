"""Every rule by its code: the one table of what is checked and how severe it is unless the handbook says otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ..findings import Finding, Severity, did_you_mean, nearest, with_severity


@dataclass(frozen=True, slots=True)
class Rule:
    """A check: its stable code, its slug, its default severity, and what is wrong in one line."""

    code: str
    slug: str
    severity: Severity
    summary: str


#: What the rules of a family have in common.
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
        Rule("GH303", "nothing-to-reach", "warning", "A goal that measures no number and delivers nothing"),
        Rule("GH304", "no-why", "warning", "A goal that does not say why"),
        Rule("GH305", "no-production-goal", "warning", "A seller without a production goal"),
        Rule("GH306", "no-learning-goal", "warning", "A seller without a goal of education or skill"),
        Rule("GH307", "no-support-goal", "warning", "A leader without a goal that supports the team"),
        Rule("GH308", "no-improvement-goal", "warning", "A leader without a goal of their own growth"),
        Rule("GH309", "leader-produces", "warning", "A production goal on a leader who is no managing producer"),
        Rule("GH310", "supports-nothing", "warning", "A seller's goal that supports no goal of a team"),
        Rule("GH401", "accounting-owed", "warning", "A missed landmark nobody has accounted for"),
        Rule("GH402", "accounting-overdue", "warning", "An accounting that has been owed for too long"),
        Rule("GH403", "plan-step-overdue", "warning", "A step of a plan is past its day and not done"),
        Rule("GH404", "review-overdue", "warning", "A goal nobody has looked at for too long"),
        Rule("GH405", "unreported", "warning", "A landmark is past and nobody knows the number"),
        Rule("GH406", "not-agreed", "warning", "A seller's goal that is not agreed by both"),
        Rule("GH407", "agreement-stale", "warning", "The terms changed after both had agreed"),
        Rule("GH408", "re-confirm", "warning", "The team's goal was adjusted after both had agreed"),
        Rule("GH501", "coverage", "warning", "The sellers' targets do not carry the team's, or are far above it"),
        Rule("GH502", "above-capacity", "warning", "A target above what can be produced or served"),
        Rule("GH503", "above-abilities", "warning", "A target above what the members can realistically do"),
        Rule("GH504", "landmarks-out-of-order", "warning", "A later landmark asks for less than an earlier one"),
        Rule("GH505", "landmark-after-due", "warning", "A landmark after the goal's own due date"),
        Rule("GH506", "steeper-than-ever", "warning", "A landmark that asks for a pace never reached so far"),
        Rule("GH507", "goes-down", "warning", "A total that went down"),
        Rule("GH601", "moved-in-silence", "error", "An agreed term changed without an adjustment"),
        Rule("GH602", "adjustment-without-why", "error", "An adjustment that does not say why"),
        Rule("GH603", "missed-then-moved", "error", "A missed landmark was moved or dropped without an accounting"),
        Rule("GH604", "decision-rewritten", "error", "Something decided in the past was edited or removed"),
        Rule("GH605", "reading-rewritten", "error", "A past reading was edited or removed without a correction"),
        Rule("GH606", "goal-removed", "error", "A goal vanished instead of being closed"),
        Rule("GH607", "agreement-not-renewed", "warning", "An adjusted goal that both have not agreed to anew"),
        Rule("GH608", "adjustment-disagrees", "error", "An adjustment that does not say what really moved"),
        Rule("GH609", "house-rules-moved", "warning", "The rules by which every goal is judged were changed"),
        Rule("GH610", "proposal-moved", "warning", "The terms of a goal nobody has agreed to yet changed"),
        Rule("GH701", "cut-by-hash", "warning", "A text that ends where a # begins a comment"),
        Rule("GH702", "curly-quotes", "warning", "Curly quotes round a value, which YAML takes for text"),
        Rule("GH703", "look-alike", "warning", "Two names that look the same and are not"),
        Rule("GH704", "invisible-mark", "warning", "An invisible mark in a text"),
    )
}


def judge(findings: Iterable[Finding], overrides: Mapping[str, str], strict: bool = False) -> list[Finding]:
    """Findings with the severity the handbook gives their rule; those switched off are left out.

    An override names a rule (`GH301`) or a family (`GH3`); the rule's own wins. GH1 cannot be lowered: what was not
    read cannot be published. `strict` makes warnings errors.
    """
    judged = []
    for finding in findings:
        severity: Severity = RULES[finding.code].severity
        override = overrides.get(finding.code, overrides.get(family(finding.code)))
        if override in {"error", "warning", "off"} and not finding.code.startswith("GH1"):
            severity = override  # type: ignore[assignment]
        if strict and severity == "warning":
            severity = "error"
        if severity != "off":
            judged.append(with_severity(finding, severity))
    return judged


def family(code: str) -> str:
    """The family a rule belongs to: `GH3` of `GH301`."""
    return code[:3]


def unknown_rule_help(code: str) -> str:
    """What to write instead of a code no rule has."""
    slugs = {rule.slug: rule.code for rule in RULES.values()}
    if slug := nearest(code.lower(), slugs, 0.75):
        return f"write {slugs[slug]}"
    return did_you_mean(code.upper(), RULES) or "goals rule lists them all"
