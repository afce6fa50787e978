"""What was ever for leaders only stays hidden from the team, whatever became of it since: on the site, in a diff."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from goal_handbook.cli import main

from ..changes.story import Story
from .conftest import MKDOCS, run_build
from .test_audience import bytes_with_canaries

MOSES, TEAM = "sellers/moses-frase.yaml", "teams/central.yaml"
HIDDEN = """  - id: canary-talks
    title: Canary talks
    kind: skill
    visibility: leaders
    measure: {unit: canaries, target: 55_555}
    landmarks:
      - {id: canary-one, due: 2017-06-30, value: 20_000}
      - {id: canary-two, due: 2017-12-31, value: 55_555}
    agreed: [{on: 2017-01-20, by: [moses-frase, dustin-brinkmann]}]
    checkins: [{on: 2017-06-30, value: 1, note: A canary note}]
    reviews: [{on: 2017-07-01, by: moses-frase, note: A canary review}]
"""
#: The same goal for everybody to see, in other words.
SHOWN = (
    HIDDEN.replace("55_555", "30_000")
    .replace("    visibility: leaders\n", "")
    .replace("canaries", "publics")
    .replace("canary", "public")
    .replace("Canary", "Public")
)
TEAM_GOAL = "  - {id: canary-plan, title: Canary plan, visibility: leaders, landmarks: [{id: a, due: 2017-12-31, deliver: Canary}]}\n"
SUPPORTS = "      - {field: supports, was: [revenue, canary-plan], now: revenue}\n"

Step = Callable[[Story], object]


def drop(path: str, text: str) -> Step:
    return lambda story: story.edit(path, text, "")


def edit(path: str, old: str, new: str) -> Step:
    return lambda story: story.edit(path, old, new)


def adjust(change: str) -> Step:
    """An adjustment of the seller's first, visible goal."""
    text = f"    adjustments:\n      - on: 2017-07-05\n        by: [moses-frase]\n        why: So\n        changes:\n    {change}"
    return edit(MOSES, "  - id: negotiation\n", f"{text}  - id: negotiation\n")


def no_longer_supported_and_removed(story: Story) -> None:
    story.edit(MOSES, "supports: [revenue, canary-plan]", "supports: revenue")
    story.edit(TEAM, TEAM_GOAL, "")


def rename_owner(story: Story) -> None:
    """Moses is called mo from now on."""
    text = story.read(MOSES).replace("moses-frase", "mo").replace("formerly: [moses-f]\n", "")
    story.write("sellers/mo.yaml", f"{text}formerly: [moses-frase]\n")
    (story.goals / MOSES).unlink()


def show(path: str, *, formerly: str) -> Step:
    """The goal gets another id and is shown, in other words, from now on."""
    return lambda story: story.write(
        path,
        re.sub(
            r"  - id: canary-(talks|speeches)\n(.+\n)+",
            SHOWN.replace("id: public-talks\n", f"id: public-words\n    formerly: {formerly}\n"),
            story.read(path),
        ),
    )


RENAME = edit(MOSES, "id: canary-talks\n", "id: canary-speeches\n    formerly: canary-talks\n")

