"""A folder of files becomes a handbook: valid parts are kept, and everything wrong is reported in one run."""

from __future__ import annotations

import datetime
import gc
import weakref
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from pydantic import BaseModel

from goal_handbook.findings import Finding
from goal_handbook.model.handbook import Handbook
from goal_handbook.model.paths import model_inside
from goal_handbook.model.people import Leader, Seller, Team
from goal_handbook.model.settings import Settings
from goal_handbook.source.load import Unusable, load
from goal_handbook.source.nodes import MappingNode, Node, SequenceNode
from goal_handbook.workspace import evaluate

DATA = Path(__file__).parent.parent / "data"
DAY = datetime.date(2017, 10, 15)
TEAM = "name: Central\ngoals: [{id: revenue, title: R, landmarks: [{id: a, due: 2017-06-30, deliver: It}]}]"


def findings_of(folder: Path) -> list[Finding]:
    return evaluate(load(folder, "goals"), DAY, DAY).findings


def handbook_of(folder: Path) -> Handbook:
    loaded = load(folder, "goals")
    assert loaded.findings == []
    assert loaded.handbook
    return loaded.handbook


def test_the_format_s_example_has_no_findings() -> None:
    """`sellers/moses-frase.yaml` is the complete file from format.md."""
    folder = DATA / "brinkmann"
    assert findings_of(folder) == []
    moses = handbook_of(folder).sellers["moses-frase"]
    goal = moses.goals[0]
    assert (moses.name, moses.joined) == ("Moses Frase", datetime.date(2015, 5, 4))
    assert (goal.id, goal.target, [s.goal for s in goal.supports]) == ("new-business", Decimal(260_000), ["revenue"])
    assert [(lm.id, lm.due.isoformat(), lm.value) for lm in goal.landmarks] == [
        ("q2", "2017-06-30", Decimal(90_000)),
        ("q3", "2017-09-30", Decimal(175_000)),
        ("year", "2017-12-31", Decimal(260_000)),
    ]
    assert (goal.start, goal.due) == (datetime.date(2017, 1, 1), datetime.date(2017, 12, 31))
    assert goal.accountings[0].plan[0].who == "moses-frase"


def test_every_key_of_the_format_is_accepted() -> None:
    assert findings_of(DATA / "every-key") == []


def test_the_handbook_with_every_key_has_every_key() -> None:
    loaded = load(DATA / "every-key", "goals")
    roots = [d.root for d in (*loaded.documents.values(), loaded.settings_document) if d.root]
    used = {key for root in roots for key in keys_in(root)}
    known = {key for model in (Settings, Team, Seller, Leader) for key in keys_of(model)}
    assert known - used - {"id"} == set()


def keys_in(node: Node) -> Iterator[str]:
    if isinstance(node, MappingNode):
        for key, (_, value) in node.entries.items():
            yield key
            yield from keys_in(value)
    elif isinstance(node, SequenceNode):
        for item in node.items:
            yield from keys_in(item)


def keys_of(model: type[BaseModel]) -> Iterator[str]:
    for name, field in model.model_fields.items():
        yield field.alias or name
        inner = model_inside(field.annotation)
        if inner:
            yield from keys_of(inner)


def test_the_field_decides_the_type(goals: Callable[..., Path]) -> None:
    seller = """
        name: No
        team: "0123"
        title: 1.10
        goals:
          - id: 007
            title: yes
            measure: {unit: off, target: 1_200_000}
            landmarks: [{id: 1e3, due: "2017-06-30", value: -3.5}]
        """
    handbook = handbook_of(goals({"teams/0123.yaml": "name: ~", "sellers/null.yaml": seller}))
    no = handbook.sellers["null"]
    assert (no.name, no.team_on(None), no.title) == ("No", "0123", "1.10")
    assert (handbook.teams["0123"].name, no.goals[0].id, no.goals[0].title) == ("~", "007", "yes")
    assert (no.goals[0].target, no.goals[0].landmarks[0].value) == (Decimal(1_200_000), Decimal("-3.5"))
    assert no.goals[0].landmarks[0].id == "1e3"
    assert no.goals[0].measure
    assert no.goals[0].measure.unit == "off"


