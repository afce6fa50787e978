"""The hardening can fail: what it looks for is found where it is, and a case that failed can be tried again."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, get_args

import pytest
from hardening.__main__ import PARTS, again
from hardening.cases import Case, Outcome, Part, Tally, kept, run
from hardening.fates import CANARY, PUBLIC, Files, versions
from hardening.processes import Cost, killed_at_change, measured
from pydantic import BaseModel

from goal_handbook.model.audience import Redaction
from goal_handbook.model.free_text import free_texts
from goal_handbook.model.goal import Goal
from goal_handbook.model.records import Agreement
from goal_handbook.source.edit import Put, edited
from goal_handbook.source.load import load_files
from hardening import canaries, fuzz_files, kills, page

CASE = {"subject": "seller", "shown": False, "steps": ["rewrite"], "audience": "team", "branch": False}


def test_the_team_finds_no_canary(tmp_path: Path) -> None:
    assert canaries.attempt(CASE, tmp_path).wrong == []


def test_a_canary_is_found_where_the_audience_is_not_cut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Redaction, "owner", lambda self, owner: owner)
    outcome = canaries.attempt(CASE, tmp_path)
    assert "a canary in sellers/moses/index.html" in outcome.wrong
    assert outcome.leaks == len(outcome.wrong)


@pytest.mark.parametrize(
    ("shown", "steps", "words"),
    [
        (False, [], [CANARY]),
        (True, [], [PUBLIC]),
        (True, ["hide"], [CANARY, CANARY]),
        (False, ["show"], [CANARY, PUBLIC]),
        (True, ["hide", "show"], [PUBLIC, CANARY, PUBLIC]),
        (True, ["hide", "remove"], [CANARY, CANARY, None]),
    ],
)
def test_what_is_hidden_in_the_end_was_never_shown(shown: bool, steps: list[str], words: list[str | None]) -> None:
    assert words_of(versions("seller", shown, steps)) == words


@pytest.mark.parametrize(
    ("shown", "steps", "words"),
    [
        (True, ["hide", "remove"], [PUBLIC, CANARY, None]),
        (True, ["remove", "bring back", "hide"], [CANARY, None, CANARY, CANARY]),
        (False, ["show", "remove"], [CANARY, CANARY, None]),
    ],
)
def test_what_a_branch_does_on_the_way_is_nothing_that_the_site_shows(
    shown: bool, steps: list[str], words: list[str | None]
) -> None:
    assert words_of(versions("seller", shown, steps, branch=True)) == words


def words_of(found: Sequence[Files]) -> list[str | None]:
    """The word of the goal's title in each version, None where it is not there."""
    titles = [
        next((goal["title"] for data in files.values() for goal in data.get("goals", []) if "why" in goal), None)
        for files in found
    ]
    return [title and title.partition(" ")[0] for title in titles]


def test_every_text_of_a_goal_is_a_canary() -> None:
    used: set[tuple[type[BaseModel], str]] = set()
    for subject in ("seller", "leader"):
        files = versions(subject, False, ["close"])[-1]
        loaded = load_files({name: json.dumps(data).encode() for name, data in files.items()}, "goals")
        assert loaded.handbook
        assert [finding for finding in loaded.findings if finding.severity == "error"] == []
        hidden = [goal for goal in loaded.handbook.goals.values() if goal.visibility == "leaders"]
        used |= {use for goal in hidden for use in canaries_in(goal)}
    texts = {(model, field) for model in models_in(Goal) for field in free_texts(model)[0]}
    assert texts - used == {(Agreement, "via")}  # names a change at the forge


def canaries_in(entity: BaseModel) -> Iterator[tuple[type[BaseModel], str]]:
    for field, value in vars(entity).items():
        for item in value if isinstance(value, tuple) else (value,):
            if isinstance(item, BaseModel):
                yield from canaries_in(item)
            elif CANARY in str(item):
                yield type(entity), field


