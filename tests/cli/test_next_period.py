"""`goals next-period`: how the goals of a period are closed, and what the next one starts with."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from goal_handbook.cli import main
from goal_handbook.model.goal import Goal
from goal_handbook.model.handbook import Handbook
from goal_handbook.source.load import load

from ..changes.story import Story

FILES = {
    "teams/region.yaml": """
        name: Region
        goals:
          - id: all
            title: All of it
            measure: {unit: money, target: 400_000, rollup: sum}
            landmarks: [{id: year, due: 2017-12-31, value: 400_000}]
        """,
    "teams/north.yaml": """
        name: North
        leader: lea
        part_of: region
        context:
          abilities:
            ana: {estimate: 200_000, goal: revenue}
            gus: {estimate: 90_000, goal: revenue}
        goals:
          - id: revenue
            title: Revenue
            supports: all
            measure: {unit: money, target: 200_000, last: 180_000, rollup: sum}
            landmarks:
              - {id: q2, due: 2017-06-30, value: 90_000}
              - {id: year, due: 2017-12-31, value: 200_000}
        """,
    "teams/south.yaml": """
        name: South
        leader: lea
        part_of: region
        goals:
          - id: revenue
            title: Revenue
            supports: all
            measure: {unit: money, target: 100_000, rollup: sum}
            landmarks: [{id: year, due: 2017-12-31, value: 100_000}]
        """,
    "leaders/lea.yaml": """
        name: Lea
        goals:
          - id: half-hours
            title: Half an hour each
            kind: support
            start: 2017-12-18
            measure: {cadence: {times: 1, per: week, with: each-seller}}
            sessions:
              - {on: 2017-12-20, with: [ana, ben, cy]}
              - {on: 2017-12-28, with: [ana, ben, cy]}
        """,
    "sellers/ana.yaml": """
        name: Ana
        team: north
        goals:
          - id: sales
            title: Sell
            supports: revenue
            measure: {unit: money, target: 120_000}
            landmarks: [{id: year, due: 2017-12-31, value: 120_000}]
            checkins: [{on: 2017-12-31, value: 130_000.5}]
          - id: course
            title: A course
            kind: education
            due: 2017-09-30
            landmarks:
              - {id: begin, due: 2017-02-28, deliver: Begun, done: 2017-02-27}
              - {id: half, due: 2017-06-15, deliver: Half of it}
              - {id: end, due: 2017-09-30, deliver: All of it}
            accountings: [{landmark: half, on: 2017-07-01, why: No half, action: drop}]
        """,
    "sellers/ben.yaml": """
        name: Ben
        team: north
        goals:
          - id: sales
            title: Sell
            supports: [{goal: north/revenue, share: 0.5}, {goal: south/revenue, share: 0.5}]
            measure: {unit: money, target: 100_000}
            landmarks: [{id: year, due: 2017-12-31, value: 100_000}]
            checkins: [{on: 2018-01-02, value: 90_000}]
          - id: rate
            title: Win rate
            kind: skill
            measure: {unit: percent, target: 58, hold: at_least}
            landmarks: [{id: year, due: 2017-12-31, value: 58}]
            checkins: [{on: 2017-12-31, value: 60.5}]
        """,
    "sellers/cy.yaml": """
        name: Cy
        team: [{id: north}, {id: south, from: 2017-07-01}]
        goals:
          - id: sales
            title: Sell
            supports: [{goal: north/revenue, until: 2017-06-30}, {goal: south/revenue, from: 2017-07-01}]
            measure: {unit: money, target: 50_000}
            landmarks: [{id: year, due: 2017-12-31, value: 50_000}]
          - id: visits
            title: Visit
            supports: revenue
            measure: {unit: visits, target: 10}
            landmarks: [{id: year, due: 2017-12-31, value: 10}]
        """,
    "sellers/gus.yaml": """
        name: Gus
        team: north
        left: 2017-10-31
        goals:
          - id: sales
            title: Sell
            supports: revenue
            measure: {unit: money, target: 10_000}
            landmarks: [{id: year, due: 2017-12-31, value: 10_000}]
        """,
}
JANUARY = str(int(datetime.datetime(2018, 1, 10, tzinfo=datetime.UTC).timestamp()))


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


@pytest.fixture
def old(goals: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    """A handbook of 2017 in ./goals, where today is 10 January 2018."""
    folder = goals(FILES)
    monkeypatch.chdir(folder.parent)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", JANUARY)
    return folder


def next_period(*arguments: str, into: str = "next") -> Result:
    result = run("next-period", "2018", "--into", into, *arguments)
    assert result.exit_code == 0, result.output
    return result


def book(folder: str) -> Handbook:
    loaded = load(Path(folder))
    assert loaded.findings == []
    assert loaded.handbook
    return loaded.handbook


def closing(goal: Goal) -> tuple[str, str, str]:
    assert goal.closed
    return str(goal.closed.on), goal.closed.result, goal.closed.carried_to


@pytest.mark.parametrize(
    ("full_id", "result"),
    [
        ("ana/sales", "achieved"),
        ("ana/course", "partly"),
        ("ben/sales", "partly"),
        ("ben/rate", "achieved"),
        ("cy/sales", "missed"),
        ("cy/visits", "missed"),
        ("north/revenue", "partly"),
        ("region/all", "partly"),
        ("lea/half-hours", "achieved"),
    ],
)
def test_a_goal_is_closed_on_the_last_day_as_its_status_says(old: Path, full_id: str, result: str) -> None:
    next_period("--carry-open")
    assert closing(book("goals").goals[full_id]) == ("2017-12-31", result, full_id)


def test_a_goal_may_be_closed_on_another_day(old: Path) -> None:
    next_period("--carry", "ana/sales", "--on", "2018-01-08")
    assert closing(book("goals").goals["ana/sales"]) == ("2018-01-08", "achieved", "ana/sales")


DECEMBER = str(int(JANUARY) - 30 * 86_400)


def test_before_the_last_day_the_next_period_is_planned_and_nothing_is_closed(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", DECEMBER)
    before = {path: path.read_bytes() for path in old.rglob("*.yaml")}
    said = next_period("--carry-open").stdout
    assert "nothing is closed yet: once 2017-12-31 has come, run this again, and their results are known" in said
    assert {path: path.read_bytes() for path in old.rglob("*.yaml")} == before
    assert {goal.measure.last for goal in book("next").goals.values() if goal.measure} == {None}


def test_on_a_day_that_is_named_goals_are_closed_earlier(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", DECEMBER)
    next_period("--carry", "cy/sales", "--on", "2017-12-10")
    assert closing(book("goals").goals["cy/sales"]) == ("2017-12-10", "partly", "cy/sales")


def test_what_was_planned_is_completed_when_the_period_is_over(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", DECEMBER)
    next_period("--carry", "ana/sales", "--carry", "ana/course")
    assert "already exists" in run("next-period", "2018", "--into", "next").stderr
    monkeypatch.setenv("SOURCE_DATE_EPOCH", JANUARY)
    said = next_period().stdout
    assert "2 goals of 2017 closed, and carried over to next" in said
    assert closing(book("goals").goals["ana/sales"]) == ("2017-12-31", "achieved", "ana/sales")
    assert book("goals").goals["ben/sales"].closed is None
    measure = book("next").goals["ana/sales"].measure
    assert measure
    assert str(measure.last) == "130000.5"
    assert "next already exists" in run("next-period", "2018", "--into", "next").stderr


def test_what_is_not_reported_or_accounted_for_is_named_before_it_is_closed(old: Path) -> None:
    wanted = ("ana/sales", "ana/course", "ben/sales", "cy/sales")
    said = next_period(*(word for full_id in wanted for word in ("--carry", full_id))).stderr
    assert said.splitlines()[:4] == [
        "to be closed all the same:",
        '  ana/course: "end" was missed, and is not accounted for',
        '  ben/sales: "year" was missed, and is not accounted for',
        '  cy/sales: "year" was due on 2017-12-31, and is not reported yet',
    ]


def test_a_period_that_overlaps_this_one_is_refused(old: Path) -> None:
    result = run("next-period", "2018", "--into", "next", "--start", "2017-06-01")
    assert result.exit_code == 2
    assert (
        "would start on 2017-06-01, and this one ends on 2017-12-31 only\n  help: start on 2018-01-01" in result.stderr
    )
    assert not Path("next").exists()


def test_the_result_of_last_period_is_beside_each_new_target(old: Path) -> None:
    next_period("--carry-open")
    last = {full_id: str(goal.measure.last) for full_id, goal in book("next").goals.items() if goal.measure}
    assert last == {
        "ana/sales": "130000.5",
        "ben/sales": "90000",
        "ben/rate": "60.5",
        "cy/sales": "None",
        "cy/visits": "None",
        "north/revenue": "175000.5",
        "south/revenue": "45000",
        "region/all": "220000.5",
        "lea/half-hours": "None",
    }


def test_a_target_without_a_result_does_not_keep_that_of_the_year_before(old: Path) -> None:
    for name in ("ana", "ben"):
        path = old / f"sellers/{name}.yaml"
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        path.write_text("".join(line for line in lines if "checkins" not in line), encoding="utf-8")
    next_period("--carry", "north/revenue")
    measure = book("next").goals["north/revenue"].measure
    assert measure
    assert measure.last is None


@pytest.mark.parametrize(
    ("full_id", "supports"),
    [
        ("ana/sales", ["revenue"]),
        ("ben/sales", ["north/revenue share 0.5", "south/revenue share 0.5"]),
        ("cy/sales", ["south/revenue"]),
        ("cy/visits", ["north/revenue"]),  # as agreed before he moved
        ("north/revenue", ["all"]),
    ],
)
def test_goals_support_what_they_supported(old: Path, full_id: str, supports: list[str]) -> None:
    next_period("--carry-open")
    assert [str(support) for support in book("next").goals[full_id].supports] == supports


def test_what_a_goal_no_longer_supports_is_said(old: Path) -> None:
    said = next_period("--carry", "ana/sales", "--carry", "cy/sales", "--carry", "south/revenue").stdout
    assert sorted(line.strip() for line in said.splitlines() if "no longer" in line) == [
        "ana/sales no longer supports north/revenue, which does not carry over",
        "cy/sales no longer supports north/revenue, that ended on 2017-06-30",
        "south/revenue no longer supports region/all, which does not carry over",
    ]
    assert book("next").goals["ana/sales"].supports == ()


def test_the_dates_of_a_goal_move_by_a_year_and_what_was_dropped_stays_behind(old: Path) -> None:
    next_period("--carry", "ana/course")
    goal = book("next").goals["ana/course"]
    assert [(mark.id, str(mark.due), mark.done) for mark in goal.landmarks] == [
        ("begin", "2018-02-28", None),
        ("end", "2018-09-30", None),
    ]
    assert (str(goal.start), str(goal.due)) == ("2018-01-01", "2018-09-30")


def test_fiscal_quarters_move_with_their_year(old: Path) -> None:
    text = (old / "handbook.yaml").read_text(encoding="utf-8")
    weeks = "start: 2017-01-29, end: 2018-01-27, quarters: [2017-04-29, 2017-07-29, 2017-10-28, 2018-01-27]"
    (old / "handbook.yaml").write_text(text.replace("start: 2017-01-01, end: 2017-12-31", weeks), encoding="utf-8")
    said = next_period("--carry", "region/all").stdout
    period = book("next").settings.period
    assert "next: 2018, 2018-01-28 to 2019-01-26, 1 goal carried over" in said
    assert [str(day) for day in period.quarters] == ["2018-04-28", "2018-07-28", "2018-10-27", "2019-01-26"]


def test_a_fixed_status_date_stays_behind(old: Path) -> None:
    text = (old / "handbook.yaml").read_text(encoding="utf-8")
    (old / "handbook.yaml").write_text(text + "as_of: 2017-10-15  # as an example\n", encoding="utf-8")
    next_period()
    assert (Path("next") / "handbook.yaml").read_text(encoding="utf-8") == text.replace(
        "name: 2017, start: 2017-01-01, end: 2017-12-31", "name: 2018, start: 2018-01-01, end: 2018-12-31"
    )


def test_who_has_left_does_not_come_along(old: Path) -> None:
    said = next_period("--carry-open").stdout
    new = book("next")
    assert sorted(new.sellers) == ["ana", "ben", "cy"]
    assert sorted(new.teams["north"].context.abilities) == ["ana"]
    assert book("goals").goals["gus/sales"].closed is None
    assert "  gus/sales is still open here, because Gus has left: close it, or hand it over\n" in said


def test_a_goal_of_somebody_who_has_left_cannot_carry_over(old: Path) -> None:
    result = run("next-period", "2018", "--into", "next", "--carry", "gus/sales")
    assert (
        result.exit_code,
        "Gus has left before 2018-01-01\n  help: leave out --carry gus/sales" in result.stderr,
    ) == (2, True)
    assert not Path("next").exists()


def test_a_day_in_the_future_is_refused(old: Path) -> None:
    result = run("next-period", "2018", "--into", "next", "--carry-open", "--on", "2071-12-31")
    assert (result.exit_code, "2071-12-31 is in the future" in result.stderr) == (2, True)
    assert not Path("next").exists()


def test_if_the_goals_cannot_be_closed_there_is_no_new_handbook(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise click.ClickException("the disk is full")

    before = {path: path.read_bytes() for path in Path().rglob("*") if path.is_file()}
    monkeypatch.setattr(sys.modules["goal_handbook.cli.next_period"], "edit_files", fail)
    assert run("next-period", "2018", "--into", "next", "--carry-open").exit_code != 0
    assert {path: path.read_bytes() for path in Path().rglob("*") if path.is_file()} == before


def test_a_closing_that_was_committed_stays_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The gate accepts what next-period writes."""
    story = Story(tmp_path)
    closed = "    closed: {on: 2017-12-05, result: achieved, note: In one week}\n"
    story.edit("sellers/moses-frase.yaml", "  - id: negotiation\n", f"{closed}  - id: negotiation\n")
    story.commit("The goals of 2017", "2017-12-31")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", JANUARY)
    said = next_period("--carry", "moses-frase/new-business", "--carry", "moses-frase/negotiation").stdout
    assert "moses-frase/new-business was closed on 2017-12-05 already, and stays closed as it was" in said
    assert story.read("sellers/moses-frase.yaml").count(closed) == 1
    result = run("check", "--since", "HEAD", "--as-of", "2018-01-10")
    assert "GH6" not in result.stdout
    assert book("goals").goals["moses-frase/negotiation"].closed
    assert book("next").goals["moses-frase/new-business"]