@pytest.mark.parametrize(
    ("joined", "start"),
    [
        ("joined: 2017-07-17", "2017-07-17"),
        ("joined: 2017-12-31", "2017-12-31"),
        ("joined: 2015-05-04", "2017-01-01"),
        ("joined: 2018-01-01", "2017-01-01"),
        ("joined: soon", "2017-01-01"),  # an error of its own
        ("title: Sales", "2017-01-01"),
    ],
)
def test_a_goal_begins_with_the_period_or_when_its_seller_joins(
    goals: Callable[..., Path], joined: str, start: str
) -> None:
    seller = f"""
        name: Moses
        team: central
        {joined}
        goals:
          - {{id: left-out, title: A}}
          - {{id: given, title: B, start: 2017-02-01}}
        """
    handbook = load(goals({"teams/central.yaml": TEAM, "sellers/m.yaml": seller})).handbook
    assert handbook
    left_out, given = handbook.sellers["m"].goals
    assert (str(left_out.start), str(given.start)) == (start, "2017-02-01")
    assert str(left_out.due) == "2017-12-31"


def test_findings_in_all_files_are_reported_in_one_run_in_reading_order(goals: Callable[..., Path]) -> None:
    folder = goals(
        {
            "teams/central.yaml": "name: Central\nleeder: nobody",
            "sellers/b.yaml": "name: [B]\nteam: centrall",
            "sellers/a.yaml": "name: 'A",
            "leaders/x.yml": "name: X",
            "readings/crm.csv": "goal,on,value\nb/none,2017-01-01,1\n",
        }
    )
    assert [(f.location.path, f.location.line, f.code) for f in findings_of(folder)] == [
        ("goals/leaders/x.yml", 0, "GH114"),
        ("goals/readings/crm.csv", 2, "GH201"),
        ("goals/sellers/a.yaml", 1, "GH101"),
        ("goals/sellers/b.yaml", 1, "GH104"),
        ("goals/teams/central.yaml", 2, "GH102"),
    ]


def test_valid_parts_are_kept_when_others_are_not(goals: Callable[..., Path]) -> None:
    seller = """
        name: Moses Frase
        team: central
        shoe-size: 44
        joined: once
        goals:
          - {id: bad, title: [B]}
          - id: good
            title: Good
            supports: revenue
            measure: {unit: deals, target: 10}
            landmarks:
              - {id: bad, due: never, value: 1}
              - {id: good, due: 2017-06-30, value: 5}
            checkins:
              - {on: 2017-03-31, value: 1}
              - {on: 2017-04-31, value: 2}
              - {on: 2017-05-31, value: 3}
            closed: {on: 2017-06-01, result: great}
        """
    loaded = load(goals({"teams/central.yaml": TEAM, "sellers/moses-frase.yaml": seller}), "goals")
    assert [
        (f.location.line, f.location.column, f.code) for f in sorted(loaded.findings, key=lambda f: f.location)
    ] == [(3, 1, "GH102"), (4, 9, "GH106"), (6, 22, "GH104"), (12, 24, "GH106"), (16, 14, "GH106"), (18, 38, "GH108")]
    assert loaded.handbook
    assert loaded.handbook.sellers["moses-frase"].joined is None
    assert [g.id for g in loaded.handbook.sellers["moses-frase"].goals] == []
    assert set(loaded.known_goals) == {"central/revenue", "moses-frase/bad", "moses-frase/good"}


def test_a_goal_keeps_its_valid_items_when_others_are_not(goals: Callable[..., Path]) -> None:
    seller = """
        name: Moses Frase
        team: central
        goals:
          - {id: bad, title: [B]}
          - id: good
            title: Good
            measure: {unit: deals, target: 10}
            landmarks:
              - {id: bad, due: never, value: 1}
              - {id: good, due: 2017-06-30, value: 5}
            checkins:
              - {on: 2017-04-31, value: 2}
              - {on: 2017-05-31, value: 3}
        """
    loaded = load(goals({"teams/central.yaml": TEAM, "sellers/moses-frase.yaml": seller}), "goals")
    assert loaded.handbook
    goal = loaded.handbook.goals["moses-frase/good"]
    assert ([lm.id for lm in goal.landmarks], [c.value for c in goal.checkins]) == (["good"], [Decimal(3)])
    at = loaded.documents["moses-frase"].location
    assert (at(("goals", 0, "landmarks", 0, "id")).line, at(("goals", 0, "checkins", 0, "on")).line) == (10, 13)


