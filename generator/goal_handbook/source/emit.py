"""Emits data as YAML text the way a person would write it: bare if that is safe, quoted if it must be."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from ..model.terms import Value, spell
from ..model.values import number_spelling
from . import nodes
from .parse import read_document
from .text import UNPRINTABLE

#: What a file can hold: text (numbers and dates are text too), lists and mappings.
Data = str | Sequence["Data"] | Mapping[str, "Data"]


class Bare(str):
    """Text that is written without quotes, although other readers do not take it for text: `yes`."""

    __slots__ = ()


#: The longest mapping in braces, in characters.
WIDTH = 110
#: A longer text gets a line of its own.
PROSE = 60
#: Words that other YAML readers take for something other than text.
_WORDS = frozenset(["y", "n", "yes", "no", "on", "off", "true", "false", "null", "~"])


def inline(data: Data) -> str:
    """Return the data on one line: `{on: 2017-06-30, value: 90_000}`."""
    if isinstance(data, str):
        return scalar(data, flow=True)
    if not isinstance(data, Mapping):
        return f"[{', '.join(map(inline, data))}]"
    return "{" + ", ".join(f"{key}: {inline(value)}" for key, value in data.items()) + "}"


def as_block(data: Data, short: bool, inside: bool = False) -> list[str]:
    """Return the data as lines without indentation.

    With `short`, a mapping that fits on one line and holds no prose is put in braces; with `inside` too, this goes
    for the values of the outermost mapping but not for that mapping itself.
    """
    if isinstance(data, str):
        return [scalar(data, flow=False)]
    if not isinstance(data, Mapping):
        return [inline(data)]
    if short and not inside and _is_short(data):
        return [inline(data)]
    lines = []
    for key, value in data.items():
        if isinstance(value, str) and "\n" in value:
            lines += [f"{key}: |-", *(f"  {line}".rstrip() for line in value.split("\n"))]
        elif isinstance(value, str):
            lines.append(f"{key}: {scalar(value, flow=False)}")
        elif not isinstance(value, Mapping) and any(isinstance(item, Mapping) or _is_prose(item) for item in value):
            lines.append(f"{key}:")
            for item in value:
                first, *rest = as_block(item, short=True)
                lines += [f"  - {first}", *(f"    {line}" for line in rest)]
        elif isinstance(value, Mapping) and not _is_short(value):
            lines += [f"{key}:", *(f"  {line}" for line in as_block(value, short=True))]
        else:
            lines.append(f"{key}: {inline(value)}")
    return lines


def scalar(text: str, flow: bool) -> str:
    """Return a text bare if it reads back as itself there (`flow`: within braces), else in double quotes."""
    return text if isinstance(text, Bare) or _is_bare(text, flow) else _quoted(text)


def as_yaml(value: Value) -> str:
    """Return the value of a term as a person would write it in an adjustment: `260_000`, `[a, b]`, `none`."""
    if value is None:
        return "none"
    if isinstance(value, tuple) and len(value) != 1:
        return f"[{', '.join(scalar(str(item), flow=True) for item in value)}]"
    text = number_spelling(spell(value)) if isinstance(value, Decimal) else spell(value)
    return text if isinstance(value, bool) else scalar(text, flow=True)


def requoted(old: str, new: Data, flow: bool) -> str:
    """Return a new value in the same quotes as the old one (`flow`: within braces)."""
    if isinstance(new, str) and "\n" not in new:
        if old.startswith("'") and not UNPRINTABLE.search(new):
            return "'" + new.replace("'", "''") + "'"
        if old.startswith('"'):
            return _quoted(new)
        return scalar(new, flow)
    return inline(new)


def _is_short(data: Mapping[str, Data]) -> bool:
    values: Sequence[Data] = list(data.values())
    return len(inline(data)) <= WIDTH and not any(
        _is_prose(v) or (not isinstance(v, (str, Mapping)) and _is_nested(v)) for v in values
    )


def _is_prose(data: Data) -> bool:
    return isinstance(data, str) and (len(data) > PROSE or "\n" in data)


def _is_nested(data: Sequence[Data]) -> bool:
    return any(not isinstance(item, str) for item in data)


def _is_bare(text: str, flow: bool) -> bool:
    """Return whether an unquoted text reads back as itself: our parser is asked."""
    if (
        not text
        or text != text.strip()
        or text.lower() in _WORDS
        or re.search(r"[\r\n\t\x85\u2028\u2029\ufeff]| #|#$", text)
    ):
        return False
    probe = f"{{k: {text}}}" if flow else f"k: {text}"
    document, findings = read_document("", probe.encode("utf-8"))
    if findings or not isinstance(document.root, nodes.MappingNode) or list(document.root.entries) != ["k"]:
        return False
    value = document.root.entries["k"][1]
    return isinstance(value, nodes.ScalarNode) and value.plain and value.text == text


def _quoted(text: str) -> str:
    quoted = json.dumps(text, ensure_ascii=False)
    return re.sub(r"[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]", lambda m: f"\\u{ord(m[0]):04x}", quoted)
