"""The JSON Schema of handbook.json: it is exact, and all that we publish keeps to it."""

from __future__ import annotations

import copy
import datetime
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from goal_handbook.feeds import schema as feeds_schema
from goal_handbook.feeds.schema import data_schema, data_schema_text, made_schema_text
from goal_handbook.reports.status import status_data, status_json
from goal_handbook.source.load import load
from goal_handbook.status.assessment import Assessment
from goal_handbook.workspace import evaluate

from ..status.make import case
from .make import context_of, house

ROOT = Path(__file__).parent.parent.parent
VALIDATOR = jsonschema.Draft202012Validator(data_schema(), format_checker=jsonschema.FormatChecker())


def data(assessment: Assessment) -> Any:
    """Return handbook.json as a program reads it."""
    return json.loads(json.dumps(status_data(assessment, assessment.goals)))


def parts(schema: Any) -> Iterator[dict[str, Any]]:
    """Yield every schema inside a schema."""
    for found in schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ():
        yield from parts(found)
    if isinstance(schema, dict):
        yield schema


def test_its_file_is_what_the_contract_says(request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--refresh"):
        file = Path(feeds_schema.__file__).with_name("handbook.schema.json")
        file.write_text(made_schema_text(), encoding="utf-8", newline="\n")
    assert data_schema_text() == made_schema_text()


def test_it_is_a_valid_schema_of_draft_2020_12_and_names_every_key() -> None:
    schema = data_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    objects = [part for part in parts(schema) if "properties" in part and part.get("type") == "object"]
    assert len(objects) > 10
    assert [part for part in objects if part.get("additionalProperties") is not False] == []


@pytest.mark.parametrize("goals", ["goals", "tests/data/every-key", "tests/data/brinkmann", "tests/data/fernlake/goals"])  # fmt: skip
@pytest.mark.parametrize("as_of", ["2016-12-31", "2017-03-31", "2017-10-15", "2018-02-01", "2026-06-30"])
def test_every_handbook_keeps_to_it_on_any_day(goals: str, as_of: str) -> None:
    day = datetime.date.fromisoformat(as_of)
    found = evaluate(load(ROOT / goals, "goals"), day, day).assessment
    assert found is not None
    assert [error.message for error in VALIDATOR.iter_errors(data(found))] == []
    assert "".join(status_json(found)) == json.dumps(status_data(found, found.goals), separators=(",", ":"))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        case("an unknown key", ("unknown",), 1),
        case("another version", ("schema",), 2),
        case("no day", ("as_of",), "yesterday"),
        case("an unknown status", ("goals", "ana/g", "status"), "fine"),
        case("a count of an unknown status", ("handbook", "counts", "fine"), 1),
        case("an unknown key of a goal", ("goals", "ana/g", "mood"), "good"),
        case("an unknown key of a landmark", ("goals", "ana/g", "landmarks", "half", "mood"), "good"),
        case("a number as text", ("goals", "ana/g", "target"), "40"),
        case("an owner of another kind", ("owners", "ana", "kind"), "robot"),
    ],
)
def test_what_is_not_in_the_contract_is_refused(path: tuple[str, ...], value: Any) -> None:
    good = data(context_of(house()).assessment)
    bad = copy.deepcopy(good)
    inside = bad
    for key in path[:-1]:
        inside = inside[key]
    inside[path[-1]] = value
    assert VALIDATOR.is_valid(good)
    assert not VALIDATOR.is_valid(bad)


@pytest.mark.parametrize(
    "path", [("as_of",), ("goals", "ana/g", "status"), ("goals", "ana/g", "landmarks", "half", "due")]
)
def test_no_key_may_be_missing(path: tuple[str, ...]) -> None:
    bad = data(context_of(house()).assessment)
    inside = bad
    for key in path[:-1]:
        inside = inside[key]
    del inside[path[-1]]
    assert not VALIDATOR.is_valid(bad)