def test_a_file_that_cannot_be_read_keeps_its_id(goals: Callable[..., Path]) -> None:
    """References to it are not reported as well."""
    folder = goals(
        {
            "teams/central.yaml": "name: 'Central",
            "sellers/moses-frase.yaml": "name: Moses\nteam: central\ngoals: [{id: a, title: A, supports: revenue}]",
            "leaders/dustin.yaml": "name: D\nmanaging_producer: perhaps",
        }
    )
    assert [f.code for f in findings_of(folder) if f.severity == "error"] == ["GH108", "GH101"]


def test_with_a_broken_handbook_file_the_others_are_still_checked(goals: Callable[..., Path]) -> None:
    loaded = load(goals({"handbook.yaml": "format: 1", "teams/central.yaml": "name: Central\nleeder: x"}), "goals")
    assert loaded.handbook is None
    assert sorted(f.code for f in loaded.findings) == ["GH102", "GH103", "GH103"]


@pytest.mark.parametrize(
    ("files", "message", "help"),
    [
        ({}, "no folder goals", "name the folder that contains handbook.yaml"),
        ({"teams/central.yaml": TEAM}, "no handbook.yaml in goals", "name the folder that contains it"),
        ({"old-handbook.yaml": "format: 1"}, "no handbook.yaml in goals", "name the folder that contains it"),
    ],
    ids=["no folder", "no handbook.yaml", "only a similar name"],
)
def test_without_a_handbook_nothing_is_loaded(tmp_path: Path, files: dict[str, str], message: str, help: str) -> None:
    for name, text in files.items():
        (tmp_path / "goals" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "goals" / name).write_text(text, encoding="utf-8")
    with pytest.raises(Unusable) as caught:
        load(tmp_path / "goals", "goals")
    assert (caught.value.message, caught.value.help) == (message, help)
    assert str(caught.value) == f"{message}\n  help: {help}"


def test_readings_join_the_check_ins_of_their_goal(goals: Callable[..., Path]) -> None:
    seller = """
        name: Moses Frase
        team: central
        goals:
          - id: a
            title: A
            measure: {unit: deals, target: 10}
            checkins: [{on: 2017-03-31, value: 2}]
        """
    rows = "Goal,On,Value,Note\r\nmoses-frase/a,2017-04-30,4,from the CRM\r\nmoses-frase/a,2017-03-31,2.0,\r\n"
    handbook = handbook_of(
        goals({"teams/central.yaml": TEAM, "sellers/moses-frase.yaml": seller, "readings/crm.csv": f"\ufeff{rows}"})
    )
    assert [(c.on.isoformat(), c.value, c.note) for c in handbook.goals["moses-frase/a"].checkins] == [
        ("2017-03-31", Decimal(2), ""),
        ("2017-04-30", Decimal(4), "from the CRM"),
    ]


@pytest.mark.parametrize(
    ("on", "codes"),
    [("2017-10-14", []), ("2017-10-15", []), ("2017-10-16", []), ("2017-10-17", ["GH120"])],
    ids=["yesterday", "today", "tomorrow, which is today further east", "the day after"],
)
def test_a_reading_cannot_come_from_the_future(goals: Callable[..., Path], on: str, codes: list[str]) -> None:
    seller = f"""
        name: Moses Frase
        team: central
        goals:
          - id: a
            title: A
            measure: {{unit: deals, target: 10}}
            landmarks: [{{id: b, due: 2017-12-31, value: 10}}]
            checkins: [{{on: {on}, value: 2}}]
        """
    folder = goals({"teams/central.yaml": TEAM, "sellers/moses-frase.yaml": seller})
    assert [f.code for f in findings_of(folder)] == codes


def test_loading_again_and_again_leaves_nothing_behind(
    goals: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As `mkdocs serve` does with each rebuild."""
    monkeypatch.setattr("goal_handbook.source.load._LARGE", 0)  # as for a handbook of thousands of goals
    folder = goals({"teams/central.yaml": TEAM})
    earlier, frozen = [], gc.get_freeze_count()  # a build in this process freezes what it has read
    for _ in range(7):
        loaded = load(folder, "goals")
        assert loaded.handbook
        earlier.append(weakref.ref(loaded.handbook))
        assert (gc.get_freeze_count(), gc.isenabled()) == (frozen, True)
    del loaded
    gc.collect()
    assert [handbook() for handbook in earlier] == [None] * 7
