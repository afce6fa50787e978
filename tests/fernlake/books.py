"""What was sold, and what was reported of it: readings from raw deals."""

from __future__ import annotations

import csv
import datetime
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

from .plan import FOLDER, OWNERS, PLAN, RATE, YEAR_END, Goal, day

#: Of a deal that names two people, the first has 60 %.
SPLIT = {1: [Decimal(1)], 2: [Decimal("0.6"), Decimal("0.4")]}
NAMES = {owner.name: owner.id for owner in OWNERS.values()}


@dataclass(frozen=True)
class Deal:
    """A decided deal: whose it is (with which share), and its amount in dollars or Canadian dollars."""

    closed: datetime.date
    credited: dict[str, Decimal]
    amount: Decimal
    currency: str
    won: bool


def _deals() -> Iterator[Deal]:
    with (FOLDER / "deals.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            names = [NAMES[name.strip()] for name in row["owner"].split(";")]
            credited = dict(zip(names, SPLIT[len(names)], strict=True))
            yield Deal(day(row["closed"]), credited, Decimal(row["amount"]), row["currency"], row["stage"] == "Won")


DEALS = tuple(_deals())


def sold(seller: str, unit: str, until: datetime.date) -> Decimal:
    """What a seller had won by the end of a day, less what came back, in the unit of the goal."""
    return sum(
        (
            deal.amount * deal.credited[seller] * RATE[deal.currency] / RATE[unit]
            if deal.currency != unit
            else deal.amount * deal.credited[seller]
            for deal in DEALS
            if deal.won and seller in deal.credited and deal.closed <= until
        ),
        Decimal(0),
    )


def sold_by_all(until: datetime.date) -> Decimal:
    """Everything won by the end of a day, less what came back, in dollars."""
    return sum((deal.amount * RATE[deal.currency] for deal in DEALS if deal.won and deal.closed <= until), Decimal(0))


def win_rate(seller: str, on: datetime.date) -> Decimal:
    """How many of a hundred deals decided in the three months up to a day were won, to one decimal place.

    A return is not a deal.
    """
    month = datetime.date(on.year - (on.month <= 3), (on.month - 4) % 12 + 1, 1)
    after = month.replace(day=min(on.day, monthrange(month.year, month.month)[1]))
    decided = [deal.won for deal in DEALS if seller in deal.credited and after < deal.closed <= on and deal.amount > 0]
    return (Decimal(100) * sum(decided) / len(decided)).quantize(Decimal("0.1"), ROUND_HALF_UP)


def imported_on(goal: Goal) -> list[datetime.date]:
    """The days on which an import writes a total of a goal, from raw deals."""
    months = [datetime.date(year, month, monthrange(year, month)[1]) for year in (2017, 2018) for month in range(1, 13)]
    moves = [part.until for fed in PLAN.values() for part in fed.parts if part.goal is goal and part.until]
    days = {*months, *moves, *(lm.due for lm in goal.landmarks.values()), YEAR_END}
    return sorted(on for on in days if goal.start <= on <= goal.due)


@cache
def all_readings(full_id: str) -> dict[datetime.date, Decimal]:
    """Every reading of a goal that is not a sum, from raw deals, by day."""
    goal = PLAN[full_id]
    written = [day(checkin["on"]) for checkin in goal.raw.get("checkins", [])]
    if goal.shape == "level":
        return {on: win_rate(goal.owner.id, on) for on in written}
    if goal.shape != "number" or goal.is_sum:
        return {}
    return {on: sold(goal.owner.id, goal.unit, on) for on in written or imported_on(goal)}


def readings(goal: Goal, as_of: datetime.date) -> dict[datetime.date, Decimal]:
    """The readings of a goal by a day; of a sum, on every day when any of the goals it counts then has one."""
    if not goal.is_sum:
        return {on: value for on, value in all_readings(goal.full_id).items() if on <= as_of}
    days = {on for part in goal.parts for on in readings(part.goal, as_of) if part.counts_on(on)}
    return {on: total(goal, on) for on in sorted(days)}


def latest(goal: Goal, on: datetime.date) -> Decimal:
    """What a goal last reported by a day; nothing is zero."""
    found = [value for reported, value in all_readings(goal.full_id).items() if reported <= on]
    return found[-1] if found else Decimal(0)


def total(goal: Goal, on: datetime.date) -> Decimal:
    """The sum on a day: of each goal what it reported while it supported the sum, times share and rate."""
    found = Decimal(0)
    for part in goal.parts:
        before = latest(part.goal, part.since - datetime.timedelta(days=1)) if part.since else Decimal(0)
        if part.since is None or part.since <= on:
            found += (latest(part.goal, min(on, part.until or on)) - before) * part.weight
    return found
