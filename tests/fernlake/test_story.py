"""The cases for which Fernlake was made, in plain figures: what its sales operations would sign."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ..status.make import case
from . import books, rules
from .plan import PLAN, day


@pytest.mark.parametrize(
    ("full_id", "landmark", "on", "status"),
    [
        case("a deal two days after the quarter does not count for it", "priya-nair/new-business", "q1", "2018-01-30", "due-soon"),
        case("and makes the landmark late", "priya-nair/new-business", "q1", "2018-02-20", "met-late"),
        case("without a reading on the day, one within grace decides", "ingrid-solberg/key-accounts", "q2", "2018-05-15", "met"),
        case("or the one before, if it had got there", "ingrid-solberg/key-accounts", "q1", "2018-02-20", "met"),
        case("nobody knows what has not been reported", "ingrid-solberg/key-accounts", "q3", "2018-08-03", "unreported"),
        case("and a region knows no more", "americas/revenue", "q3", "2018-08-03", "unreported"),
        case("what is reported after grace is late", "ingrid-solberg/key-accounts", "q3", "2018-09-15", "met-late"),
        case("a landmark can be reached ahead of time", "luc-gagnon/new-business", "q3", "2018-07-10", "met"),
        case("and lost by a return before it is due", "luc-gagnon/new-business", "q3", "2018-08-03", "missed"),
        case("a landmark along the ramp", "mei-tanaka/new-business", "month-1", "2018-03-12", "missed"),
        case("the next one on the ramp", "mei-tanaka/new-business", "month-2", "2018-04-29", "met"),
        case("the target is the last landmark", "sofia-marchetti/service", "due", "2018-11-05", "met"),
        case("the east made its first quarter with Hannah", "east/revenue", "q1", "2018-02-20", "met"),
        case("which no later transfer changes", "east/revenue", "q1", "2018-11-05", "met"),
    ],
)  # fmt: skip
def test_a_landmark(full_id: str, landmark: str, on: str, status: str) -> None:
    assert rules.landmark_status(PLAN[full_id], landmark, day(on)) == status


@pytest.mark.parametrize(
    ("full_id", "on", "percent"),
    [
        case("Hannah's target counts in the east while she is there", "east/revenue", "2018-03-11", "108.7"),
        case("then only what she had made", "east/revenue", "2018-03-12", "95.9"),
        case("and what is left of it in the west", "west/revenue", "2018-03-12", "118.5"),
        case("Carl's target counts until he leaves", "east/revenue", "2018-06-15", "95.9"),
        case("then what he has made", "east/revenue", "2018-06-20", "87.8"),
        case("to the region a transfer makes no difference", "americas/revenue", "2018-03-12", "104.6"),
    ],
)  # fmt: skip
def test_coverage(full_id: str, on: str, percent: str) -> None:
    target = PLAN[full_id].target
    assert target
    assert (100 * rules.coverage(PLAN[full_id], day(on)) / target).quantize(Decimal("0.1")) == Decimal(percent)


def test_nothing_is_expected_of_owen_while_he_is_away() -> None:
    """28 of the third quarter's 91 days are his; 8 of them are over when the leave begins, and when it ends."""
    goal = PLAN["owen-brandt/new-business"]
    before, during, after = (rules.expected(goal, day(on)) for on in ("2018-05-06", "2018-06-10", "2018-07-08"))
    assert before == during == after == 55_000 + 25_000 * Decimal(7) / 28


def test_hannah_s_year_is_the_sum_of_both_teams_parts() -> None:
    made = books.sold("hannah-weiss", "USD", day("2018-10-28"))
    assert (books.sold("hannah-weiss", "USD", day("2018-03-11")), made) == (Decimal("97843.95"), Decimal("191831.04"))
