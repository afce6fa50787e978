"""Laws of a company's books: whatever is moved, split or converted, sums stay the sums of what was sold.

A company is drawn as its *deals*: who won what on which day, in which currency, for whom it counts. Its handbook is made
of the readings an import would write from them.
"""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from goal_handbook.model.handbook import Handbook
from goal_handbook.model.people import AnyOwner
from goal_handbook.model.records import Closing
from goal_handbook.reports.status import describe, status_data
from goal_handbook.status.assessment import Assessment, assess
from goal_handbook.status.transfer import rest_of

from .status.make import handbook, value

LAW = settings(max_examples=100, deadline=None, derandomize=True)
FIRST, LAST = datetime.date(2017, 1, 1), datetime.date(2017, 12, 31)
ONE_DAY = datetime.timedelta(days=1)
RATES = {"USD": Decimal(1), "CAD": Decimal("0.78"), "EUR": Decimal("1.31")}
TEAMS = ("north", "south")
DUE = [datetime.date(2017, 3, 30), datetime.date(2017, 6, 29), datetime.date(2017, 9, 28), LAST]

days = st.integers(0, 364).map(lambda n: FIRST + datetime.timedelta(n))
#: Few days, so that deals, moves and due dates fall on the same one or beside it.
busy_days = st.sampled_from([d + datetime.timedelta(n) for d in DUE[:3] for n in (-1, 0, 1, 3, 4)]) | days
cents = st.integers(-30_000, 120_000).map(lambda n: Decimal(n) / 100)
sales = st.integers(0, 120_000).map(lambda n: Decimal(n) / 100)


@dataclass(frozen=True)
class Seller:
    """What a seller won, in one currency, and where it counts: `teams` from a day on (the first from the beginning),
    or a `share` for the first and the rest for the second; an `overlay` counts in full for both."""

    deals: tuple[tuple[datetime.date, Decimal], ...]
    currency: str = "USD"
    moves: tuple[datetime.date, ...] = ()
    share: Decimal | None = None
    overlay: bool = False
    away: tuple[datetime.date, datetime.date] | None = None
    left: datetime.date | None = None

    def sold(self, until: datetime.date) -> Decimal:
        return sum((amount for on, amount in self.deals if on <= until), Decimal(0))

    @property
    def worth(self) -> Decimal:
        return RATES[self.currency]

    @property
    def supports(self) -> list[dict[str, Any]]:
        if self.overlay:
            return [{"goal": "north/revenue"}, {"goal": "south/revenue", "credit": "double"}]
        if self.share is not None:
            parts = zip(TEAMS, (self.share, 1 - self.share), strict=True)
            return [{"goal": f"{team}/revenue", "share": str(share)} for team, share in parts]
        starts = [FIRST, *self.moves]
        ends = [on - ONE_DAY for on in self.moves] + [LAST]
        spans = zip(itertools.cycle(TEAMS), starts, ends, strict=False)
        return [
            {"goal": f"{team}/revenue"}
            | ({"from": str(start)} if start > FIRST else {})
            | ({"until": str(end)} if end < LAST else {})
            for team, start, end in spans
        ]

    @property
    def file(self) -> dict[str, Any]:
        teams = zip(itertools.cycle(TEAMS), [None, *self.moves], strict=False)
        team = [{"id": team} | ({"from": str(on)} if on else {}) for team, on in teams]
        away = [{"from": str(self.away[0]), "to": str(self.away[1])}] if self.away else []
        return {"team": team, "away": away} | ({"left": str(self.left)} if self.left else {})

    def days(self, extra: Iterable[datetime.date] = ()) -> list[datetime.date]:
        """The days an import writes totals for: of every deal, due date and last day before a move, and those given."""
        return sorted({FIRST, *DUE, *(on for on, _ in self.deals), *(on - ONE_DAY for on in self.moves), *extra})


Company = dict[str, Seller]


