"""Whatever was taken out of the files since is in no snapshot for the team."""

from __future__ import annotations

from pathlib import Path

import pytest

from ..changes.story import Story
from .book import DUSTIN, MOSES, TEAM, Step, add, edit, places_with, remove, site_of

DAY = "2017-03-31"
#: Where the first goal of the seller ends, so that something can be added to it.
END = "\n  - id: negotiation\n"
GOAL = """  - id: talks
    title: Talks
    kind: skill
    why: Canary
    landmarks: [{id: one, due: 2017-12-31, deliver: Canary talks}]
"""
MEETINGS = """  - id: meetings
    title: Meet
    kind: support
    measure: {cadence: {times: 1, per: month, with: each-seller}}
    sessions: [{on: 2017-03-08, with: WITH, note: We talked}]
"""
HIDDEN = GOAL.replace("kind: skill", "kind: skill\n    visibility: leaders")
ANNA = "name: Anna Canary\nteam: central\ntitle: Account executive\ngoals:\n" + GOAL


def record(text: str) -> Step:
    """Write records into the seller's first goal; the house has its own in other lists."""
    return edit(MOSES, END, f"\n    {text}{END}")


def and_then(*steps: Step) -> Step:
    def take(story: Story) -> None:
        for step in steps:
            step(story)

    return take


def in_list(name: str, item: str) -> Step:
    """Add an item to a list of the seller's first goal."""
    return edit(MOSES, f"    {name}:\n", f"    {name}:\n      - {item}\n")


def without(item: str) -> Step:
    return edit(MOSES, f"      - {item}\n", "")


ACCOUNTING = "accountings: [{landmark: q1, on: 2017-03-25, why: WHY, action: recover, plan: [{do: STEP, who: WHO}]}]"
ADJUSTMENT = 'adjustments: [{on: 2017-03-02, by: moses-frase, why: WHY, changes: [{field: title, was: WAS, now: "Close 260,000 of new business"}]}]'
Q1 = edit(MOSES, "    landmarks:\n", "    landmarks:\n      - {id: q1, due: 2017-03-20, value: 70_000}\n")


def accounting(why: str = "A reason", step: str = "A step", who: str = "moses-frase") -> str:
    return ACCOUNTING.replace("WHY", why).replace("STEP", step).replace("WHO", who)


def adjustment(why: str = "Too much", was: str = "An older title") -> str:
    return ADJUSTMENT.replace("WHY", why).replace("WAS", was)


def case(sentence: str, first: Step, later: Step, *between: Step) -> object:
    return pytest.param(first, between, later, id=sentence)