FATES: dict[str, tuple[Step, ...]] = {
    "it is removed": (drop(MOSES, HIDDEN),),
    "its landmark changes silently, and it is removed": (
        edit(MOSES, "due: 2017-06-30, value: 20_000", "due: 2017-07-31, value: 20_000"),
        drop(MOSES, HIDDEN.replace("due: 2017-06-30, value: 20_000", "due: 2017-07-31, value: 20_000")),
    ),
    "it is closed and removed": (
        edit(MOSES, "A canary review}]\n", "A canary review}]\n    closed: {on: 2017-07-02, result: dropped, note: Canary}\n"),
        drop(MOSES, HIDDEN + "    closed: {on: 2017-07-02, result: dropped, note: Canary}\n"),
    ),
    "it is renamed and removed": (
        edit(MOSES, "id: canary-talks\n", "id: canary-speeches\n    formerly: canary-talks\n"),
        drop(MOSES, HIDDEN.replace("id: canary-talks\n", "id: canary-speeches\n    formerly: canary-talks\n")),
    ),
    "it is renamed and removed, and an adjustment names its first id": (
        edit(TEAM, "id: canary-plan,", "id: canary-idea, formerly: canary-plan,"),
        edit(MOSES, "supports: [revenue, canary-plan]", "supports: revenue"),
        adjust(SUPPORTS),
        drop(TEAM, TEAM_GOAL.replace("id: canary-plan,", "id: canary-idea, formerly: canary-plan,")),
    ),
    "it is rewritten with every commit": (
        edit(MOSES, "target: 55_555", "target: 44_444"),
        edit(MOSES, "id: canary-two, due: 2017-12-31", "id: canary-two, due: 2017-11-30"),
    ),
    "its readings are rewritten": (edit(MOSES, "value: 1, note: A canary note", "value: 2, note: A canary note"),),
    "it is shown to the team": (
        edit(MOSES, "target: 55_555", "target: 44_444"),
        lambda story: story.edit(MOSES, HIDDEN.replace("55_555", "44_444", 1), SHOWN),
    ),
    "it is renamed and shown, and its owner is renamed": (
        RENAME, show(MOSES, formerly="[canary-talks, canary-speeches]"), rename_owner,
    ),
    "it is renamed twice and shown, and its first name is forgotten": (RENAME, show(MOSES, formerly="canary-speeches")),
    "it is renamed and shown at once": (show(MOSES, formerly="canary-talks"),),
    "the file of its owner is removed": (lambda story: (story.goals / "sellers/anna.yaml").unlink(),),
    "a hidden team goal is no longer supported and removed": (
        edit(MOSES, "supports: [revenue, canary-plan]", "supports: revenue"),
        adjust(SUPPORTS),
        drop(TEAM, TEAM_GOAL),
    ),
    "a hidden team goal and its support are removed at once": (no_longer_supported_and_removed,),
}  # fmt: skip


@pytest.fixture
def story(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Story]:
    """A handbook with hidden goals, at its first commit."""
    story = Story(tmp_path)
    site = MKDOCS.replace("- goal-handbook", '- goal-handbook: {as_of: "2017-07-31"}')
    (tmp_path / "mkdocs.yml").write_text(site, encoding="utf-8")
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "chapter.md").write_text("# A chapter\n", encoding="utf-8")
    story.write(MOSES, story.read(MOSES).replace("supports: revenue", "supports: [revenue, canary-plan]") + HIDDEN)
    story.write(TEAM, story.read(TEAM).rstrip() + "\n" + TEAM_GOAL)
    story.write("sellers/anna.yaml", "name: Anna\nteam: central\ngoals:\n" + HIDDEN.replace("moses-frase", "anna"))
    story.commit("The goals of 2017", "2017-07-01")
    monkeypatch.chdir(tmp_path)
    yield story


@pytest.mark.parametrize("steps", FATES.values(), ids=FATES)
def test_no_trace_of_a_hidden_goal_reaches_the_team(story: Story, steps: tuple[Step, ...]) -> None:
    for number, step in enumerate(steps):
        step(story)
        for form in ("text", "markdown", "json"):
            assert "canary" not in diff(story, "HEAD", form).lower()
        story.commit("work", f"2017-07-{number + 2:02}")
    done = run_build(story.folder)
    assert done.code == 0, done.output
    assert bytes_with_canaries(done.site) == []
    for form in ("text", "markdown", "json"):
        assert "canary" not in diff(story, f"HEAD~{len(steps)}", form).lower()


def diff(story: Story, base: str, form: str) -> str:
    result = CliRunner().invoke(main, ["diff", base, "--as-of", "2017-07-31", "--format", form])
    assert result.exit_code == 0, result.output
    return result.stdout


VISIBLE = HIDDEN.replace("    visibility: leaders\n", "")
DUSTIN = "leaders/dustin-brinkmann.yaml"


def move(goal: str, giver: str, taker: str) -> Step:
    def step(story: Story) -> None:
        story.edit(giver, goal, "")
        add(taker, goal)(story)

    return step


def add(path: str, goal: str) -> Step:
    def step(story: Story) -> None:
        text = story.read(path).rstrip() + "\n"
        story.write(path, text + ("" if "\ngoals:" in text else "goals:\n") + goal)

    return step