def book(company: Company, reported: dict[str, list[datetime.date]] | None = None, **terms: Any) -> Handbook:
    """A handbook of two teams in a region. `terms` (target, landmarks) are those of every goal."""
    target = terms.get("target", "1000")
    landmarks = [value(f"q{i}", str(due), str(int(target) * i // 4)) for i, due in enumerate(DUE, 1)]

    def team_goal(**more: Any) -> dict[str, Any]:
        return {
            "id": "revenue",
            "measure": {"unit": "money", "target": target, "rollup": "sum"},
            "landmarks": landmarks,
        } | more

    sellers = {}
    for name, seller in company.items():
        on = (reported or {}).get(name, seller.days())
        checkins = [{"on": str(day), "value": str(seller.sold(day))} for day in on]
        goal = {
            "measure": {"unit": seller.currency, "target": target},
            "landmarks": landmarks,
            "checkins": checkins,
            "supports": seller.supports,
        } | ({"prorate": "yes"} if seller.away else {})
        sellers[name] = seller.file | {"goals": [goal]}
    feeding = team_goal(supports="region/revenue")
    teams = {
        "region": {"leader": "lea", "goals": [team_goal()]},
        **{team: {"part_of": "region", "goals": [feeding]} for team in TEAMS},
    }
    rates = {code: str(rate) for code, rate in RATES.items() if code != "USD"}
    return handbook(sellers, teams, currency="USD", rates=rates)


def sellers(amounts: st.SearchStrategy[Decimal] = cents) -> st.SearchStrategy[Seller]:
    """Somebody who stays, moves (there and back), is split between two teams, or is an overlay."""
    deals = st.lists(st.tuples(busy_days, amounts), max_size=8).map(tuple)
    currencies = st.sampled_from(list(RATES))
    moves = st.lists(busy_days.filter(lambda on: on > FIRST), max_size=3, unique=True).map(lambda on: tuple(sorted(on)))
    shares = st.sampled_from(["0.5", "0.25", "0.7"]).map(Decimal)
    return st.one_of(
        st.builds(Seller, deals, currencies, moves),
        st.builds(Seller, deals, currencies, share=shares),
        st.builds(Seller, deals, currencies, overlay=st.just(True)),
    )


def companies(amounts: st.SearchStrategy[Decimal] = cents) -> st.SearchStrategy[Company]:
    few = st.lists(sellers(amounts), min_size=1, max_size=4)
    return few.map(lambda found: dict(zip(("ana", "ben", "cem", "dora"), found, strict=False)))


def reading(state: Assessment, full_id: str) -> Decimal:
    """What a sum stands at; of nobody's goals it is nothing."""
    found = state.goals[full_id].reading
    return found.value if found else Decimal(0)


# Sums


@LAW
@given(companies(), busy_days)
def test_the_region_has_what_was_sold_no_deal_twice_and_none_lost(company: Company, on: datetime.date) -> None:
    sold = sum((seller.sold(on) * seller.worth for seller in company.values()), Decimal(0))
    assert reading(assess(book(company), on), "region/revenue") == sold


@LAW
@given(companies(), busy_days)
def test_teams_have_what_was_sold_and_once_more_what_overlays_sold(company: Company, on: datetime.date) -> None:
    state = assess(book(company), on)
    sold = sum((s.sold(on) * s.worth * (2 if s.overlay else 1) for s in company.values()), Decimal(0))
    assert sum(reading(state, f"{team}/revenue") for team in TEAMS) == sold


@LAW
@given(
    st.lists(st.tuples(busy_days, cents, st.sampled_from(["0.5", "0.6", "0.4", "1"])), max_size=8), sellers(), busy_days
)
def test_a_deal_split_between_two_sellers_counts_once(
    deals: list[tuple[datetime.date, Decimal, str]], other: Seller, on: datetime.date
) -> None:
    """One has the share, the other the rest; where either of them counts does not matter."""
    one = Seller(tuple((day, amount * Decimal(share)) for day, amount, share in deals), moves=(DUE[0],))
    rest = replace(
        other, currency="USD", deals=tuple((day, amount * (1 - Decimal(share))) for day, amount, share in deals)
    )
    sold = sum((amount for day, amount, _ in deals if day <= on), Decimal(0))
    assert reading(assess(book({"ana": one, "ben": rest}), on), "region/revenue") == sold


@LAW
@given(companies(), busy_days)
def test_a_team_has_what_was_sold_while_it_counted_there(company: Company, on: datetime.date) -> None:
    state = assess(book(company), on)
    for team in TEAMS:
        sold = sum(
            (amount * _share(s, team, day) * s.worth for s in company.values() for day, amount in s.deals if day <= on),
            Decimal(0),
        )
        assert reading(state, f"{team}/revenue") == sold


def _share(seller: Seller, team: str, on: datetime.date) -> Decimal:
    """How much of a deal of a day counts for a team."""
    if seller.overlay:
        return Decimal(1)
    if seller.share is not None:
        return seller.share if team == "north" else 1 - seller.share
    return Decimal(TEAMS[sum(move <= on for move in seller.moves) % 2] == team)


@LAW
@given(st.integers(50, 199), st.integers(1, 10**6), st.sampled_from(["0", "0.01"]))
def test_a_target_in_any_currency_is_met_by_exactly_what_it_is_worth(rate: int, target: int, missing: str) -> None:
    """Whatever the rate: a target of so many units is worth target × rate in dollars, and a cent less does not do."""
    rate_of_cad = Decimal(rate) / 100
    sold = {"on": str(LAST), "value": str(target * rate_of_cad - Decimal(missing))}
    ana = {"goals": [{"measure": {"unit": "USD", "target": str(target)}, "checkins": [sold], "supports": "revenue"}]}
    revenue = {"id": "revenue", "measure": {"unit": "CAD", "target": str(target), "rollup": "sum"}}
    book = handbook({"ana": ana}, {"north": {"goals": [revenue]}}, currency="USD", rates={"CAD": str(rate_of_cad)})
    found = assess(book, LAST + datetime.timedelta(10)).goals["north/revenue"]
    assert found.landmarks[-1].status == ("missed" if Decimal(missing) else "met")
    assert not found.reading or (found.reading.value == target) == (missing == "0")


# The past stays as it was


def words(book: Handbook, as_of: datetime.date) -> dict[tuple[str, str], str]:
    """The status of every landmark on a day."""
    goals = assess(book, as_of).goals
    return {(full_id, s.landmark.id): s.status for full_id, goal in goals.items() for s in goal.landmarks}


@LAW
@given(companies(), busy_days.filter(lambda on: on > FIRST), busy_days)
def test_a_transfer_changes_no_status_dated_before_it(company: Company, move: datetime.date, on: datetime.date) -> None:
    """On no day before it any status; later, none of the seller's and no landmark a team had met or missed before it."""
    stays = replace(company["ana"], moves=(), share=None, overlay=False)
    days_of_ana = {"ana": stays.days([move - ONE_DAY])}
    before, after = (book(company | {"ana": ana}, days_of_ana) for ana in (stays, replace(stays, moves=(move,))))
    same = words(before, on), words(after, on)
    due = {f"q{i}": day for i, day in enumerate(DUE, 1)}
    for key, status in same[0].items():
        full_id, landmark = key
        if on < move or not full_id.startswith(TEAMS):
            assert same[1][key] == status
        elif due[landmark] < move:
            assert (same[1][key] == "met") == (status == "met")


@LAW
@given(companies(), busy_days, st.integers(0, 90), busy_days)
def test_a_leave_changes_no_status_of_a_landmark_due_before_it(
    company: Company, away: datetime.date, length: int, on: datetime.date
) -> None:
    leaves = replace(company["ana"], away=(away, away + datetime.timedelta(length)))
    before, after = words(book(company), on), words(book(company | {"ana": leaves}), on)
    for i, due in enumerate(DUE, 1):
        if on < away or due < away:
            assert all(after[key] == status for key, status in before.items() if key[1] == f"q{i}")


@LAW
@given(companies(), busy_days, busy_days)
def test_a_last_day_to_come_changes_no_status_until_then(
    company: Company, last: datetime.date, on: datetime.date
) -> None:
    """Whoever has given notice is waited for as before, whether Ana has reported anything lately or not."""
    silent = {"ana": [FIRST]}
    leaves = replace(company["ana"], left=last)
    before, after = book(company, silent), book(company | {"ana": leaves}, silent)
    if on <= last:
        assert words(after, on) == words(before, on)


@LAW
@given(companies(), busy_days, busy_days)
def test_nobody_waits_for_somebody_away_since_before_the_start(
    company: Company, last: datetime.date, on: datetime.date
) -> None:
    """Until they are back, sums are what they are without them."""
    away = Seller((), away=(FIRST - 30 * ONE_DAY, last))
    without, beside = book(company), book(company | {"zoe": away}, {"zoe": []})
    if on <= last:
        found = words(beside, on)
        assert {key: found[key] for key in words(without, on)} == words(without, on)


@LAW
@given(companies(sales), st.sampled_from(["0", "150"]), busy_days.filter(lambda on: on > FIRST), busy_days)
def test_a_hand_over_changes_no_status_dated_before_it(
    company: Company, start: str, handed: datetime.date, on: datetime.date
) -> None:
    """On no day before it any status; on its day, nothing that was decided before, and no sum."""
    stays = replace(company["ana"], moves=(), share=None, overlay=False)
    until = sorted({handed, *(day for day in stays.days() if day < handed)})
    before = with_start(book(company | {"ana": stays}, {"ana": until}, target="100000"), start)
    after = handed_over(before, handed)
    same = words(before, on), words(after, on)
    due = {f"q{i}": day for i, day in enumerate(DUE, 1)}
    for key, status in same[0].items():
        if on < handed or (on == handed and due[key[1]] + 4 * ONE_DAY < handed and key[0] != "ana/g"):
            assert same[1][key] == status
    for team in ("region", *TEAMS):
        sums = [reading(assess(found, handed), f"{team}/revenue") for found in (before, after)]
        assert sums[0] == sums[1]


def with_start(found: Handbook, start: str) -> Handbook:
    """The handbook with Ana's goal and the sums it is in counting from a base that was there before."""
    from_ = {"from_": Decimal(start)}

    def change(owner: AnyOwner) -> AnyOwner:
        if owner.id not in {"ana", "region", "north"}:
            return owner
        goals = (
            g.model_copy(update={"measure": g.measure and g.measure.model_copy(update=from_)}) for g in owner.goals
        )
        return owner.model_copy(update={"goals": tuple(goals)})

    return found.map_owners(change)


def handed_over(found: Handbook, on: datetime.date) -> Handbook:
    """The handbook after Ana's goal was closed on a day and Zoe went on with the rest of it."""
    goal, ana = found.goals["ana/g"], found.sellers["ana"]
    rest = rest_of(goal, (), on)
    closing = Closing(on=on, result="partly", carried_to="zoe/g")
    closed = ana.model_copy(update={"goals": (goal.model_copy(update={"closed": closing}),)})
    changed = {"start": on, "measure": rest.measure, "landmarks": rest.landmarks, "checkins": ()}
    zoe = ana.model_copy(update={"id": "zoe", "name": "Zoe", "goals": (goal.model_copy(update=changed),)})
    return replace(found, sellers={**found.sellers, "ana": closed, "zoe": zoe})


# Readings, however often


def every(length: int) -> list[datetime.date]:
    """The last day of each period of so many days."""
    return [FIRST + datetime.timedelta(n) for n in range(length - 1, 365, length)]


@LAW
@given(companies(sales), st.integers(0, 30))
def test_readings_by_day_week_month_or_quarter_decide_the_same(company: Company, later: int) -> None:
    as_of = LAST + datetime.timedelta(later)
    found = []
    for length in (1, 7, 30, 91, 365):
        reported = {
            name: sorted({*every(length), *DUE, *(on - ONE_DAY for on in seller.moves)})
            for name, seller in company.items()
        }
        found.append(words(book(company, reported), as_of))
    assert all(other == found[0] for other in found)


# What is shown


@LAW
@given(st.integers(1, 10**9), st.sampled_from(["0.01", "1", "100"]))
def test_rounding_never_shows_a_missed_target_as_reached(target: int, missing: str) -> None:
    """Whether it is short of 10 or of 10 million by a cent."""
    short = Decimal(target) - Decimal(missing)
    ana = Seller(((FIRST, short),))
    state = assess(book({"ana": ana}, target=str(target)), LAST + datetime.timedelta(10))
    goal = state.goals["ana/g"]
    assert goal.landmarks[-1].status == "missed"
    attainment = status_data(state, ["ana/g"])["goals"]["ana/g"]["attainment"]
    assert attainment and attainment["ratio"] is not None
    assert attainment["ratio"] < 1
    assert "100%" not in describe(state, ["ana/g"])
