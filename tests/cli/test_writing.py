"""The commands that write: what they write, what they refuse, and that no other byte changes."""

from __future__ import annotations

import difflib
import os
import random
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from goal_handbook.cli import main
from goal_handbook.source.load import load

from ..source.styles import SELLER, Style

HOUSE = Path(__file__).parent.parent / "rules" / "house"
MOSES = "sellers/moses-frase.yaml"


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A handbook in ./goals, where today is 31 July 2017."""
    shutil.copytree(HOUSE, tmp_path / "goals")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1501459200")
    return tmp_path / "goals"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


GOAL = "moses-frase/new-business"
WRITES = {
    "a reading": (["checkin", GOAL, "150,000"], ["      - {on: 2017-07-31, value: 150_000}"]),
    "a reading with a note": (
        ["checkin", GOAL, "1.5M", "--on", "2017-07-30", "--by", "Moses Frase", "--note", "Hm: yes"],
        ['      - {on: 2017-07-30, value: 1_500_000, note: "Hm: yes", by: moses-frase}'],
    ),
    "a delivered landmark": (
        ["done", "moses-frase/negotiation#exam", "--on", "2017-07-20"],
        ["      - {id: exam, due: 2017-08-31, deliver: Exam passed, done: 2017-07-20}"],
    ),
    "a review": (
        ["review", "new-business", "--by", "dustin-brinkmann", "--confidence", "h", "--next", "Isdom"],
        ["      - {on: 2017-07-31, by: [dustin-brinkmann], confidence: high, next: Isdom}"],
    ),
    "an accounting": (
        ["account", f"{GOAL}#q2", "--why", "Frozen", "--action", "r", "--step", "Close Isdom, all of it", "--who", "Moses Frase", "--due", "2017-08-15", "--step", "Call Rhea"],
        [
            "    accountings:",
            "      - landmark: q2",
            "        on: 2017-07-31",
            "        why: Frozen",
            "        action: recover",
            "        plan:",
            '          - {do: "Close Isdom, all of it", who: moses-frase, due: 2017-08-15}',
            "          - {do: Call Rhea}",
        ],
    ),
    "an adjusted target": (
        ["adjust", GOAL, "--target", "240000", "--why", "Two accounts sold", "--by", "dustin-brinkmann"],
        [
            "    measure: {unit: money, target: 240_000}",
            "    adjustments:",
            "      - on: 2017-07-31",
            "        by: [dustin-brinkmann]",
            "        why: Two accounts sold",
            "        changes:",
            "          - {field: target, was: 260_000, now: 240_000}",
        ],
    ),
    "an adjusted landmark": (
        ["adjust", GOAL, "--landmark", "year", "--due", "2017-12-15", "--value", "250_000", "--why", "x"],
        [
            "      - {id: year, due: 2017-12-15, value: 250_000}",
            "    adjustments:",
            "      - on: 2017-07-31",
            "        why: x",
            "        changes:",
            "          - {field: landmarks.year.due, was: 2017-12-31, now: 2017-12-15}",
            "          - {field: landmarks.year.value, was: 260_000, now: 250_000}",
        ],
    ),
    "a dropped landmark": (
        ["adjust", GOAL, "--landmark", "year", "--drop", "--why", "x"],
        [
            "    adjustments:",
            "      - on: 2017-07-31",
            "        why: x",
            "        changes:",
            "          - {field: landmarks.year, was: agreed, now: dropped}",
        ],
    ),
    "an agreement": (
        ["agree", GOAL, "--by", "moses-frase", "--by", "dustin-brinkmann"],
        ["      - {on: 2017-07-31, by: [moses-frase, dustin-brinkmann]}"],
    ),
    "a closing": (
        ["close", "dustin-brinkmann/coaching", "--result", "a", "--note", "Eleven questions"],
        ["    closed: {on: 2017-07-31, result: achieved, note: Eleven questions}"],
    ),
    "a seller": (["new", "seller", "--name", "Zoë Ünal", "--team", "central"], ["# yaml-language-server: $schema=../.schema/seller.json", "name: Zoë Ünal", "team: central"]),
    "a team": (["new", "team", "west", "--leader", "dustin-brinkmann"], ["# yaml-language-server: $schema=../.schema/team.json", "name: West", "leader: dustin-brinkmann"]),
    "a goal": (
        ["new", "goal", "moses-frase", "--title", "Sell at list", "--kind", "skill", "--landmark", "2017-10-31: 20 offers"],
        [
            "", "  - id: sell-at-list",
            "    title: Sell at list",
            "    kind: skill",
            "    landmarks:",
            "      - {id: 20-offers, due: 2017-10-31, deliver: 20 offers}",
        ],
    ),
    "a goal with a number": (
        ["new", "goal", "moses", "--title", "Calls", "--id", "calls", "--from", "10", "--target", "90", "--unit", "calls", "--supports", "revenue", "--landmark", "2017-10-10: 50", "--landmark", "2017-10-31: 90"],
        [
            "", "  - id: calls", "    title: Calls", "    kind: production", "    supports: revenue",
            "    measure: {unit: calls, from: 10, target: 90}",
            "    landmarks:", "      - {id: october, due: 2017-10-10, value: 50}", "      - {id: october-2, due: 2017-10-31, value: 90}",
        ],
    ),
    "a goal with a level": (
        ["new", "goal", "moses", "--title", "Discounts", "--kind", "skill", "--target", "5", "--unit", "percent", "--hold", "at most", "--landmark", "2017-10-31: 6"],
        [
            "", "  - id: discounts", "    title: Discounts", "    kind: skill", "    measure: {unit: percent, target: 5, hold: at_most}",
            "    landmarks:", "      - {id: october, due: 2017-10-31, value: 6}",
        ],
    ),
    "a team's sum": (
        ["new", "goal", "central", "--title", "Deals", "--rollup", "--target", "9", "--unit", "deals", "--landmark", "2017-10-31: 9"],
        [
            "", "  - id: deals", "    title: Deals", "    kind: production", "    measure: {unit: deals, target: 9, rollup: sum}",
            "    landmarks:", "      - {id: october, due: 2017-10-31, value: 9}",
        ],
    ),
    "a cadence": (
        ["new", "goal", "dustin", "--title", "A coffee each", "--cadence", "2 per month", "--with", "each-seller"],
        [
            "", "  - id: a-coffee-each", "    title: A coffee each", "    kind: support",
            "    measure: {cadence: {times: 2, per: month, with: each-seller}}",
        ],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("arguments", "shown"), WRITES.values(), ids=WRITES)
def test_a_command_writes_and_shows_it(house: Path, arguments: list[str], shown: list[str]) -> None:
    result = run(*arguments)
    assert result.exit_code == 0, result.output
    assert [line.partition(" | ")[2] for line in result.stdout.splitlines() if line.startswith("+")] == shown
    assert "error" not in run("check").stdout


REFUSES = {
    "a goal nobody has": (["checkin", "moses-frase/new-busines", "1"], 'did you mean "moses-frase/new-business"?'),
    "a goal nobody has, by its own id": (["checkin", "new-busines", "1"], 'did you mean "new-business"?'),
    "no number": (["checkin", GOAL, "lots"], '"lots" is not a number\n  help: '),
    "a number of two meanings": (["checkin", GOAL, "30.000"], '"30.000" could be 30 or 30_000\n  help: write the one you mean'),
    "a decimal of two meanings": (["checkin", GOAL, "1.500"], '"1.500" could be 1.5 or 1_500'),
    "a longer decimal of two meanings": (["checkin", GOAL, "1.234"], '"1.234" could be 1.2340 or 1_234'),
    "no goal": (["checkin"], "Missing argument 'OWNER/GOAL': which goal"),
    "no day": (["checkin", GOAL, "1", "--on", "31.17.2017"], "is not a date\n  help: "),
    "two days": (["checkin", GOAL, "1", "--on", "3/4"], '"3/4" could be 2017-03-04 or 2017-04-03\n  help: '),
    "a day to come": (["checkin", GOAL, "1", "--on", "2071-07-31"], "2071-07-31 is in the future"),
    "another number for a day": (["checkin", GOAL, "1", "--on", "2017-06-30"], f"{GOAL} already has a reading of 131_000 on 2017-06-30\n  help: if the earlier one is wrong: goals correct {GOAL} checkins.2017-06-30 --value 1 --why"),
    "nothing to write": (["checkin", GOAL], "Missing argument 'VALUE': total to date (money)"),
    "nobody": (["agree", GOAL, "--by", "mose-frase"], 'unknown person "mose-frase"\n  help: did you mean "moses-frase"?'),
    "a team for a person": (["agree", GOAL, "--by", "central"], '"central" is a team\n  help: name a person'),
    "no landmark": (["done", "moses-frase/negotiation"], "name one as moses-frase/negotiation#ID; its landmarks are course, exam"),
    "a landmark that is a number": (["done", f"{GOAL}#q2"], f"goals checkin {GOAL} VALUE"),
    "delivered twice": (["done", "moses-frase/negotiation#course"], "was already delivered on 2017-05-24"),
    "a session without a cadence": (["session", GOAL, "--with", "moses-frase"], "is not a cadence"),
    "who before a step": (["account", f"{GOAL}#q2", "--who", "moses-frase", "--step", "x"], "--who belongs to a --step, which comes before it"),
    "two days for a step": (["account", f"{GOAL}#q2", "--step", "x", "--due", "2017-08-01", "--due", "2017-08-02"], 'the step "x" has two --due'),
    "an unknown person for a step": (["account", f"{GOAL}#q2", "--step", "x", "--who", "rhea"], "Invalid value for '--who': unknown person \"rhea\""),
    "no day for a step": (["account", f"{GOAL}#q2", "--step", "x", "--due", "soon"], "Invalid value for '--due': \"soon\" is not a date"),
    "person and day in the text of a step": (
        ["account", f"{GOAL}#q2", "--step", "Visit Isdom, Rhea and Cancity, moses-frase, by 2017-08-20"],
        'help: give person and day on their own: --step "Visit Isdom, Rhea and Cancity" --who moses-frase --due 2017-08-20',
    ),
    "a name in the text of a step": (["account", f"{GOAL}#q2", "--step", "Visit Isdom, Dustin Brinkmann"], '--step "Visit Isdom" --who dustin-brinkmann'),
    "a step without a plan": (["step", f"{GOAL}#q2", "1", "--done"], '"q2" has no plan\n  help: give it one with goals account'),
    "no reason": (["account", f"{GOAL}#q2", "--action", "drop"], "Missing option '--why': why was it missed"),
    "an empty reason": (["account", f"{GOAL}#q2", "--why", " ", "--action", "drop"], "the text is empty\n  help: write a sentence"),
    "no such action": (["account", f"{GOAL}#q2", "--why", "x", "--action", "wait"], '"wait" is not one of: recover, adjust, drop'),
    "nothing to change": (["adjust", GOAL, "--why", "x"], "say what to change: --target"),
    "the values it has": (["adjust", GOAL, "--target", "260,000", "--why", "x"], "nothing to change: the goal already has these values"),
    "half a new landmark": (["adjust", GOAL, "--landmark", "q3", "--due", "2017-09-30", "--why", "x"], "would be a new landmark"),
    "a landmark's value without one": (["adjust", GOAL, "--value", "1", "--why", "x"], "--value needs --landmark"),
    "a taken id": (["new", "seller", "moses-frase", "--team", "central"], "the seller moses-frase already exists"),
    "a goal's taken id": (["new", "goal", "moses", "--title", "New business"], "Moses Frase already has a goal new-business"),
    "no such goal to support": (["new", "goal", "moses", "--title", "X", "--supports", "revenu"], 'unknown goal "revenu"\n  help: did you mean "revenue"?'),
    "a landmark outside the period": (["new", "goal", "moses", "--title", "X", "--landmark", "2018-01-01: Y"], "2018-01-01 is not in the handbook's period, 2017-01-01 to 2017-12-31"),
    "a landmark without a day": (["new", "goal", "moses", "--title", "X", "--landmark", "soon"], '"soon" is not "DATE: WHAT"\n  help: write e.g. "2017-06-30: 90_000"'),
    "no cadence": (["new", "goal", "dustin", "--title", "X", "--cadence", "often"], '"often" is not a cadence\n  help: write e.g. "1 per week"'),
    "a sign for a unit": (["new", "goal", "moses", "--title", "X", "--target", "50", "--unit", "%"], '"%" is not a unit\n  help: did you mean percent?'),
    "a number for a unit": (["adjust", GOAL, "--unit", "900k", "--why", "x"], '"900k" is not a unit\n  help: write money, percent'),
    "an unknown team": (["new", "seller", "x", "--team", "east"], 'unknown team "east"'),
}  # fmt: skip


@pytest.mark.parametrize(("arguments", "message"), REFUSES.values(), ids=REFUSES)
def test_a_refusal_says_why_and_nothing_is_written(house: Path, arguments: list[str], message: str) -> None:
    before = {path: path.read_bytes() for path in house.rglob("*.yaml")}
    result = run(*arguments)
    assert result.exit_code == 2
    assert message in result.stderr
    assert {path: path.read_bytes() for path in house.rglob("*") if path.is_file()} == before


#: A goal that ended at 80 of 100, and whose target nobody repeated as a landmark: the target is the landmark `due`.
ENDED = """name: Central
goals:
  - {id: g, title: G, due: 2017-06-30, measure: {unit: deals, target: 100}, checkins: [{on: 2017-06-30, value: 80}]}
