"""A JSON Schema (draft 2020-12) for each kind of file, from the models, so that an editor accepts what the reader does.

An editor reads YAML 1.2; how it checks a value is beside each type in `model/values.py`. What a file cannot tell by
itself, such as whether an id exists, is left to `goals check`.
"""

from __future__ import annotations

import ast
import inspect
import json
import re
import textwrap
from collections.abc import Mapping
from functools import cache
from itertools import combinations, pairwise
from typing import Any, TypeGuard

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema
from pydantic_core import core_schema

from ..model.fields import IDS_READ_OTHERWISE
from ..model.goal import Goal, Landmark
from ..model.measure import LENGTHS, Cadence, Measure
from ..model.people import Leader, Owner, Seller, Team, read_membership
from ..model.records import FIELD_PATTERN, CheckIn, FieldChange, Session
from ..model.settings import Settings
from ..model.support import read_support
from ..model.terms import ABSENT, GOAL_TERMS, LANDMARK_TERMS
from ..model.values import one_id_or_more, one_or_more
from .nodes import MAX_ITEMS

Schema = dict[str, Any]

KINDS: Mapping[str, type[BaseModel]] = {"handbook": Settings, "team": Team, "seller": Seller, "leader": Leader}
DRAFT = "https://json-schema.org/draft/2020-12/schema"

_ABOUT = ("description", "markdownDescription", "default")
_NULL: Schema = {"type": "null"}
_SCALAR: Schema = {"type": ["string", "number", "boolean"]}
_ABSENT: Schema = {"type": ["string", "null"], "pattern": rf"^\s*(?:{'|'.join(sorted(ABSENT))})\s*$"}
_OWN_KEYS: Schema = {"^x-": {"description": "A key of your own: it is kept, and ignored."}}


def schema_of(kind: str) -> Schema:
    """Return the schema of a kind of file, e.g. `seller`. Raises KeyError for an unknown kind."""
    found = KINDS[kind].model_json_schema(schema_generator=_EditorSchema)
    definitions = found["$defs"]
    if FieldChange.__name__ in definitions:
        definitions[FieldChange.__name__] |= _field_change(definitions)
    title = f"Goal Handbook: {'handbook.yaml' if kind == 'handbook' else f'a {kind}'}"
    return {"$schema": DRAFT, "title": title, **found}


@cache
def schema_text(kind: str) -> str:
    """Return the schema as its file holds it, for `# yaml-language-server: $schema=../.schema/seller.json`."""
    return json.dumps(schema_of(kind), indent=1, ensure_ascii=False) + "\n"


class _EditorSchema(GenerateJsonSchema):
    """Pydantic's schema of a model, adjusted to what the reader does with a file."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        """Leave titles out: an editor would show them instead of the key."""
        return False

    def model_schema(self, schema: core_schema.ModelSchema) -> Schema:
        """Require no key that the reader fills in, allow keys that start with `x-`, and relate keys to each other."""
        found, model = super().model_schema(schema), schema["cls"]
        keys, required = found["properties"], found.get("required", [])
        if issubclass(model, Owner):
            del keys["id"]  # it is the file's name
        for key in ("start", "due") if model is Goal else ():  # they default to the period's
            required.remove(key)
            keys[key] = self._or_left_out(keys[key])
        for key, text in descriptions(model).items():
            if key in keys:
                keys[key] = _described(keys[key], text)
        return {
            "type": "object",
            "properties": keys,
            "required": [key for key in required if key in keys],
            "patternProperties": _OWN_KEYS,
            "additionalProperties": False,
            **_RELATIONS.get(model, {}),
        }

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> Schema:
        """Allow a key without a value."""
        found = self._or_left_out(self.generate_inner(schema["schema"]))
        default = schema.get("default")
        return found | ({"default": default} if default and type(default) in {str, int} else {})

    def nullable_schema(self, schema: core_schema.NullableSchema) -> Schema:
        """Leave null to `default_schema`: what can be null can be left out."""
        return self.generate_inner(schema["schema"])

    def literal_schema(self, schema: core_schema.LiteralSchema) -> Schema:
        """Allow `1` for `"1"`."""
        words = schema["expected"]
        return {"enum": [*words, *(int(word) for word in words if word.isdigit())]}

    def tuple_schema(self, schema: core_schema.TupleSchema) -> Schema:
        """Limit the length of a list."""
        return {"maxItems": MAX_ITEMS} | super().tuple_schema(schema)

    def dict_schema(self, schema: core_schema.DictSchema) -> Schema:
        """Check the keys of a mapping, and allow any that start with `x-`, unless the keys are ids."""
        names = self.generate_inner(schema["keys_schema"])
        values = self._or_left_out(self.generate_inner(schema["values_schema"]))
        found: Schema = {"type": "object", "additionalProperties": values}
        if any("pattern" in spelling for spelling in names.get("anyOf", ())):
            return found | {"propertyNames": names}
        return found | {"patternProperties": {"^x-": {}}, "propertyNames": {"anyOf": [names, {"pattern": "^x-"}]}}

    def function_before_schema(self, schema: core_schema.BeforeValidatorFunctionSchema) -> Schema:
        """Allow a single value for a list of one, and one line for a mapping that has such a form."""
        found, function = super().function_before_schema(schema), schema["function"]["function"]
        if function in _ONE_LINE:
            return {
                "anyOf": [{"type": "string", "pattern": rf"^\s*{_ONE_LINE[function]}\s*$"}, *IDS_READ_OTHERWISE, found]
            }
        return {"anyOf": [found["items"], found]} if function in (one_or_more, one_id_or_more) else found

    def _or_left_out(self, found: Schema) -> Schema:
        about = {key: found.pop(key) for key in _ABOUT if key in found}
        return about | self.get_flattened_anyof([found, _NULL])


def descriptions(model: type[BaseModel]) -> dict[str, str]:
    """Return the docstring below each field of a model, by the field's key.

    Pydantic's `use_attribute_docstrings` reads them whenever a model is imported, so that every command would start
    later; only the schema and some messages need them.
    """
    classes = (c for c in reversed(model.__mro__) if issubclass(c, BaseModel) and c is not BaseModel)
    found = {name: text for cls in classes for name, text in _docstrings(cls).items()}
    return {info.alias or name: found[name] for name, info in model.model_fields.items() if name in found}


@cache  # each time, Python parses the whole module that holds the class
def _docstrings(cls: type[BaseModel]) -> Mapping[str, str]:
    """Return the docstring below each field that a class itself has, by the field's name."""
    (body,) = ast.parse(textwrap.dedent(inspect.getsource(cls))).body
    return {
        node.target.id: inspect.cleandoc(following.value.value)
        for node, following in pairwise(getattr(body, "body", ()))
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and _is_text(following)
    }


