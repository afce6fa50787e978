"""GH206 to GH209: what adds nothing to the sum it supports, and what would be counted twice."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from decimal import Decimal

from ..findings import Finding, did_you_mean
from ..model.goal import Goal
from ..model.handbook import Handbook
from ..model.people import AnyOwner
from ..model.support import Support
from ..model.values import is_money, plain_number
from ..source.load import Loaded
from ..source.nodes import NodePath
from ..status.flow import is_rollup, rate_between, sums_above

#: The number of a support in its goal's list, the goal it feeds, and the support itself.
_Feed = tuple[int, str, Support]


def check_sums(loaded: Loaded, edited: Iterable[AnyOwner] | None = None) -> Iterator[Finding]:
    """Yield GH206 to GH209 for goals that support a sum; for those of the `edited` owners only, if given."""
    handbook = loaded.handbook
    if handbook is None:
        return
    for owner in handbook.owners.values() if edited is None else edited:
        for i, goal in enumerate(owner.goals):
            feeds = _feeds(handbook, f"{owner.id}/{goal.id}", goal)
            adding = [feed for feed in feeds if rate_between(handbook, goal, handbook.goals[feed[1]]) is not None]
            problems = [*_not_added(handbook, goal, feeds), *_twice(handbook, goal, adding)]
            for code, path, message, help in problems:
                yield loaded.finding(owner.id, ("goals", i, *path), code, message, help)


def _feeds(handbook: Handbook, full_id: str, goal: Goal) -> list[_Feed]:
    """What a production goal with a number feeds, of the goals that are a sum."""
    if goal.shape != "number" or goal.kind != "production":
        return []  # what somebody learns may support a sum in a unit of its own
    found = ((i, handbook.resolve(full_id, support), support) for i, support in enumerate(goal.supports))
    return [(i, full, support) for i, full, support in found if full and is_rollup(handbook.goals[full])]


def _not_added(handbook: Handbook, goal: Goal, feeds: Iterable[_Feed]) -> Iterator[tuple[str, NodePath, str, str]]:
    """GH207 where a rate is missing, GH206 where two units can never be added."""
    settings = handbook.settings
    for i, full_id, _ in feeds:
        whole = handbook.goals[full_id].measure
        if goal.measure is None or whole is None or settings.rate(goal.measure.unit, whole.unit) is not None:
            continue
        units = [goal.measure.unit, whole.unit]
        money = [is_money(unit) for unit in units]
        if all(money):
            code = next((u for u in units if u != "money" and settings.rate(u, "money") is None), units[0])
            message = f'"{goal.id}" cannot be added to {full_id}: there is no rate for {code}'
            worth = f"what one {code} is worth in {settings.currency or 'currency:'}"
            yield "GH207", ("measure", "unit"), message, f"add rates: {{{code}: …}} to handbook.yaml: {worth}"
        else:
            message = f'"{goal.id}" adds nothing to {full_id}: {units[0]} into {units[1]}'
            help = did_you_mean(units[0], units[1:]) or "support a goal in the same unit, or measure both in one unit"
            yield "GH206", ("supports", i, "goal"), message, help


def _twice(handbook: Handbook, goal: Goal, feeds: list[_Feed]) -> Iterator[tuple[str, NodePath, str, str]]:
    """GH208 for a goal and one above it, GH209 for shares on one level that add up to more than the whole."""
    above = {full_id: sums_above(handbook, full_id) for _, full_id, _ in feeds}
    for i, full_id, support in feeds:
        for _, other, below in feeds:
            if full_id in above[other] and other not in above[full_id] and _most([support, below]) > 1:
                message = f'"{goal.id}" supports both {full_id} and {other}, which is part of it; it is counted once'
                yield "GH208", ("supports", i, "goal"), message, f"keep {other}, and delete {full_id}"
    lowest = [
        s for _, full_id, s in feeds if not any(full_id in above[other] for other in above) and s.credit == "single"
    ]
    if (most := _most(lowest)) > 1:
        message = f'the shares of "{goal.id}" add up to {plain_number(most)}'
        help = (
            "write share: for each, so that they add up to 1, or credit: double where others count the same deals too"
        )
        yield "GH209", ("supports",), message, help


def _most(supports: Iterable[Support]) -> Decimal:
    """The most that the shares add up to on any day."""
    supports = tuple(supports)
    days = {s.from_ or datetime.date.min for s in supports}
    return max((sum((s.share for s in supports if s.counts_on(day)), Decimal(0)) for day in days), default=Decimal(0))
