"""What several pages, reports and rules show about one fact is the same everywhere, here in the example handbook."""

from __future__ import annotations

import datetime
import re
from pathlib import Path

import pytest

from goal_handbook.findings import Finding
from goal_handbook.reports.due import due_text, due_view
from goal_handbook.reports.markup import Style
from goal_handbook.reports.status import status_data
from goal_handbook.source.load import Loaded, load, with_files
from goal_handbook.status.coming import overdue_steps
from goal_handbook.views.agenda import AgendaItem
from goal_handbook.views.context import DAYS_AHEAD, ViewContext
from goal_handbook.views.goal_card import goal_card
from goal_handbook.views.heatmap import teams_table
from goal_handbook.views.home import HOME_DAYS, home_view
from goal_handbook.views.leader import leader_view
from goal_handbook.views.next_steps import NextStep, next_steps_view
from goal_handbook.views.reviews import reviews_view
from goal_handbook.views.team import team_view
from goal_handbook.views.teams import teams_view
from goal_handbook.words import plural
from goal_handbook.workspace import evaluate

from .status.make import case, day

ROOT = Path(__file__).parent.parent

#: Dates of the example, with the number of overdue steps on each. On 2 October many landmarks are within grace.
DATES = [("2017-07-20", 0), ("2017-08-20", 0), ("2017-10-02", 0), ("2017-10-15", 3), ("2017-11-10", 16)]


@pytest.fixture(scope="module")
def example() -> Loaded:
    return load(ROOT / "goals", "goals")


def opened(loaded: Loaded, as_of: datetime.date) -> tuple[ViewContext, list[Finding]]:
    """A handbook on a day: for views and reports, and what the rules find."""
    workspace = evaluate(loaded, as_of, as_of)
    assert workspace.assessment is not None
    return ViewContext(workspace.assessment), workspace.findings


def agenda_items(context: ViewContext) -> list[AgendaItem]:
    """Everything on the agendas of all leaders."""
    leaders = context.assessment.handbook.leaders.values()
    return [item for leader in leaders for row in leader_view(context, leader).agenda for item in row.items]


def people_met(context: ViewContext) -> set[str]:
    """Everybody a leader meets: the sellers who are there, and the leaders who report to another."""
    assessment, handbook = context.assessment, context.assessment.handbook
    sellers = {seller.id for seller in handbook.sellers.values() if seller.is_active_on(assessment.as_of)}
    return sellers | {leader.id for leaders in handbook.leaders_led.values() for leader in leaders}


@pytest.mark.parametrize(("as_of", "count"), DATES)
def test_the_same_steps_are_overdue_everywhere(example: Loaded, as_of: str, count: int) -> None:
    context, findings = opened(example, day(as_of))
    states = context.assessment.goals
    steps = [
        (item.goal.full_id, context.step(item.step), item.step.days_overdue) for item in overdue_steps(states.values())
    ]
    assert len(steps) == count

    due = [(item.ref.full_id, item.what, number_in(item.when)) for item in due_view(context, 0).overdue_steps]
    assert due == steps

    on_agendas = [
        (item.ref.full_id, item.what.partition(": due on ")[0], number_in(item.what.rpartition(", ")[2]))
        for item in agenda_items(context)
        if item.what.endswith(" overdue")
    ]
    met = people_met(context)
    assert sorted((f, re.sub(r" \([^()]+\)$", "", w), n) for f, w, n in on_agendas) == sorted(
        (item.goal.full_id, item.name, item.step.days_overdue)
        for item in overdue_steps(states.values())
        if item.goal.owner_id in met
    )
    of_people = [
        (step.ref.full_id, step.text, number_in(step.distance))
        for person in (*context.assessment.handbook.sellers, *context.assessment.handbook.leaders)
        for step in all_steps(context, person)
        if step.badge.label == "Step" and step.overdue
    ]
    assert sorted(of_people) == sorted(
        (item.goal.full_id, item.name, item.step.days_overdue) for item in overdue_steps(states.values())
    )

    on_cards = [
        (state.full_id, step.do + (f" ({step.who.name})" if step.who else ""), number_in(step.overdue))
        for state in states.values()
        for accounting in goal_card(context, state).accountings
        for step in accounting.plan
        if step.overdue
    ]
    assert sorted(on_cards) == sorted(steps)

    found = [
        (Path(f.location.path).stem, number_in(f.message.rpartition(" is ")[2])) for f in findings if f.code == "GH403"
    ]
    assert sorted(found) == sorted((owner(full_id), days) for full_id, _, days in steps)


