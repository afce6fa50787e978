"""Random histories: the gate refuses no honest one, and finds a silent move wherever it is put in.

A history is one seller's goal, changed every nine days as people change goals. Each version is spelled in its own way:
another order of names and records, other line breaks, `260_000` or `260000`.
"""

from __future__ import annotations

import copy
import datetime
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from goal_handbook.changes.baseline import Baseline
from goal_handbook.changes.blob import kind_of, read_blob
from goal_handbook.changes.replay import replay
from goal_handbook.findings import Finding
from goal_handbook.source.load import load_files
from goal_handbook.workspace import evaluate

MOSES = "sellers/moses-frase.yaml"
FIRST_DAY = datetime.date(2017, 2, 1)
BOTH = ["moses-frase", "dustin-brinkmann"]
Goal = dict[str, Any]
Dice = random.Random


HOUSE_FILES = {
    "handbook.yaml": b'format: 1\nname: MavenTech\nperiod: {name: "2017", start: 2017-01-01, end: 2017-12-31}\ncurrency: USD\n',
    "teams/central.yaml": b"""name: Central
leader: dustin-brinkmann
goals:
  - id: revenue
    title: Win 250,000
    measure: {unit: money, target: 250_000, rollup: sum}
    landmarks: [{id: year, due: 2017-12-31, value: 250_000}]
""",
    "leaders/dustin-brinkmann.yaml": b"name: Dustin Brinkmann\n",
}


def first_goal() -> Goal:
    return {
        "id": "new-business",
        "formerly": [],
        "target": 260_000,
        "landmarks": {"q1": ["2017-03-31", 60_000], "q2": ["2017-06-30", 125_000], "year": ["2017-12-31", 260_000]},
        "checkins": {"2017-01-25": (8_000, "")},
        "agreed": [{"on": "2017-01-20", "by": BOTH, "note": "Half of it comes from the large accounts."}],
        "reviews": [{"on": "2017-01-27", "by": BOTH, "note": "A slow start, and a full pipeline behind it."}],
        "adjustments": [],
        "accountings": [],
    }


# How people change a goal honestly: each change on a day, with what it takes


def report(goal: Goal, day: str, dice: Dice) -> None:
    last = max(value for value, _ in goal["checkins"].values())
    goal["checkins"][day] = (last + dice.randrange(1, 40) * 1_000, dice.choice(["", "With the deals of today."]))


def review(goal: Goal, day: str, dice: Dice) -> None:
    goal["reviews"].append({"on": day, "by": BOTH, "note": f"Nothing new in week {dice.randrange(52)}."})


def adjusted(goal: Goal, day: str, *changes: tuple[str, object, object]) -> None:
    listed = [{"field": name, "was": was, "now": now} for name, was, now in changes]
    goal["adjustments"].append({"on": day, "by": BOTH, "why": f"The market of {day} asks for it.", "changes": listed})
    goal["agreed"].append({"on": day, "by": BOTH, "note": ""})


def other(number: int, dice: Dice) -> int:
    return number + dice.choice([-1, 1]) * dice.randrange(1, 9) * 1_000


def retarget(goal: Goal, day: str, dice: Dice) -> None:
    """In one step or two, on one day."""
    for _ in range(dice.choice([1, 2])):
        was = goal["target"]
        goal["target"] = other(was, dice)
        adjusted(goal, day, ("target", was, goal["target"]))


def some_landmark(goal: Goal, dice: Dice) -> str:
    return str(dice.choice(sorted(goal["landmarks"])))


def account(goal: Goal, landmark: str, day: str) -> None:
    if goal["landmarks"][landmark][0] < day:
        why = f"Two deals slipped past {day}."
        goal["accountings"].append({"landmark": landmark, "on": day, "by": BOTH, "why": why, "action": "adjust"})


def revalue(goal: Goal, day: str, dice: Dice) -> None:
    landmark = some_landmark(goal, dice)
    account(goal, landmark, day)
    was = goal["landmarks"][landmark][1]
    goal["landmarks"][landmark][1] = other(was, dice)
    adjusted(goal, day, (f"landmarks.{landmark}.value", was, goal["landmarks"][landmark][1]))


def put_off(goal: Goal, day: str, dice: Dice) -> None:
    landmark = some_landmark(goal, dice)
    account(goal, landmark, day)
    was = goal["landmarks"][landmark][0]
    now = datetime.date.fromisoformat(max(day, was)) + datetime.timedelta(days=dice.randrange(1, 60))
    goal["landmarks"][landmark][0] = min(now.isoformat(), "2017-12-31")
    if goal["landmarks"][landmark][0] != was:
        adjusted(goal, day, (f"landmarks.{landmark}.due", was, goal["landmarks"][landmark][0]))


def one_more(goal: Goal, day: str, dice: Dice) -> None:
    name = f"extra-{day}"
    goal["landmarks"][name] = [f"2017-1{dice.randrange(3)}-15", other(200_000, dice)]
    adjusted(goal, day, (f"landmarks.{name}", "none", "added"))


