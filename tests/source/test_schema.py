"""The schemas editors use and the reader agree: what one takes the other takes, and both refuse the same."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from goal_handbook.findings import Finding
from goal_handbook.model.terms import GOAL_TERMS, LANDMARK_TERMS
from goal_handbook.source.folder import SourceFile
from goal_handbook.source.load import read_owner, read_settings
from goal_handbook.source.schema import KINDS, schema_of

ROOT = Path(__file__).parent.parent.parent
FOLDERS = {"team": "teams", "seller": "sellers", "leader": "leaders"}
VALIDATORS = {kind: Draft202012Validator(schema_of(kind)) for kind in KINDS}
FILES = [
    (kind, path)
    for folder in (ROOT / "goals", ROOT / "tests" / "data" / "every-key", ROOT / "tests" / "rules" / "house")
    for kind, name in FOLDERS.items()
    for path in sorted((folder / name).glob("*.yaml"))
] + [("handbook", ROOT / "goals" / "handbook.yaml"), ("handbook", ROOT / "tests/data/every-key/handbook.yaml")]

#: What may stand anywhere, right or wrong. Numbers an editor reads from other spellings (1e6) are left out.
VALUES: tuple[Any, ...] = (
    "", " ", "x", "a b", "é", "x" * 201, "0", "1_000", "1,000", "-3.5", "1e6", "9" * 16, "2017-06-30", "2017-02-29",
    "2016-02-29", "2017-13-01", "1899-12-31", "2200-01-01", "yes", "No", "low", "high", "week", "sum", "money", "team",
    "target", "landmarks.q3.due", "checkins.2017-06-30", "central/revenue", "a/b/c", "GH301", "error", "missed",
    0, 1, 7, 45, -1, 3.5, 10**16, True, False, None, [], {}, ["a"], ["a", "b"], ["A b"], [30, 45], [1], {"a": "b"},
)  # fmt: skip

#: What an adjustment can name, and some values of its own.
FIELDS = [
    *GOAL_TERMS,
    *(f"landmarks.q3.{name}" for name in LANDMARK_TERMS),
    *("measure.target", "landmarks.q3", "goal", "checkins.2017-06-30", "reviews.2017-06-30", "accountings.q2"),
    *("closed", "tagret"),
]
FIELD_VALUES: tuple[Any, ...] = (
    "none", " none ", "dropped", "at_least", "each-seller", "production", "30, 45", "[30, 45]", ["30", "45"],
    "revenue, central/revenue", ["revenue", "central/revenue"],
)  # fmt: skip


def typed(text: str) -> Any:
    """A file as an editor reads it: YAML 1.2's core schema."""

    def value(node: Any) -> Any:
        if isinstance(node, yaml.SequenceNode):
            return [value(item) for item in node.value]
        if isinstance(node, yaml.MappingNode):
            return {key.value: value(item) for key, item in node.value}
        if node.style:
            return node.value
        if node.value in {"", "~", "null", "Null", "NULL"}:
            return None
        if node.value in {"true", "True", "TRUE", "false", "False", "FALSE"}:
            return node.value.lower() == "true"
        try:
            return json.loads(node.value) if node.value[:1] in "-0123456789" else node.value
        except json.JSONDecodeError:
            return node.value

    return value(yaml.compose(text, Loader=yaml.CSafeLoader))


@cache
def typed_file(path: Path) -> Any:
    return typed(path.read_text(encoding="utf-8"))


def written(data: Any) -> str:
    """Data as YAML in braces; nothing is nothing."""
    if isinstance(data, dict):
        return "{" + ", ".join(f"{json.dumps(key)}: {written(value)}" for key, value in data.items()) + "}"
    if isinstance(data, list):
        return f"[{', '.join(map(written, data))}]"
    return " " if data is None else json.dumps(data, ensure_ascii=False)


def findings_of(kind: str, text: str) -> list[Finding]:
    if kind == "handbook":
        return read_settings(SourceFile("", "handbook.yaml", text.encode()), "handbook.yaml")[2]
    return read_owner(SourceFile(FOLDERS[kind], "x.yaml", text.encode()))[2]


@pytest.mark.parametrize("kind", KINDS)
def test_a_schema_is_one(kind: str) -> None:
    Draft202012Validator.check_schema(schema_of(kind))
    assert schema_of(kind)["$schema"] == "https://json-schema.org/draft/2020-12/schema"


@pytest.mark.parametrize(("kind", "path"), FILES, ids=lambda v: v.stem if isinstance(v, Path) else v)
def test_what_the_reader_takes_the_schema_takes(kind: str, path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert findings_of(kind, text) == []
    assert [error.message for error in VALIDATORS[kind].iter_errors(typed(text))] == []


@pytest.mark.parametrize("seed", range(1500))
def test_one_thing_changed_both_say_the_same(seed: int) -> None:
    dice = random.Random(seed)
    kind, path = dice.choice(FILES)
    data = copy.deepcopy(typed_file(path))
    holder, key = dice.choice(
        [location for location in places(data) if location[1] != "locale"]
    )  # the reader knows them all
    what = dice.choice(("value", "value", "value", "key", "gone"))
    if what == "gone":
        del holder[key]
    elif what == "key" and isinstance(holder, dict):
        holder[dice.choice(("titel", "x-mine", "note"))] = "n"
    else:
        value = copy.deepcopy(dice.choice(VALUES))
        holder[key] = {} if value is None and isinstance(holder, list) else value  # a list has no empty items
    text = written(data)
    found = [f for f in findings_of(kind, text) if f.code != "GH116"]  # dates in order are left to the reader
    errors = [error.message for error in VALIDATORS[kind].iter_errors(typed(text))]
    assert bool(found) == bool(errors), (key, holder, [str(f) for f in found], errors[:2])


@pytest.mark.parametrize("field", FIELDS)
def test_what_a_field_was_both_check_the_same(field: str) -> None:
    for was in (*VALUES, *FIELD_VALUES):
        changes = [{"field": field, "was": was}]
        goal = {"id": "a", "title": "A", "adjustments": [{"on": "2017-01-01", "changes": changes}]}
        text = written({"name": "X", "team": "t", "goals": [goal]})
        errors = [error.message for error in VALIDATORS["seller"].iter_errors(typed(text))]
        assert bool(findings_of("seller", text)) == bool(errors), (was, errors)


def places(data: Any) -> Iterator[tuple[Any, Any]]:
    """Every place a value can stand at."""
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in items:
        yield data, key
        yield from places(value)


@pytest.mark.parametrize("kind", KINDS)
def test_every_key_is_described(kind: str) -> None:
    schema = schema_of(kind)
    models = {kind: schema, **schema["$defs"]}
    bare = [f"{name}.{key}" for name, m in models.items() for key, s in m["properties"].items() if not s["description"]]
    assert bare == []
