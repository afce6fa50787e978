"""Turns data into a model: pydantic's errors become findings with a location, and the valid parts are kept."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from ..findings import MAX_FINDINGS, Finding, did_you_mean, nearest
from ..model.paths import fields_of, model_inside
from ..model.values import BULLET, quoted
from ..words import plural
from .document import Document
from .nodes import MappingNode, NodePath

Model = TypeVar("Model", bound=BaseModel)


def to_model(model: type[Model], data: Any, document: Document) -> tuple[Model | None, list[Finding], Document]:
    """Return the model for `data` (the document's tree), all findings, and the document with its left-out parts.

    For each error, the smallest list item or key around it is removed from `data` and the rest is validated again;
    the model is None if something required had to go. A finding of a later round is kept only if it is news, and not
    that something left out is now missing.
    """
    findings: list[Finding] = []
    for attempt in range(4):
        try:
            return model.model_validate(data), findings, document
        except ValidationError as error:
            errors = _causes(error.errors(include_url=False))
            misspelt = [path for e in errors if (path := _misspelt(e, model, document))]
            errors = [e for e in errors if e["type"] != "missing" or tuple(e["loc"]) not in misspelt]
            found = [_finding(e, model, document) for e in errors[:MAX_FINDINGS]]
            findings += [f for f in found if attempt == 0 or f.code not in {"GH103", "GH104"}]
            if len(errors) > MAX_FINDINGS:
                rest = f"and {plural(len(errors) - MAX_FINDINGS, 'more error')} like these in this file"
                findings.append(document.finding(findings[-1].code, findings[-1].location, rest, "fix these first"))
                return None, findings, document
            parts = [_remove(data, path) for path in _broken_parts(errors)]
            document = document.without([*misspelt, *parts])
    return None, findings, document


def _causes(errors: list[Any]) -> list[Any]:
    """Return the errors without those that follow from others: a list whose items are all wrong is not also empty."""
    around = {error["loc"][:i] for error in errors for i in range(len(error["loc"]))}
    return [error for error in errors if error["type"] != "too_short" or error["loc"] not in around]


def _broken_parts(errors: Iterable[Any]) -> list[NodePath]:
    """Return what to leave out, last first: an unknown key itself, else the innermost list item, else the top key."""
    parts: set[NodePath] = set()
    for error in errors:
        path: NodePath = tuple(error["loc"])
        if error["type"] != "extra_forbidden":
            last_index = max((i for i, step in enumerate(path) if isinstance(step, int)), default=0)
            path = path[: last_index + 1]
        parts.add(path)
    return sorted(parts, key=lambda p: [(isinstance(s, int), str(s).rjust(9)) for s in p], reverse=True)


def _remove(data: Any, path: NodePath) -> NodePath:
    """Remove what is at `path`, or the one value that was written instead of a list there; return its path."""
    for i, step in enumerate(path):
        try:
            inner = data[step]
        except (KeyError, IndexError, TypeError):
            return path
        if i == len(path) - 1 or not isinstance(inner, (dict, list)):
            del data[step]
            return path[: i + 1]
        data = inner
    return path


def _finding(error: Any, model: type[BaseModel], document: Document) -> Finding:
    path: NodePath = tuple(step for step in error["loc"] if step != "[key]")
    kind = error["type"]
    if kind.startswith("GH"):
        location = document.key_location(path) if "[key]" in error["loc"] else document.location(path)
        return document.finding(kind, location, error["msg"], error["ctx"]["help"])
    if kind == "extra_forbidden":
        key = str(path[-1])
        meant = _meant(key, _keys(model, path[:-1]))
        help = f'did you mean "{meant}"?' if meant else "delete it, or rename it to x-… if it is for your own use"
        return document.finding("GH102", document.key_location(path), f"unknown key {quoted(key)}", help)
    if kind == "missing":
        message, help = (
            (f'missing key "{path[-1]}"', f"add {path[-1]}: …")
            if isinstance(path[-1], str)
            else ("missing second number", "write two numbers, e.g. [30, 45]")
        )
        return document.finding("GH103", document.location(path), message, help)
    if kind == "literal_error":
        return document.finding("GH108", document.location(path), *_not_one_of(error, path))
    if kind == "tuple_type":
        message, help = _not_a_list(error, model, document)
    elif kind in {"model_type", "model_attributes_type", "dict_type"}:
        message, help = _without_keys(error, model)
    else:
        message, help = _LENGTHS.get(kind, (error["msg"], ""))
    return document.finding("GH104", document.location(path), message, help)


#: Words for a key that mean the same as the one the format has, too different to be found by their spelling.
_SAME = {"until": ("to",), "to": ("until",), "end": ("to", "until", "due"), "date": ("on",), "day": ("on",)}


def _meant(key: str, keys: Collection[str]) -> str:
    """Return the key of the format that an unknown one stands for, "" if none is similar."""
    return next((word for word in _SAME.get(key, ()) if word in keys), "") or nearest(key, keys)


def _misspelt(error: Any, model: type[BaseModel], document: Document) -> NodePath:
    """Return the path of the key that an unknown one stands for, () where it is there too or nothing is similar."""
    if error["type"] != "extra_forbidden":
        return ()
    *around, key = error["loc"]
    path = (*around, _meant(str(key), _keys(model, tuple(around))))
    return path if path[-1] and document.at(path) is None else ()


def _not_one_of(error: Any, path: NodePath) -> tuple[str, str]:
    """Return the message and help for a value that must be one of a few words."""
    allowed = [word.strip("'") for word in error["ctx"]["expected"].replace(" or ", ", ").split(", ")]
    choice = f"write {', '.join(allowed[:-1])} or {allowed[-1]}" if len(allowed) > 1 else f"write {allowed[0]}"
    value = error["input"]
    if not isinstance(value, str):
        return f"expected a word, found {_kind(value)}", choice
    if path == ("format",):
        return f"unknown format {quoted(value)}", "write format: 1, or update goal-handbook"
    help = did_you_mean(value, allowed) if len(allowed) > 1 else ""
    return f"unknown value {quoted(value)} for {path[-1]}", help or choice


#: The message and help for lists of a wrong length.
_LENGTHS = {
    "too_short": ("the list is empty", "add an item or delete the key"),
    "too_long": ("the list is too long", "write two numbers, e.g. [30, 45]"),
}


def _not_a_list(error: Any, model: type[BaseModel], document: Document) -> tuple[str, str]:
    """Return the message and help for something else where a list is expected."""
    found = error["input"]
    message = f"expected a list, found {_kind(found)}"
    if isinstance(found, str) and (dash := BULLET.match(found)):
        return message, f'begin each item with a hyphen and a space, "- ", not with "{dash[1]}"'
    node = document.at(tuple(error["loc"]))
    if isinstance(node, MappingNode):
        first = document.text[node.start : node.end]
        if "\n" not in first:
            return message, f"begin the item with a hyphen: - {first}"
        first = first.partition("\n")[0].rstrip()
        return message, f'begin the item with a hyphen, "- {first}", and its other lines with two more spaces'
    example = _example(model, tuple(error["loc"]))
    return message, 'begin each item on a line of its own with "- "' + (f", e.g. - {example}" if example else "")


def _without_keys(error: Any, model: type[BaseModel]) -> tuple[str, str]:
    """Return the message and help for text or a list where keys are expected."""
    path = tuple(error["loc"])
    example = _example(model, path) or _example(model, path[:-1])
    help = f"write e.g. {example}" if example else "write its keys indented below, or as {key: value}"
    return f"expected keys with values, found {_kind(error['input'])}", help


def _example(model: type[BaseModel], path: NodePath) -> str:
    """Return what the format's reference shows in braces for a key, "" where it shows nothing such."""
    from .schema import descriptions  # reads source code, and is needed for errors only

    holder = _model_at(model, path[:-1])
    about = descriptions(holder).get(str(path[-1]), "") if holder and path else ""
    found = re.search(r"e\.g\. `(\{.*?\})`", about)
    return found[1] if found else ""


def _kind(value: Any) -> str:
    if isinstance(value, str):
        return "text" if value else "nothing"
    return "a list" if isinstance(value, list) else "a mapping"


def _keys(model: type[BaseModel], path: NodePath) -> list[str]:
    """Return the keys that a mapping at `path` in a model can have."""
    found = _model_at(model, path)
    return [*fields_of(found)] if found else []


def _model_at(model: type[BaseModel], path: NodePath) -> type[BaseModel] | None:
    """Return the model of a mapping at `path` in a model, None where there is none."""
    current: Any = model
    for step in path:
        if isinstance(step, str) and isinstance(current, type) and issubclass(current, BaseModel):
            fields = fields_of(current)
            current = model_inside(fields[step].annotation) if step in fields else None
    return current if isinstance(current, type) and issubclass(current, BaseModel) else None