def models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
        for info in annotation.model_fields.values():
            yield from models_in(info.annotation)
    for part in get_args(annotation):
        yield from models_in(part)


def test_half_a_site_is_found() -> None:
    old, new = {"a.html": b"1", "b.html": b"1"}, {"a.html": b"2", "b.html": b"2"}
    site = kills.Prepared(Path(), "site", lambda: None, lambda: None, old, new, Cost(1, 1))
    goals = kills.Prepared(Path(), "goals", lambda: None, lambda: None, old, new, Cost(1, 1))
    half = {"a.html": b"2", "b.html": b"1"}
    assert kills.half_done(site, half) == ["half a site of 2 files"]
    assert kills.half_done(goals, half) == []
    assert kills.half_done(goals, {"a.html": b"2", "b.html": b""}) == ["b.html is neither old nor new"]


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_kill_hits_the_moment_before_a_change(number: int, tmp_path: Path) -> None:
    def write() -> None:
        for name in "abc":
            (tmp_path / name).write_text(name)

    assert killed_at_change(write, number)
    assert sorted(path.name for path in tmp_path.iterdir()) == list("abc")[: number - 1]
    assert not killed_at_change(write, 4)
    assert measured(write).changes == 3


def test_an_edit_that_changes_something_else_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = (1, Put(("name",), "Somebody"))
    fuzz_files.changes_nothing_else(drawn)
    monkeypatch.setattr(fuzz_files, "edited", lambda *arguments: edited(*arguments).replace("Exam", "Ex"))
    with pytest.raises(AssertionError):
        fuzz_files.changes_nothing_else(drawn)


def test_a_case_that_fails_is_kept_and_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def attempt(case: Case, folder: Path) -> Outcome:
        assert list(folder.iterdir()) == []
        return Outcome([f"{case['number']} is odd"] if case["number"] % 2 else [], kills=1)

    part = Part(lambda dice: iter([{"number": number} for number in range(4)]), attempt)
    tally = run("numbers", part, 1, 60, tmp_path)
    assert (tally.cases, tally.kills, len(tally.failures)) == (4, 4, 2)
    assert [kept(path) for path in tally.failures] == [("numbers", {"number": 1}), ("numbers", {"number": 3})]
    monkeypatch.setattr("hardening.__main__.PARTS", {"numbers": part})
    capsys.readouterr()
    assert again(tally.failures[0]) == 1
    assert capsys.readouterr().out == "1 is odd\n"


def test_the_counts_of_a_run_take_the_place_of_those_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "PAGE", tmp_path / "page.md")
    page.PAGE.write_text("Before.\n<!-- hardening -->\nold\n<!-- /hardening -->\nAfter.\n", encoding="utf-8")
    page.write({"kills": Tally(1200, 7, 0, [Path("kills-1-3.json")], (80 << 20, 90 << 20))}, 60, 4)
    text = page.PAGE.read_text(encoding="utf-8")
    assert text.startswith("Before.\n<!-- hardening -->\n\n| Part |")
    assert "| kills | 1,200 | 1 | 7 | 0 | 80 to 90 MiB |\n" in text
    assert ": 60 minutes with `--seed 4`, on " in text
    assert text.endswith("\n\n<!-- /hardening -->\nAfter.\n")
    assert "old" not in text


def test_every_part_is_explained_in_the_manual() -> None:
    text = page.PAGE.read_text(encoding="utf-8")
    assert [name for name in PARTS if f"| `{name}` |" not in text] == []


def test_a_crash_is_a_failure(tmp_path: Path) -> None:
    def attempt(case: Case, folder: Path) -> Outcome:
        raise RecursionError("too deep")

    tally = run("crash", Part(lambda dice: iter([{}]), attempt), 1, 60, tmp_path)
    assert "RecursionError: too deep" in json.loads(tally.failures[0].read_text(encoding="utf-8"))["wrong"][0]
