"""A deal of several people is divided as the command says, to the cent, or not counted at all."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from goal_handbook.crm.currency import Currencies
from goal_handbook.crm.split import Split, divided, parse_split, shares_for
from goal_handbook.model.values import message_and_help
from goal_handbook.reports.imported import import_report

from .house import House, bring_in, seller, table, totals

EQUAL = Split()
BOTH = "Anna Schäfer; Björn Köhler"


@pytest.mark.parametrize(
    ("text", "shares"),
    [("equal", []), (" Equal ", []), ("60,40", [60, 40]), ("100", [100]), ("60/40", [60, 40]), ("50%, 30%, 20%", [50, 30, 20]), ("33.3,33.3,33.4", ["33.3", "33.3", "33.4"])],
)  # fmt: skip
def test_shares_are_percentages_in_the_order_of_the_names(text: str, shares: list[object]) -> None:
    assert parse_split(text) == Split(tuple(Decimal(str(share)) for share in shares))


@pytest.mark.parametrize(
    ("text", "message"),
    [("60,30", "the shares add up to 90, not to 100"), ("110,-10", "every share must be more than 0"), ("", '"" is not a number'), ("most,rest", '"most" is not a number')],
)  # fmt: skip
def test_shares_that_are_not_the_whole_are_refused(text: str, message: str) -> None:
    with pytest.raises(PydanticCustomError) as error:
        parse_split(text)
    assert message_and_help(error.value) == (message, 'write "equal", or percentages that add up to 100, e.g. "60,40"')


def test_the_first_split_for_as_many_people_is_used() -> None:
    splits = [parse_split("60,40"), EQUAL, parse_split("50,30,20")]
    shares = [shares_for(1, []), shares_for(2, splits), shares_for(3, splits), shares_for(3, splits[:1])]
    assert [some and [int(share) for share in some] for some in shares] == [[1], [60, 40], [1, 1, 1], None]


@pytest.mark.parametrize(
    ("amount", "shares", "digits", "parts"),
    [
        ("100", (1, 1), 2, ["50.00", "50.00"]),
        ("100", (1, 1, 1), 2, ["33.34", "33.33", "33.33"]),
        ("-100", (1, 1, 1), 2, ["-33.34", "-33.33", "-33.33"]),
        ("0.01", (60, 40), 2, ["0.01", "0.00"]),
        ("0.02", (1, 1, 1), 2, ["0.01", "0.01", "0.00"]),
        ("100.005", (1, 1), 2, ["50.003", "50.002"]),
        ("101", (1, 1), 0, ["51", "50"]),
        ("10.01", (60, 40), 2, ["6.01", "4.00"]),
        ("7", (1,), 2, ["7"]),
    ],
)
def test_the_parts_are_whole_cents(amount: str, shares: tuple[int, ...], digits: int, parts: list[str]) -> None:
    assert list(map(str, divided(Decimal(amount), tuple(map(Decimal, shares)), digits))) == parts


AMOUNTS = st.decimals(-(10**12), 10**12, places=2)


@given(amount=AMOUNTS, shares=st.lists(st.integers(1, 1_000), min_size=1, max_size=9), digits=st.integers(0, 3))
def test_no_cent_is_lost_and_none_moves_further_than_to_the_next_whole_one(
    amount: Decimal, shares: list[int], digits: int
) -> None:
    parts = divided(amount, tuple(map(Decimal, shares)), digits)
    assert sum(parts) == amount
    cent = Fraction(1, 10 ** max(digits, 2))
    for part, share in zip(parts, shares, strict=True):
        assert abs(Fraction(part) - Fraction(amount) * share / sum(shares)) < cent


def test_without_a_split_a_deal_of_two_people_is_refused() -> None:
    _, findings = bring_in(table((BOTH, "2017-01-10", 10), (BOTH, "2017-01-11", 1)))
    assert str(findings[0]) == (
        f'export.csv:2:1: GH115 "{BOTH}" names 2 people (2 rows)\n'
        '  help: say how to divide such a deal: --split equal, or e.g. --split "60,40" in the order of the names'
    )


def test_a_split_for_fewer_people_is_not_stretched() -> None:
    files = {"sellers/cleo.yaml": seller("Cleo")}
    _, findings = bring_in(table(("anna, bjorn, cleo", "2017-01-10", 10)), files, splits=(parse_split("60,40"),))
    assert str(findings[0]) == (
        'export.csv:2:1: GH115 "anna, bjorn, cleo" names 3 people (1 row)\n'
        "  help: add --split equal, or --split with 3 shares"
    )


@pytest.mark.parametrize(
    ("field", "split", "anna", "bjorn"),
    [
        (BOTH, "equal", "5.01", "5.00"),
        (BOTH, "60,40", "6.01", "4.00"),
        ("bjorn & anna", "60,40", "4.00", "6.01"),
        ("anna; Anna Schäfer", "60,40", "10.01", None),
        ("anna", "60,40", "10.01", None),
    ],
)
def test_everyone_is_credited_with_their_part(field: str, split: str, anna: str, bjorn: str | None) -> None:
    done, findings = bring_in(table((field, "2017-01-10", "10.01")), splits=(parse_split(split),))
    assert findings == []
    parts = {"anna": anna, "bjorn": bjorn}
    assert totals(done) == {(who, "2017-01-31"): Decimal(part) for who, part in parts.items() if part}


def test_the_part_of_somebody_who_is_ignored_is_not_given_to_the_others() -> None:
    done, findings = bring_in(table(("anna; Xaver; Yves", "2017-01-10", 9)), ignore=("xaver", "Yves"), splits=(EQUAL,))
    assert findings == []
    assert totals(done) == {("anna", "2017-01-31"): 3}
    assert (done.credits.ignored, done.credits.ignored_parts) == ({}, {"Xaver": 1, "Yves": 1})


def test_the_report_counts_the_rows_that_were_divided() -> None:
    done, _ = bring_in(table((BOTH, "2017-01-10", 9), ("anna", "2017-01-10", 9)), splits=(EQUAL,))
    assert "  divided: 1 row between several people (--split)" in list(import_report(done, "crm.csv", False))


def test_all_that_is_wrong_with_such_a_deal_is_reported_at_once(house: Callable[..., House]) -> None:
    result = house().bring_in(table(("Ana Schäfer; Xaver", "2017-01-10", "10 €")))
    assert result.exit_code == 1
    assert [line.partition(": ")[2] for line in result.stderr.splitlines() if line.startswith("export")] == [
        "GH115 this deal is in EUR, not in USD",
        'GH201 unknown person "Ana Schäfer" (1 row)',
        'GH201 unknown person "Xaver" (1 row)',
        'GH115 "Ana Schäfer; Xaver" names 2 people (1 row)',
    ]


def test_the_command_divides(house: Callable[..., House]) -> None:
    at = house()
    result = at.bring_in(table((BOTH, "2017-01-10", 9)), "--split", "60,40", "--split", "equal")
    assert (result.exit_code, result.stderr) == (0, "")
    assert at.files()["goals/readings/crm.csv"] == (
        b"goal,on,value\nanna/sales,2017-01-31,5.40\nbjorn/sales,2017-01-31,3.60\n"
    )


DATES = st.dates(datetime.date(2017, 1, 1), datetime.date(2017, 12, 31))
WHO = st.sampled_from(["anna", "bjorn", "anna; bjorn", "bjorn / cleo", "cleo, anna and bjorn", "anna; anna"])


@settings(max_examples=100, deadline=None)
@given(
    deals=st.lists(st.tuples(WHO, DATES, AMOUNTS, st.sampled_from(["USD", "CAD"])), min_size=1, max_size=15),
    splits=st.sampled_from([(EQUAL,), (parse_split("60,40"), EQUAL), (parse_split("33.3,33.3,33.4"), EQUAL)]),
)
def test_on_every_day_all_credits_sum_to_the_deals(
    deals: list[tuple[str, datetime.date, Decimal, str]], splits: tuple[Split, ...]
) -> None:
    files = {"sellers/cleo.yaml": seller("Cleo")}
    currencies = Currencies("USD", {"CAD": Decimal("0.98765")})
    done, findings = bring_in(
        table(*deals, header="Owner,Closed,Amount,Currency"), files, currencies=currencies, splits=splits
    )
    assert findings == []
    credits = [credit for some in done.credits.of_goal.values() for credit in some]
    for day in {on for _, on, _, _ in deals}:
        worth = [currencies.converted(amount, code, "USD") for _, on, amount, code in deals if on <= day]
        assert sum(credit.value for credit in credits if credit.on <= day) == sum(filter(None, worth))
