"""A JSON Schema (draft 2020-12) for each kind of file, made from the models, so that an editor takes what we take.

An editor reads YAML 1.2: an id may be a number there, and a number with underscores a text. What one line cannot
tell (whose id it is, what fits together across keys) is left to `goals check`.
"""

from __future__ import annotations

import json
import types
from collections.abc import Callable, Mapping
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from babel.numbers import list_currencies
from pydantic import BaseModel, BeforeValidator
from pydantic.fields import FieldInfo

from ..model import handbook, values
from ..model import records as decisions
from ..model.goal import Landmark
from ..model.handbook import Settings
from ..model.measure import Measure
from ..model.people import Leader, Seller, Team
from ..model.records import Change, CheckIn
from .schema_words import WORDS

Schema = dict[str, Any]

KINDS: Mapping[str, type[BaseModel]] = {"handbook": Settings, "team": Team, "seller": Seller, "leader": Leader}
DRAFT = "https://json-schema.org/draft/2020-12/schema"

_SAYS = r"\S"
_SLUG = "[a-z0-9]+(?:-[a-z0-9]+)*"
_SHORT = "(?![^/]{65})"
_LEAP = "(?:(?:19|20|21)(?:0[48]|[2468][048]|[13579][26])|2000)"
_DAY = (
    r"^\s*(?:(?:19|20|21)[0-9]{2}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)"
    rf"|02-(?:0[1-9]|1[0-9]|2[0-8]))|{_LEAP}-02-29)\s*$"
)
_DIGITS = r"(?=(?:[^0-9]*[0-9]){1,15}[^0-9]*$)"
_NUMBER: Schema = {
    "anyOf": [
        {"type": "number", "minimum": -999_999_999_999_999, "maximum": 999_999_999_999_999},
        {"type": "string", "pattern": rf"^{_DIGITS}\s*-?[0-9]+(?:_[0-9]+)*(?:\.[0-9]+)?\s*$"},
    ]
}
_PROSE: Schema = {"type": ["string", "number", "boolean"], "maxLength": values.PROSE_LIMIT}
_TEXT: Schema = {"type": ["string", "number", "boolean"], "pattern": _SAYS, "maxLength": values.TITLE_LIMIT}
_WHOLE: Schema = {"type": "integer", "minimum": 0}
_ID: Schema = {"anyOf": [{"type": "string", "pattern": f"^{_SLUG}$", "maxLength": 64}, _WHOLE, {"type": "boolean"}]}
_REF: Schema = {
    "anyOf": [{"type": "string", "pattern": f"^{_SHORT}{_SLUG}(?:/{_SHORT}{_SLUG})?$"}, _WHOLE, {"type": "boolean"}]
}
_YES_NO = "^(?:[yY][eE][sS]|[nN][oO]|[tT][rR][uU][eE]|[fF][aA][lL][sS][eE])$"
_LOCALE = "^[a-zA-Z]{2,3}(?:_[a-zA-Z]{4})?(?:_(?:[a-zA-Z]{2}|[0-9]{3}))?$"

_SCALARS: Mapping[Callable[..., Any], Schema] = {
    values.parse_text: _TEXT,
    values.parse_prose: _PROSE,
    values.parse_required_prose: {**_PROSE, "pattern": _SAYS},
    values.parse_slug: _ID,
    values.parse_goal_ref: _REF,
    values.parse_number: _NUMBER,
    values.parse_count: {"anyOf": [_WHOLE | {"maximum": 100_000}, {"type": "string", "pattern": r"^[0-9_]{1,7}$"}]},
    values.parse_positive: {
        "anyOf": [
            {"type": "integer", "minimum": 1, "maximum": 100_000},
            {"type": "string", "pattern": r"^[1-9][0-9_]{0,6}$"},
        ]
    },
    values.parse_day: {"type": "string", "pattern": _DAY},
    values.parse_yes_no: {"anyOf": [{"type": "boolean"}, {"type": "string", "pattern": _YES_NO}]},
    values.parse_currency: {"enum": sorted(list_currencies())},
    handbook.parse_locale: {"type": "string", "pattern": _LOCALE},
    decisions.parse_term: {"type": "string", "pattern": decisions.TERM_PATTERN},
    decisions.parse_term_value: {"type": ["string", "number", "boolean", "array"], "items": {"type": "string"}},
}


def schema_of(kind: str) -> Schema:
    """The schema of a kind of file (`seller`). Raises KeyError for a kind there is not."""
    model = KINDS[kind]
    defs: dict[str, Schema] = {}
    root = _model(model, defs, root=True)
    title = f"Goal Handbook: {'handbook.yaml' if kind == 'handbook' else f'a {kind}'}"
    return {"$schema": DRAFT, "title": title, **root, "$defs": dict(sorted(defs.items()))}


def schema_text(kind: str) -> str:
    """The schema as a file holds it, for the line `# yaml-language-server: $schema=../.schema/seller.json`."""
    return json.dumps(schema_of(kind), indent=1, ensure_ascii=False) + "\n"


