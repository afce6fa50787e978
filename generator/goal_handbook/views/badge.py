"""The only table of status -> label, icon and tone. Text and shape carry the meaning; colour only helps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Tone = Literal["bad", "warn", "good", "calm", "quiet"]


@dataclass(frozen=True, slots=True)
class Badge:
    """How a status looks: label, icon and tone (names in the style sheet), a sign for terminals, its meaning."""

    label: str
    icon: str
    tone: Tone
    sign: str
    title: str = ""


GOAL: Mapping[str, Badge] = {
    "needs-accounting": Badge(
        "Needs accounting", "alert", "bad", "!", "A landmark was missed and nobody has said why yet"
    ),
    "unreported": Badge(
        "Unreported", "question", "warn", "?", "A landmark is past and there is no reading: nobody knows"
    ),
    "off-track": Badge("Off track", "down", "bad", "v", "Far behind the agreed curve"),
    "at-risk": Badge(
        "At risk", "diagonal", "warn", "~", "Behind the agreed curve, or recovering from a missed landmark"
    ),
    "on-track": Badge("On track", "up", "good", "^", "On or above the agreed curve"),
    "not-started": Badge(
        "Not started", "circle", "quiet", "o", "Its start is ahead, or nothing is due or reported yet"
    ),
    "achieved": Badge("Achieved", "check", "good", "*", "The target is met"),
    "closed": Badge("Closed", "box", "quiet", "-", "Ended; the result is beside it"),
}

LANDMARK: Mapping[str, Badge] = {
    "missed": Badge("Missed", "alert", "bad", "!", "An accounting is owed: why, and what is done about it"),
    "unreported": Badge("Unreported", "question", "warn", "?", "No reading on or after its day: nobody knows"),
    "accounted": Badge("Accounted", "note", "warn", "=", "Missed, and accounted for"),
    "due-soon": Badge("Due soon", "clock", "calm", ">", "Its day is near"),
    "upcoming": Badge("Upcoming", "circle", "quiet", "o", "Its day is further ahead"),
    "met-late": Badge("Met late", "check-late", "good", "+", "Met after its day"),
    "met": Badge("Met", "check", "good", "*", "Met in time"),
    "dropped": Badge("Dropped", "cross", "quiet", "x", "Taken out by an accounting or an adjustment"),
}

AGREEMENT: Mapping[str, Badge] = {
    "proposed": Badge("Proposed", "question", "warn", "?", "Not agreed by both yet"),
    "stale": Badge("Agreement stale", "alert", "bad", "!", "The terms changed after it was agreed"),
    "re-confirm": Badge("Re-confirm", "clock", "warn", "~", "The team goal it supports was adjusted since"),
    "agreed": Badge("Agreed", "check", "good", "*", "Agreed by seller and leader"),
}

CADENCE: Mapping[str, Badge] = {
    "kept": Badge("Kept", "check", "good", "*"),
    "short": Badge("Short", "diagonal", "warn", "~"),
    "missed": Badge("Missed", "cross", "bad", "!"),
    "open": Badge("Running", "clock", "calm", ">"),
    "away": Badge("Not in the team", "dash", "quiet", " "),
}

COVERAGE: Mapping[str, Badge] = {
    "low": Badge("Not covered", "down", "warn", "v", "The sellers' targets do not add up to the team's"),
    "sane": Badge("Covered", "check", "good", "*", "The sellers' targets carry the team's with room for a miss"),
    "high": Badge("Over-assigned", "up", "warn", "^", "The sellers' targets are far above the team's"),
}

RESULT: Mapping[str, str] = {
    "achieved": "achieved",
    "partly": "partly achieved",
    "missed": "missed",
    "dropped": "dropped",
}
ACTION: Mapping[str, str] = {"recover": "recovering", "adjust": "adjusted", "drop": "dropped"}
DECIDED: Mapping[str, Badge] = {
    "recover": Badge("Decided: recover", "note", "warn", "="),
    "adjust": Badge("Decided: adjust", "note", "calm", "="),
    "drop": Badge("Decided: drop", "note", "quiet", "="),
}

CAPACITY: Mapping[bool, Badge] = {
    True: Badge("Over capacity", "alert", "bad", "!"),
    False: Badge("Within capacity", "check", "good", "*"),
}

OWED: Mapping[str, Badge] = {
    "accounting": Badge("Accounting owed", "alert", "bad", "!", "Why was the landmark missed, and what now?"),
    "report": Badge("Report owed", "question", "warn", "?", "What does the number say?"),
    "review": Badge("Review due", "clock", "calm", ">", "Look at the goal together again"),
    "agreement": Badge(
        "Agreement owed", "note", "warn", "=", "Seller and leader have not both agreed to the present terms"
    ),
}

EVENT: Mapping[str, Badge] = {
    "adjustments": Badge("Adjusted", "note", "calm", "~"),
    "accountings": Badge("Accounted", "note", "warn", "="),
    "agreed": Badge("Agreed", "check", "good", "*"),
    "reviews": Badge("Reviewed", "clock", "calm", ">"),
    "closed": Badge("Closed", "box", "quiet", "-"),
    "done": Badge("Delivered", "check", "good", "*"),
    "checkins": Badge("Reading", "up", "quiet", "^"),
    "sessions": Badge("Session", "clock", "quiet", ">"),
}

MOVE: Mapping[str, Badge] = {
    "moved": Badge("Moved", "note", "calm", "~", "An agreed term is another than before"),
    "silent": Badge("Moved in silence", "alert", "bad", "!", "An agreed term changed without an adjustment"),
    "undone": Badge("Moved, put right", "note", "warn", "~", "Changed in silence, then put back or accounted for"),
    "rewritten": Badge("Rewritten", "alert", "bad", "!", "Something written down in the past was changed"),
    "corrected": Badge("Corrected", "note", "calm", "~", "Something written down in the past was corrected"),
    "goal-added": Badge("New goal", "circle", "calm", "+"),
    "goal-removed": Badge("Goal removed", "cross", "bad", "x", "A goal vanished instead of being closed"),
    "goal-renamed": Badge("Renamed", "note", "quiet", "~"),
}