def hide(path: str) -> Step:
    return edit(
        path,
        "    kind: skill\n    measure: {unit: canaries",
        "    kind: skill\n    visibility: leaders\n    measure: {unit: canaries",
    )


SHOWN_FIRST: dict[str, tuple[Step, ...]] = {
    "hidden and removed": (hide(MOSES), drop(MOSES, HIDDEN)),
    "renamed, hidden and removed": (
        edit(MOSES, "id: canary-talks\n", "id: canary-speeches\n    formerly: canary-talks\n"),
        hide(MOSES),
        drop(MOSES, HIDDEN.replace("id: canary-talks\n", "id: canary-speeches\n    formerly: canary-talks\n")),
    ),
    "hidden and moved": (hide(MOSES), move(HIDDEN, MOSES, DUSTIN)),
    "moved and hidden": (move(VISIBLE, MOSES, DUSTIN), hide(DUSTIN)),
    "moved, hidden and removed": (move(VISIBLE, MOSES, DUSTIN), hide(DUSTIN), drop(DUSTIN, HIDDEN)),
    "moved there and back and hidden": (move(VISIBLE, MOSES, DUSTIN), move(VISIBLE, DUSTIN, MOSES), hide(MOSES)),
    "renamed, moved and hidden": (
        edit(MOSES, "id: canary-talks\n", "id: canary-speeches\n    formerly: canary-talks\n"),
        move(VISIBLE.replace("canary-talks\n", "canary-speeches\n    formerly: canary-talks\n", 1), MOSES, DUSTIN),
        hide(DUSTIN),
    ),
    "removed, added for somebody else, and hidden": (drop(MOSES, VISIBLE), add(DUSTIN, VISIBLE), hide(DUSTIN)),
}


@pytest.mark.parametrize("steps", SHOWN_FIRST.values(), ids=SHOWN_FIRST)
def test_no_trace_of_a_goal_that_was_shown_first_is_left(story: Story, steps: tuple[Step, ...]) -> None:
    story.edit(MOSES, HIDDEN, VISIBLE)
    (story.goals / "sellers/anna.yaml").unlink()
    story.git("update-ref", "-d", "HEAD")  # it was never hidden
    story.commit("For everybody", "2017-07-02")
    for number, step in enumerate(steps, 3):
        step(story)
        story.commit("work", f"2017-07-{number:02}")
    done = run_build(story.folder)
    assert done.code == 0, done.output
    assert bytes_with_canaries(done.site) == []
    for back in range(len(steps) + 1):
        assert "canary" not in diff(story, f"HEAD~{back}", "text").lower()


def test_a_goal_that_somebody_else_has_too_is_another_one(story: Story) -> None:
    story.edit(MOSES, HIDDEN, VISIBLE)
    (story.goals / "sellers/anna.yaml").unlink()
    add(DUSTIN, VISIBLE)(story)
    story.git("update-ref", "-d", "HEAD")
    story.commit("Both have it", "2017-07-02")
    hide(DUSTIN)(story)
    story.edit(MOSES, VISIBLE, "")
    story.commit("One is gone", "2017-07-03")
    assert "Goal removed: Canary talks" in diff(story, "HEAD~1", "text")


LIMIT = "  capacity: [{what: Canary machines, limit: 40, goal: canary-plan}]\n"


@pytest.mark.parametrize("form", ["text", "markdown", "json"])
def test_the_limit_of_a_hidden_goal_does_not_show_when_it_changes(story: Story, form: str) -> None:
    story.edit(TEAM, "goals:\n", f"{LIMIT}goals:\n")
    assert "canary" not in diff(story, "HEAD", form).lower()
    story.commit("A limit", "2017-07-02")
    seen = "{what: Vans, limit: 7, goal: revenue}"
    story.edit(
        TEAM, "capacity: [{what: Canary machines, limit: 40,", f"capacity: [{seen}, {{what: Canary vans, limit: 30,"
    )
    said = diff(story, "HEAD", form)
    assert "Vans 7" in said
    assert "canary" not in said.lower()


def test_a_diff_says_that_something_is_not_shown(story: Story) -> None:
    FATES["it is removed"][0](story)
    said = diff(story, "HEAD", "text")
    assert "Nothing." in said
    assert "1 change to goals that only leaders see: not shown here." in said