"""


def test_a_missed_target_is_accounted_for_like_a_landmark(
    goals: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a plan, and its steps; and what is to be adjusted is the target."""
    folder = goals({"teams/central.yaml": ENDED})
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1501459200")
    in_folder = ["--dir", str(folder)]
    account = run("account", "central/g#due", "--why", "x", "--action", "recover", "--step", "Ask Rhea", *in_folder)
    assert (account.exit_code, "landmark: due" in account.stdout) == (0, True), account.output
    done = run("step", "central/g#due", "1", "--done", *in_folder)
    assert (done.exit_code, "done: 2017-07-31" in done.stdout) == (0, True), done.output
    adjusting = run("account", "central/g#due", "--why", "y", "--action", "adjust", *in_folder)
    assert adjusting.stdout.endswith("next: goals adjust central/g --target\n"), adjusting.output


def test_a_target_is_not_delivered(goals: Callable[..., Path]) -> None:
    result = run("done", "central/g#due", "--dir", str(goals({"teams/central.yaml": ENDED})))
    assert (result.exit_code, "use goals checkin central/g VALUE" in result.stderr) == (2, True), result.output


#: Lea leads Ana and Ben, who moved there in July, and reports to Max.
LED = {
    "teams/north.yaml": "name: North\nleader: lea\npart_of: all\n",
    "teams/all.yaml": "name: All\nleader: max\n",
    "sellers/ana.yaml": "name: Ana\nteam: north\n",
    "sellers/ben.yaml": "name: Ben\nteam: [{id: all}, {id: north, from: 2017-07-01}]\n",
    "sellers/eve.yaml": "name: Eve\nteam: north\nleft: 2017-06-30\n",
    "leaders/max.yaml": "name: Max\n",
}


