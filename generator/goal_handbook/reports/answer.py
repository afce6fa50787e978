"""The command that sees to what is owed or due: `goals due` prints it, and `goals due --do` runs it."""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence

from ..status.assessment import GoalState, Owed
from ..status.coming import Coming, LandmarkDue, OwedNow, SessionsDue, StepDue

#: What follows `goals` on the command line.
Arguments = tuple[str, ...]

#: What no shell takes for anything but itself; a # is a comment only at the beginning of a word.
_PLAIN = re.compile(r"[\w/.@:=+-][\w/.@:=+#-]*\Z", re.ASCII)


def answer_to(item: Coming) -> Arguments:
    """Return the command for something that is owed or due, such as `account OWNER/GOAL#LANDMARK`."""
    full_id = item.goal.full_id
    if isinstance(item, OwedNow):
        return _owed(item.goal, item.owed)
    if isinstance(item, LandmarkDue):
        return _reading(item.goal, item.landmark.landmark.id)
    if isinstance(item, StepDue):
        landmark, _, number = item.key.split("/")
        return ("step", f"{full_id}#{landmark}", number, "--done")
    return ("session" if isinstance(item, SessionsDue) else "review", full_id)


def _owed(goal: GoalState, owed: Owed) -> Arguments:
    match owed.kind:
        case "accounting":
            return ("account", f"{goal.full_id}#{owed.landmark}")
        case "report":
            return _reading(goal, owed.landmark)
        case "agreement":
            return ("agree", goal.full_id)
        case "handover":
            return ("move", "--goal", goal.full_id)
        case "review":
            return ("review", goal.full_id)


def _reading(goal: GoalState, landmark_id: str) -> Arguments:
    """A number is reported as a total; what is delivered, by its day. A sum reports itself: it shows who is missing."""
    if goal.goal.measure and goal.goal.measure.rollup:
        return ("status", goal.full_id)
    delivered = {landmark.id for landmark in goal.goal.landmarks if landmark.deliver}
    return ("done", f"{goal.full_id}#{landmark_id}") if landmark_id in delivered else ("checkin", goal.full_id)


def command_line(arguments: Sequence[str]) -> str:
    """Return the command as a person can copy it to a shell."""
    return " ".join(word if _PLAIN.match(word) else shlex.quote(word) for word in ("goals", *arguments))
