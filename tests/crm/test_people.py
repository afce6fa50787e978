"""Whose a deal is: people by name, id or alias, several people in one field, and no wrong suggestion for any."""

from __future__ import annotations

import pytest

from goal_handbook.crm.people import People

from .house import bring_in, handbook, seller, table, totals

FILES = {
    "sellers/anna.yaml": seller("Anna Schäfer", more="aliases: [A. Schäfer, Anna@House.example, '123456']\n"),
    "sellers/bjorn.yaml": seller("Björn Köhler", more="aliases: [B. Köhler; Berlin, bk4]\n"),
    "sellers/rock-and-roll.yaml": seller("Rock and Roll"),
    "leaders/lee.yaml": "name: Lee\nmanaging_producer: yes\ngoals: []\n",
}


@pytest.mark.parametrize(
    "name",
    ["Anna Schäfer", "  anna   SCHÄFER ", "anna", "A. Schäfer", "anna@house.example", "ANNA@HOUSE.EXAMPLE", "123456"],
)
def test_a_person_is_known_by_any_of_their_names(name: str) -> None:
    done, findings = bring_in(table((name, "2017-01-10", 1)), FILES)
    assert findings == []
    assert totals(done) == {("anna", "2017-01-31"): 1}


@pytest.mark.parametrize(
    ("field", "names"),
    [
        ("Anna Schäfer", ["Anna Schäfer"]),
        ("Anna Schäfer; Björn Köhler", ["Anna Schäfer", "Björn Köhler"]),
        ("Anna Schäfer;Björn Köhler;", ["Anna Schäfer", "Björn Köhler"]),
        ("Anna Schäfer, bjorn", ["Anna Schäfer", "bjorn"]),
        ("Anna Schäfer/bjorn", ["Anna Schäfer", "bjorn"]),
        ("Anna Schäfer & Björn Köhler", ["Anna Schäfer", "Björn Köhler"]),
        ("Anna Schäfer AND Björn Köhler", ["Anna Schäfer", "Björn Köhler"]),
        ("Anna Schäfer and Björn Köhler", ["Anna Schäfer", "Björn Köhler"]),
        ("anna, bjorn and lee; 123456", ["anna", "bjorn", "lee", "123456"]),
        ("Anna Schäfer; Xaver", ["Anna Schäfer", "Xaver"]),
        ("Anna Schäfer, Xaver", ["Anna Schäfer, Xaver"]),
        ("Schäfer, Anna", ["Schäfer, Anna"]),
        ("Rock and Roll", ["Rock and Roll"]),
        ("anna and Rock and Roll", ["anna and Rock and Roll"]),
        ("anna; Rock and Roll", ["anna", "Rock and Roll"]),
        ("B. Köhler; Berlin", ["B. Köhler; Berlin"]),
        ("anna, ignored", ["anna", "ignored"]),
        (";", [";"]),
    ],
)
def test_several_people_are_recognised_where_each_is_known(field: str, names: list[str]) -> None:
    assert People(handbook(FILES), "{owner}/sales", ["Ignored"]).names_in(field) == names


ADD = "add a file for them, or use --ignore with the name"


def did_you_mean(name: str, file: str) -> str:
    return f'did you mean "{name}"? if so, add this name to the aliases in {file}.yaml'


@pytest.mark.parametrize(
    ("field", "unknown", "help"),
    [
        ("Ana Schäfer", "Ana Schäfer", did_you_mean("Anna Schäfer", "sellers/anna")),
        ("Schäfer, Anna", "Schäfer, Anna", did_you_mean("Anna Schäfer", "sellers/anna")),
        ("anna.schaefer@house.example", "anna.schaefer@house.example", did_you_mean("Anna Schäfer", "sellers/anna")),
        ("Leo", "Leo", did_you_mean("Lee", "leaders/lee")),
        ("Annas Schäfer; Björn Köhler", "Annas Schäfer", did_you_mean("Anna Schäfer", "sellers/anna")),
        pytest.param("123457", "123457", ADD, id="another id"),
        pytest.param("bk5", "bk5", ADD, id="another id with letters"),
        pytest.param("hanna@house.example", "hanna@house.example", ADD, id="another address"),
        pytest.param("Anna Schäfer, Xaver", "Anna Schäfer, Xaver", ADD, id="two people, one unknown"),
        pytest.param("Anna Schäfer / Bjorn Kohler", "Anna Schäfer / Bjorn Kohler", ADD, id="two people, one misspelt"),
        pytest.param("Ana Schäfer & Björn", "Ana Schäfer & Björn", ADD, id="two people, both misspelt"),
        pytest.param("Schäfer, Björn", "Schäfer, Björn", ADD, id="nobody"),
    ],
)
def test_an_unknown_person_is_only_compared_with_names(field: str, unknown: str, help: str) -> None:
    _, findings = bring_in(table((field, "2017-01-10", 1)), FILES)
    assert str(findings[0]) == f'export.csv:2:1: GH201 unknown person "{unknown}" (1 row)\n  help: {help}'