def _model(model: type[BaseModel], defs: dict[str, Schema], root: bool = False) -> Schema:
    properties: dict[str, Schema] = {}
    required = []
    for name, info in model.model_fields.items():
        key = info.alias or name
        if root and key == "id":
            continue
        needed = info.is_required() and key not in _FILLED.get(model.__name__, ())
        schema = _described(_field(info, defs), model.__name__, key, info)
        properties[key] = schema if needed else _or_nothing(schema)
        required += [key] if needed else []
    found: Schema = {
        "type": "object",
        "properties": properties,
        "patternProperties": {"^x-": {"description": "Your own: kept, and not read"}},
        "additionalProperties": False,
        **_SHAPES.get(model, {}),
    }
    return found | ({"required": required} if required else {})


#: Keys the reader fills from the period where a file leaves them out.
_FILLED = {"Goal": ("start", "due")}


def _field(info: FieldInfo, defs: dict[str, Schema]) -> Schema:
    minimum = next((m.min_length for m in info.metadata if hasattr(m, "min_length")), None)
    for item in info.metadata:
        if isinstance(item, BeforeValidator):
            if item.func is values.one_or_more:
                return _one_or_more(_type(info.annotation, defs), minimum)
            return _SCALARS[item.func]
    schema = _type(info.annotation, defs)
    return schema | {"minItems": minimum} if minimum and schema.get("type") == "array" else schema


def _type(annotation: Any, defs: dict[str, Schema]) -> Schema:
    origin, inside = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        parsers = [m.func for m in inside[1:] if isinstance(m, BeforeValidator)]
        if parsers and parsers[-1] is values.one_or_more:
            return _one_or_more(_type(inside[0], defs), None)
        return _SCALARS[parsers[-1]] if parsers else _type(inside[0], defs)
    if annotation is str:
        return {"type": "string"}
    if origin is Literal:
        numbers = [int(word) for word in inside if word.isdigit()]
        return {"enum": [*inside, *numbers]}
    if origin in {Union, types.UnionType}:
        return _type(next(a for a in inside if a is not type(None)), defs)
    if origin is tuple:
        if inside[-1] is Ellipsis:
            return {"type": "array", "items": _type(inside[0], defs), "maxItems": 5_000}
        return {
            "type": "array",
            "prefixItems": [_type(a, defs) for a in inside],
            "items": False,
            "minItems": len(inside),
        }
    if origin is dict:
        names = _type(inside[0], defs)
        keys = {"propertyNames": {"pattern": f"^(?:x-.*|{_SLUG})$"}} if names is _ID else {}
        own: Schema = {"patternProperties": {"^x-": {}}}
        return {"type": "object", **own, "additionalProperties": _type(inside[1], defs), **keys}
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        name = annotation.__name__
        if name not in defs:
            defs[name] = {}
            defs[name] = _model(annotation, defs)
        return {"$ref": f"#/$defs/{name}"}
    raise TypeError(f"no schema for {annotation}")


def _one_or_more(many: Schema, minimum: int | None) -> Schema:
    return {"anyOf": [many["items"], many | ({"minItems": minimum} if minimum else {})]}


def _or_nothing(schema: Schema) -> Schema:
    """A key may stand there without a value, and counts as left out."""
    told: Schema = {name: schema[name] for name in ("description", "default", "examples") if name in schema}
    rest = {name: value for name, value in schema.items() if name not in told}
    return {
        **told,
        "anyOf": [*rest["anyOf"], {"type": "null"}] if list(rest) == ["anyOf"] else [rest, {"type": "null"}],
    }


def _described(schema: Schema, model: str, key: str, info: FieldInfo) -> Schema:
    words, example = WORDS[model][key]
    told: Schema = {"description": words}
    if example and not example.startswith(("{", "[")):
        told["examples"] = [example]
    if isinstance(info.default, (str, int)) and info.default != "" and not isinstance(info.default, bool):
        told["default"] = info.default
    return {**told, **schema}


def _has(*keys: str) -> Schema:
    """All of these keys, each with a value."""
    return {"required": list(keys), "properties": {key: {"not": {"type": "null"}} for key in keys}}


def _needs(*keys: str) -> Schema:
    return {"anyOf": [_has(key) for key in keys]}


def _never(*keys: str) -> Schema:
    return {"not": _has(*keys)}


def _where_field(pattern: str, value: Schema) -> Schema:
    """What `was` and `now` may be where an adjustment's field matches."""
    gone: Schema = {"enum": [*sorted(decisions.GONE), None]}
    spelled = {"anyOf": [value, gone]}
    says = {"if": {"properties": {"field": {"pattern": pattern}}}}
    return {**says, "then": {"properties": {"was": spelled, "now": spelled}}}


#: What fits together within one group of keys (GH103, GH118).
_SHAPES: Mapping[type[BaseModel], Schema] = {
    Landmark: {"allOf": [_needs("value", "deliver"), _never("value", "deliver"), _never("value", "done")]},
    Change: {
        "allOf": [
            _where_field(r"(?:^|\.)(?:target|from|value)$|^checkins\.", _NUMBER),
            _where_field(r"(?:^|\.)(?:start|due|done)$", _SCALARS[values.parse_day]),
        ]
    },
    CheckIn: _needs("value", "spent", "note"),
    Measure: {
        "allOf": [
            {"anyOf": [_has("unit", "target"), _has("cadence")]},
            *(_never("cadence", other) for other in ("unit", "target", "hold", "rollup", "from")),
            _never("hold", "from"),
            _never("hold", "rollup"),
        ]
    },
}
