"""The one table of terms: what each can hold, and that a new row is enough for a new term."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from goal_handbook.model import terms
from goal_handbook.model.goal import Goal
from goal_handbook.model.records import FieldChange
from goal_handbook.model.support import Support
from goal_handbook.model.terms import GOAL_TERMS, LANDMARK_TERMS, Term, Value, spell, term_ref, terms_of
from goal_handbook.model.values import parse_day, parse_text
from goal_handbook.source.emit import as_yaml

WRITTEN = {
    "id": "g",
    "title": "Win deals",
    "why": "Because",
    "supports": ["revenue", "west/revenue"],
    "start": "2017-01-01",
    "due": "2017-12-31",
    "measure": {"unit": "deals", "target": "10", "from": "2"},
    "landmarks": [{"id": "q2", "due": "2017-06-30", "value": "5", "title": "Half-way"}],
}
GOAL = Goal.model_validate(WRITTEN)
CADENCE = Goal.model_validate(
    WRITTEN | {"measure": {"cadence": {"times": "1", "per": "week", "with": "team", "minutes": ["30", "45"]}}}
)


@pytest.mark.parametrize("name", [*GOAL_TERMS, *(f"landmarks.q2.{part}" for part in LANDMARK_TERMS)])
def test_what_is_put_can_be_got(name: str) -> None:
    goal = CADENCE if name.startswith("cadence") else GOAL
    ref, value = term_ref(name), EXAMPLES[name.rpartition("landmarks.q2.")[2]]
    assert ref
    assert ref.get(ref.put(goal, value)) == value
    assert ref.parse(spell(value)) == value


EXAMPLES: dict[str, Any] = {
    "target": Decimal(12),
    "from": Decimal("1.5"),
    "unit": "visits",
    "hold": "at_most",
    "rollup": "sum",
    "start": parse_day("2017-02-01"),
    "due": parse_day("2017-11-30"),
    "tolerance": Decimal(2),
    "over": "3 months",
    "prorate": True,
    "supports": (
        Support(goal="revenue"),
        Support(goal="west/revenue", until=parse_day("2017-06-30"), share=Decimal("0.5")),
    ),
    "title": "Win more deals",
    "kind": "skill",
    "visibility": "leaders",
    "why": "So",
    "cadence.times": 3,
    "cadence.per": "month",
    "cadence.with": "each-seller",
    "cadence.minutes": (20, 30),
    "cadence.hours": (1, 2),
    "cadence.days": (1, 1),
    "value": Decimal(7),
    "deliver": "A paper",
    "done": parse_day("2017-06-29"),
}


@pytest.mark.parametrize(
    ("name", "can_be_absent"),
    [
        ("from", True),
        ("hold", True),
        ("rollup", True),
        ("supports", True),
        ("target", False),
        ("due", False),
        ("landmarks.q2.value", True),
        ("landmarks.q2.deliver", True),
        ("landmarks.q2.done", True),
        ("landmarks.q2.due", False),
    ],
)
def test_a_term_is_taken_away_only_where_a_goal_can_do_without(name: str, can_be_absent: bool) -> None:
    ref = term_ref(name)
    assert ref
    value = EXAMPLES[name.removeprefix("landmarks.q2.")]
    goal = ref.put(GOAL, value)
    assert ref.get(ref.put(goal, None)) == (None if can_be_absent else value)


@pytest.mark.parametrize(
    ("field", "was", "code"),
    [
        ("target", "many", "GH105"),
        ("due", "2017-13-01", "GH106"),
        ("hold", "about", "GH108"),
        ("cadence.times", "often", "GH105"),
        ("cadence.times", "0", "GH105"),
        ("cadence.per", "fortnight", "GH108"),
        ("cadence.minutes", "30, 45, 60", "GH104"),
        ("kind", "hobby", "GH108"),
        ("cadence.with", "each seller", "GH107"),
        ("supports", "Not an id!", "GH107"),
        ("checkins.2017-06-30", "much", "GH105"),
        ("target", {"a": "b"}, "GH104"),
        ("targets", "5", "GH108"),
        ("checkins.2017-02-30", "5", "GH106"),
    ],
)
def test_an_adjustment_cannot_say_what_the_term_cannot_hold(field: str, was: object, code: str) -> None:
    with pytest.raises(ValidationError) as refused:
        FieldChange.model_validate({"field": field, "was": was})
    assert [error["type"] for error in refused.value.errors()] == [code]


@pytest.mark.parametrize("written", [[], "[]", ["none"], "none"])
def test_no_goals_can_be_written_as_a_list_too(written: object) -> None:
    assert FieldChange.model_validate({"field": "supports", "was": written}).was is None


@pytest.mark.parametrize("word", ["", "none", "dropped"])
def test_absent_is_written_in_three_ways(word: str) -> None:
    assert FieldChange(field="target", was=word, now="5").was is None


@pytest.mark.parametrize(
    ("value", "spelled", "in_yaml"),
    [
        (None, "", "none"),
        (Decimal("260000"), "260000", "260_000"),
        (Decimal("9500"), "9500", "9500"),
        (Decimal("10.50"), "10.5", "10.5"),
        (("a", "b/c"), "a, b/c", "[a, b/c]"),
        (("a",), "a", "a"),
        ("a: b", "a: b", '"a: b"'),
        ('Exam "A" passed', 'Exam "A" passed', 'Exam "A" passed'),
        ("- x", "- x", '"- x"'),
        (True, "yes", "yes"),
    ],
)
def test_a_value_has_one_spelling(value: Value, spelled: str, in_yaml: str) -> None:
    assert (spell(value), as_yaml(value)) == (spelled, in_yaml)


def test_only_agreed_terms_need_an_adjustment() -> None:
    assert {ref.name for ref, _ in terms_of(GOAL)} == {
        "target", "from", "unit", "start", "due", "supports", "kind", "visibility", "landmarks.q2.due",
        "landmarks.q2.value",
    }  # fmt: skip
    assert {ref.name for ref, _ in terms_of(GOAL, agreed=False)} == {"title", "why", "landmarks.q2.title"}


def test_a_new_row_is_a_new_term(monkeypatch: pytest.MonkeyPatch) -> None:
    """One row, and `fits` can be adjusted, undone, compared, checked and located."""
    from goal_handbook.changes.compare import compare
    from goal_handbook.changes.kinds import TermChanged
    from goal_handbook.changes.renames import Renames
    from goal_handbook.changes.snapshot import HandbookSnapshot, OwnerSnapshot
    from goal_handbook.model.people import Seller
    from goal_handbook.rules.consistency import goal_problems
    from goal_handbook.status.as_of import goal_on

    monkeypatch.setattr(terms, "GOAL_TERMS", {**GOAL_TERMS, "fits": Term("fits", parse_text, ("fits",), empty="")})
    terms.term_ref.cache_clear()
    try:
        now = GOAL.model_copy(update={"fits": "It opens the south."})
        change = {"field": "fits", "was": "It opens the north.", "now": "It opens the south."}
        adjusted = Goal.model_validate(
            WRITTEN | {"fits": now.fits, "adjustments": [{"on": "2017-05-10", "changes": [change]}]}
        )
        seller = Seller(id="ana", name="Ana", team="north")

        def snapshot(goal: Goal) -> HandbookSnapshot:
            return HandbookSnapshot(None, {"ana": OwnerSnapshot(seller.model_copy(update={"goals": (goal,)}))})

        # undone: before the adjustment the goal had its old value
        before = goal_on(adjusted, parse_day("2017-05-09"))
        assert before.fits == "It opens the north."
        # compared: a silent change of it is a change of an agreed term, and the adjustment explains it
        (silent,) = compare(snapshot(before), snapshot(now), Renames())
        assert isinstance(silent, TermChanged)
        assert (silent.ref.name, silent.explained_by) == ("fits", None)
        explained, _ = compare(snapshot(before), snapshot(adjusted), Renames())
        assert isinstance(explained, TermChanged)
        assert explained.explained_by == adjusted.adjustments[0]
        # located: in the file of the goal
        assert silent.ref.path(now) == ("fits",)
        # checked: the adjustment and the goal must say the same
        contradicting = adjusted.model_copy(update={"fits": "It opens the west."})
        assert [p.code for p in goal_problems(seller, contradicting, parse_day("2017-12-31"))] == ["GH205"]
    finally:
        terms.term_ref.cache_clear()
