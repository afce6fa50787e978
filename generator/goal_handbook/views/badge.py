"""The one table of status -> label, icon and tone. Words and shape carry the meaning; colour only helps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Tone = Literal["bad", "warn", "good", "calm", "quiet"]


@dataclass(frozen=True, slots=True)
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
        "Needs accounting", "alert", "bad", "!", "A landmark was missed and nobody has explained why yet"
    ),
    "unreported": Badge(
        "Unreported", "question", "warn", "?", "A landmark is past due without a reading; nobody knows if it was met"
    ),
    "off-track": Badge("Off track", "down", "bad", "v", "The rest would have to go much faster than agreed"),
    "at-risk": Badge(
        "At risk", "diagonal", "warn", "~", "The rest has to go faster than agreed, or a missed landmark is not made up"
    ),
    "on-track": Badge("On track", "up", "good", "^", "On or ahead of the agreed curve"),
    "not-started": Badge("Not started", "circle", "quiet", "o", "It starts later, or nothing is due or reported yet"),
    "achieved": Badge("Achieved", "check", "good", "*", "The target is met"),
    "closed": Badge("Closed", "box", "quiet", "-", "The goal has ended; its result is shown beside it"),
}

LANDMARK: Mapping[str, Badge] = {
    "missed": Badge("Missed", "alert", "bad", "!", "An accounting is owed: why it was missed, and what happens now"),
    "unreported": Badge(
        "Unreported", "question", "warn", "?", "No reading on or after its due date, so nobody knows if it was met"
    ),
    "accounted": Badge("Accounted", "note", "warn", "=", "Missed, and accounted for"),
    "due-soon": Badge("Due soon", "clock", "calm", ">", "Its due date is near"),
    "upcoming": Badge("Upcoming", "circle", "quiet", "o", "Its due date is further away"),
    "met-late": Badge("Met late", "check-late", "good", "+", "Met after its due date"),
    "met": Badge("Met", "check", "good", "*", "Met on time"),
    "dropped": Badge("Dropped", "cross", "quiet", "x", "Removed by an accounting or an adjustment"),
}

AGREEMENT: Mapping[str, Badge] = {
    "proposed": Badge("Proposed", "question", "warn", "?", "Not agreed by both yet"),
    "stale": Badge("Agreement stale", "alert", "bad", "!", "The terms have changed since it was agreed"),
    "re-confirm": Badge("Re-confirm", "clock", "warn", "~", "The team goal it supports has been adjusted since"),
    "unproven": Badge("Not signed", "question", "warn", "?", "Agreed, but not signed or approved by both yet"),
    "agreed": Badge("Agreed", "check", "good", "*", "Agreed by seller and leader"),
}

#: What a signature is worth.
PROOF: Mapping[str, Badge] = {
    "signed": Badge("Signed", "check", "good", "*", "Signed with a key of this person, over the terms of today"),
    "approved": Badge("Approved", "check", "good", "*", "Approved at the forge, over the terms of today"),
    "stale": Badge("Signed other terms", "alert", "warn", "!", "The terms have changed since this was signed"),
    "invalid": Badge("Wrong signature", "alert", "bad", "!", "This signature proves nothing"),
}

CADENCE: Mapping[str, Badge] = {
    "kept": Badge("Kept", "check", "good", "*", "Every session of this period was held"),
    "short": Badge("Short", "diagonal", "warn", "~", "Fewer sessions than agreed, or shorter ones"),
    "missed": Badge("Missed", "cross", "bad", "!", "The period ended without a session"),
    "open": Badge("In progress", "clock", "calm", ">", "The period has not ended yet"),
    "away": Badge("Not due", "dash", "quiet", " ", "One of the two was away, or they did not work together"),
}

COVERAGE: Mapping[str, Badge] = {
    "low": Badge("Not covered", "down", "warn", "v", "The goals that support it do not add up to it"),
    "sane": Badge("Covered", "check", "good", "*", "The goals that support it cover it, with room for a miss"),
    "high": Badge("Over-assigned", "up", "warn", "^", "The goals that support it add up to far more than it needs"),
}

RESULT: Mapping[str, str] = {
    "achieved": "achieved",
    "partly": "partly achieved",
    "missed": "missed",
    "dropped": "dropped",
}
ACTION: Mapping[str, str] = {"recover": "recovering", "adjust": "to be adjusted", "drop": "dropped"}
DECIDED: Mapping[str, Badge] = {
    "recover": Badge("Decided: recover", "note", "warn", "=", "The missed landmark is to be made up by a plan"),
    "adjust": Badge("Decided: adjust", "note", "calm", "=", "The terms of the goal are to be adjusted"),
    "drop": Badge("Decided: drop", "note", "quiet", "=", "The missed landmark is given up"),
}

CAPACITY: Mapping[bool | None, Badge] = {
    None: Badge("Not compared", "dash", "quiet", " ", "It is in another unit; `per` would say what one is worth"),
    True: Badge("Over capacity", "alert", "bad", "!", "The target is more than the capacity allows"),
    False: Badge("Within capacity", "check", "good", "*", "The capacity is enough for the target"),
}

OWED: Mapping[str, Badge] = {
    "accounting": Badge("Accounting owed", "alert", "bad", "!", "Why was the landmark missed, and what happens now?"),
    "report": Badge("Report owed", "question", "warn", "?", "What is the current number?"),
    "review": Badge("Review due", "clock", "calm", ">", "Time to look at the goal together again"),
    "agreement": Badge(
        "Agreement owed", "note", "warn", "=", "Seller and leader have not both agreed to the current terms"
    ),
    "handover": Badge("Close or hand over", "alert", "warn", "!", "Its owner has left; who carries it on?"),
}

#: What is next, beside what is owed and landmarks.
NEXT: Mapping[str, Badge] = {
    "step": Badge("Step", "note", "calm", "=", "A step of a plan that gets a missed landmark back on track"),
    "sessions": Badge("Sessions", "clock", "calm", ">", "To hold before the period ends"),
    "review": Badge("Review", "clock", "quiet", ">", "Time to look at the goal together again"),
    "question": Badge("Question", "question", "calm", "?", "What the last review left to look at"),
    "promised": Badge("You promised", "alert", "warn", "!", "A step of a plan that the leader promised"),
}

EVENT: Mapping[str, Badge] = {
    "adjustments": Badge("Adjusted", "note", "calm", "~", "Agreed terms were changed, with a reason"),
    "accountings": Badge("Accounted", "note", "warn", "=", "Why a landmark was missed, and what happens now"),
    "agreed": Badge("Agreed", "check", "good", "*", "Somebody agreed to the terms of that day"),
    "reviews": Badge("Reviewed", "clock", "calm", ">", "The goal was looked at together"),
    "closed": Badge("Closed", "box", "quiet", "-", "The goal ended, with a result"),
    "done": Badge("Delivered", "check", "good", "*", "What was promised is there"),
    "checkins": Badge("Reading", "up", "quiet", "^", "A number was reported"),
    "sessions": Badge("Session", "clock", "quiet", ">", "A session was held"),
}

CHANGE: Mapping[str, Badge] = {
    "changed": Badge("Changed", "note", "calm", "~", "An agreed term changed"),
    "silent": Badge("Changed silently", "alert", "bad", "!", "An agreed term changed without an adjustment"),
    "undone": Badge("Changed, later corrected", "note", "warn", "~", "Changed silently, later put right or agreed to"),
    "rewritten": Badge("Rewritten", "alert", "bad", "!", "A record of the past was changed silently"),
    "corrected": Badge("Corrected", "note", "calm", "~", "A record of the past was corrected"),
    "goal-added": Badge("New goal", "circle", "calm", "+", "It was not there before"),
    "goal-removed": Badge("Goal removed", "cross", "bad", "x", "The goal disappeared instead of being closed"),
    "goal-renamed": Badge("Renamed", "note", "quiet", "~", "The same goal under another id"),
}
