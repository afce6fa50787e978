"""A tree to a model: pydantic's errors become findings at their place, and what is good survives what is not."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from ..findings import MAX_FINDINGS, Finding, did_you_mean
from ..model.values import quoted
from .nodes import Document, Path

Model = TypeVar("Model", bound=BaseModel)


def to_model(model: type[Model], data: Any, document: Document) -> tuple[Model | None, list[Finding], Document]:
    """The model for `data` (the document's plain tree), all its findings, and the document with what was left out.

    Where a part is wrong, the smallest list item or key around it is left out and the rest read again; the
    model is None where the whole cannot stand without it. A finding of a later round is kept only if it says
    something of its own, not that what was left out is missing.
    """
    findings: list[Finding] = []
    for attempt in range(4):
        try:
            return model.model_validate(data), findings, document
        except ValidationError as error:
            errors = _causes(error.errors(include_url=False))
            found = [_finding(e, model, document) for e in errors[:MAX_FINDINGS]]
            findings += [f for f in found if attempt == 0 or f.code not in {"GH103", "GH104"}]
            if len(errors) > MAX_FINDINGS:
                rest = f"and {len(errors) - MAX_FINDINGS:,} more mistakes like these in this file"
                findings.append(document.finding(findings[-1].code, findings[-1].location, rest, "mend these first"))
                return None, findings, document
            parts = _broken_parts(errors)
            for path in parts:
                _remove(data, path)
            document = document.without(parts)
    return None, findings, document


def _causes(errors: list[Any]) -> list[Any]:
    """Errors without those that follow from others: a list is not empty because its items are wrong."""
    around = {error["loc"][:i] for error in errors for i in range(len(error["loc"]))}
    return [error for error in errors if error["type"] != "too_short" or error["loc"] not in around]


def _broken_parts(errors: Iterable[Any]) -> list[Path]:
    """What to leave out, last first: a wrong key alone, else the innermost list item, else the top key."""
    parts: set[Path] = set()
    for error in errors:
        path: Path = tuple(error["loc"])
        if error["type"] != "extra_forbidden":
            last_index = max((i for i, step in enumerate(path) if isinstance(step, int)), default=0)
            path = path[: last_index + 1]
        parts.add(path)
    return sorted(parts, key=lambda p: [(isinstance(s, int), str(s).rjust(9)) for s in p], reverse=True)


def _remove(data: Any, path: Path) -> None:
    for step in path[:-1]:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            return
    try:
        del data[path[-1]]
    except (KeyError, IndexError, TypeError):
        return


def _finding(error: Any, model: type[BaseModel], document: Document) -> Finding:
    path: Path = tuple(step for step in error["loc"] if step != "[key]")
    kind = error["type"]
    if kind.startswith("GH"):
        location = document.key_location(path) if "[key]" in error["loc"] else document.location(path)
        return document.finding(kind, location, error["msg"], error["ctx"]["help"])
    if kind == "extra_forbidden":
        key = str(path[-1])
        help = did_you_mean(key, _keys(model, path[:-1])) or "delete it, or begin it with x- to keep it for yourself"
        return document.finding("GH102", document.key_location(path), f"unknown key {quoted(key)}", help)
    if kind == "missing":
        what = "a second number" if isinstance(path[-1], int) else f'"{path[-1]}"'
        return document.finding(
            "GH103",
            document.location(path),
            f"{what} is missing here",
            f"add {path[-1]}: …" if isinstance(path[-1], str) else "write e.g. [30, 45]",
        )
    if kind == "literal_error":
        return document.finding("GH108", document.location(path), *_not_one_of(error, path))
    say = _STRUCTURE.get(kind)
    message, help = say(error) if say else (error["msg"], "")
    return document.finding("GH104", document.location(path), message, help)


def _not_one_of(error: Any, path: Path) -> tuple[str, str]:
    allowed = [word.strip("'") for word in error["ctx"]["expected"].replace(" or ", ", ").split(", ")]
    value = str(error["input"]) if isinstance(error["input"], str) else "this"
    if path == ("format",):
        return f"{quoted(value)} is no format this version reads", "write format: 1, or update goal-handbook"
    help = (
        did_you_mean(value, allowed) or f"write {', '.join(allowed[:-1])} or {allowed[-1]}"
        if len(allowed) > 1
        else f"write {allowed[0]}"
    )
    return f"{quoted(value)} is not known for {path[-1]}", help


_STRUCTURE: dict[str, Callable[[Any], tuple[str, str]]] = {
    "model_type": lambda e: (
        f"here belong keys of their own, not {_kind(e['input'])}",
        "write them indented below, or as {key: value}",
    ),
    "model_attributes_type": lambda e: (
        f"here belong keys of their own, not {_kind(e['input'])}",
        "write them indented below, or as {key: value}",
    ),
    "dict_type": lambda e: (
        f"here belong keys of their own, not {_kind(e['input'])}",
        "write them indented below, or as {key: value}",
    ),
    "tuple_type": lambda e: (f"here belongs a list, not {_kind(e['input'])}", 'begin every item with "- "'),
    "too_short": lambda e: ("this list is empty", "add an item or delete the key"),
    "too_long": lambda e: ("this list is too long", "write two numbers, e.g. [30, 45]"),
}


def _kind(value: Any) -> str:
    return "text" if isinstance(value, str) else "a list" if isinstance(value, list) else "a group of keys"


def _keys(model: type[BaseModel], path: Path) -> list[str]:
    """The keys a mapping at `path` below a model may have."""
    current: Any = model
    for step in path:
        if isinstance(step, str) and isinstance(current, type) and issubclass(current, BaseModel):
            fields = {(f.alias or name): f for name, f in current.model_fields.items()}
            current = model_in(fields[step].annotation) if step in fields else None
    if not (isinstance(current, type) and issubclass(current, BaseModel)):
        return []
    return [f.alias or name for name, f in current.model_fields.items()]


def model_in(annotation: Any) -> Any:
    """The model inside `Model | None`, `tuple[Model, ...]` or `dict[…, Model]`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for arg in get_args(annotation) if (found := model_in(arg))), None)
