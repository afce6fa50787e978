"""`goals move` and `goals away`: a transfer, a goal handed over and a leave, each written all together or not at all."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from goal_handbook.cli import main
from goal_handbook.model.handbook import Handbook
from goal_handbook.source.load import load
from goal_handbook.status.assessment import assess
from goal_handbook.status.readings import own_readings

from ..changes.story import Story

GOAL = "moses-frase/new-business"
MOSES = "sellers/moses-frase.yaml"
NORTH = """\
name: North
leader: rocco-neubert
goals:
  - id: revenue
    title: Win 900,000
    why: x
    measure: {unit: money, target: 900_000, rollup: sum}
    landmarks:
      - {id: year, due: 2017-12-31, value: 900_000}
"""
ANA = "name: Ana Abel\nteam: north\njoined: 2017-05-01\n"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


def with_north(goals: Path) -> Path:
    """Add a team and somebody in it."""
    (goals / "teams/north.yaml").write_text(NORTH, encoding="utf-8")
    (goals / "leaders/rocco-neubert.yaml").write_text("name: Rocco Neubert\n", encoding="utf-8")
    (goals / "sellers/ana-abel.yaml").write_text(ANA, encoding="utf-8")
    return goals


@pytest.fixture
def two_teams(house: Path) -> Path:
    return with_north(house)


def written(result: Result) -> list[str]:
    assert result.exit_code == 0, result.output
    return [line.partition(" | ")[2] for line in result.stdout.splitlines() if line.startswith("+")]


def handbook_in(goals: Path) -> Handbook:
    loaded = load(goals)
    assert [finding for finding in loaded.findings if finding.severity == "error"] == []
    assert loaded.handbook
    return loaded.handbook


def files(goals: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in goals.rglob("*") if path.is_file()}


def test_a_seller_moves_and_open_goals_follow(two_teams: Path) -> None:
    result = run("move", "moses", "--to", "North", "--on", "2017-07-01", "--supports", "follow", "--by", "dustin")
    assert written(result) == [
        "team: [{id: central}, {id: north, from: 2017-07-01}]",
        "    supports: [{goal: central/revenue, until: 2017-06-30}, {goal: north/revenue, from: 2017-07-01}]",
        "    adjustments:",
        "      - on: 2017-07-01",
        "        by: [dustin-brinkmann]",
        "        why: Moses Frase moved to North on 2017-07-01",
        "        changes:",
        "          - {field: supports, was: revenue, now: [central/revenue until 2017-06-30, north/revenue from 2017-07-01]}",
    ]
    assert (
        f"once both agree to the new terms, moses-frase and rocco-neubert each run: goals agree {GOAL}" in result.stdout
    )
    moses = handbook_in(two_teams).sellers["moses-frase"]
    assert [moses.team_on(datetime.date(2017, month, 1)) for month in (6, 7)] == ["central", "north"]


def test_a_seller_moves_and_goals_keep_what_they_support(two_teams: Path) -> None:
    result = run("move", "moses", "--to", "north", "--on", "2017-07-01", "--supports", "keep")
    assert written(result) == ["team: [{id: central}, {id: north, from: 2017-07-01}]"]
    assert handbook_in(two_teams).supports[GOAL] == ("central/revenue",)


def test_in_a_script_goals_follow_unless_it_says_otherwise(two_teams: Path) -> None:
    assert "goal: north/revenue, from: 2017-07-01" in run("move", "moses", "--to", "north", "--on", "2017-07-01").stdout


def test_a_move_to_come_is_decided_today(two_teams: Path) -> None:
    lines = written(run("move", "moses", "--to", "north", "--on", "2017-10-01", "--why", "He asked for it"))
    assert lines[3:5] == ["      - on: 2017-07-31", "        why: He asked for it"]


def test_a_second_move_is_added_to_the_first(two_teams: Path) -> None:
    assert run("move", "moses", "--to", "north", "--on", "2017-07-03").exit_code == 0
    lines = written(run("move", "moses", "--to", "central", "--on", "2017-07-20"))
    assert lines[0] == "team: [{id: central}, {id: north, from: 2017-07-03}, {id: central, from: 2017-07-20}]"
    assert [str(support) for support in handbook_in(two_teams).goals[GOAL].supports] == [
        "central/revenue until 2017-07-02",
        "north/revenue from 2017-07-03 until 2017-07-19",
        "central/revenue from 2017-07-20",
    ]
    result = run("move", "moses", "--to", "north", "--on", "2017-05-15")
    assert (
        "Moses Frase moved to central on 2017-07-20, which is not before 2017-05-15\n  help: name a later"
        in result.stderr
    )


def test_what_the_new_team_does_not_have_is_said_and_left(two_teams: Path) -> None:
    north = two_teams / "teams/north.yaml"
    north.write_text(NORTH.replace("id: revenue", "id: deals"), encoding="utf-8")
    result = run("move", "moses", "--to", "north", "--on", "2017-07-01", "--supports", "follow")
    assert written(result) == ["team: [{id: central}, {id: north, from: 2017-07-01}]"]
    assert f"{GOAL} still supports central/revenue: no goal takes its place in north\n" in result.stdout


def test_a_closed_goal_stays_as_it_is(two_teams: Path) -> None:
    assert run("close", GOAL, "--result", "missed", "--on", "2017-07-10").exit_code == 0
    result = run("move", "moses", "--to", "north", "--on", "2017-07-15")
    assert written(result) == ["team: [{id: central}, {id: north, from: 2017-07-15}]"]


def test_the_rest_of_a_goal_goes_to_somebody_else(two_teams: Path) -> None:
    result = run("move", "--goal", GOAL, "--to", "ana", "--on", "2017-07-15", "--why", "Moses leads a project")
    assert written(result) == [
        "goals:",
        "  - id: new-business",
        "    title: Close 260,000 of new business, the rest from 2017-07-15",
        "    kind: production",
        "    why: A fifth over last year's pace; the GTX Plus line is new and Moses knows its buyers best.",
        "    supports: central/revenue",
        "    start: 2017-07-15",
        "    measure: {unit: money, target: 129_000}",
        "    landmarks:",
        "      - {id: year, due: 2017-12-31, value: 129_000}",
        "    closed: {on: 2017-07-15, result: partly, note: Moses leads a project, carried_to: ana-abel/new-business}",
    ]
    assert f"{GOAL} stays at $131,000, its reading of 2017-06-30\n" in result.stdout
    goals = handbook_in(two_teams).goals
    old, new = goals[GOAL], goals["ana-abel/new-business"]
    made = own_readings(old)[-1].value
    assert old.target and new.target
    assert made + new.target == old.target
    assert new.agreed == ()


def test_a_taken_id_gets_a_number(two_teams: Path) -> None:
    ana = two_teams / "sellers/ana-abel.yaml"
    ana.write_text(ANA + "goals:\n  - {id: new-business, title: Mine, formerly: [new-business-2]}\n", encoding="utf-8")
    assert (
        "carried_to: ana-abel/new-business-3" in run("move", "--goal", GOAL, "--to", "ana", "--on", "2017-07-15").stdout
    )


def test_a_goal_handed_over_within_the_team_keeps_its_words(two_teams: Path) -> None:
    (two_teams / "sellers/ana-abel.yaml").write_text(ANA.replace("north", "central"), encoding="utf-8")
    assert "    supports: revenue" in written(run("move", "--goal", GOAL, "--to", "ana", "--on", "2017-07-15"))


def test_a_goal_to_deliver_and_a_hidden_one_are_handed_over(two_teams: Path) -> None:
    moses = two_teams / MOSES
    moses.write_text(moses.read_text(encoding="utf-8") + "    visibility: leaders\n", encoding="utf-8")
    result = run("move", "--goal", "negotiation", "--to", "ana", "--on", "2017-07-15")
    assert written(result)[-3:] == [
        "      - {id: exam, due: 2017-08-31, deliver: Exam passed}",
        "    visibility: leaders",
        "    closed: {on: 2017-07-15, result: partly, carried_to: ana-abel/negotiation}",
    ]


@pytest.mark.parametrize("as_of", ["2017-07-31", "2017-08-31", "2017-09-01", "2017-09-05"])
def test_a_move_planned_and_agreed_ahead_stays_agreed(
    two_teams: Path, monkeypatch: pytest.MonkeyPatch, as_of: str
) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH")  # today is as_of in handbook.yaml, 31 July
    assert run("move", "moses", "--to", "north", "--on", "2017-09-01").exit_code == 0
    assert run("agree", GOAL, "--by", "moses-frase", "--by", "rocco-neubert").exit_code == 0
    handbook = handbook_in(two_teams)
    assert assess(handbook, datetime.date.fromisoformat(as_of)).goals[GOAL].agreement == "agreed"


def test_the_rest_has_the_title_it_is_given(two_teams: Path) -> None:
    result = run("move", "--goal", GOAL, "--to", "ana", "--on", "2017-07-15", "--title", "Finish what Moses began")
    assert "    title: Finish what Moses began" in written(result)


def test_where_no_landmark_is_left_the_target_of_the_rest_is_one(two_teams: Path) -> None:
    moses = two_teams / MOSES
    text = moses.read_text(encoding="utf-8")
    moses.write_text(text.replace("      - {id: year, due: 2017-12-31, value: 260_000}\n", ""), encoding="utf-8")
    result = run("move", "--goal", GOAL, "--to", "ana", "--on", "2017-07-15")
    assert "      - {id: due, due: 2017-12-31, value: 129_000}" in written(result)


def test_of_a_goal_to_deliver_something_must_be_due_later(two_teams: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1504569600")  # 5 September
    before = files(two_teams)
    result = run("move", "--goal", "negotiation", "--to", "ana")
    assert result.exit_code == 2
    assert (
        'nothing of moses-frase/negotiation is due after 2017-09-05: "exam" was due on 2017-08-31\n'
        "  help: put it off first (goals adjust moses-frase/negotiation --landmark exam --due DATE), or close it"
    ) in result.stderr
    assert files(two_teams) == before


def test_what_stays_behind_is_named(two_teams: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1504569600")  # 5 September
    moses = two_teams / MOSES
    exam = "      - {id: exam, due: 2017-08-31, deliver: Exam passed}\n"
    later = "      - {id: talk, due: 2017-11-30, deliver: Others taught}\n"
    moses.write_text(moses.read_text(encoding="utf-8").replace(exam, exam + later), encoding="utf-8")
    result = run("move", "--goal", "negotiation", "--to", "ana")
    assert '"exam" stays with Moses Frase: it was due on 2017-08-31\n' in result.stdout


def test_a_rest_without_a_reading_of_the_day_before_is_said_not_to_be_exact(two_teams: Path) -> None:
    said = run("move", "--goal", GOAL, "--to", "ana", "--on", "2017-07-15").stdout
    assert f"what was made since, until 2017-07-14, counts for {GOAL} and is not taken off the rest:\n" in said


def test_an_exact_rest_needs_no_word(two_teams: Path) -> None:
    assert run("checkin", GOAL, "140_000", "--on", "2017-07-14").exit_code == 0
    result = run("move", "--goal", GOAL, "--to", "ana", "--on", "2017-07-15")
    assert "what was made since" not in result.stdout
    assert "    measure: {unit: money, target: 120_000}" in written(result)


def test_a_goal_that_cannot_keep_its_id_is_imported_by_the_one_it_gets(two_teams: Path) -> None:
    ana = two_teams / "sellers/ana-abel.yaml"
    ana.write_text(ANA + "goals:\n  - {id: new-business, title: Mine}\n", encoding="utf-8")
    said = run("move", "--goal", GOAL, "--to", "ana", "--on", "2017-07-15").stdout
    assert "goals import --goal-pattern {owner}/new-business-2, with a --where that tells them apart\n" in said


@pytest.mark.parametrize("as_of", ["2017-07-31", "2017-08-31", "2017-09-01", "2017-12-31"])
def test_a_hand_over_planned_ahead_counts_a_goal_once_on_every_day(
    two_teams: Path, monkeypatch: pytest.MonkeyPatch, as_of: str
) -> None:
    """The clock is that of the machine, long after the day of the hand-over; the handbook's is before it."""
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    (two_teams / "sellers/ana-abel.yaml").write_text(ANA.replace("north", "central"), encoding="utf-8")
    before = coverage(two_teams, as_of)
    assert run("move", "--goal", GOAL, "--to", "ana", "--on", "2017-09-01").exit_code == 0
    assert coverage(two_teams, as_of) == before