def session(goals: Callable[..., Path], with_: str, on: str, *people: str, length: Sequence[str] = ()) -> Result:
    """Record a session of Lea's, once a month with somebody."""
    measure = f"measure: {{cadence: {{times: 1, per: month, with: {with_}}}}}"
    folder = goals({**LED, "leaders/lea.yaml": f"name: Lea\ngoals:\n  - {{id: talks, title: Talk, {measure}}}\n"})
    options = [word for who in people for word in ("--with", who)]
    return run("session", "lea/talks", *options, *length, "--on", on, "--dir", str(folder))


@pytest.mark.parametrize(
    ("with_", "on", "people"),
    [
        ("each-seller", "2017-07-10", ["ana", "ben"]),
        ("each-seller", "2017-06-10", ["eve"]),
        ("team", "2017-07-10", ["max"]),
        ("anyone", "2017-07-10", []),
        ("[max]", "2017-07-10", ["max"]),
    ],
    ids=["sellers of the team on that day", "one who has left since", "the team: anybody", "anyone: nobody named", "those named"],
)  # fmt: skip
def test_a_session_is_written_where_it_counts(
    goals: Callable[..., Path], with_: str, on: str, people: list[str]
) -> None:
    result = session(goals, with_, on, *people)
    assert result.exit_code == 0, result.stderr


