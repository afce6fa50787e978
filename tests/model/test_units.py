"""What can be a unit: a word. The reader and the schemas of editors say the same."""

from __future__ import annotations

import pytest
from jsonschema import Draft202012Validator
from pydantic import TypeAdapter
from pydantic_core import PydanticCustomError

from goal_handbook.model.measure import Unit, parse_unit
from goal_handbook.model.values import message_and_help

SCHEMA = Draft202012Validator(TypeAdapter(Unit).json_schema())

UNITS = (
    "money", "percent", "CAD", "deals", "m", "k", "B", "1:1s", "4x4s", "10-minute calls", "m²", "% of quota", "no",
    "Aufträge", "договоры", "件", " deals ", "3 D",
)  # fmt: skip

NO_UNITS = {
    "%": "did you mean percent?",
    " % ": "did you mean percent?",
    "€": "did you mean EUR?",
    "k€": "did you mean EUR?",
    "$": "did you mean money, or USD?",
    "US$": "did you mean money, or USD?",
    "£": "did you mean GBP?",
    "₽": "write money, percent or what is counted, e.g. deals",
    "#": "write money, percent or what is counted, e.g. deals",
    "30": "write money, percent or what is counted, e.g. deals (the number belongs in target)",
    "1_000": "write money, percent or what is counted, e.g. deals (the number belongs in target)",
    "900k": "write money, percent or what is counted, e.g. deals (the number belongs in target)",
    "1.2 M": "write money, percent or what is counted, e.g. deals (the number belongs in target)",
    "$900k": "did you mean money, or USD? (the number belongs in target)",
    "80%": "did you mean percent? (the number belongs in target)",
}


@pytest.mark.parametrize("text", UNITS)
def test_a_word_is_a_unit(text: str) -> None:
    assert parse_unit(text) == text.strip()
    assert SCHEMA.is_valid(text)


@pytest.mark.parametrize(("text", "help"), NO_UNITS.items(), ids=NO_UNITS)
def test_a_number_or_a_sign_is_no_unit(text: str, help: str) -> None:
    with pytest.raises(PydanticCustomError) as caught:
        parse_unit(text)
    assert caught.value.type == "GH108"
    assert message_and_help(caught.value) == (f'"{text.strip()}" is not a unit', help)
    assert not SCHEMA.is_valid(text)


def test_an_editor_reads_a_number_and_refuses_it_too() -> None:
    assert not SCHEMA.is_valid(30)