def drop(goal: Goal, day: str, dice: Dice) -> None:
    landmark = some_landmark(goal, dice)
    if len(goal["landmarks"]) > 1:
        account(goal, landmark, day)
        due, value = goal["landmarks"].pop(landmark)
        was = dice.choice(["agreed", f"{value} by {due}"])
        adjusted(goal, day, (f"landmarks.{landmark}", was, "dropped"))
        goal["accountings"] = [a for a in goal["accountings"] if a["on"] != day or a["landmark"] != landmark]


def correct(goal: Goal, day: str, dice: Dice) -> None:
    on = dice.choice(sorted(goal["checkins"]))
    was, note = goal["checkins"][on]
    goal["checkins"][on] = (other(was, dice), note)
    adjusted(goal, day, (f"checkins.{on}", was, goal["checkins"][on][0]))


def rename(goal: Goal, day: str, dice: Dice) -> None:
    goal["formerly"] = [*goal["formerly"], goal["id"]]
    goal["id"] = f"business-{day}"


HONEST = (report, report, review, retarget, revalue, put_off, one_more, drop, correct, rename)


# What must not happen without a word: each moves what the version before had


def another_target(goal: Goal, before: Goal, dice: Dice) -> None:
    goal["target"] = before["target"] + 70_000 + dice.randrange(9)


def another_value(goal: Goal, before: Goal, dice: Dice) -> None:
    landmark = some_landmark(both_have(goal, before, "landmarks"), dice)
    goal["landmarks"][landmark][1] = before["landmarks"][landmark][1] + 70_000 + dice.randrange(9)


def another_day(goal: Goal, before: Goal, dice: Dice) -> None:
    landmark = some_landmark(both_have(goal, before, "landmarks"), dice)
    present = {version["landmarks"][landmark][0] for version in (goal, before)}  # put_off may have chosen it
    goal["landmarks"][landmark][0] = dice.choice([d for n in range(16, 29) if (d := f"2017-11-{n}") not in present])


def no_landmark(goal: Goal, before: Goal, dice: Dice) -> None:
    del goal["landmarks"][some_landmark(both_have(goal, before, "landmarks"), dice)]


def another_reading(goal: Goal, before: Goal, dice: Dice) -> None:
    on = dice.choice(sorted(both_have(goal, before, "checkins")["checkins"]))
    goal["checkins"][on] = (before["checkins"][on][0] + 70_000 + dice.randrange(9), goal["checkins"][on][1])


def another_note(goal: Goal, before: Goal, dice: Dice) -> None:
    index = dice.randrange(len(before["reviews"]))
    goal["reviews"][index] = goal["reviews"][index] | {"note": "All is well."}


def no_reading(goal: Goal, before: Goal, dice: Dice) -> None:
    del goal["checkins"][dice.choice(sorted(both_have(goal, before, "checkins")["checkins"]))]


def no_agreement(goal: Goal, before: Goal, dice: Dice) -> None:
    del goal["agreed"][dice.randrange(len(before["agreed"]))]


def one_name(goal: Goal, before: Goal, dice: Dice) -> None:
    index = dice.randrange(len(before["agreed"]))
    goal["agreed"][index] = goal["agreed"][index] | {"by": BOTH[:1]}


def another_id(goal: Goal, before: Goal, dice: Dice) -> None:
    goal["id"], goal["formerly"] = "another", []


SILENT = (
    another_target,
    another_value,
    another_day,
    no_landmark,
    another_reading,
    another_note,
    no_reading,
    no_agreement,
    one_name,
    another_id,
)


def both_have(goal: Goal, before: Goal, name: str) -> Goal:
    return {name: {key: goal[name][key] for key in goal[name] if key in before[name]}}


# How a version is spelled


def spelled(goal: Goal, dice: Dice) -> bytes:
    def number(value: object) -> object:
        return f"{value:_}" if isinstance(value, int) and dice.random() < 0.5 else value

    def text(words: str) -> str:
        return f'"{words}"' if dice.random() < 0.5 else '"' + words.replace(" ", "\n            ", 1) + '"'

    def names(people: list[str]) -> str:
        return f"[{', '.join(dice.sample(people, len(people)))}]"

    def change(one: dict[str, object]) -> str:
        return f"{{field: {one['field']}, was: {number(one['was'])}, now: {number(one['now'])}}}"

    def item(record: dict[str, Any]) -> str:
        parts = [f"{key}: {record[key]}" for key in ("landmark", "on", "action") if key in record]
        parts += [f"by: {names(record['by'])}"]
        parts += [f"{key}: {text(record[key])}" for key in ("why", "note") if record.get(key)]
        if "changes" in record:
            parts.append(f"changes: [{', '.join(map(change, record['changes']))}]")
        return f"      - {{{', '.join(dice.sample(parts, len(parts)))}}}\n"

    def listed(key: str, items: list[str]) -> str:
        return f"    {key}:\n" + "".join(dice.sample(items, len(items))) if items else ""

    landmarks = [f"      - {{id: {i}, due: {due}, value: {number(v)}}}\n" for i, (due, v) in goal["landmarks"].items()]
    readings = [
        f"      - {{on: {on}, value: {number(value)}{f', note: {text(note)}' if note else ''}}}\n"
        for on, (value, note) in goal["checkins"].items()
    ]
    parts = [
        f"    measure: {{unit: money, target: {number(goal['target'])}}}\n",
        "    supports: " + dice.choice(["revenue", "central/revenue"]) + "\n",
        listed("landmarks", landmarks),
        listed("checkins", readings),
        *(listed(name, [*map(item, goal[name])]) for name in ("agreed", "reviews", "adjustments", "accountings")),
    ]
    formerly = f"    formerly: [{', '.join(goal['formerly'])}]\n" if goal["formerly"] else ""
    head = f"name: Moses Frase\nteam: central\ngoals:\n  - id: {goal['id']}\n    title: New business\n{formerly}"
    return (head + "".join(dice.sample(parts, len(parts)))).encode()