def _is_text(node: ast.stmt) -> TypeGuard[Any]:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def _described(found: Schema, text: str) -> Schema:
    """Return a key's schema with its description both as Markdown, which some editors render, and as plain text."""
    return found | {"description": text.replace("`", ""), "markdownDescription": text}


def _has(*keys: str) -> Schema:
    """Return the schema of a mapping that has all of these keys, each with a value."""
    return {"required": list(keys), "properties": {key: {"not": _NULL} for key in keys}}


def _needs(*keys: str) -> Schema:
    return {"anyOf": [_has(key) for key in keys]}


def _never(*keys: str) -> Schema:
    return {"not": _has(*keys)}


_ONE_LENGTH: Schema = {"allOf": [_never(*pair) for pair in combinations(LENGTHS, 2)]}
#: Which keys need or exclude each other (GH103, GH118).
_RELATIONS: Mapping[type[BaseModel], Schema] = {
    Landmark: {"allOf": [_needs("value", "deliver"), _never("value", "deliver"), _never("value", "done")]},
    CheckIn: _needs("value", "spent", "note"),
    Measure: {
        "allOf": [
            {"anyOf": [_has("unit", "target"), _has("cadence")]},
            *(_never("cadence", i.alias or name) for name, i in Measure.model_fields.items() if name != "cadence"),
            _never("hold", "from"),
            _never("hold", "rollup"),
            *({"anyOf": [{"not": _has(key)}, _has("hold")]} for key in ("tolerance", "over")),
        ]
    },
    Cadence: _ONE_LENGTH,
    Session: _ONE_LENGTH,
    Settings: {"anyOf": [_has("currency"), {"properties": {"rates": {"maxProperties": 0}}}]},
}


_ID = "[a-z0-9-]{1,64}"
_DATE = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
_SUPPORT = rf"{_ID}(?:/{_ID})?(?:\s+(?:(?:from|until)\s+{_DATE}|share\s+[0-9._]+|credit\s+(?:single|double)))*"
_COUNT = "[1-9][0-9_]{0,4}"
_RANGE = rf"{_COUNT}(?:\s*,\s*{_COUNT})?"
#: Terms that hold a list, and how an adjustment may write one as text.
_LISTS = {
    "supports": rf"{_SUPPORT}(?:\s*,\s*{_SUPPORT})*",
    **{rf"cadence\.{name}": _RANGE for name in ("times", *LENGTHS)},
    r"cadence\.with": rf"{_ID}(?:\s*,\s*{_ID})*",
}
#: What can be written on one line instead of as a mapping, by the function that reads it.
_ONE_LINE: Mapping[Any, str] = {read_support: _SUPPORT, read_membership: rf"{_ID}(?:\s+from\s+{_DATE})?"}


def _field_change(definitions: Schema) -> Schema:
    """Return what an adjustment can change, where a term has the values of the key that keeps it."""
    properties = definitions[FieldChange.__name__]["properties"]
    for key, schema in {"field": {"type": "string", "pattern": FIELD_PATTERN}, "was": {}, "now": {}}.items():
        properties[key] = {k: v for k, v in properties[key].items() if k in _ABOUT} | schema
    values = {
        r"checkins\..+": _key(definitions, CheckIn, ("value",)),
        **{re.escape(name): _key(definitions, Goal, term.path) for name, term in GOAL_TERMS.items()},
        **{rf"landmarks\..+\.{name}": _key(definitions, Landmark, t.path) for name, t in LANDMARK_TERMS.items()},
    }
    for field, items in _LISTS.items():
        text = {"type": "string", "pattern": rf"^\s*\[?\s*{items}\s*\]?\s*$"}
        values[field] = {"anyOf": [values[field], text]}
    values[rf"(?!(?:measure\.)?(?:{'|'.join(_LISTS)})$).*"] = _SCALAR
    return {"allOf": [_value_of(field, schema) for field, schema in values.items()]}


def _key(definitions: Schema, model: type[BaseModel], path: tuple[str, ...]) -> Schema:
    """Return the schema of the key at a path, without what is said about it."""
    name, (*outer, key) = model.__name__, path
    for step in outer:
        references = (schema.get("$ref", "") for schema in definitions[name]["properties"][step]["anyOf"])
        name = next(filter(None, references)).rpartition("/")[2]
    return {k: v for k, v in definitions[name]["properties"][key].items() if k not in _ABOUT}


def _value_of(field: str, schema: Schema) -> Schema:
    """Return that `was` and `now` of a field need such a value, or a word for no value."""
    value = {"anyOf": [schema, _ABSENT]}
    return {
        "if": {"required": ["field"], "properties": {"field": {"pattern": rf"^(?:measure\.)?{field}$"}}},
        "then": {"patternProperties": {"^(?:was|now)$": value}},
    }
