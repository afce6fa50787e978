"""What a goal supports is compared by the goal that is meant, and a term by its meaning, not by its spelling."""

from __future__ import annotations

from pathlib import Path

from ..changes.story import Story
from .cases import (
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

WEST, REGION, LEA = "teams/west.yaml", "teams/region.yaml", "leaders/lea-lund.yaml"


def team(name: str, leader: str = "lea-lund", more: str = "") -> str:
    """A team with a sum called revenue."""
    goal = "  - id: revenue\n    title: Revenue\n    measure: {unit: money, target: 90_000, rollup: sum}\n"
    return f"name: {name}\nleader: {leader}\n{more}goals:\n{goal}"


LEA_JOINED = write(LEA, "name: Lea Lund\n")
WEST_IS_THERE = both(LEA_JOINED, write(WEST, team("West")))
VISITS = "    title: A day in the field with each seller, every month\n"
BARE_AT_DUSTIN = edit(LEADER, VISITS, f"{VISITS}    supports: revenue\n")
IN_FULL_AT_DUSTIN = edit(LEADER, "supports: revenue", "supports: central/revenue")
TWO_REGIONS = both(
    LEA_JOINED,
    write(REGION, team("Region")),
    write("teams/union.yaml", team("Union")),
    edit(TEAM, "leader: dustin-brinkmann\n", "leader: dustin-brinkmann\npart_of: region\n"),
    edit(TEAM, "  - id: revenue\n", "  - id: revenue\n    supports: revenue\n"),
)
MOVED = "team: [{id: central}, {id: west, from: 2017-07-31}]"
SPLIT = "[{goal: central/revenue, until: 2017-07-30}, {goal: west/revenue, from: 2017-07-31}]"
COACHING = "    title: Learn to coach instead of giving answers\n"
CADENCE = edit(LEADER, COACHING, f"{COACHING}    measure: {{cadence: {{times: 1, per: month, with: [moses-frase]}}}}\n")


def before(*edits: Edit) -> tuple[tuple[str, Edit], ...]:
    """What main has beside the house, committed on the day of the base."""
    return tuple(("2017-07-20", one) for one in edits)


def renamed(path: str, new: str, formerly: str) -> Edit:
    """Another name for a file, with `formerly`."""

    def do(story: Story) -> None:
        text = story.read(path)
        (story.goals / path).unlink()
        story.write(new, text.replace("\n", f"\nformerly: [{formerly}]\n", 1))

    return do


ATTACKS = (
    Case(
        "a seller is put into another team from the start, whose revenue a bare id now means",
        edit(MOSES, "team: central", "team: west"),
        (("GH601", "supports: revenue"), ("GH611", "team: west")),
        before(WEST_IS_THERE),
    ),
    Case(
        "the first day in a new team is put before the goal began, within the days that may be written late",
        edit(MOSES, "team: central", "team: [{id: central}, {id: west, from: 2017-07-25}]"),
        (("GH601", "supports: [{goal: revenue, from: 2017-07-28}]"),),
        before(WEST_IS_THERE, edit(MOSES, "supports: revenue", "supports: [{goal: revenue, from: 2017-07-28}]")),
    ),
    Case(
        "a move is taken back, and a bare id means the old team again",
        edit(MOSES, "team: [{id: central}, {id: west, from: 2017-07-25}]", "team: central"),
        (("GH601", "supports: [{goal: revenue, from: 2017-07-28}]"),),
        before(
            WEST_IS_THERE,
            both(
                edit(MOSES, "team: central", "team: [{id: central}, {id: west, from: 2017-07-25}]"),
                edit(MOSES, "supports: revenue", "supports: [{goal: revenue, from: 2017-07-28}]"),
            ),
        ),
    ),
    Case(
        "a seller's goal supports another team's goal without a word",
        edit(MOSES, "supports: revenue", "supports: west/revenue"),
        (("GH601", "supports: west/revenue"),),
        before(WEST_IS_THERE),
    ),
    Case(
        "the old team's goal is spelled out as another team's",
        both(edit(MOSES, "team: central", MOVED), edit(MOSES, "supports: revenue", "supports: west/revenue")),
        (("GH601", "supports: west/revenue"),),
        before(WEST_IS_THERE),
    ),
    Case(
        "a team goes to another region, whose revenue its bare id now means",
        edit(TEAM, "part_of: region", "part_of: union"),
        (("GH601", "supports: revenue"),),
        before(TWO_REGIONS),
    ),
    Case(
        "a team's goal names another region's goal",
        edit(TEAM, "    supports: revenue\n", "    supports: union/revenue\n"),
        (("GH601", "supports: union/revenue"),),
        before(TWO_REGIONS),
    ),
    Case(
        "a leader gets another team that comes first by its name",
        edit(WEST, "name: West\nleader: lea-lund", "name: A West\nleader: dustin-brinkmann"),
        (("GH601", "supports: revenue"),),
        before(WEST_IS_THERE, BARE_AT_DUSTIN),
    ),
    Case(
        "a leader's second team is called otherwise, so that it comes first",
        edit(WEST, "name: West", "name: A West"),
        (("GH601", "supports: revenue"),),
        before(both(LEA_JOINED, write(WEST, team("West", "dustin-brinkmann"))), BARE_AT_DUSTIN),
    ),
    Case(
        "two leaders swap teams, and a bare id follows",
        both(
            edit(TEAM, "leader: dustin-brinkmann", "leader: lea-lund"),
            edit(WEST, "leader: lea-lund", "leader: dustin-brinkmann"),
        ),
        (("GH601", "supports: revenue"),),
        before(WEST_IS_THERE, BARE_AT_DUSTIN),
    ),
    Case(
        "a leader's goal names another team's goal",
        edit(LEADER, "supports: revenue", "supports: west/revenue"),
        (("GH601", "supports: west/revenue"),),
        before(WEST_IS_THERE, BARE_AT_DUSTIN),
    ),
    Case(
        "a goal is renamed, and another takes its id",
        both(
            edit(TEAM, "  - id: revenue\n", "  - id: income\n    formerly: [revenue]\n"),
            lambda story: story.write(TEAM, story.read(TEAM) + team("X").partition("goals:\n")[2]),
        ),
        (
            ("GH204", "formerly: [revenue]"),
            ("GH601", "    measure: {unit: money, target: 90_000, rollup: sum}"),
            ("GH601", "  - id: revenue"),
            ("GH601", "  - id: revenue"),
            ("GH604", "- id: revenue"),
            ("GH612", "on: 2017-07-10"),
        ),
    ),
    Case(
        "an old id goes to another goal, and a seller's bare id with it",
        both(
            edit(TEAM, "    formerly: [revenue]\n", ""),
            lambda story: story.write(TEAM, story.read(TEAM) + team("X").partition("goals:\n")[2]),
            edit(MOSES, "supports: income", "supports: revenue"),
        ),
        (("GH601", "supports: revenue"),),
        before(
            both(
                edit(TEAM, "  - id: revenue\n", "  - id: income\n    formerly: [revenue]\n"),
                edit(MOSES, "supports: revenue", "supports: income"),
            )
        ),
    ),
    Case(
        "an adjustment says the old goal, and the goal supports another team's",
        both(
            edit(MOSES, "supports: revenue", "supports: west/revenue"),
            adjustment("2017-07-31", "field: supports, was: revenue, now: central/revenue"),
        ),
        (("GH205", "field: supports"), ("GH607", "on: 2017-07-31"), ("GH608", "field: supports")),
        before(WEST_IS_THERE),
    ),
    Case(
        "a start value is written that is not the zero it was",
        edit(MOSES, "target: 260_000}", "from: 100_000, target: 260_000}"),
        (("GH601", "from: 100_000"),),
    ),
    Case(
        "a landmark's value becomes zero",
        edit(MOSES, "2017-06-30, value: 125_000", "2017-06-30, value: 0"),
        (("GH601", "2017-06-30, value: 0"),),
    ),
    Case(
        "a goal is hidden from the team",
        edit(MOSES, "    supports: revenue\n", "    supports: revenue\n    visibility: leaders\n"),
        (("GH601", "visibility: leaders"),),
    ),
    Case(
        "a hidden goal is shown to the team",
        edit(LEADER, "    visibility: leaders\n", ""),
        (("GH601", "- id: patience"),),
        before(
            edit(
                LEADER,
                "goals:\n",
                "goals:\n  - id: patience\n    title: Listen\n    kind: skill\n    visibility: leaders\n",
            )
        ),
    ),
    Case(
        "what a seller should learn becomes a production goal",
        edit(MOSES, "kind: education", "kind: production"),
        (("GH601", "kind: production"),),
    ),
    Case(
        "a production goal becomes one of learning by leaving out its kind",
        edit(MOSES, "    kind: production\n", "    kind: skill\n"),
        (("GH601", "kind: skill"),),
    ),
)

HONEST = (
    Case("a start value of zero is written out", edit(MOSES, "target: 260_000}", "from: 0, target: 260_000}")),
    Case(
        "a start value of zero is left out",
        edit(MOSES, "from: 0, ", ""),
        main=before(edit(MOSES, "target: 260_000}", "from: 0, target: 260_000}")),
    ),
    Case(
        "a start value is adjusted from the zero it had without saying so",
        both(
            edit(MOSES, "target: 260_000}", "from: 5_000, target: 260_000}"),
            adjustment("2017-07-31", "field: from, was: 0, now: 5_000"),
            agreement("2017-07-31"),
        ),
    ),
    Case(
        "a landmark's value is adjusted to zero",
        both(
            edit(MOSES, "2017-12-31, value: 260_000", "2017-12-31, value: 0"),
            adjustment("2017-07-31", "field: landmarks.year.value, was: 260_000, now: 0"),
            agreement("2017-07-31"),
        ),
    ),
    Case("a seller's goal is spelled out", edit(MOSES, "supports: revenue", "supports: central/revenue")),
    Case("a leader's goal is spelled out", IN_FULL_AT_DUSTIN, main=before(BARE_AT_DUSTIN)),
    Case(
        "a leader's goal is spelled out as a new leader takes over the team",
        both(IN_FULL_AT_DUSTIN, edit(TEAM, "leader: dustin-brinkmann", "leader: lea-lund")),
        main=before(LEA_JOINED, BARE_AT_DUSTIN),
    ),
    Case(
        "a team's goal is renamed, and the seller and the leader follow",
        both(
            edit(TEAM, "  - id: revenue\n", "  - id: income\n    formerly: [revenue]\n"),
            edit(LEADER, "supports: revenue", "supports: income"),
            edit(MOSES, "supports: revenue", "supports: income"),
        ),
        main=before(BARE_AT_DUSTIN),
    ),
    Case(
        "a team's goal is spelled out",
        edit(TEAM, "    supports: revenue\n", "    supports: region/revenue\n"),
        main=before(TWO_REGIONS),
    ),
    Case(
        "a team goes to another region, and its goal stays where it was, spelled out",
        both(
            edit(TEAM, "part_of: region", "part_of: union"),
            edit(TEAM, "    supports: revenue\n", "    supports: region/revenue\n"),
        ),
        main=before(TWO_REGIONS),
    ),
    Case(
        "a seller moves, and the goal stays with the old team under its whole name",
        both(edit(MOSES, "team: central", MOVED), edit(MOSES, "supports: revenue", "supports: central/revenue")),
        main=before(WEST_IS_THERE),
    ),
    Case("a seller moves, and nothing else changes", edit(MOSES, "team: central", MOVED), main=before(WEST_IS_THERE)),
    Case(
        "a seller moves, and the adjustment has the whole names where the goal had none",
        both(
            edit(MOSES, "team: central", MOVED),
            edit(MOSES, "supports: revenue", f"supports: {SPLIT}"),
            adjustment(
                "2017-07-31",
                "field: supports, was: central/revenue,"
                " now: [central/revenue until 2017-07-30, west/revenue from 2017-07-31]",
            ),
            agreement("2017-07-31"),
        ),
        main=before(WEST_IS_THERE),
    ),
    Case(
        "a seller moves, and the adjustment leaves out the teams where the goal has them",
        both(
            edit(MOSES, "team: central", MOVED),
            edit(MOSES, "supports: revenue", f"supports: {SPLIT}"),
            adjustment(
                "2017-07-31", "field: supports, was: revenue, now: [revenue until 2017-07-30, revenue from 2017-07-31]"
            ),
            agreement("2017-07-31"),
        ),
        main=before(WEST_IS_THERE),
    ),
    Case(
        "an adjusted goal is spelled out later, and the old adjustment has the short name",
        edit(MOSES, "supports: revenue", "supports: central/revenue"),
        main=before(
            both(
                edit(MOSES, "    supports: revenue\n", "    supports: revenue\n    prorate: yes\n"),
                adjustment(
                    "2017-07-20", "field: supports, was: none, now: revenue", "field: prorate, was: no, now: yes"
                ),
                agreement("2017-07-20"),
            )
        ),
    ),
    Case(
        "a team gets another id, and everybody follows",
        both(renamed(TEAM, "teams/middle.yaml", "central"), edit(MOSES, "team: central", "team: middle")),
        main=before(BARE_AT_DUSTIN),
    ),
    Case(
        "a person with whom a cadence is kept gets another id",
        both(
            renamed(MOSES, "sellers/moses.yaml", "moses-frase"),
            edit(LEADER, "with: [moses-frase]", "with: [moses]"),
            edit("sellers/moses.yaml", "by: [moses-frase,", "by: [moses,"),
            edit("sellers/moses.yaml", "by: [moses-frase,", "by: [moses,"),
            edit("sellers/moses.yaml", "by: [moses-frase,", "by: [moses,"),
            edit("sellers/moses.yaml", "by: [moses-frase,", "by: [moses,"),
        ),
        main=before(CADENCE),
    ),
    Case(
        "a kind and who sees it are adjusted, with a reason and agreed again",
        both(
            edit(MOSES, "    kind: production\n", "    kind: skill\n    visibility: leaders\n"),
            adjustment(
                "2017-07-31", "field: kind, was: production, now: skill", "field: visibility, was: team, now: leaders"
            ),
            agreement("2017-07-31"),
        ),
    ),
    Case(
        "who sees it is written out",
        edit(MOSES, "    kind: education\n", "    kind: education\n    visibility: team\n"),
    ),
    Case("a production goal leaves out its kind", edit(MOSES, "    kind: production\n", "")),
)


@cases(ATTACKS)
def test_an_attack_is_refused_where_it_is(case: Case, template: Path, tmp_path: Path) -> None:
    found = refused(prepare(case, template, tmp_path / "repository"), today=case.today)
    assert matches(found, case.expected), found


@cases(HONEST)
def test_an_honest_change_is_not_refused(case: Case, template: Path, tmp_path: Path) -> None:
    assert refused(prepare(case, template, tmp_path / "repository"), today=case.today) == []