def test_leaders_see_it_all(story: Story) -> None:
    FATES["it is removed"][0](story)
    result = CliRunner().invoke(main, ["diff", "HEAD", "--audience", "leaders", "--as-of", "2017-07-31"])
    assert result.exit_code == 0, result.output
    assert "Goal removed: Canary talks" in result.stdout


def test_a_hidden_goal_that_is_renamed_and_shown_is_a_new_goal_to_the_team(story: Story) -> None:
    story.edit(MOSES, HIDDEN, SHOWN.replace("id: public-talks\n", "id: public-talks\n    formerly: canary-talks\n"))
    said = diff(story, "HEAD", "text")
    assert "New goal: 30,000 publics by Dec 31, 2017, 2 landmarks" in said
    assert "canary" not in said.lower()


def test_a_goal_that_is_hidden_now_is_gone_from_the_diff(story: Story) -> None:
    story.edit(MOSES, HIDDEN, SHOWN.replace("public", "canary").replace("Public", "Canary"))
    story.commit("shown by mistake", "2017-07-02")
    story.edit(MOSES, "title: Canary talks\n", "title: Canary talks\n    visibility: leaders\n")
    assert "canary" not in diff(story, "HEAD", "text").lower()


CLAIMS = {
    "beside a false claim": "      - {field: supports, was: [revenue, canary-plan], now: revenue}\n          - {field: target, was: 250_000, now: 260_000}\n",
    "in a false claim": "      - {field: supports, was: none, now: revenue}\n",
}


@pytest.mark.parametrize("claim", CLAIMS.values(), ids=CLAIMS)
@pytest.mark.parametrize("form", ["text", "markdown", "json"])
def test_a_false_claim_does_not_name_a_hidden_goal(story: Story, claim: str, form: str) -> None:
    story.edit(MOSES, "supports: [revenue, canary-plan]", "supports: revenue")
    adjust(claim)(story)
    assert "canary" not in diff(story, "HEAD", form).lower()


def test_a_hidden_goal_that_lived_on_a_branch_only_leaves_no_trace(story: Story) -> None:
    plan = TEAM_GOAL.replace("canary-plan", "canary-branch")
    story.git("checkout", "--quiet", "-b", "work")
    story.edit(TEAM, TEAM_GOAL, TEAM_GOAL + plan)
    story.commit("added", "2017-07-02")
    story.edit(TEAM, plan, "")
    adjust("      - {field: supports, was: [revenue, canary-branch], now: [revenue, canary-plan]}\n")(story)
    story.commit("removed", "2017-07-03")
    for form in ("text", "markdown", "json"):
        assert "canary" not in diff(story, "main", form).lower()
    story.git("checkout", "--quiet", "main")
    story.git("merge", "--quiet", "--no-ff", "work", "--message", "merge", day="2017-07-04")
    done = run_build(story.folder)
    assert done.code == 0, done.output
    assert bytes_with_canaries(done.site) == []


def test_a_hidden_goal_is_new_to_the_team_also_if_its_owner_is_renamed_too(story: Story) -> None:
    shown = SHOWN.replace("id: public-talks\n", "id: public-talks\n    formerly: canary-talks\n")
    text = story.read(MOSES).replace(HIDDEN, shown).replace("moses-frase", "mo").replace("canary-plan", "revenue")
    story.write("sellers/mo.yaml", text.replace("formerly: [moses-f]\n", "") + "formerly: [moses-frase]\n")
    (story.goals / MOSES).unlink()
    assert "canary" not in diff(story, "HEAD", "text").lower()


def test_a_goal_renamed_while_it_is_hidden_is_not_owed_any_more(story: Story) -> None:
    visible = SHOWN.replace("public", "canary").replace("Public", "Canary")
    story.edit(MOSES, HIDDEN, visible)
    story.commit("shown by mistake", "2017-07-02")
    renamed = "    visibility: leaders\n    formerly: canary-talks\n"
    story.edit(MOSES, "id: canary-talks\n", f"id: canary-speeches\n{renamed}")
    assert "canary" not in diff(story, "HEAD", "text").lower()