@pytest.mark.parametrize(
    ("with_", "on", "people", "message"),
    [
        ("each-seller", "2017-07-10", ["max"], "a session with max does not count on 2017-07-10\n  help: it is kept with ana and ben"),
        ("each-seller", "2017-07-10", ["ana", "north"], "a session with north does not count on 2017-07-10\n  help: it is kept with ana and ben"),
        ("each-seller", "2017-06-10", ["ben"], "a session with ben does not count on 2017-06-10\n  help: it is kept with ana and eve"),
        ("each-seller", "2017-07-10", ["eve"], "a session with eve does not count on 2017-07-10"),
        ("[max]", "2017-07-10", ["ana"], "a session with ana does not count on 2017-07-10\n  help: it is kept with max"),
        ("each-seller", "2017-07-10", [], "Missing option '--with': it is kept with ana and ben"),
    ],
    ids=["the leader's own leader", "a team", "a seller who came later", "a seller who has left", "somebody else", "nobody named"],
)  # fmt: skip
def test_a_session_that_would_not_count_is_refused(
    goals: Callable[..., Path], with_: str, on: str, people: list[str], message: str
) -> None:
    result = session(goals, with_, on, *people)
    assert (result.exit_code, message in result.stderr) == (2, True), result.stderr


@pytest.mark.parametrize(
    ("length", "written"),
    [(["--minutes", "45"], "minutes: 45"), (["--hours", "2"], "hours: 2"), (["--days", "1"], "days: 1"), ([], "with: ana}")],
    ids=["minutes", "hours", "days", "no length"],
)  # fmt: skip
def test_a_session_has_the_length_it_is_given(goals: Callable[..., Path], length: list[str], written: str) -> None:
    result = session(goals, "each-seller", "2017-07-10", "ana", length=length)
    assert (result.exit_code, written in result.stdout) == (0, True), result.output


