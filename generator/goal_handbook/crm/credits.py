"""Credits deals to goals: whose they are, what their part is, and what it is worth in the goal's currency."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from ..findings import Finding
from ..model.goal import Goal
from ..model.identity import folded
from ..words import plural
from .causes import Causes
from .currency import Currencies, counts_money, currency_of, digits_of
from .export import Deal, Export
from .people import People
from .split import Split, divided, shares_for


@dataclass(frozen=True, slots=True)
class Credit:
    """What a deal, or a part of it, adds to a goal on a day, in the goal's unit; `line` is the deal's in the export."""

    on: datetime.date
    value: Decimal
    line: int


@dataclass(frozen=True, slots=True)
class Credits:
    """What the deals of an export add to each goal, and what is worth knowing about it, in rows of the export.

    `ignored`: by ignored person, and `ignored_parts` where others share the row; `left_out`: rows that were ignored or
    left out by a condition, by the goal of whom they name; `shared`: rows divided between several people; `converted`:
    by the currency before and after.
    """

    of_goal: Mapping[str, Sequence[Credit]]
    ignored: Mapping[str, int]
    ignored_parts: Mapping[str, int]
    left_out: Mapping[str, int]
    shared: int
    converted: Mapping[tuple[str, str], int]


def credits_of(
    export: Export, people: People, currencies: Currencies | None, splits: Sequence[Split], path: str
) -> tuple[Credits, list[Finding]]:
    """Return the credits of an export's deals, none if not all of it could be read, and findings in it (`path`).

    GH201: a person who matches no owner, with the nearest name, or whose goal is missing. GH115: a goal that deals do
    not add to, a deal of several people without a split for as many, and an amount that cannot be converted.
    """
    crediting = _Crediting(people, currencies, splits, Causes(path), export.is_whole)
    for cell, deals in _by_person(export.deals).items():
        crediting.add(cell, deals)
    for cell, rows in (*export.left_out.items(), *crediting.ignored.items(), *crediting.ignored_parts.items()):
        for owner in people.owners_in(cell):
            crediting.left_out[people.goal_id(owner)] += rows
    return crediting.credits(), crediting.causes.findings()


@dataclass
class _Crediting:
    """Goes through the deals of one person (or several in one field) after the other."""

    people: People
    currencies: Currencies | None
    splits: Sequence[Split]
    causes: Causes
    is_whole: bool
    of_goal: dict[str, list[Credit]] = field(default_factory=dict)
    ignored: Counter[str] = field(default_factory=Counter)
    ignored_parts: Counter[str] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)
    shared: int = 0
    converted: Counter[tuple[str, str]] = field(default_factory=Counter)

    def credits(self) -> Credits:
        return Credits(self.of_goal, self.ignored, self.ignored_parts, self.left_out, self.shared, self.converted)

    def add(self, cell: str, deals: Sequence[Deal]) -> None:
        """Credit the deals of whoever a field names, each with their part."""
        recipients = self.recipients(cell, deals)
        shares = shares_for(len(recipients), self.splits)
        if shares is None:
            message = f'"{cell}" names {len(recipients)} people'
            help = 'say how to divide such a deal: --split equal, or e.g. --split "60,40" in the order of the names'
            if self.splits:
                help = f"add --split equal, or --split with {len(recipients)} shares"
            self.report("GH115", deals[0].line, f"{message} ({plural(len(deals), 'row')})", help, cause=cell)
            return
        self.shared += len(deals) * (len(shares) > 1)
        for deal in deals:
            self.divide(deal, recipients, shares)

    def recipients(self, cell: str, deals: Sequence[Deal]) -> list[str]:
        """Return the goals of everyone a field names, each once, and "" for whoever is ignored or unknown."""
        found: dict[str, str] = {}
        line, rows = deals[0].line, plural(len(deals), "row")
        names = self.people.names_in(cell)
        are_all_ignored = all(self.people.is_ignored(name) for name in names)
        for name in names:
            goal = "" if self.people.is_ignored(name) else self.people.goal_of(name, helped=not self.causes.is_full)
            if not goal:
                (self.ignored if are_all_ignored else self.ignored_parts)[name] += len(deals)
            elif not isinstance(goal, str):
                message, help = goal
                self.report("GH201", line, f"{message} ({rows})", help, cause=name)
            elif problem := _cannot_add_up(self.people.handbook.goals[goal], self.currencies is not None):
                help = "name a goal that counts deals with --goal-pattern"
                self.report("GH115", line, f"{goal} {problem} ({rows})", help, cause=goal)
            else:
                found[goal] = goal
                continue
            found[folded(name)] = ""
        return list(found.values())

    def divide(self, deal: Deal, recipients: Sequence[str], shares: Sequence[Decimal]) -> None:
        """Credit a deal to goals by their shares."""
        currencies = self.currencies or Currencies()
        source, used = deal.currency or currencies.own, set()
        for i, full_id in enumerate(recipients):
            if not full_id:
                continue
            into = currency_of(self.people.handbook.goals[full_id], currencies.own)
            value = currencies.converted(deal.value, deal.currency, into)
            if value is None:
                message = f"this deal is in {source}, and {full_id} counts {into}"
                help = "give the rate of any currency but the handbook's own in handbook.yaml, under rates:"
                self.report("GH115", deal.line, message, help)
                continue
            if into and source and source != into:
                used.add((source, into))
            if not self.is_whole:
                continue  # nothing will be counted
            part = divided(value, shares, digits_of(into))[i]
            self.of_goal.setdefault(full_id, []).append(Credit(deal.on, part, deal.line))
        self.converted.update(used)

    def report(self, code: str, line: int, message: str, help: str, cause: str = "") -> None:
        self.causes.report(code, line, message, help, cause=cause)


def _cannot_add_up(goal: Goal, is_money: bool) -> str:
    """Return why deals do not add up to a goal's reading, "" if they do. `is_money`: they are amounts of money."""
    measure = goal.measure
    if measure is None or measure.shape != "number" or measure.unit == "percent":
        return "is not a number that deals add up to"
    if measure.rollup:
        return "is the sum of other goals"
    if measure.goes_down:
        return "is a number to bring down, which deals only add to"
    if is_money and not counts_money(goal):
        return f"counts {measure.unit}, and other goals of this pattern count money"
    return ""


def _by_person(deals: Iterable[Deal]) -> dict[str, list[Deal]]:
    people: dict[str, list[Deal]] = {}
    for deal in deals:
        people.setdefault(deal.person, []).append(deal)
    return people
