"""Which fields hold words of people: a new one is taken back like all the others."""

from __future__ import annotations

import pytest
from pydantic import BaseModel

from goal_handbook.model.free_text import TAKEN_BACK, free_texts, texts_in, with_words
from goal_handbook.model.goal import Goal, Landmark
from goal_handbook.model.people import Capacity, Context, Leader, Seller, Team
from goal_handbook.model.records import (
    Accounting,
    Adjustment,
    Agreement,
    CheckIn,
    Closing,
    FieldChange,
    PlanStep,
    Review,
    Session,
)


@pytest.mark.parametrize(
    ("model", "fields"),
    [
        (Team, {"name"}),
        (Seller, {"name", "title", "aliases", "motivation"}),
        (Leader, {"name", "title", "aliases"}),
        (Context, {"market"}),
        (Capacity, {"what", "note"}),
        (Goal, {"title", "why", "fits", "actions"}),
        (Landmark, {"deliver", "title"}),
        (CheckIn, {"note"}),
        (Session, {"note"}),
        (Agreement, {"understood", "note", "via"}),
        (Review, {"note", "next"}),
        (Accounting, {"why"}),
        (PlanStep, {"do"}),
        (Adjustment, {"why"}),
        (FieldChange, {"was", "now"}),
        (Closing, {"note", "carried_to"}),
    ],
)
def test_the_fields_with_words_of_people(model: type[BaseModel], fields: set[str]) -> None:
    assert free_texts(model)[0] == fields


GOAL = Goal.model_validate(
    {
        "id": "talks",
        "title": "Talks",
        "start": "2017-01-01",
        "due": "2017-12-31",
        "why": "A reason",
        "actions": ["One", "Two"],
        "landmarks": [{"id": "a", "due": "2017-06-30", "deliver": "A talk"}],
        "accountings": [
            {"landmark": "a", "on": "2017-07-01", "why": "Ill", "action": "recover", "plan": [{"do": "Rest"}]}
        ],
    }
)


def test_words_that_are_still_said_stay() -> None:
    assert with_words(GOAL, frozenset(texts_in(GOAL))) is GOAL


def test_other_words_go_and_everything_else_stays() -> None:
    seen = with_words(GOAL, {"Talks", "Two"})
    assert (seen.title, seen.why, seen.actions) == ("Talks", "", ("Two",))
    assert seen.landmarks[0] == GOAL.landmarks[0].model_copy(update={"deliver": ""})
    accounting = seen.accountings[0]
    assert (accounting.why, accounting.plan[0].do) == (TAKEN_BACK, TAKEN_BACK)
    assert (accounting.landmark, accounting.on, accounting.action) == ("a", GOAL.accountings[0].on, "recover")