@pytest.mark.parametrize(("length", "counts"), [("20", False), ("29", False), ("30", True), ("45", True)])
def test_a_session_that_is_too_short_is_said_not_to_count(
    goals: Callable[..., Path], length: str, counts: bool
) -> None:
    measure = "measure: {cadence: {times: 1, per: month, with: each-seller, minutes: [30, 45]}}"
    folder = goals({**LED, "leaders/lea.yaml": f"name: Lea\ngoals:\n  - {{id: talks, title: Talk, {measure}}}\n"})
    result = run(
        "session", "lea/talks", "--with", "ana", "--minutes", length, "--on", "2017-07-10", "--dir", str(folder)
    )
    said = f"this session of {length} minutes does not count: it lasts 30 minutes or more\n  help: if that is wrong: goals correct"
    assert (result.exit_code, said in result.stderr) == (0, not counts), result.output


def test_a_goal_is_agreed_by_its_seller_and_a_leader_only(house: Path) -> None:
    (house / "sellers/anna-snelling.yaml").write_text("name: Anna Snelling\nteam: central\n", encoding="utf-8")
    result = run("agree", GOAL, "--by", "anna", "--by", "dustin")
    said = "Anna Snelling is neither Moses Frase, whose goal it is, nor a leader\n  help: name moses-frase or a leader"
    assert (result.exit_code, said in result.stderr) == (2, True), result.output


def test_a_step_is_due_at_the_end_of_a_quarter(house: Path) -> None:
    result = run(
        "account",
        f"{GOAL}#q2",
        "--by",
        "moses",
        "--why",
        "Frozen",
        "--action",
        "recover",
        "--step",
        "Call",
        "--due",
        "Q4",
    )
    assert "{do: Call, due: 2017-12-31}" in result.stdout


def test_a_session_has_one_length(goals: Callable[..., Path]) -> None:
    result = session(goals, "each-seller", "2017-07-10", "ana", length=["--hours", "1", "--days", "1"])
    assert (result.exit_code, "a session has one length: give --hours or --days" in result.stderr) == (2, True)


