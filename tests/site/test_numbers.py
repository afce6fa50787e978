"""Every number on a page is in `handbook.json`, among those of the goals and owners that the page names beside it.

The example is built with every digit that people wrote replaced, so that what is left on a page is ours. A number is
found by its value, as the Formatter spells it; a few follow from two of the data, such as a gap or a distance in days.
"""

from __future__ import annotations

import copy
import datetime
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from goal_handbook.changes.history import History
from goal_handbook.figures import Formatter
from goal_handbook.model.audience import Audience
from goal_handbook.pages.page import Site
from goal_handbook.site import SiteSettings, build_site
from goal_handbook.source.load import load
from goal_handbook.status.assessment import assess
from goal_handbook.status.goal import NEED_SOMETHING
from goal_handbook.views.home import HOME_DAYS

from ..status.make import case
from .shown_numbers import NUMBER, Shown, numbers_of
from .written import copy_with

ROOT = Path(__file__).parents[2]

#: What is no fact of a goal or an owner, each with the reason.
NO_FACTS = re.compile(
    "|".join(
        [
            r"1:1",  # a word
            r"\bQ[1-4]\b",  # a day: the name of a quarter
            r"^20\d\d$",  # a day: the name of the period
            r"^The next \d+ days$",  # how far Home looks ahead
            r"^(and )?\d+ (more|other) ?",  # how many rows a page has no room for
            r"^once a .*, \d+ to \d+ minutes$",  # the terms of a cadence, as they were written
            r"^with .*, \d+ minutes$",  # a session, as it was written down
            r"[\d.]+ hours?, \$[\d,]+$",  # what was spent by an earlier reading
            r"^q\d:?$",  # the id of a landmark
            r"^\d+ sheets? for",  # how many sheets there are to print
            r"^Print the \d+ sheets",
        ]
    )
)
#: The groups of statuses on Home.
GROUPS = (NEED_SOMETHING, ("on-track", "not-started"), ("achieved", "closed"))
#: Where there are no facts: the ticks of an axis are its scale, and a filter counts the rows of its page.
NO_FACTS_IN = {"gh-chart__tick", "gh-pill__count", "gh-letters"}

#: Where a person is named, and all their goals can be meant.
ALL_GOALS_IN = {"gh-sheet", "gh-agenda__row"}


@dataclass(frozen=True)
class Book:
    """A site, its `handbook.json`, and how its values are spelled."""

    site: Site
    data: dict[str, Any]
    fmt: Formatter


@cache
def built(folder: Path, audience: Audience) -> Book:
    handbook = load(folder).handbook
    assert handbook and handbook.settings.as_of
    site = build_site(handbook, assess(handbook, handbook.settings.as_of), History(), SiteSettings(audience))
    return Book(site, json.loads(dict(site.files)["handbook.json"]), Formatter(handbook.settings))


