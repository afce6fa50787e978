"""Turns deals into readings: finds whose they are, and adds up the total to date at the end of each period."""

from __future__ import annotations

import datetime
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ..findings import Finding, Location, did_you_mean, nearest
from ..model.goal import Goal
from ..model.handbook import Handbook
from ..model.measure import Per
from ..model.people import Leader, Seller
from ..status.calendar import span_of
from ..words import plural
from .export import Deal, Export


@dataclass(frozen=True, slots=True, order=True)
class Total:
    """A goal's total to date at the end of a period."""

    goal: str
    on: datetime.date
    value: Decimal


@dataclass(frozen=True, slots=True)
class Totals:
    """The totals of an export, and how many rows did not count.

    `outside_goal_dates`: rows before a goal's start or after its due date, by goal; `ignored`: rows by ignored person.
    """

    totals: tuple[Total, ...]
    outside_goal_dates: Mapping[str, int]
    ignored: Mapping[str, int]


def totals_of(
    export: Export,
    handbook: Handbook,
    pattern: str,
    path: str,
    per: Per,
    as_of: datetime.date,
    complete: bool,
    ignore: Iterable[str] = (),
) -> tuple[Totals, list[Finding]]:
    """Return each goal's total to date at the end of every period (`per`) that ended by `as_of`, and findings.

    `pattern` names the goal, with `{owner}` for the owner's id. With `complete`, every owner with that goal gets totals
    from its start on, zero before the first deal; otherwise from the period of the first deal on. A period that begins
    after the export's last row gets none, since the export does not cover it. `path` is the export's, for findings: a
    person who matches no owner, or whose goal is missing, is a GH201 with the nearest name, unless named in `ignore`.
    """
    ignored_names = {_folded(name) for name in ignore}
    by_goal: dict[str, list[Deal]] = {}
    findings: list[Finding] = []
    ignored: dict[str, int] = {}
    people = _People(handbook, pattern)
    for person, deals in _by_person(export.deals).items():
        if _folded(person) in ignored_names:
            ignored[person] = len(deals)
            continue
        goal, problem = people.goal_of(person)
        if goal:
            by_goal.setdefault(goal, []).extend(deals)
        else:
            location = Location(path, deals[0].line, 1)
            message, help = problem
            findings.append(Finding("GH201", location, f"{message} ({plural(len(deals), 'row')})", help))
    totals: list[Total] = []
    outside: dict[str, int] = {}
    for full_id in people.goals() if complete else sorted(by_goal):
        goal_, deals = handbook.goals[full_id], sorted(by_goal.get(full_id, []), key=lambda d: d.on)
        counting = [d for d in deals if goal_.start <= d.on <= goal_.due]
        if len(counting) < len(deals):
            outside[full_id] = len(deals) - len(counting)
        begin = goal_.start if complete else counting[0].on if counting else None
        if begin and export.last_day:
            totals += (
                Total(full_id, day, value)
                for day, value in _cumulated(counting, _ends(begin, goal_, per, as_of, export.last_day))
            )
    return Totals(tuple(sorted(totals)), outside, ignored), findings


def _ends(
    begin: datetime.date, goal: Goal, per: Per, as_of: datetime.date, last_day: datetime.date
) -> Iterator[datetime.date]:
    """Yield the ends of the periods from the one with `begin` on; the goal's due date ends the last one."""
    span = span_of(begin, per)
    while min(span.end, goal.due) <= as_of and span.start <= min(goal.due, last_day):
        yield min(span.end, goal.due)
        span = span_of(span.end + datetime.timedelta(days=1), per)


def _cumulated(deals: Sequence[Deal], ends: Iterable[datetime.date]) -> Iterator[tuple[datetime.date, Decimal]]:
    total, rest = Decimal(0), list(reversed(deals))
    for end in ends:
        while rest and rest[-1].on <= end:
            total += rest.pop().value
        yield end, total


class _People:
    """Finds the goal for a name in an export."""

    def __init__(self, handbook: Handbook, pattern: str) -> None:
        self.handbook, self.pattern = handbook, pattern
        self.named: dict[str, list[str]] = {}
        people: list[Seller | Leader] = [*handbook.sellers.values(), *handbook.leaders.values()]
        for owner in people:
            for name in {_folded(owner.name), owner.id, *map(_folded, owner.aliases)}:
                self.named.setdefault(name, []).append(owner.id)

    def goals(self) -> list[str]:
        """Return the full ids of all goals that match the pattern, of sellers and leaders."""
        people = (*self.handbook.sellers, *self.handbook.leaders)
        return sorted(
            g for g in (self.pattern.replace("{owner}", owner) for owner in people) if g in self.handbook.goals
        )

    def goal_of(self, person: str) -> tuple[str | None, tuple[str, str]]:
        """Return the goal's full id, or None with what is wrong and how to fix it."""
        owners = self.named.get(_folded(person), [])
        if not owners:
            alike = self.named.get(nearest(_folded(person), self.named))
            known = self.handbook.owners[alike[0]] if alike else None
            near = known and (
                f'did you mean "{known.name}"? if so, add this name to the aliases in {known.kind}s/{known.id}.yaml'
            )
            return None, (f'unknown person "{person}"', near or "add a file for them, or use --ignore with the name")
        if len(owners) > 1:
            message = f'"{person}" could be {" or ".join(sorted(owners))}'
            return None, (message, "give each an alias of their own, or export ids")
        goal = self.pattern.replace("{owner}", owners[0])
        if goal not in self.handbook.goals:
            near = did_you_mean(goal, (f"{owners[0]}/{g.id}" for g in self.handbook.owners[owners[0]].goals))
            return None, (f'"{person}" has no goal {goal}', near or "add the goal, or use --ignore with the name")
        return goal, ("", "")


def _by_person(deals: Iterable[Deal]) -> dict[str, list[Deal]]:
    people: dict[str, list[Deal]] = {}
    for deal in deals:
        people.setdefault(deal.person, []).append(deal)
    return people


def _folded(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())
