"""The one table of status -> label, icon and tone. Words and shape carry the meaning; colour only helps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from ..frozen import frozen
from ..model.terms import Kind
from ..words import N_

Tone = Literal["bad", "warn", "good", "calm", "quiet"]


@frozen
class Badge:
    """How a status looks: its label, icon and tone (names in the style sheet), a symbol for terminals, its meaning.

    Every badge on a page is in the legend (`views/legend.py`), with its meaning.
    """

    label: str
    icon: str
    tone: Tone
    symbol: str
    title: str = ""


GOAL: Mapping[str, Badge] = {
    "needs-accounting": Badge(
        N_("Needs accounting"), "alert", "bad", "!", N_("A landmark was missed and nobody has explained why yet")
    ),
    "unreported": Badge(
        N_("Unreported"),
        "question",
        "warn",
        "?",
        N_("A landmark is past due without a reading; nobody knows if it was met"),
    ),
    "off-track": Badge(N_("Off track"), "down", "bad", "v", N_("The rest would have to go much faster than agreed")),
    "at-risk": Badge(
        N_("At risk"),
        "diagonal",
        "warn",
        "~",
        N_("The rest has to go faster than agreed, or a missed landmark is not made up"),
    ),
    "on-track": Badge(N_("On track"), "up", "good", "^", N_("On or ahead of the agreed curve")),
    "not-started": Badge(
        N_("Not started"), "circle", "quiet", "o", N_("It starts later, or nothing is due or reported yet")
    ),
    "achieved": Badge(N_("Achieved"), "check", "good", "*", N_("The target is met")),
    "closed": Badge(N_("Closed"), "box", "quiet", "-", N_("The goal has ended; its result is shown beside it")),
}

LANDMARK: Mapping[str, Badge] = {
    "missed": Badge(
        N_("Missed"), "alert", "bad", "!", N_("An accounting is owed: why it was missed, and what happens now")
    ),
    "unreported": Badge(
        N_("Unreported"),
        "question",
        "warn",
        "?",
        N_("No reading on or after its due date, so nobody knows if it was met"),
    ),
    "accounted": Badge(N_("Accounted"), "note", "warn", "=", N_("Missed, and accounted for")),
    "due-soon": Badge(N_("Due soon"), "clock", "calm", ">", N_("Its due date is near")),
    "upcoming": Badge(N_("Upcoming"), "circle", "quiet", "o", N_("Its due date is further away")),
    "met-late": Badge(N_("Met late"), "check-late", "good", "+", N_("Met after its due date")),
    "met": Badge(N_("Met"), "check", "good", "*", N_("Met on time")),
    "dropped": Badge(N_("Dropped"), "cross", "quiet", "x", N_("Removed by an accounting or an adjustment")),
}

AGREEMENT: Mapping[str, Badge] = {
    "proposed": Badge(N_("Proposed"), "question", "warn", "?", N_("Not agreed by both yet")),
    "stale": Badge(N_("Agreement stale"), "alert", "bad", "!", N_("The terms have changed since it was agreed")),
    "re-confirm": Badge(
        N_("Re-confirm"), "clock", "warn", "~", N_("The team goal it supports has been adjusted since")
    ),
    "unproven": Badge(N_("Not signed"), "question", "warn", "?", N_("Agreed, but not signed or approved by both yet")),
    "agreed": Badge(N_("Agreed"), "check", "good", "*", N_("Agreed by seller and leader")),
}

#: What a signature is worth.
PROOF: Mapping[str, Badge] = {
    "signed": Badge(
        N_("Signed"), "check", "good", "*", N_("Signed with a key of this person, over the terms of today")
    ),
    "approved": Badge(N_("Approved"), "check", "good", "*", N_("Approved at the forge, over the terms of today")),
    "stale": Badge(N_("Signed other terms"), "alert", "warn", "!", N_("The terms have changed since this was signed")),
    "invalid": Badge(N_("Wrong signature"), "alert", "bad", "!", N_("This signature proves nothing")),
}

CADENCE: Mapping[str, Badge] = {
    "kept": Badge(N_("Kept"), "check", "good", "*", N_("Every session of this period was held")),
    "short": Badge(N_("Short"), "diagonal", "warn", "~", N_("Fewer sessions than agreed, or shorter ones")),
    "missed": Badge(N_("Missed"), "cross", "bad", "!", N_("The period ended without a session")),
    "open": Badge(N_("In progress"), "clock", "calm", ">", N_("The period has not ended yet")),
    "away": Badge(N_("Not due"), "dash", "quiet", " ", N_("One of the two was away, or they did not work together")),
}

COVERAGE: Mapping[str, Badge] = {
    "low": Badge(N_("Not covered"), "down", "warn", "v", N_("The goals that support it do not add up to it")),
    "sane": Badge(N_("Covered"), "check", "good", "*", N_("The goals that support it cover it, with room for a miss")),
    "high": Badge(
        N_("Over-assigned"), "up", "warn", "^", N_("The goals that support it add up to far more than it needs")
    ),
}

KIND: Mapping[Kind, str] = {
    "production": N_("Production"),
    "education": N_("Education"),
    "skill": N_("Skill"),
    "improvement": N_("Improvement"),
    "support": N_("Support"),
}
CONFIDENCE: Mapping[str, str] = {
    "high": N_("confidence high"),
    "medium": N_("confidence medium"),
    "low": N_("confidence low"),
}

RESULT: Mapping[str, str] = {
    "achieved": N_("achieved"),
    "partly": N_("partly achieved"),
    "missed": N_("missed"),
    "dropped": N_("dropped"),
}
ACTION: Mapping[str, str] = {"recover": N_("recovering"), "adjust": N_("to be adjusted"), "drop": N_("dropped")}
DECIDED: Mapping[str, Badge] = {
    "recover": Badge(N_("Decided: recover"), "note", "warn", "=", N_("The missed landmark is to be made up by a plan")),
    "adjust": Badge(N_("Decided: adjust"), "note", "calm", "=", N_("The terms of the goal are to be adjusted")),
    "drop": Badge(N_("Decided: drop"), "note", "quiet", "=", N_("The missed landmark is given up")),
}

CAPACITY: Mapping[bool | None, Badge] = {
    None: Badge(
        N_("Not compared"), "dash", "quiet", " ", N_("It is in another unit; `per` would say what one is worth")
    ),
    True: Badge(N_("Over capacity"), "alert", "bad", "!", N_("The target is more than the capacity allows")),
    False: Badge(N_("Within capacity"), "check", "good", "*", N_("The capacity is enough for the target")),
}

OWED: Mapping[str, Badge] = {
    "accounting": Badge(
        N_("Accounting owed"), "alert", "bad", "!", N_("Why was the landmark missed, and what happens now?")
    ),
    "report": Badge(N_("Report owed"), "question", "warn", "?", N_("What is the current number?")),
    "review": Badge(N_("Review due"), "clock", "calm", ">", N_("Time to look at the goal together again")),
    "agreement": Badge(
        N_("Agreement owed"), "note", "warn", "=", N_("Seller and leader have not both agreed to the current terms")
    ),
    "handover": Badge(N_("Close or hand over"), "alert", "warn", "!", N_("Its owner has left; who carries it on?")),
}

#: What is next, beside what is owed and landmarks.
NEXT: Mapping[str, Badge] = {
    "step": Badge(N_("Step"), "note", "calm", "=", N_("A step of a plan that gets a missed landmark back on track")),
    "sessions": Badge(N_("Sessions"), "clock", "calm", ">", N_("To hold before the period ends")),
    "review": Badge(N_("Review"), "clock", "quiet", ">", N_("Time to look at the goal together again")),
    "question": Badge(N_("Question"), "question", "calm", "?", N_("What the last review left to look at")),
    "promised": Badge(N_("You promised"), "alert", "warn", "!", N_("A step of a plan that the leader promised")),
}

EVENT: Mapping[str, Badge] = {
    "adjustments": Badge(N_("Adjusted"), "note", "calm", "~", N_("Agreed terms were changed, with a reason")),
    "accountings": Badge(N_("Accounted"), "note", "warn", "=", N_("Why a landmark was missed, and what happens now")),
    "agreed": Badge(N_("Agreed"), "check", "good", "*", N_("Somebody agreed to the terms of that day")),
    "reviews": Badge(N_("Reviewed"), "clock", "calm", ">", N_("The goal was looked at together")),
    "closed": Badge(N_("Closed"), "box", "quiet", "-", N_("The goal ended, with a result")),
    "done": Badge(N_("Delivered"), "check", "good", "*", N_("What was promised is there")),
    "checkins": Badge(N_("Reading"), "up", "quiet", "^", N_("A number was reported")),
    "sessions": Badge(N_("Session"), "clock", "quiet", ">", N_("A session was held")),
}

CHANGE: Mapping[str, Badge] = {
    "changed": Badge(N_("Changed"), "note", "calm", "~", N_("An agreed term changed")),
    "silent": Badge(N_("Changed silently"), "alert", "bad", "!", N_("An agreed term changed without an adjustment")),
    "undone": Badge(
        N_("Changed, later corrected"), "note", "warn", "~", N_("Changed silently, later put right or agreed to")
    ),
    "rewritten": Badge(N_("Rewritten"), "alert", "bad", "!", N_("A record of the past was changed silently")),
    "corrected": Badge(N_("Corrected"), "note", "calm", "~", N_("A record of the past was corrected")),
    "goal-added": Badge(N_("New goal"), "circle", "calm", "+", N_("It was not there before")),
    "goal-removed": Badge(N_("Goal removed"), "cross", "bad", "x", N_("The goal disappeared instead of being closed")),
    "goal-renamed": Badge(N_("Renamed"), "note", "quiet", "~", N_("The same goal under another id")),
}