# How the gate reads a history: as from git, without starting it


@dataclass(frozen=True)
class Entry:
    path: str
    new: str
    old: str = ""
    elsewhere: tuple[bool, bool] = (False, False)


@dataclass(frozen=True)
class Commit:
    id: str
    day: datetime.date
    entries: tuple[Entry, ...]
    author: str = "dustin"
    email: str = "dustin"
    is_merge: bool = False
    boundary: bool = False


@dataclass
class Repository:
    commits: list[Commit] = field(default_factory=list)
    blobs: dict[tuple[str, str], str | None] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)

    def commit(self, day: datetime.date, files: dict[str, bytes]) -> None:
        entries = []
        for path, data in files.items():
            blob, kind = str(len(self.blobs)), kind_of(path)
            assert kind
            self.blobs[kind, blob] = read_blob(kind, path, data)
            entries.append(Entry(path, blob))
        self.files |= files
        self.commits.append(Commit(str(len(self.commits)), day, tuple(entries)))

    def refused(self, day: datetime.date, files: dict[str, bytes]) -> list[Finding]:
        """What stops these files as the next version, and what the gate says of them; one author writes them all."""
        base = Baseline(
            load_files(self.files, "main"), self.commits[-1].day, lambda _: replay(self.commits, self.blobs)
        )
        found = evaluate(load_files(self.files | files, "goals"), day, day, baseline=base).findings
        return [f for f in found if f.severity == "error" or (f.code.startswith("GH6") and f.code != "GH613")]


def day_of(step: int) -> datetime.date:
    return FIRST_DAY + datetime.timedelta(days=9 * step)


def begun(dice: Dice) -> tuple[Repository, Goal]:
    repository, goal = Repository(), first_goal()
    repository.commit(datetime.date(2017, 1, 28), HOUSE_FILES | {MOSES: spelled(goal, dice)})
    return repository, goal


def next_version(goal: Goal, change: Callable[[Goal, str, Dice], None], step: int, dice: Dice) -> Goal:
    after = copy.deepcopy(goal)
    change(after, day_of(step).isoformat(), dice)
    return after


changes = st.lists(st.sampled_from(HONEST), min_size=1, max_size=9)
seeds = st.integers(0, 2**32)


@settings(max_examples=25, deadline=None)
@given(changes, seeds)
def test_an_honest_history_is_never_refused(history: list[Callable[[Goal, str, Dice], None]], seed: int) -> None:
    dice = Dice(seed)
    repository, goal = begun(dice)
    for step, change in enumerate(history):
        goal = next_version(goal, change, step, dice)
        files = {MOSES: spelled(goal, dice)}
        assert repository.refused(day_of(step), files) == [], change.__name__
        repository.commit(day_of(step), files)


@settings(max_examples=50, deadline=None)
@given(changes, st.sampled_from(SILENT), st.booleans(), seeds)
def test_a_silent_move_is_refused_wherever_it_is_put_in(
    history: list[Callable[[Goal, str, Dice], None]],
    move: Callable[[Goal, Goal, Dice], None],
    is_hidden: bool,
    seed: int,
) -> None:
    """By itself, or hidden in the last honest change of the history."""
    dice = Dice(seed)
    repository, goal = begun(dice)
    for step, change in enumerate(history[:-1]):
        goal = next_version(goal, change, step, dice)
        repository.commit(day_of(step), {MOSES: spelled(goal, dice)})
    last = len(history) - 1
    after = next_version(goal, history[-1], last, dice) if is_hidden else copy.deepcopy(goal)
    if move is another_id and history[-1] is rename:
        after["formerly"] = goal["formerly"]
    if move in (another_value, another_day, no_landmark) and not both_have(after, goal, "landmarks")["landmarks"]:
        return
    move(after, goal, dice)
    found = repository.refused(day_of(last), {MOSES: spelled(after, dice)})
    assert any(finding.severity == "error" for finding in found), move.__name__