#: What each version of the files has: until the day of the snapshot, for a time after it, and today.
CASES = [
    case(
        "the reason for a goal is rewritten",
        edit(MOSES, "why: A fifth over", "why: A canary over"),
        edit(MOSES, "why: A canary over", "why: A fifth over"),
    ),
    case(
        "an action is dropped",
        edit(MOSES, "    actions:\n", "    actions:\n      - See a canary\n"),
        edit(MOSES, "      - See a canary\n", ""),
    ),
    case(
        "how it fits is rewritten",
        edit(MOSES, "fits: Every point", "fits: Every canary"),
        edit(MOSES, "fits: Every canary", "fits: Every point"),
    ),
    case(
        "the note of a review is removed",
        in_list("reviews", "{on: 2017-03-10, by: moses-frase, note: Canary}"),
        edit(MOSES, ", note: Canary}", "}"),
    ),
    case(
        "the question of a review is removed",
        in_list("reviews", "{on: 2017-03-10, by: moses-frase, next: Canary?}"),
        edit(MOSES, ", next: Canary?}", "}"),
    ),
    case(
        "a whole review is removed",
        in_list("reviews", "{on: 2017-03-10, by: moses-frase, note: Canary}"),
        without("{on: 2017-03-10, by: moses-frase, note: Canary}"),
    ),
    case(
        "the note of a reading is removed",
        in_list("checkins", "{on: 2017-03-10, value: 50_000, note: Canary}"),
        edit(MOSES, ", note: Canary}", "}"),
    ),
    case(
        "the note of a reading in a CSV file is removed",
        add("readings/crm.csv", "goal,on,value,note\nmoses-frase/new-business,2017-03-10,50000,Canary\n"),
        edit("readings/crm.csv", "Canary", ""),
    ),
    case(
        "what was understood is removed",
        edit(MOSES, "dustin-brinkmann]}\n    checkins", "dustin-brinkmann], understood: Canary}\n    checkins"),
        edit(MOSES, ", understood: Canary}", "}"),
    ),
    case(
        "the reason of an accounting is rewritten",
        and_then(Q1, record(accounting(why="Canary"))),
        edit(MOSES, "why: Canary", "why: Another"),
    ),
    case(
        "a step of a plan is rewritten",
        and_then(Q1, record(accounting(step="Canary"))),
        edit(MOSES, "do: Canary", "do: Another"),
    ),
    case(
        "an accounting is removed",
        and_then(Q1, record(accounting(why="Canary"))),
        edit(MOSES, "\n    " + accounting(why="Canary"), ""),
    ),
    case(
        "the reason of an adjustment is rewritten",
        record(adjustment(why="Canary talk")),
        edit(MOSES, "why: Canary talk", "why: Other talk"),
    ),
    case(
        "an adjustment that quotes a text is removed",
        record(adjustment(was="Canary")),
        edit(MOSES, "\n    " + adjustment(was="Canary"), ""),
    ),
    case(
        "a landmark is called something else",
        edit(MOSES, "deliver: Course finished", "deliver: Course finished, title: Canary"),
        edit(MOSES, ", title: Canary", ""),
    ),
    case(
        "something else is to be delivered",
        edit(MOSES, "deliver: Exam passed", "deliver: Canary passed"),
        edit(MOSES, "deliver: Canary passed", "deliver: Exam passed"),
    ),
    case(
        "a goal has another title",
        edit(MOSES, "title: Complete the negotiation", "title: Canary the negotiation"),
        edit(MOSES, "title: Canary the negotiation", "title: Complete the negotiation"),
    ),
    case(
        "the note of a closing is removed",
        edit(MOSES, END, f"\n    closed: {{on: 2017-03-15, result: dropped, note: Canary}}{END}"),
        edit(MOSES, ", note: Canary}", "}"),
    ),
    case("a goal is removed", add(MOSES, GOAL), edit(MOSES, GOAL, "")),
    case("a goal of a team is removed", add(TEAM, GOAL), edit(TEAM, GOAL, "")),
    case("a goal of a leader is removed", add(DUSTIN, GOAL), edit(DUSTIN, GOAL, "")),
    case(
        "a goal is removed and its id used for another",
        add(MOSES, GOAL.replace("Canary", "Nothing").replace("title: Talks", "title: Talks\n    measure: {unit: canaries, target: 9}")),
        add(MOSES, GOAL.replace("Canary", "Nothing").replace("title: Talks", "title: Something else")),
        edit(MOSES, GOAL.replace("Canary", "Nothing").replace("title: Talks", "title: Talks\n    measure: {unit: canaries, target: 9}"), ""),
    ),
    case(
        "a goal is renamed without a word",
        add(MOSES, GOAL.replace("id: talks", "id: canary-talks").replace("Canary", "Some")),
        edit(MOSES, "id: canary-talks", "id: talks"),
    ),
    case("a goal is hidden", add(MOSES, GOAL), edit(MOSES, GOAL, HIDDEN)),
    case(
        "a goal is hidden and renamed",
        add(MOSES, GOAL),
        edit(MOSES, GOAL, HIDDEN.replace("id: talks", "id: speeches\n    formerly: talks")),
    ),
    case("a goal was hidden and is removed", add(MOSES, HIDDEN), edit(MOSES, HIDDEN, "")),
    case("a goal was hidden and is shown", add(MOSES, HIDDEN), edit(MOSES, HIDDEN, GOAL)),
    case("a goal was hidden for a time", add(MOSES, GOAL), edit(MOSES, HIDDEN, GOAL), edit(MOSES, GOAL, HIDDEN)),
    case(
        "a supported goal is hidden",
        and_then(
            add(TEAM, GOAL.replace("id: talks", "id: canary-talks")),
            edit(MOSES, "supports: revenue", "supports: [revenue, canary-talks]"),
        ),
        edit(TEAM, "kind: skill", "kind: skill\n    visibility: leaders"),
    ),
    case("a person is removed", add("sellers/anna.yaml", ANNA), remove("sellers/anna.yaml")),
    case(
        "a person is removed who has left",
        add("sellers/anna.yaml", ANNA + "left: 2017-03-15\n"),
        remove("sellers/anna.yaml"),
    ),
    case(
        "a person is removed who took part in decisions of others",
        and_then(
            add("sellers/canary.yaml", ANNA),
            Q1,
            record(accounting(who="canary").replace("why:", "by: [moses-frase, canary], why:")),
            in_list("reviews", "{on: 2017-03-10, by: [moses-frase, canary]}"),
            add(DUSTIN, MEETINGS.replace("WITH", "[moses-frase, canary]")),
        ),
        and_then(
            remove("sellers/canary.yaml"),
            edit(MOSES, "by: [moses-frase, canary], why:", "why:"),
            edit(MOSES, ", who: canary", ""),
            edit(MOSES, "by: [moses-frase, canary]}", "by: moses-frase}"),
            edit(DUSTIN, "[moses-frase, canary]", "moses-frase"),
        ),
    ),
    case(
        "a person has another name",
        edit(MOSES, "name: Moses Frase", "name: Canary Frase"),
        edit(MOSES, "name: Canary Frase", "name: Moses Frase"),
    ),
    case(
        "a person has another id, and nothing says so",
        add("sellers/canary.yaml", ANNA.replace("Canary", "Abel")),
        and_then(remove("sellers/canary.yaml"), add("sellers/anna.yaml", ANNA.replace("Canary", "Abel"))),
    ),
    case(
        "a person's id is given to another",
        add("sellers/anna.yaml", ANNA.replace("Canary", "Abel").replace("id: talks", "id: canary")),
        add("sellers/anna.yaml", ANNA.replace("Anna Canary", "Anna Bo").replace("id: talks", "id: canary")),
        remove("sellers/anna.yaml"),
    ),
    case(
        "a person has another job title",
        edit(MOSES, "team: central\n", "team: central\ntitle: Canary\n"),
        edit(MOSES, "title: Canary\n", "title: Seller\n"),
    ),
    case(
        "a leave is removed",
        edit(MOSES, "team: central\n", "team: central\naway: [{from: 2017-03-25, to: 2017-04-05, note: Canary}]\n"),
        edit(MOSES, "away: [{from: 2017-03-25, to: 2017-04-05, note: Canary}]\n", ""),
    ),
    case(
        "a last day is taken back",
        edit(MOSES, "team: central\n", "team: central\ntitle: Canary\nleft: 2017-12-30\n"),
        edit(MOSES, "title: Canary\nleft: 2017-12-30\n", ""),
    ),
    case("the market is seen in another way", edit(TEAM, "Medical buyers", "Canary buyers"), edit(TEAM, "Canary buyers", "Medical buyers")),
    case(
        "a capacity is called something else",
        edit(TEAM, "  market:", "  capacity: [{what: Canaries, limit: 9, unit: birds}]\n  market:"),
        edit(TEAM, "what: Canaries", "what: Birds"),
    ),
    case("a team has another name", edit(TEAM, "name: Central", "name: Canary"), edit(TEAM, "name: Canary", "name: Central")),
    case("a team that is gone had goals", add("teams/south.yaml", "name: South\ngoals:\n" + GOAL), remove("teams/south.yaml")),
    case("the house has another name", edit("handbook.yaml", "name: MavenTech", "name: Canary"), edit("handbook.yaml", "name: Canary", "name: MavenTech")),
]  # fmt: skip