def test_a_session_with_a_leader_s_sellers_needs_some(goals: Callable[..., Path]) -> None:
    measure = "measure: {cadence: {times: 1, per: month, with: each-seller}}"
    folder = goals({"leaders/lea.yaml": f"name: Lea\ngoals:\n  - {{id: talks, title: Talk, {measure}}}\n", "sellers/ana.yaml": LED["sellers/ana.yaml"], "teams/north.yaml": "name: North\n"})  # fmt: skip
    result = run("session", "lea/talks", "--with", "ana", "--on", "2017-07-10", "--dir", str(folder))
    assert (
        "a session with ana does not count on 2017-07-10\n  help: there is nobody to keep it with yet" in result.stderr
    )


def test_a_person_is_found_by_any_unique_part_of_the_name(house: Path) -> None:
    assert run("agree", GOAL, "--by", "frase", "--by", "Dustin").exit_code == 0
    assert "by: [moses-frase, dustin-brinkmann]" in (house / "sellers/moses-frase.yaml").read_text(encoding="utf-8")
    assert run("new", "seller", "--name", "Moses Long", "--team", "central").exit_code == 0
    assert '"moses" could be moses-frase or moses-long' in run("agree", GOAL, "--by", "moses").stderr


def test_a_goal_is_found_by_its_own_id_if_only_one_has_it(house: Path) -> None:
    assert run("checkin", "new-business", "140_000").exit_code == 0
    result = run("new", "goal", "dustin", "--title", "New business", "--kind", "improvement")
    assert result.exit_code == 0, result.output
    result = run("checkin", "new-business", "150_000", "--on", "2017-07-30")
    assert result.exit_code == 2
    assert '2 goals are called "new-business"\n  help: name one of ' in result.stderr


TEAM = "name: Central\nleader: dustin\ngoals:\n  - {id: revenue, title: R, measure: {unit: money, target: 9, rollup: sum}}\n"
ON = ["--on", "2017-07-30"]
ALL = (
    ["checkin", "moses/new-business", "93,068", *ON],
    ["done", "moses/negotiation#exam", *ON],
    ["review", "moses/new-business", "--by", "moses", "--note", "All: well # 1", *ON],
    ["account", "moses/new-business#q2", "--why", "It - froze", "--action", "adjust", *ON],
    ["adjust", "moses/new-business", "--target", "220000", "--why", "x", *ON],
    ["adjust", "moses/new-business", "--landmark", "year", "--due", "2017-11-30", "--why", "x", *ON],
    ["adjust", "moses/new-business", "--landmark", "q3", "--due", "2017-09-30", "--value", "175000", "--why", "x", *ON],
    ["agree", "moses/new-business", "--by", "moses", "--by", "dustin", *ON],
    ["close", "moses/negotiation", "--result", "partly", *ON],
    ["session", "moses/coffee", "--with", "dustin", "--minutes", "30", *ON],
    ["new", "goal", "moses", "--title", "Sell: at list", "--kind", "skill", "--landmark", "2017-10-31: Done"],
)


@pytest.mark.parametrize("seed", range(200))
def test_in_every_style_a_command_changes_only_its_lines(goals: Callable[..., Path], seed: int) -> None:
    text = Style(seed).write(SELLER)
    folder = goals({"teams/central.yaml": TEAM, "leaders/dustin.yaml": "name: Dustin\n"})
    path = folder / "sellers" / "moses.yaml"
    path.parent.mkdir()
    for command in ALL if seed % 10 == 0 else (ALL[seed % len(ALL)],):
        path.write_bytes(text.encode())
        result = run(*command, "--dir", str(folder))
        assert result.exit_code == 0, (command, result.output)
        after = path.read_bytes().decode()
        gone = list(taken_away(text, after))
        assert sum(map(len, gone)) <= 16, (command, gone)  # a value, or the brackets of an empty list
        assert load(folder).findings == []


