"""GH4: that seller and leader decide together: they agree in time, and both sign what they say later."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from typing import TypeVar

from ..findings import Finding
from ..model.goal import Goal
from ..model.handbook import Handbook
from ..model.people import Seller
from ..model.records import Accounting, Agreement, Review
from ..source.load import Loaded
from ..source.nodes import NodePath
from ..status.assessment import Assessment
from ..status.calendar import add_months
from ..words import sentence_list
from .accountability import accounting_path
from .problem import Problem
from .registry import severity_of

_TOGETHER = "talk it through together, then write one with both in by:"

R = TypeVar("R", Review, Accounting)


def check_signatures(loaded: Loaded, assessment: Assessment) -> Iterator[Finding]:
    """Yield GH410, GH413 and GH414 for the open goals of sellers who are still there on the assessment's date."""
    handbook = assessment.handbook
    for seller in handbook.sellers.values():
        for index, goal in enumerate(seller.goals):
            if goal.closed or seller.left_before(assessment.as_of):
                continue
            written = loaded.written(f"{seller.id}/{goal.id}")
            for problem in (*_agreed(handbook, seller, goal, written), *_signed(handbook, seller, goal, written)):
                path = ("goals", index, *problem.path)
                yield loaded.finding(seller.id, path, problem.code, problem.message, problem.help)


def _agreed(handbook: Handbook, seller: Seller, goal: Goal, written: Goal) -> Iterator[Problem]:
    """Yield GH410 and, where the house wants it, GH414 for a goal that both have agreed to."""
    agreement = _first_agreement(handbook, seller, goal)
    if agreement is None:
        return
    if late := _after_the_fact(seller, goal, agreement.on):
        message = f'"{goal.id}" was agreed on {agreement.on}, {late}'
        help = "agree before a goal begins; if this one began later, correct its start:"
        yield Problem("GH410", _path_of("agreed", written.agreed, agreement), message, help)
    if severity_of("GH414", handbook.settings.rules) != "off" and not any(a.understood for a in goal.agreed):
        message = f'nothing says how {seller.name} understands "{goal.id}"'
        help = "ask why this goal and what to do, and write the answer into understood:"
        yield Problem("GH414", _path_of("agreed", written.agreed, agreement), message, help)


def _first_agreement(handbook: Handbook, seller: Seller, goal: Goal) -> Agreement | None:
    """Return the agreement by which seller and a leader had first both signed, None if one of them never did."""
    in_order = sorted(goal.agreed, key=lambda a: a.on)
    by_seller = next((a for a in in_order if seller.id in a.by), None)
    by_leader = next((a for a in in_order if any(who in handbook.leaders for who in a.by)), None)
    return max(by_seller, by_leader, key=lambda a: a.on) if by_seller and by_leader else None


def _after_the_fact(seller: Seller, goal: Goal, agreed_on: datetime.date) -> str:
    """Return in words why a goal was agreed too late, "" if it was agreed in time."""
    begun, what = _beginning(seller, goal)
    passed = [lm for lm in goal.landmarks if begun <= lm.due < agreed_on]
    if passed:
        first = min(passed, key=lambda lm: lm.due)
        return f'after its landmark "{first.id}" was due on {first.due}'
    return f"more than a month after {what} on {begun}" if agreed_on > add_months(begun, 1) else ""


def _beginning(seller: Seller, goal: Goal) -> tuple[datetime.date, str]:
    """Return the first day on which the seller could work on the goal, and what happened on it."""
    day, what = goal.start, "it began"
    if seller.joined and seller.joined > day:
        day, what = seller.joined, f"{seller.name} joined"
    for away in sorted(seller.away, key=lambda a: a.from_):
        if away.from_ <= day <= away.to:
            day, what = away.to + datetime.timedelta(days=1), f"{seller.name} was back"
    return day, what


def _signed(handbook: Handbook, seller: Seller, goal: Goal, written: Goal) -> Iterator[Problem]:
    """Yield GH413 for the latest review, and for the latest accounting of each landmark.

    Earlier ones stay as they were written. Records of one day count together: each may have written one.
    """
    reviews = _latest(goal.reviews)
    if reviews and (message := _missing_signature(handbook, seller, "this review", reviews)):
        yield Problem("GH413", _path_of("reviews", written.reviews, reviews[-1]), message, _TOGETHER)
    for landmark_id in dict.fromkeys(a.landmark for a in goal.accountings):
        accountings = _latest([a for a in goal.accountings if a.landmark == landmark_id])
        if message := _missing_signature(handbook, seller, f'the accounting for "{landmark_id}"', accountings):
            yield Problem("GH413", accounting_path(written, accountings[-1]), message, _TOGETHER)


def _latest(records: Sequence[R]) -> list[R]:
    """Return the records of the latest day, in the order of the file."""
    last_day = max((record.on for record in records), default=None)
    return [record for record in records if record.on == last_day]


def _missing_signature(handbook: Handbook, seller: Seller, what: str, records: Sequence[Review | Accounting]) -> str:
    """Return who has not signed records of one day, "" where seller and a leader have."""
    signed = sorted({who for record in records for who in record.by})
    has_leader = any(who in handbook.leaders for who in signed)
    if has_leader and seller.id in signed:
        return ""
    if not signed:
        return f"nobody signed {what}"
    missing = f"{seller.name} has not signed" if has_leader else "no leader has signed"
    return f"{missing} {what}, only {sentence_list(signed)}"


def _path_of(name: str, written: Sequence[Review | Agreement], record: Review | Agreement) -> NodePath:
    """Return the path of a record in the file, which may list others that are not seen yet."""
    return (name, written.index(record)) if record in written else (name,)