def coverage(goals: Path, as_of: str) -> object:
    handbook = handbook_in(goals)
    found = assess(handbook, datetime.date.fromisoformat(as_of)).goals["central/revenue"].coverage
    return found and (found.total, found.ratio)


REFUSED = {
    "to the same team": (("moses", "--to", "central"), "Moses Frase is already in central"),
    "before joining": (("ana", "--to", "central", "--on", "2017-03-01"), "Ana Abel joined on 2017-05-01, after 2017-03-01"),
    "nobody": (("mozes", "--to", "north"), 'unknown seller "mozes"'),
    "nowhere": (("moses", "--to", "nroth"), 'unknown team "nroth"\n  help: did you mean "north"?'),
    "without a team": (("moses",), "Missing option '--to': to which team"),
    "neither follow nor keep": (("moses", "--to", "north", "--supports", "x"), '"x" is not one of: follow, keep'),
    "a move in another period": (("moses", "--to", "north", "--on", "2071-10-01"), "2071-10-01 is not in the handbook's period, 2017-01-01 to 2017-12-31\n  help: check the year"),
    "a move before the period": (("moses", "--to", "north", "--on", "2016-02-01"), "2016-02-01 is not in the handbook's period"),
    "a goal and a seller": (("moses", "--goal", GOAL, "--to", "ana"), "--goal hands over one goal"),
    "a title for a seller": (("moses", "--to", "north", "--title", "x"), "--title is for a goal that is handed over: add --goal"),
    "a goal to its owner": (("--goal", GOAL, "--to", "moses"), f"{GOAL} already belongs to Moses Frase"),
    "a team's goal": (("--goal", "central/revenue", "--to", "ana"), "only a person's can be handed over"),
    "a goal to somebody not there yet": (("--goal", GOAL, "--to", "ana", "--on", "2017-04-01"), "Ana Abel joined on 2017-05-01"),
    "a goal before its last reading": (("--goal", GOAL, "--to", "ana", "--on", "2017-06-01"), "has a reading of 2017-06-30, after it would be handed over"),
    "a goal on a day to come": (("--goal", GOAL, "--to", "ana", "--on", "2071-09-01"), "2071-09-01 is in the future"),
}  # fmt: skip


