"""The lists of goals that chapters ask for in words."""

from __future__ import annotations

import pytest

from goal_handbook.status.assessment import assess
from goal_handbook.views.context import ViewContext
from goal_handbook.views.query import GOALS_SHOWN, goal_list, read_query

from ..status.make import case, day, handbook, number, paper

#: Off track: a fifth of the time is left for all of the way. On track: as far as the line from start to target.
BEHIND = number(("2017-10-15", "10"))
AHEAD = number(("2017-10-15", "90"))
BOOK = handbook(
    {
        "ana": {"team": "city", "goals": [{"id": "late"} | BEHIND, {"id": "fine"} | AHEAD]},
        "ben": {"team": "coast", "goals": [{"id": "exam", "kind": "education", "due": "2017-11-30", "landmarks": [paper("a", "2017-11-30")]}]},
    },
    {
        "region": {"leader": "lea", "goals": [{"id": "sum"} | AHEAD]},
        "city": {"part_of": "region", "goals": [{"id": "early", "due": "2017-10-31"} | number(("2017-10-15", "99"))]},
        "coast": {"part_of": "region"},
    },
    {"lea": {"goals": [{"id": "talk", "kind": "support", "landmarks": [paper("a", "2017-12-01")]}]}},
)  # fmt: skip


def listed(words: str) -> list[str]:
    selection, problems = read_query(BOOK, words.split())
    assert problems == []
    return [row.ref.full_id for row in goal_list(ViewContext(assess(BOOK, day("2017-10-15"))), selection).rows]


@pytest.mark.parametrize(
    ("words", "goals"),
    [
        case("all of them, the worst first, then what is due first",
             "", ["ana/late", "city/early", "ana/fine", "region/sum", "ben/exam", "lea/talk"]),
        case("a team's, its sellers' and its subteams'",
             "team=region", ["ana/late", "city/early", "ana/fine", "region/sum", "ben/exam"]),
        case("of two teams", "team=coast,city", ["ana/late", "city/early", "ana/fine", "ben/exam"]),
        case("of one of these people or teams", "owner=lea,region", ["region/sum", "lea/talk"]),
        case("of a kind", "kind=education,support", ["ben/exam", "lea/talk"]),
        case("with one of these statuses", "status=off-track,needs-accounting", ["ana/late"]),
        case("due before a day, and not on it", "due-before=2017-11-30", ["city/early"]),
        case("due on the day before", "due-before=2017-12-01", ["city/early", "ben/exam"]),
        case("all filters have to fit", "team=region kind=production owner=ana status=on-track", ["ana/fine"]),
        case("none", "team=coast kind=skill", []),
    ],
)  # fmt: skip
def test_a_list_has_the_goals(words: str, goals: list[str]) -> None:
    assert listed(words) == goals


def test_a_list_says_how_far_each_goal_is() -> None:
    selection, _ = read_query(BOOK, ["team=region"])
    rows = goal_list(ViewContext(assess(BOOK, day("2017-10-15"))), selection).rows
    assert [(row.progress.reading if row.progress else row.landmarks) for row in rows] == [
        "10 deals", "99 deals", "90 deals", "90 deals", "0 of 1 landmark met",
    ]  # fmt: skip


@pytest.mark.parametrize(("count", "shown", "more"), [(GOALS_SHOWN, 50, 0), (GOALS_SHOWN + 1, 50, 1)])
def test_a_page_does_not_grow_with_the_organisation(count: int, shown: int, more: int) -> None:
    book = handbook({"ana": {"goals": [{"id": f"g{n}"} | AHEAD for n in range(count)]}})
    found = goal_list(ViewContext(assess(book, day("2017-10-15"))), read_query(book, [])[0])
    assert (len(found.rows), found.more) == (shown, more)


@pytest.mark.parametrize(
    ("words", "messages"),
    [
        (["status=of-track"], ['unknown status "of-track"; did you mean "off-track"?']),
        (["kind="], ['unknown kind ""; use one of production, education, skill, improvement, support']),
        (["central"], ['unknown filter "central"; write filter=value; the filters are team, owner, kind, status, due-before']),
        (["team=city,rigion", "owner=nobody"], ['unknown team "rigion"; did you mean "region"?', 'unknown owner "nobody"; an id is']),
        (["due-before=soon"], ['"soon" is not a date; ']),
    ],
)  # fmt: skip
def test_every_mistake_is_named_with_help(words: list[str], messages: list[str]) -> None:
    _, problems = read_query(BOOK, words)
    for problem, message in zip(problems, messages, strict=True):
        assert f"{problem.message}; {problem.help}".startswith(message)