@pytest.fixture(scope="module")
def without_digits(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example, in which people write no digits but those of their values and days."""
    return copy_with(ROOT / "goals", tmp_path_factory.mktemp("goals"), lambda text: re.sub(r"\d", "x", text))


@dataclass
class Spelled:
    """Collects values as the Formatter spells them."""

    fmt: Formatter
    found: set[str] = field(default_factory=set)

    def amount(self, value: float | None, unit: str, compared_with: tuple[Decimal, ...] = ()) -> None:
        """Add a number in a unit; data is rounded, so that what is computed may be spelled from just beside it."""
        if value is None:
            return
        exact = Decimal(str(value))
        nearby: list[Decimal | Fraction] = [exact, *(Fraction(exact) + Fraction(n, 200) for n in (-1, 0, 1))]
        for near in nearby:
            size = near if near >= 0 else -near
            self._add(
                self.fmt.amount(near, unit), self.fmt.gap(size, unit), self.fmt.reading(near, unit, compared_with)
            )
            self._add(*(self.fmt.compact(near, unit, compared_with, digits=digits) for digits in (2, 3)))
            self._add(*(self.fmt.difference(near, unit, compact=compact) for compact in (False, True)))

    def rate(self, a_day: float | None, unit: str) -> None:
        """Add what a rate by the day is by the week."""
        if a_day is not None:
            self._add(*(self.fmt.gap((Fraction(str(a_day)) + Fraction(n, 20_000)) * 7, unit) for n in (-1, 0, 1)))

    def ratio(self, value: float | None) -> None:
        """Add a ratio in percent."""
        if value is not None:
            self._add(*(self.fmt.percent(Fraction(str(value)) + Fraction(n, 20_000)) for n in (-1, 0, 1)))

    def factor(self, value: float | None) -> None:
        """Add a factor, which is rounded up."""
        if value is not None:
            self._add(*(self.fmt.factor(Fraction(str(value)) + Fraction(n, 20_000)) for n in (-1, 0)))

    def count(self, *values: int) -> None:
        """Add whole numbers."""
        self._add(*(f"{value:,}" for value in values))

    def _add(self, *texts: str) -> None:
        self.found.update(number for text in texts for number in NUMBER.findall(text))


def days_in(value: Any) -> Iterator[datetime.date]:
    """Yield all days in some data."""
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        yield datetime.date.fromisoformat(value)
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from days_in(inner)


def of_goal(fmt: Formatter, goal: dict[str, Any], as_of: datetime.date) -> set[str]:
    """Return every number of a goal as a page may spell it."""
    spelled, unit = Spelled(fmt), goal["unit"] or ""
    landmarks = [*goal["landmarks"].values()]
    numbers = tuple(Decimal(str(n)) for n in [*(lm["value"] for lm in landmarks), goal["target"]] if n is not None)
    readings = [(reading, expected) for _, reading, expected in goal["readings"]]
    values = [goal["target"], goal["last"], goal["start_value"], goal["expected"]]
    values += [value for pair in readings for value in pair]
    values += [reading - expected for reading, expected in readings if expected is not None]
    values += [lm["value"] for lm in landmarks] + [lm["adjusted"]["value"] for lm in landmarks if lm["adjusted"]]
    values += [change[key] for change in goal["curve_changes"] for key in ("was", "now")]
    values += [v for a in goal["adjustments"] for c in a["changes"].values() for v in c if not isinstance(v, str)]
    values += [v for v in (goal["at_this_pace"] or {}).values() if not isinstance(v, str)]
    if goal["reading"] and goal["expected"] is not None:
        values.append(goal["reading"]["value"] - goal["expected"])
    if cover := goal["coverage"]:
        values += [cover["total"], cover["needed"], cover["abilities"]]
        spelled.ratio(cover["ratio"])
        spelled.count(cover["goals"])
    for found in filter(None, [goal["attainment"], *(lm["attainment"] for lm in landmarks)]):
        values.append(found["gap"])
        spelled.ratio(found["ratio"])
        for rate in ("needed_per_day", "best_per_day", "recent_per_day"):
            spelled.rate(found.get(rate), unit)
    for value in values:
        spelled.amount(value, unit, numbers)
    for ratio in (goal["pace"], *goal["supports"].values()):
        spelled.ratio(ratio)
    spelled.factor(goal["catch_up"])
    for what, spent in (goal["invested"] or {}).items():
        for value in (spent or {}).values():
            spelled.amount(value, "money" if what == "money" else "")
    if cadence := goal["cadence"]:
        spelled.count(cadence["held"], cadence["due"])
        for row in cadence["rows"]:
            spelled.count(row["held"], row["due"], *(n for period in row["periods"] for n in period))
    spelled.count(len(goal["adjustments"]), len(goal["reviews"]), len(landmarks))
    spelled.count(*(lm["age"] for lm in landmarks), *(step["overdue"] for step in goal["steps"]))
    spelled.count(*Counter(step["landmark"] for step in goal["steps"]).values())
    spelled.count(*(abs((on - as_of).days) for on in days_in(goal)))
    for lm in landmarks:
        spelled.count(*(abs((one - other).days) for one, other in pairwise(days_in([lm["due"], lm["met_on"]]))))
    return spelled.found | of_capacities(fmt, goal["capacity"], unit)


def of_capacities(fmt: Formatter, capacities: list[dict[str, Any]], unit: str) -> set[str]:
    spelled = Spelled(fmt)
    for one in capacities:
        spelled.amount(one["limit"], unit)
        spelled.amount(one["limit"], "")
        spelled.amount(one["worth"], unit)
        spelled.ratio(one["used"])
    return spelled.found


def of_owner(fmt: Formatter, owner: dict[str, Any]) -> set[str]:
    """Return every number of an owner as a page may spell it."""
    spelled = Spelled(fmt)
    spelled.count(*owner["counts"].values(), *owner["landmarks"].values(), *owner.get("with_members", {}).values())
    spelled.count(len(owner["owed"]), *(owed["days"] for owed in owner["owed"]))
    spelled.count(owner.get("sellers", 0), *owner.get("changed", {}).values())
    if meetings := owner.get("one_to_ones"):
        spelled.count(meetings["held"], meetings["due"])
    return spelled.found


def of_team(book: Book, team: str) -> set[str]:
    """Return what a team sums up or lists: what is owed in it, what limits it, what its members can do."""
    spelled, owners = Spelled(book.fmt), book.data["owners"]
    spelled.count(sum(len(owner["owed"]) for i, owner in owners.items() if team in above(owners, i)))
    for estimate in owners[team]["abilities"].values():
        for unit in ("money", "percent", ""):
            spelled.amount(estimate, unit)
    return spelled.found | of_capacities(book.fmt, owners[team]["capacity"], "money")


def above(owners: dict[str, Any], owner: str | None) -> Iterator[str]:
    """Yield an owner and the teams it is in, the nearest first."""
    while owner:
        yield owner
        owner = owners[owner].get("team") or owners[owner].get("part_of")


def of_handbook(book: Book) -> set[str]:
    """Return every number of the handbook as a whole: what it counts, and how that compares with last month."""
    spelled, data = Spelled(book.fmt), book.data
    handbook, goals, owners = data["handbook"], data["goals"].values(), data["owners"].values()
    spelled.count(*handbook["counts"].values(), *handbook["landmarks"].values(), *handbook["owed"].values())
    spelled.count(sum(handbook["owed"].values()), sum(handbook["landmarks"].values()))
    spelled.count(sum(len(o["owed"]) for o in owners if o["kind"] == "leader"))
    spelled.count(*Counter(owner["kind"] for owner in owners).values())
    spelled.count(sum(owner["sellers"] for owner in owners if owner["kind"] == "team" and not owner["part_of"]))
    for kind in handbook["owed"]:
        spelled.count(sum(owed["overdue"] for o in owners for owed in o["owed"] if owed["kind"] == kind))
    today, last_month = [goal["status"] for goal in goals], [goal["months"][-1] for goal in goals]
    for group in GROUPS:
        now, before = (sum(status in group for status in of) for of in (today, last_month))
        spelled.count(now, abs(now - before))
    spelled.count(*Counter(day[:7] for goal in goals for day in goal["reviews"]).values())
    as_of = datetime.date.fromisoformat(data["as_of"])
    ahead = [(day - as_of).days for goal in goals for day in days_in(goal["review_due"])]
    spelled.count(sum(0 <= days <= HOME_DAYS for days in ahead))
    return spelled.found


def unknown(book: Book, only: str = "") -> list[tuple[str, Shown]]:
    """Return the numbers that are not in the data, each with the route of its page; of all pages, or of one."""
    facts = _Facts(book)
    return [
        (page.route, shown)
        for page in book.site.pages
        if only in {"", page.route}
        if not page.route.endswith("/sheets")  # the sheets of the sellers' own pages once more
        for shown in numbers_of(page.html, page.route.removesuffix("index").rstrip("/"))
        if not is_no_fact(shown) and shown.number not in facts.of(page.route, shown)
    ]


def is_no_fact(shown: Shown) -> bool:
    return bool(
        NO_FACTS.search(shown.text) or NO_FACTS_IN.intersection(c for e in shown.element.above for c in e.classes)
    )


class _Facts:
    """All numbers of a book, by what they are of; each is spelled once."""

    def __init__(self, book: Book) -> None:
        self.book, self.known = book, dict[str, set[str]]()

    def of(self, route: str, shown: Shown) -> set[str]:
        """Return the numbers that can be meant: of what the text names, and of the owner of the page or of them all."""
        folder, _, name = route.rpartition("/")
        page = name if folder in {"sellers", "leaders", "teams"} and name != "index" else ""
        names = {page, *shown.named}
        if ALL_GOALS_IN.intersection(c for element in shown.element.above for c in element.classes):
            names |= {full_id for full_id in self.book.data["goals"] if full_id.partition("/")[0] in names}
        return set().union(*map(self._one, names))

    def _one(self, name: str) -> set[str]:
        if name not in self.known:
            self.known[name] = self._spelled(name)
        return self.known[name]

    def _spelled(self, name: str) -> set[str]:
        fmt, data = self.book.fmt, self.book.data
        if not name:
            return of_handbook(self.book)
        if "/" in name:
            return of_goal(fmt, data["goals"][name], datetime.date.fromisoformat(data["as_of"]))
        owner = data["owners"][name]
        main = self._one(owner["main_goal"]) if owner["main_goal"] else set()
        return main | of_owner(fmt, owner) | (of_team(self.book, name) if owner["kind"] == "team" else set())


@pytest.mark.parametrize("audience", ["team", "leaders"])
def test_every_number_on_a_page_is_in_the_data(without_digits: Path, audience: Audience) -> None:
    found = unknown(built(without_digits, audience))
    assert [f"{route}: {shown.number} in {shown.text!r}" for route, shown in found] == []


GOAL = "moses-frase/new-business"


@pytest.mark.parametrize(
    ("page", "of", "value", "shown"),
    [
        case("what is missing", "sellers/moses-frase", GOAL, 119_042, "$119,042"),
        case("the share of the target", "sellers/moses-frase", GOAL, 0.5421, "54%"),
        case("how much faster the rest has to go", "sellers/moses-frase", GOAL, 1.4005, "1.41"),
        case("what each week has to add", "sellers/moses-frase", GOAL, 1293.9348, "$9,058"),
        case("a number at a pace", "sellers/moses-frase", GOAL, 188_848, "$189K"),
        case("what was expected by a day", "sellers/moses-frase", GOAL, 147_282.61, "$147,283"),
        case("the sum of a team's goals", "teams/central", "central/revenue", 3_515_000, "$3,515,000"),
        case("a member's share of the target", "people/index", GOAL, 0.5421, "54%"),
        case("how many goals inside a team are on track", "teams/west", "west", 24, "24"),
    ],
)
def test_a_number_that_differs_from_the_data_is_found(
    without_digits: Path, page: str, of: str, value: float, shown: str
) -> None:
    book, data = built(without_digits, "leaders"), copy.deepcopy(built(without_digits, "leaders").data)
    part = data["goals" if "/" in of else "owners"]
    part[of] = with_another(part[of], value)
    assert data != book.data
    assert shown in {found.number for _, found in unknown(replace(book, data=data), page)}


def with_another(data: Any, value: float) -> Any:
    """Return data in which a value is another one wherever it is."""
    if isinstance(data, dict):
        return {key: with_another(inner, value) for key, inner in data.items()}
    if isinstance(data, list):
        return [with_another(inner, value) for inner in data]
    is_it = isinstance(data, int | float) and not isinstance(data, bool) and data == value
    return data * 1.3 + 20_000 if is_it and value > 20_000 else data + 37 if is_it else data
