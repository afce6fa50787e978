"""Another period: it ends the comparison of goals that were closed, and of no other."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from goal_handbook.cli import main

from ..changes.story import Story
from .cases import BOOK, LEADER, MOSES, TEAM, Case, Edit, both, cases, edit, matches, prepare, refused


def base(*edits: Edit) -> tuple[tuple[str, Edit], ...]:
    """What main has beside the house, committed on the day of the base."""
    return tuple(("2017-07-20", one) for one in edits)


PERIODS = ('{name: "2017", start: 2017-01-01, end: 2017-12-31}', '{name: "2018", start: 2018-01-01, end: 2018-12-31}')
NEXT = edit(BOOK, *PERIODS)
FAR = edit(BOOK, PERIODS[0], '{name: "2016", start: 2016-01-01, end: 2016-12-31}')
WITH_DATES = both(
    *(
        edit(path, f"  - id: {goal}\n", f"  - id: {goal}\n    start: 2017-01-01\n    due: 2017-12-31\n")
        for path, goal in (
            (TEAM, "revenue"),
            (LEADER, "joint-visits"),
            (LEADER, "coaching"),
            (MOSES, "new-business"),
            (MOSES, "negotiation"),
        )
    )
)


def closed(path: str, goal: str, result: str = "partly") -> Edit:
    """A goal that is closed."""
    return edit(path, f"  - id: {goal}\n", f"  - id: {goal}\n    closed: {{on: 2017-07-20, result: {result}}}\n")


ALL_CLOSED = both(
    closed(TEAM, "revenue"),
    closed(LEADER, "joint-visits"),
    closed(LEADER, "coaching"),
    closed(MOSES, "new-business"),
    closed(MOSES, "negotiation"),
)

ATTACKS = (
    Case(
        "another period begins, and a target is lower",
        both(NEXT, edit(MOSES, "target: 260_000", "target: 100_000")),
        (("GH601", "target: 100_000"), ("GH609", "period:")),
        base(WITH_DATES),
        today="2018-01-10",
    ),
    Case(
        "the period is put into the past, and a goal removed",
        both(FAR, lambda story: story.write(MOSES, story.read(MOSES).partition("  - id: negotiation")[0])),
        (("GH606", "goals:"), ("GH609", "period:")),
        base(WITH_DATES),
    ),
    Case(
        "another period begins, and one goal of five is closed first",
        both(NEXT, edit(MOSES, "target: 260_000", "target: 100_000")),
        (("GH601", "target: 100_000"), ("GH609", "period:")),
        base(WITH_DATES, closed(MOSES, "negotiation")),
        today="2018-01-10",
    ),
    Case(
        "the goals are closed in the change that lowers one of them",
        both(NEXT, ALL_CLOSED, edit(MOSES, "target: 260_000", "target: 100_000")),
        (("GH601", "target: 100_000"), ("GH609", "period:")),
        base(WITH_DATES),
        today="2018-01-10",
    ),
    Case(
        "another period moves the dates of goals that leave them to it",
        FAR,
        (("GH601", "period:"), ("GH601", "period:"), ("GH609", "period:")),
    ),
    Case(
        "the end of the period moves, and no goal leaves its dates to it",
        edit(BOOK, "end: 2017-12-31", "end: 2018-06-30"),
        (("GH609", "period:"),),
        base(WITH_DATES),
    ),
)


def of_2018(story: Story) -> None:
    """The goals of another year in the place of those that were closed."""
    NEXT(story)
    for path in (MOSES, TEAM, LEADER):
        lines = (line for line in story.read(path).splitlines(keepends=True) if "closed:" not in line)
        story.write(path, "".join(lines).replace("2017", "2018"))
    story.edit(MOSES, "target: 260_000", "target: 300_000")


BEGUN = Case("a new period begins", of_2018, (("GH609", "period:"),), base(ALL_CLOSED), today="2018-12-31")
LEFT = Case(
    "a new period begins, and somebody who left still had open goals",
    of_2018,
    (("GH609", "period:"),),
    base(
        closed(TEAM, "revenue"),
        closed(LEADER, "joint-visits"),
        closed(LEADER, "coaching"),
        edit(MOSES, "team: central\n", "team: central\nleft: 2017-07-31\n"),
    ),
    today="2018-12-31",
)


@cases(ATTACKS)
def test_an_attack_is_refused_where_it_is(case: Case, template: Path, tmp_path: Path) -> None:
    found = refused(prepare(case, template, tmp_path / "repository"), today=case.today)
    assert matches(found, case.expected), found


@cases((BEGUN, LEFT), counted=False)
def test_a_new_period_is_told_and_nothing_of_it_is_refused(case: Case, template: Path, tmp_path: Path) -> None:
    found = refused(prepare(case, template, tmp_path / "repository"), today=case.today)
    assert matches(found, case.expected), found


def test_the_log_tells_of_a_target_that_was_lowered_while_the_period_was_another(
    template: Path, tmp_path: Path
) -> None:
    story = prepare(ATTACKS[0], template, tmp_path / "repository")
    story.commit("another period", "2017-07-25")
    story.edit(BOOK, *reversed(PERIODS))
    story.commit("and back", "2017-07-26")
    log = run(story, "log", "moses-frase/new-business", "--as-of", "2017-07-31")
    assert "$260,000 → $100,000" in log


def test_the_log_of_a_new_period_begins_with_it(template: Path, tmp_path: Path) -> None:
    story = prepare(BEGUN, template, tmp_path / "repository")
    story.commit("the goals of 2018", "2018-01-02")
    log = run(story, "log", "moses-frase/new-business", "--as-of", "2018-12-31")
    assert "300,000" in log
    assert "260,000 by" not in log


def test_a_diff_shows_the_settings_of_a_new_period(template: Path, tmp_path: Path) -> None:
    shown = run(prepare(BEGUN, template, tmp_path / "repository"), "diff", "main", "--as-of", "2018-12-31")
    assert "period name: 2017 → 2018" in shown
    assert "Nothing." not in shown


def run(story: Story, command: str, *arguments: str) -> str:
    """What a command says of the repository."""
    result = CliRunner().invoke(main, [command, *arguments, "--dir", str(story.goals)])
    assert result.exit_code == 0, result.output
    return result.output
