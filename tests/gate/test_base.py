"""The base of a comparison: it cannot be broken, linked or moved out of the gate's sight."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from goal_handbook.cli import main
from goal_handbook.git.history import read_history

from ..changes.story import Story
from .cases import (
    BOOK,
    LEADER,
    MOSES,
    TEAM,
    Case,
    Edit,
    adjustment,
    agreement,
    both,
    cases,
    edit,
    matches,
    prepare,
    refused,
    write,
)

CSV = "readings/crm.csv"
ROWS = "goal,on,value\nmoses-frase/new-business,2017-04-30,80000\n"
BROKEN_ROWS = ROWS + "moses-frase/new-business,2017-05-31\n"
LOWERED = edit(MOSES, "target: 260_000", "target: 200_000")
LOWER = (("GH601", "target: 200_000"),)
ADJUSTED = both(
    edit(MOSES, "target: 260_000", "target: 240_000"),
    edit(MOSES, "due: 2017-12-31, value: 260_000", "due: 2017-12-31, value: 240_000"),
    adjustment("2017-07-20", "field: target, was: 260_000, now: 240_000", "field: landmarks.year.value, was: 260_000, now: 240_000"),
    agreement("2017-07-20"),
)  # fmt: skip


def remove(path: str) -> Edit:
    """Remove a file."""
    return lambda story: (story.goals / path).unlink()


def move(path: str, to: str) -> Edit:
    """Move a file within goals/."""
    return both(lambda story: write(to, story.read(path))(story), remove(path))


def again(path: str, commit: str = "main~1") -> Edit:
    """Write a file as it was."""
    return lambda story: write(path, story.git("show", f"{commit}:goals/{path}") + "\n")(story)


def move_folder(to: str, *more: Edit) -> Edit:
    """Move goals/ to another place in the repository."""

    def do(story: Story) -> None:
        (story.folder / to).parent.mkdir(exist_ok=True, parents=True)
        story.goals.rename(story.folder / to)
        story.goals = story.folder / to
        both(*more)(story)

    return do


def link(path: str, to: str) -> Edit:
    """Make a link at a path of the repository."""
    return lambda story: (story.folder / path).symlink_to(to)


def linked(path: str, aside: str) -> Edit:
    """Move what is at a path of the repository aside, and leave a link to it there."""

    def do(story: Story) -> None:
        at = story.folder / path
        at.rename(story.folder / aside)
        at.symlink_to(os.path.relpath(story.folder / aside, at.parent))

    return do


def unlinked(path: str, aside: str) -> Edit:
    """Put back what `linked` moved aside."""

    def do(story: Story) -> None:
        (story.folder / path).unlink()
        (story.folder / aside).rename(story.folder / path)

    return do


def a_repository(path: str) -> Edit:
    """Make a folder of goals/ a repository of its own, with what is in it."""

    def do(story: Story) -> None:
        story.git("init", "--quiet", str(story.goals / path))
        story.git("-C", str(story.goals / path), "add", "--all")
        story.git("-C", str(story.goals / path), "commit", "--quiet", "--message", "own")

    return do


def notes_in_plan(story: Story) -> None:
    """Another file in the folder where the goals will be."""
    (story.folder / "plan").mkdir()
    (story.folder / "plan" / "notes.md").write_text("x", encoding="utf-8")


def pushed(*edits: Edit) -> tuple[tuple[str, Edit], ...]:
    """Commits that somebody pushed to main without the gate, a day after the base."""
    return tuple(("2017-07-21", one) for one in edits)


BREAK_BOOK = write(BOOK, "format: 2\n")
BREAK_MOSES = edit(MOSES, "goals:", "goals: [")
OLD_CSV = ("2017-07-01", write(CSV, ROWS))

ATTACKS = (
    # a file of the base that cannot be read
    Case("a target lowered while handbook.yaml is repaired", both(again(BOOK), LOWERED), LOWER, pushed(BREAK_BOOK)),
    Case("a target lowered in the change that breaks handbook.yaml, then repaired", again(BOOK, "main~1"), LOWER, pushed(both(BREAK_BOOK, LOWERED))),
    Case("a target lowered between two versions with a broken handbook.yaml", again(BOOK, "main~2"), LOWER, pushed(BREAK_BOOK, LOWERED)),
    Case("a target lowered while handbook.yaml comes back", both(again(BOOK), LOWERED), LOWER, pushed(remove(BOOK))),
    Case("a house rule changed while handbook.yaml is repaired", both(again(BOOK), edit(BOOK, "currency: USD", "currency: USD\ngrace_days: 30")), (("GH609", "grace_days"),), pushed(BREAK_BOOK)),
    Case("a rule switched off by a broken handbook.yaml", both(again(BOOK), edit(BOOK, "currency: USD", "currency: USD\nrules: {GH601: off}"), LOWERED), (*LOWER, ("GH609", "rules")), pushed(BREAK_BOOK)),
    Case("a target lowered while the seller's file is repaired", both(again(MOSES), LOWERED), LOWER, pushed(BREAK_MOSES)),
    Case("a target lowered while the seller's file has a key too many", both(edit(MOSES, "colour: red\n", ""), LOWERED), LOWER, pushed(edit(MOSES, "name:", "colour: red\nname:"))),
    Case("a goal left out while the seller's file is repaired", both(again(MOSES), lambda s: s.write(MOSES, s.read(MOSES).partition("  - id: negotiation")[0])), (("GH606", "goals:"),), pushed(BREAK_MOSES)),
    Case("a team's target lowered while its file is repaired", both(again(TEAM), edit(TEAM, "target: 250_000", "target: 200_000")), (("GH601", "target: 200_000"),), pushed(edit(TEAM, "goals:", "goals: ["))),
    Case("a leader's file and a seller's repaired together, one of them moved", both(again(LEADER), again(MOSES), LOWERED), LOWER, pushed(both(edit(LEADER, "name:", "name: ["), BREAK_MOSES))),
    Case("a seller's file renamed while it is broken", both(remove("sellers/moses-f.yaml"), again(MOSES), LOWERED), LOWER, pushed(both(move(MOSES, "sellers/moses-f.yaml"), edit("sellers/moses-f.yaml", "goals:", "goals: [")))),
    Case("a seller who disappears while another file is broken", both(again(BOOK), again(MOSES), LOWERED), LOWER, pushed(both(BREAK_BOOK, remove(MOSES)))),
    Case("a seller's file in a folder that is not read, then back with another target", both(move("seller/moses-frase.yaml", MOSES), LOWERED), LOWER, pushed(move(MOSES, "seller/moses-frase.yaml"))),
    Case("a seller's file that ends in .yml for a while", both(move("sellers/moses-frase.yml", MOSES), LOWERED), LOWER, pushed(move(MOSES, "sellers/moses-frase.yml"))),
    Case("a reading rewritten while its CSV file is repaired", write(CSV, ROWS.replace("80000", "90000")), (("GH605", "2017-04-30,90000"),), (OLD_CSV, *pushed(write(CSV, BROKEN_ROWS)))),
    Case("a reading left out with the broken row beside it", write(CSV, "goal,on,value\n"), (("GH605", "goal,on,value"),), (OLD_CSV, *pushed(write(CSV, BROKEN_ROWS)))),
    Case("a reading rewritten in a CSV file whose head was broken", write(CSV, ROWS.replace("80000", "90000")), (("GH605", "2017-04-30,90000"),), (OLD_CSV, *pushed(write(CSV, "goal;on\n")))),
    Case("a reading rewritten in a CSV file that was renamed while it was broken", both(remove("readings/new.csv"), write("readings/fixed.csv", ROWS.replace("80000", "90000"))), (("GH605", "2017-04-30,90000"),), (OLD_CSV, *pushed(both(remove(CSV), write("readings/new.csv", BROKEN_ROWS))))),
    # the folder
    Case("a target lowered while the folder moves", move_folder("plan", LOWERED), LOWER),
    Case("a target lowered while the folder moves deeper", move_folder("sales/2017/goals", LOWERED), (("GH601", ""),)),
    Case("a reading rewritten while the folder moves", move_folder("plan", edit(MOSES, "value: 60_000", "value: 70_000")), (("GH605", "70_000"),)),
    Case("a seller's goal removed while the folder moves", move_folder("plan", lambda s: s.write(MOSES, s.read(MOSES).partition("  - id: negotiation")[0])), (("GH606", "goals:"),)),
    Case("a folder that moves into one where something else was before", move_folder("plan", LOWERED), LOWER, pushed(notes_in_plan, lambda s: shutil.rmtree(s.folder / "plan"))),
    Case("a folder that is removed, then comes back with another target", both(lambda s: s.git("checkout", "main~1", "--", "goals"), LOWERED), LOWER, pushed(lambda s: shutil.rmtree(s.goals))),
    Case("a folder that is removed, then comes elsewhere with another target", both(lambda s: s.git("checkout", "main~1", "--", "goals"), move_folder("plan", LOWERED)), LOWER, pushed(lambda s: shutil.rmtree(s.goals))),
    Case("a folder that moves while handbook.yaml is broken", move_folder("plan", again(BOOK), LOWERED), LOWER, pushed(BREAK_BOOK)),
    Case("a link left where the folder was", move_folder("plan", link("goals", "plan"), LOWERED), LOWER),
    # links
    Case("goals/ becomes a link", both(linked("goals", "plan"), LOWERED), (*LOWER, ("GH114", ""))),
    Case("a seller's file becomes a link to a file beside goals/", both(linked("goals/sellers/moses-frase.yaml", "moses.yaml"), lambda s: (s.folder / "moses.yaml").write_text("name: X\n")), (("GH114", ""), ("GH606", ""), ("GH606", ""))),
    Case("a second seller is a link to the first", link("goals/sellers/anna.yaml", "moses-frase.yaml"), (("GH114", ""),)),
    Case("a folder of sellers becomes a link", linked("goals/sellers", "people"), (("GH114", ""), ("GH606", ""), ("GH606", ""))),
    Case("a link beside the goals that nothing reads", link("goals/sellers/notes", "/etc"), (("GH114", ""),)),
    Case("handbook.yaml becomes a link", linked("goals/handbook.yaml", "book.yaml"), (("GH114", ""),)),
    Case("a target lowered while a seller's link becomes a file again", both(unlinked("goals/sellers/moses-frase.yaml", "moses.yaml"), LOWERED), LOWER, pushed(linked("goals/sellers/moses-frase.yaml", "moses.yaml"))),
    Case("a target lowered while a folder's link becomes a folder again", both(unlinked("goals/sellers", "people"), LOWERED), LOWER, pushed(linked("goals/sellers", "people"))),
    Case("a target lowered while goals/ is no link any more", both(unlinked("goals", "plan"), LOWERED), LOWER, pushed(linked("goals", "plan"))),
    Case("the sellers become a repository of their own", both(a_repository("sellers"), LOWERED), (("GH114", ""), ("GH606", ""), ("GH606", ""))),
    Case("a target lowered while the sellers are no repository of their own any more", both(lambda s: shutil.rmtree(s.goals / "sellers/.git"), LOWERED), LOWER, pushed(a_repository("sellers"))),
    Case("a second file whose name differs by a capital letter", lambda s: write("sellers/Moses-frase.yaml", s.read(MOSES))(s), (("GH107", ""),)),
    Case("a second folder whose name differs by a capital letter", lambda s: write("Sellers/moses-frase.yaml", s.read(MOSES))(s), (("GH114", ""),)),
)  # fmt: skip

HONEST = (
    Case("nothing at all", lambda story: None),
    Case("handbook.yaml repaired", again(BOOK), main=pushed(BREAK_BOOK)),
    Case("handbook.yaml back", again(BOOK), main=pushed(remove(BOOK))),
    Case("a seller's file repaired", again(MOSES), main=pushed(BREAK_MOSES)),
    Case("a seller's file repaired, and adjusted as agreed", both(again(MOSES), ADJUSTED), main=pushed(BREAK_MOSES)),
    Case("a seller's file repaired that had been adjusted and agreed while it was broken", edit(MOSES, "colour: red\n", ""), main=pushed(both(edit(MOSES, "name:", "colour: red\nname:"), ADJUSTED))),
    Case("a new seller's file that never could be read is repaired", write("sellers/anna.yaml", "name: Anna\nteam: central\n"), main=pushed(write("sellers/anna.yaml", "name: [\n"))),
    Case("somebody's work while another file was broken for a day", edit(MOSES, "Large buyers have", "Our buyers have"), main=pushed(BREAK_BOOK, again(BOOK, "HEAD~1"))),
    Case("a CSV file repaired", write(CSV, BROKEN_ROWS.rstrip("\n") + ",90000\n"), main=(OLD_CSV, *pushed(write(CSV, BROKEN_ROWS)))),
    Case("a CSV file repaired under another name", both(remove(CSV), write("readings/fixed.csv", ROWS)), main=(OLD_CSV, *pushed(write(CSV, BROKEN_ROWS)))),
    Case("a reading from a CSV file written into the goal", both(remove(CSV), edit(MOSES, "    checkins:\n", "    checkins:\n      - {on: 2017-04-30, value: 80_000}\n")), main=(OLD_CSV,)),
    Case("the folder moved", move_folder("plan")),
    Case("the folder moved deeper", move_folder("sales/2017/goals")),
    Case("the folder moved, and a target adjusted as agreed", move_folder("plan", ADJUSTED)),
    Case("the folder back where it was", lambda s: s.git("checkout", "main~1", "--", "goals"), main=pushed(lambda s: shutil.rmtree(s.goals))),
    Case("a link replaced with its file", unlinked("goals/sellers/moses-frase.yaml", "moses.yaml"), main=pushed(linked("goals/sellers/moses-frase.yaml", "moses.yaml"))),
    Case("a folder's link replaced with the folder", unlinked("goals/sellers", "people"), main=pushed(linked("goals/sellers", "people"))),
    Case("an editor's hidden link to its lock", link("goals/sellers/.#moses-frase.yaml", "me@here.1")),
    Case("a link beside goals/", link("latest", "goals")),
    Case("a file that may be executed", lambda s: (s.goals / MOSES).chmod(0o755)),
)  # fmt: skip


@cases(ATTACKS)
def test_an_attack_is_refused_where_it_is(case: Case, template: Path, tmp_path: Path) -> None:
    found = refused(prepare(case, template, tmp_path / "repository"), today=case.today)
    assert matches(found, case.expected), found


@cases(HONEST)
def test_an_honest_change_is_not_refused(case: Case, template: Path, tmp_path: Path) -> None:
    assert refused(prepare(case, template, tmp_path / "repository"), today=case.today) == []


def never_readable(template: Path, folder: Path) -> Story:
    """A repository that began with a handbook.yaml nobody could read."""
    story = prepare(Case("", lambda story: None), template, folder)
    good = story.read(BOOK)
    story.git("checkout", "--quiet", "--orphan", "fresh")
    BREAK_BOOK(story)
    story.commit("the house", "2017-07-21")
    story.write(BOOK, good)
    return story


def test_where_nothing_can_be_compared_the_gate_fails(template: Path, tmp_path: Path) -> None:
    story = never_readable(template, tmp_path / "repository")
    for command in (["check", "--since", "HEAD"], ["diff", "HEAD"]):
        result = CliRunner().invoke(main, [*command, "--dir", str(story.goals)])
        assert (result.exit_code, result.stdout) == (2, "")
        assert "no version of handbook.yaml up to there can be read, so nothing can be compared\n" in result.stderr
        assert "  help: " in result.stderr


def test_a_second_handbook_above_the_first_is_no_way_around_it(template: Path, tmp_path: Path) -> None:
    story = prepare(Case("", LOWERED), template, tmp_path / "repository")
    shutil.copy(story.goals / BOOK, story.folder / BOOK)
    result = CliRunner().invoke(main, ["check", "--since", "main", "--dir", str(story.folder), "--as-of", "2017-07-31"])
    assert result.exit_code == 1
    assert "goals/sellers/moses-frase.yaml: GH114 files here are not read" in result.stdout


def test_a_handbook_that_begins_beside_another_passes_and_says_so(template: Path, tmp_path: Path) -> None:
    story = prepare(Case("", lambda story: None), template, tmp_path / "repository")
    shutil.copytree(story.goals, story.folder / "plan")
    story.goals = story.folder / "plan"
    assert matches(refused(story), (("GH609", "format: 1"),))


def told(story: Story, *command: str) -> str:
    """What a command says."""
    result = CliRunner().invoke(main, [*command, "--dir", str(story.goals), "--as-of", "2017-07-31"])
    assert result.exit_code == 0, result.output
    return result.stdout


PUSHED = (
    Case("while handbook.yaml was broken", both(again(BOOK), LOWERED), main=pushed(BREAK_BOOK)),
    Case("while the seller's file was broken", both(again(MOSES), LOWERED), main=pushed(BREAK_MOSES)),
    Case("while the seller's file was a link", both(unlinked("goals/sellers/moses-frase.yaml", "moses.yaml"), LOWERED), main=pushed(linked("goals/sellers/moses-frase.yaml", "moses.yaml"))),
)  # fmt: skip


@cases(PUSHED, counted=False)
def test_diff_and_log_say_what_was_lowered_in_an_attack_that_was_pushed_anyway(
    case: Case, template: Path, tmp_path: Path
) -> None:
    story = prepare(case, template, tmp_path / "repository")
    assert "260,000" in told(story, "diff", "main")
    story.commit("pushed anyway", "2017-07-30")
    log = told(story, "log", "moses-frase/new-business")
    assert "→ $200,000" in log.partition("Jul 30, 2017")[2]
    assert "Changed silently" in log


def poisoned(story: Story, cache: Path) -> None:
    """A cache in which the versions of Moses's file say that his target was 200,000 all along until lately."""
    read_history(story.goals, cache=cache)
    with closing(sqlite3.connect(cache)) as db, db:
        rows = db.execute("SELECT blob, snapshot FROM snapshots WHERE kind = 'sellers'").fetchall()
        first = story.git("rev-parse", f"main~1:goals/{MOSES}")
        for blob, snapshot in rows:
            if blob == first:
                db.execute(
                    "UPDATE snapshots SET snapshot = ? WHERE blob = ?", (snapshot.replace("260000", "200000"), blob)
                )


def test_a_poisoned_cache_does_not_make_a_move_look_put_back(
    template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = Case("", LOWERED, main=(("2017-07-21", edit(MOSES, "Large buyers have", "Our buyers have")),))
    story = prepare(case, template, tmp_path / "repository")
    cache = tmp_path / "cache.sqlite"
    monkeypatch.setattr("goal_handbook.git.cache.default_file", lambda: cache)
    poisoned(story, cache)
    assert matches(refused(story), LOWER)
    assert "260,000" in told(story, "diff", "main")
