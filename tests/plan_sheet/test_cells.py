"""What a single cell can say, and how it is shown: numbers, days, lists and cadences."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from goal_handbook.model.measure import Cadence
from goal_handbook.plan_sheet.cadence import read_cadence, shown_cadence
from goal_handbook.plan_sheet.cells import read_day, read_lines, read_number, shown_lines, shown_number
from goal_handbook.plan_sheet.columns import GOAL_COLUMNS, PEOPLE_COLUMNS
from goal_handbook.spreadsheets.sheet import cell_name

MANUAL = Path(__file__).parent.parent.parent / "docs/manual/commands.md"


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2017-12-31", "2017-12-31"),
        ("31.12.2017", "2017-12-31"),
        ("3.4.2017", "2017-04-03"),
        ("31/12/2017", "2017-12-31"),
        ("12/31/2017", "2017-12-31"),
        ("12-31-2017", "2017-12-31"),
        ("4/4/2017", "2017-04-04"),
        (" 31. 12. 2017 ", "2017-12-31"),
    ],
)
def test_a_day_is_read_if_it_can_be_only_one(typed: str, day: str) -> None:
    assert str(read_day(typed)) == day


@pytest.mark.parametrize("typed", ["3/4/2017", "03-04-2017", "31.12.17", "31.13.2017", "soon", "42", ""])
def test_any_other_day_is_refused(typed: str) -> None:
    with pytest.raises(PydanticCustomError):
        read_day(typed)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("260000", "260_000"),
        ("260,000", "260_000"),
        ("260.000,50", "260_000.50"),
        ("260 000", "260_000"),
        ("260'000", "260_000"),
        ("0,5", "0.5"),
        ("-3,25", "-3.25"),
        ("1234,567", "1234.567"),
        ("1.2M", "1_200_000"),
        ("$9,000", "9_000"),
        ("9000 €", "9000"),
    ],
)
def test_a_number_is_read_as_people_type_it(typed: str, number: str) -> None:
    assert read_number(typed, "money", "USD").replace("_", "") == number.replace("_", "")


@given(number=st.decimals(-(10**10), 10**10, places=4), unit=st.sampled_from(["money", "percent", "EUR", "deals"]))
def test_a_number_that_is_shown_reads_as_the_same(number: Decimal, unit: str) -> None:
    assert Decimal(read_number(shown_number(number, unit, "USD"), unit, "USD").replace("_", "")) == number


@given(
    items=st.lists(st.text(st.sampled_from("ab =-\n"), min_size=1, max_size=12).map(str.strip).filter(bool), max_size=4)
)
def test_items_that_are_listed_read_as_the_same(items: list[str]) -> None:
    assert read_lines(shown_lines(items)) == items


@pytest.mark.parametrize(
    ("words", "cadence"),
    [
        ("1 per week", {"times": "1", "per": "week"}),
        ("1-2 per month", {"times": ["1", "2"], "per": "month"}),
        ("Weekly", {"times": "1", "per": "week"}),
        ("once a week with each seller", {"times": "1", "per": "week", "with": "each-seller"}),
        ("Twice per quarter with the team, 90 minutes", {"times": "2", "per": "quarter", "with": "team", "minutes": "90"}),
        ("1 per week with each seller, 30–45 minutes", {"times": "1", "per": "week", "with": "each-seller", "minutes": ["30", "45"]}),
        ("2x / month with ann and ben, 1 to 2 hours", {"times": "2", "per": "month", "with": ["ann", "ben"], "hours": ["1", "2"]}),
        ("1 per week with anyone", {"times": "1", "per": "week"}),
    ],
)  # fmt: skip
def test_a_cadence_is_read_as_people_say_it(words: str, cadence: dict[str, object]) -> None:
    assert read_cadence(words, str) == cadence


@given(
    times=st.integers(1, 3) | st.tuples(st.integers(1, 3), st.integers(4, 5)),
    per=st.sampled_from(["week", "month", "quarter"]),
    partners=st.sampled_from(["anyone", "team", "each-seller", ("ann",), ("ann", "ben")]),
    length=st.sampled_from([{}, {"minutes": (30, 45)}, {"hours": (2, 2)}, {"days": (1, 3)}]),
)
def test_a_cadence_that_is_shown_reads_as_the_same(
    times: object, per: str, partners: object, length: dict[str, tuple[int, int]]
) -> None:
    cadence = Cadence.model_validate({"times": times, "per": per, "with": partners, **length})
    assert Cadence.model_validate(read_cadence(shown_cadence(cadence), str)) == cadence


@pytest.mark.parametrize(
    ("row", "column", "name"), [(1, 0, "A1"), (12, 7, "H12"), (3, 25, "Z3"), (3, 26, "AA3"), (9, 701, "ZZ9")]
)
def test_a_cell_has_the_name_that_spreadsheets_give_it(row: int, column: int, name: str) -> None:
    assert cell_name(row, column) == name


def test_the_manual_names_every_column() -> None:
    rows = re.findall(
        r"^\| ([^|`]+) \|", MANUAL.read_text(encoding="utf-8").partition("## goals sheet")[2], re.MULTILINE
    )
    named = {heading for row in rows for heading in row.split(", ")}
    assert {c.heading for c in GOAL_COLUMNS} | {c.heading for c in PEOPLE_COLUMNS} <= named


def test_a_date_is_a_day() -> None:
    assert read_day(datetime.date(2017, 12, 31)) == datetime.date(2017, 12, 31)