@pytest.mark.parametrize("as_of", [as_of for as_of, _ in DATES])
def test_the_same_is_owed_everywhere(example: Loaded, as_of: str) -> None:
    """On Home, in the regions and by the leaders; on every page and in every report."""
    context, _ = opened(example, day(as_of))
    assessment, handbook = context.assessment, context.assessment.handbook
    total = len(due_view(context, 0).owed)
    assert (
        due_text(due_view(context, 0), Style("terminal")).splitlines()[2].startswith(f"{plural(total, 'thing')} owed")
    )

    home = home_view(context)
    assert home.owed_total == sum(group.total for group in home.owed) == total
    people = (*handbook.sellers, *handbook.leaders)
    asked = [i for p in people for i in context.next_steps(p) if i.kind == "owed"]
    unled = [t.id for t in handbook.teams.values() if handbook.leader_of(t.id) is None]
    assert len(asked) + sum(len(g.owed) for t in unled for g in assessment.by_owner[t]) == total
    reviews = {listed.heading.anchor: len(listed.shown) + listed.more for listed in reviews_view(context).owed}
    kinds = {"_accountings": "Accounting owed", "_agreements": "Agreement owed", "_reviews": "Review due"}
    totals = {group.badge.label: group.total for group in home.owed}
    assert reviews == {anchor: totals[label] for anchor, label in kinds.items() if label in totals}
    assert sum(row.owed for row in home.teams.rows) + home.owed_by_leaders == total
    tops = {row.person.id: row.owed for row in teams_view(context).teams.rows if not row.depth}
    assert tops == {row.person.id: row.owed for row in home.teams.rows}
    assert {t.id: len(due_view(context, 0, t.id).owed) for t in handbook.teams.values()} == {
        row.person.id: row.owed for row in teams_table(context, [*handbook.teams.values()]).rows
    } == {t.id: team_view(context, t).owed_total for t in handbook.teams.values()}  # fmt: skip

    on_cards = sum(len(goal_card(context, state).owed) for state in assessment.goals.values())
    for leader in handbook.leaders.values():
        view = leader_view(context, leader)
        assert len(due_view(context, 0, leader.id).owed) == len(view.owed) + view.teams_owe_total
    data = status_data(assessment, assessment.goals)
    assert sum(data["handbook"]["owed"].values()) == sum(len(o["owed"]) for o in data["owners"].values()) == total
    assert on_cards == total


@pytest.mark.parametrize("as_of", [as_of for as_of, _ in DATES])
def test_the_same_landmarks_are_ahead_everywhere(example: Loaded, as_of: str) -> None:
    context, _ = opened(example, day(as_of))
    due = [item for item in due_view(context, DAYS_AHEAD).coming if item.kind == "landmark"]
    home, soon = home_view(context), due_view(context, HOME_DAYS).coming
    on_home = [(a.ref.full_id, a.what) for day_ahead in home.ahead for a in day_ahead.items]
    assert len(on_home) + home.ahead_more == home.ahead_total == len([i for i in soon if i.kind != "review"])
    assert on_home == [(i.ref.full_id, i.what) for i in soon if i.kind != "review"][: len(on_home)]
    assert home.reviews_ahead == len([i for i in soon if i.kind == "review"])

    on_agendas = [item.ref.full_id for item in agenda_items(context) if item.badge.label in {"Due soon", "Upcoming"}]
    assert sorted(on_agendas) == sorted(
        item.ref.full_id for item in due if owner(item.ref.full_id) in people_met(context)
    )


@pytest.mark.parametrize(
    ("dates", "as_of", "is_there"),
    [
        case("the day before joining", "joined: 2017-10-10", "2017-10-09", False),
        case("on the first day", "joined: 2017-10-10", "2017-10-10", True),
        case("on the last day", "left: 2017-10-10", "2017-10-10", True),
        case("the day after the last", "left: 2017-10-10", "2017-10-11", False),
    ],
)
def test_a_seller_is_there_from_the_first_to_the_last_day(
    example: Loaded, dates: str, as_of: str, is_there: bool
) -> None:
    """On the agenda, and for the rules: whoever has left is not asked for goals any more."""
    new = f"name: Ana Abel\nteam: central-brinkmann\n{dates}\n".encode()
    context, findings = opened(with_files(example, {"sellers/ana-abel.yaml": new}), day(as_of))
    leaders = context.assessment.handbook.leaders.values()
    people = {row.person.id for leader in leaders for row in leader_view(context, leader).agenda}
    assert ("ana-abel" in people) == is_there
    asked_for_goals = any(f.code == "GH305" and f.location.path.endswith("ana-abel.yaml") for f in findings)
    assert asked_for_goals == (is_there or dates.startswith("joined"))


def all_steps(context: ViewContext, person: str) -> tuple[NextStep, ...]:
    """Everything on somebody's list of next steps."""
    view = next_steps_view(context, person)
    return (*view.first, *view.more)


def owner(full_id: str) -> str:
    """The id of a goal's owner."""
    return full_id.partition("/")[0]


def number_in(text: str) -> int:
    """The number of days in `12 days overdue`."""
    found = re.search(r"([0-9,]+) days?", text)
    assert found, text
    return int(found[1].replace(",", ""))