@pytest.fixture
def story(tmp_path: Path) -> Story:
    story = Story(tmp_path)
    story.commit("The goals of 2017", "2017-01-20")
    return story


@pytest.mark.parametrize("is_committed", [True, False], ids=["committed", "not committed yet"])
@pytest.mark.parametrize(("first", "between", "later"), CASES)
def test_what_is_taken_out_is_in_no_snapshot(
    story: Story, first: Step, between: tuple[Step, ...], later: Step, is_committed: bool
) -> None:
    first(story)
    story.commit("until then", "2017-03-01")
    for step in between:
        step(story)
        story.commit("for a time", "2017-05-01")
    later(story)
    if is_committed:
        story.commit("today", "2017-06-01")
    assert places_with(site_of(story, DAY), "canar") == []
    assert places_with(site_of(story, DAY, audience="leaders"), "canar") != []


#: Words that were taken back, and the pages of that day where they would be read, beside the page they were written for.
PLACES = [
    pytest.param(
        ["leaders/dustin-brinkmann", "reviews/index"],
        and_then(
            Q1, record(accounting(step="Canary", who="dustin-brinkmann").replace("who:", "due: 2017-03-29, who:"))
        ),
        edit(MOSES, "do: Canary", "do: Another"),
        id="a step that somebody else has promised is among their next steps",
    ),
    pytest.param(
        ["leaders/dustin-brinkmann", "reviews/index"],
        in_list("reviews", "{on: 2017-03-10, by: [moses-frase, dustin-brinkmann], next: Canary?}"),
        edit(MOSES, ", next: Canary?}", "}"),
        id="the question of a review is on the agenda",
    ),
    pytest.param(
        ["leaders/dustin-brinkmann", "reviews/index"],
        and_then(
            in_list("reviews", "{on: 2017-03-10, by: [moses-frase, dustin-brinkmann]}"),
            edit(MOSES, "deliver: Course finished, done: 2017-05-24", "deliver: Canary, done: 2017-03-25"),
        ),
        edit(MOSES, "deliver: Canary, done: 2017-03-25", "deliver: Course finished, done: 2017-03-25"),
        id="what was delivered since the last 1:1 is news on the agenda",
    ),
    pytest.param(
        ["leaders/dustin-brinkmann", "reviews/index", "teams/central", "people/index", "landmarks/index", "index"],
        add("sellers/anna.yaml", ANNA),
        remove("sellers/anna.yaml"),
        id="a person is on the lists, the agenda and the table of the team",
    ),
    pytest.param(
        ["changes/index", "changes/2017-03"],
        record(adjustment(why="Canary talk")),
        edit(MOSES, "why: Canary talk", "why: Other talk"),
        id="a decision is among the changes of its month",
    ),
]


@pytest.mark.parametrize(("places", "first", "later"), PLACES)
def test_it_is_not_on_the_pages_that_gather_it_from_others(
    story: Story, places: list[str], first: Step, later: Step
) -> None:
    first(story)
    story.commit("until then", "2017-03-28")
    later(story)
    story.commit("today", "2017-06-01")
    for_leaders = places_with(site_of(story, DAY, audience="leaders"), "canar")
    assert {f"at/{DAY}/{place}" for place in places} <= {*for_leaders}
    assert places_with(site_of(story, DAY), "canar") == []