def taken_away(before: str, after: str) -> Iterator[str]:
    """Yield the pieces of a text that are gone. To look for them everywhere, not only in the changed lines, is slow."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    for i1, i2, j1, j2 in changed(old, new):
        a, b = "".join(old[i1:i2]), "".join(new[j1:j2])
        yield from (a[k1:k2] for k1, k2, _, _ in changed(a, b) if k1 < k2)


def changed(a: Sequence[str], b: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    """Yield where two sequences differ: from and to in the one, from and to in the other."""
    for tag, *places in difflib.SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if tag != "equal":
            i1, i2, j1, j2 = places
            yield i1, i2, j1, j2


def test_two_at_once_lose_nothing(house: Path) -> None:
    days = [f"2017-07-{day:02}" for day in range(11, 19)]
    command = [sys.executable, "-m", "goal_handbook", "checkin", GOAL]
    at_once = [
        subprocess.Popen([*command, str(140_000 + i), "--on", day], stdout=subprocess.DEVNULL)
        for i, day in enumerate(days)
    ]
    assert [process.wait() for process in at_once] == [0] * len(days)
    handbook = load(house).handbook
    assert handbook
    assert {str(c.on) for c in handbook.goals[GOAL].checkins} >= set(days)


def test_killed_at_any_moment_it_leaves_the_old_file_or_the_new(house: Path) -> None:
    """SIGKILL a hundred times, at random."""
    path, dice = house / MOSES, random.Random(7)
    old = path.read_bytes()
    writer = (
        "import sys, pathlib\n"
        "from goal_handbook.source.atomic import write_bytes\n"
        "path, old = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[1]).read_bytes()\n"
        "new = old.replace(b'260_000', b'240_000')\n"
        "while True:\n"
        "    print('again', flush=True); write_bytes(path, new); write_bytes(path, old)\n"
    )
    new = old.replace(b"260_000", b"240_000")
    for _ in range(100):
        with subprocess.Popen([sys.executable, "-c", writer, str(path)], stdout=subprocess.PIPE) as process:
            assert process.stdout
            for _ in range(dice.randrange(1, 40)):  # the writer goes on meanwhile
                process.stdout.readline()
            os.kill(process.pid, signal.SIGKILL)
        assert path.read_bytes() in {old, new}
        path.write_bytes(old)
    assert run("checkin", GOAL, "140_000").exit_code == 0
    assert [p.name for p in path.parent.iterdir()] == [path.name]  # what the killed writers left is removed


@pytest.mark.parametrize(
    "command",
    [
        ("checkin", GOAL, "140_000"),
        ("review", GOAL, "--by", "moses-frase"),
        ("account", f"{GOAL}#q2", "--why", "Two deals slipped", "--action", "recover"),
        ("adjust", GOAL, "--target", "250_000", "--why", "Fewer shops"),
        ("correct", GOAL, "checkins.2017-06-30", "--value", "130_000", "--why", "A typo"),
    ],
    ids=lambda command: command[0],
)
def test_today_is_the_day_that_the_handbook_says(
    house: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    before = (house / MOSES).read_text(encoding="utf-8")
    result = run(*command)
    assert result.exit_code == 0, result.output
    added = set((house / MOSES).read_text(encoding="utf-8").splitlines()) - set(before.splitlines())
    assert any("on: 2017-07-31" in line for line in added)


def test_a_record_of_a_day_after_the_status_date_is_written_with_a_word_about_it(
    house: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    result = run("checkin", GOAL, "140_000", "--on", "2017-08-01")
    assert result.exit_code == 0, result.output
    assert "2017-08-01 is after the status date, 2017-07-31: nobody sees it before then" in result.stderr


@pytest.mark.parametrize(
    ("landmark", "due"), [(f"{GOAL}#year", "2017-12-31"), ("moses-frase/negotiation#exam", "2017-08-31")]
)
def test_what_is_not_due_yet_cannot_be_accounted_for(house: Path, landmark: str, due: str) -> None:
    before = (house / MOSES).read_bytes()
    result = run("account", landmark, "--why", "Too much", "--action", "recover")
    assert result.exit_code == 2
    assert f"is not missed yet: it is due on {due}\n  help: to ask for less" in result.stderr
    assert (house / MOSES).read_bytes() == before


def test_an_agreement_older_than_the_terms_is_said_not_to_cover_them(house: Path) -> None:
    assert run("adjust", GOAL, "--target", "250_000", "--why", "Fewer shops", "--on", "2017-07-20").exit_code == 0
    both = ("--by", "moses-frase", "--by", "dustin-brinkmann")
    said = run("agree", GOAL, *both, "--on", "2017-07-19").stderr
    assert "it does not cover the adjustment of 2017-07-20: agree on that day or later" in said
    assert "does not cover" not in run("agree", GOAL, *both, "--on", "2017-07-20").stderr