@pytest.mark.parametrize(("arguments", "message"), REFUSED.values(), ids=REFUSED)
def test_a_refusal_says_why_and_writes_nothing(two_teams: Path, arguments: tuple[str, ...], message: str) -> None:
    before = files(two_teams)
    result = run("move", *arguments)
    assert result.exit_code == 2
    assert message in result.stderr
    assert files(two_teams) == before


@pytest.mark.parametrize(
    ("command", "message"),
    [
        (["close", GOAL, "--result", "missed"], f"{GOAL} was already closed on 2017-07-31"),
        (
            ["checkin", GOAL, "260_000", "--on", "2017-07-30"],
            f"{GOAL} has reached its target\n  help: close it with goals close",
        ),
    ],
)
def test_a_goal_that_is_over_is_not_handed_over(two_teams: Path, command: list[str], message: str) -> None:
    assert run(*command).exit_code == 0
    before = files(two_teams)
    assert message in run("move", "--goal", GOAL, "--to", "ana").stderr
    assert files(two_teams) == before


def test_both_files_are_written_or_neither(two_teams: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before, replace = files(two_teams), Path.replace

    def broken(self: Path, target: Path) -> Path:
        if target.name == "moses-frase.yaml":
            raise OSError(28, "No space left on device")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", broken)
    result = run("move", "--goal", GOAL, "--to", "ana", "--on", "2017-07-15")
    assert (result.exit_code, result.stderr) == (2, "Error: goals: No space left on device\n")
    assert files(two_teams) == before


def test_a_file_with_errors_is_named(two_teams: Path) -> None:
    ana = two_teams / "sellers/ana-abel.yaml"
    ana.write_text(ANA + "tags: &a x\n", encoding="utf-8")
    before = files(two_teams)
    result = run("move", "--goal", GOAL, "--to", "ana", "--on", "2017-07-15")
    assert result.exit_code == 2
    assert "ana-abel" in result.stderr
    assert files(two_teams) == before


@pytest.mark.parametrize(
    "command",
    [
        ("move", "moses", "--to", "north", "--on", "2017-07-01", "--by", "dustin"),
        ("move", "moses", "--to", "north", "--on", "2017-07-01", "--supports", "keep"),
        ("move", "--goal", GOAL, "--to", "ana", "--on", "2017-07-15"),
        ("move", "moses", "--to", "north", "--on", "2017-05-01", "--by", "dustin", "--why", "HR told us in July"),
        (
            "away",
            "moses",
            "--from",
            "2017-03-01",
            "--to",
            "2017-04-15",
            "--by",
            "dustin",
            "--why",
            "The note came in July",
        ),
    ],
    ids=["a move", "a move that keeps", "a hand-over", "a move found out late", "a leave found out late"],
)
def test_the_gate_has_nothing_to_refuse(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    story = Story(tmp_path)
    with_north(story.goals)
    story.commit("The goals of 2017", "2017-01-20")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1501459200")
    result = run(*command, "--dir", str(story.goals))
    assert result.exit_code == 0, result.output
    checked = run("check", "--dir", str(story.goals), "--since", "HEAD", "--as-of", "2017-07-31", "--format", "json")
    findings = json.loads(checked.stdout)["findings"]
    assert [f for f in findings if f["severity"] == "error"] == []


def test_what_is_found_out_late_is_a_correction(two_teams: Path) -> None:
    late = ("away", "moses", "--from", "2017-03-01", "--to", "2017-04-15")
    before = files(two_teams)
    for options, message in (
        ((), "Missing option '--by': who decided to correct the past"),
        (("--by", "dustin"), "Missing option '--why': why is it known only now"),
        (
            ("--by", "dustin", "--why", "Away"),
            "--why does not say why it is known only now\n  help: say it in a few words",
        ),
    ):
        result = run(*late, *options)
        assert (
            "2017-03-01 is more than a month ago, so this is a correction of the past: it says who and why\n"
            in result.stderr
        )
        assert (result.exit_code, message in result.stderr) == (2, True), result.stderr
    assert files(two_teams) == before
    assert written(run(*late, "--by", "dustin", "--why", "The note came in July")) == [
        "away:",
        "  - {from: 2017-03-01, to: 2017-04-15}",
        "corrections:",
        "  - on: 2017-07-31",
        "    by: [dustin-brinkmann]",
        "    why: The note came in July",
        "    field: away",
        "    was: none",
        "    now: 2017-03-01 to 2017-04-15",
    ]
    second = (
        "away",
        "moses",
        "--from",
        "2017-05-02",
        "--to",
        "2017-05-05",
        "--by",
        "dustin",
        "--why",
        "So did this one",
    )
    assert "    now: [2017-03-01 to 2017-04-15, 2017-05-02 to 2017-05-05]" in written(run(*second))


def test_somebody_is_away(two_teams: Path) -> None:
    result = run("away", "moses", "--from", "2017-09-01", "--to", "2017-10-31", "--note", "Parental leave")
    assert written(result) == ["away:", "  - {from: 2017-09-01, to: 2017-10-31, note: Parental leave}"]
    assert f"if less is expected of it: goals adjust {GOAL} --relief away\n" in result.stdout
    assert run("away", "dustin", "--from", "2017-09-01", "--to", "2017-09-02").exit_code == 0
    handbook = handbook_in(two_teams)
    assert [str(away) for away in handbook.sellers["moses-frase"].away] == ["2017-09-01 to 2017-10-31"]
    assert [str(away) for away in handbook.leaders["dustin-brinkmann"].away] == ["2017-09-01 to 2017-09-02"]


@pytest.mark.parametrize(
    ("days", "message"),
    [
        (("2017-09-02", "2017-09-01"), "the last day, 2017-09-01, is before the first, 2017-09-02"),
        (("2017-10-31", "2017-11-30"), "Moses Frase is already away from 2017-09-01 to 2017-10-31"),
        (("soon", "2017-11-30"), '"soon" is not a date'),
        (("2016-11-01", "2016-12-31"), "2016-11-01 is not in the handbook's period, 2017-01-01 to 2017-12-31"),
    ],
)
def test_a_leave_that_cannot_be_is_refused(two_teams: Path, days: tuple[str, str], message: str) -> None:
    assert run("away", "moses", "--from", "2017-09-01", "--to", "2017-10-31").exit_code == 0
    before = files(two_teams)
    result = run("away", "moses", "--from", days[0], "--to", days[1])
    assert result.exit_code == 2
    assert message in result.stderr
    assert files(two_teams) == before
