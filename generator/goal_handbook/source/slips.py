"""Slips of the hand that break a file's syntax, recognised by its lines: libyaml often stops lines later."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ..model.values import BULLET
from .key_order import known_keys


class Mark(NamedTuple):
    """A position in a file; line and column count from 1."""

    line: int
    column: int


#: The position of an error, what is wrong, and how to fix it.
Explained = tuple[Mark, str, str]

#: A line that begins with a key, perhaps as the first of an item, and its value.
_KEY = re.compile(r"\s*(?:- +)?([\w-]+): +(.*?)\s*$")
#: A line that may begin with a key, with or without a value.
_KEY_LINE = re.compile(r"\s*(?:- +)?[a-z_]+:(?:\s|$)")
_NO_SPACE = re.compile(r"(\s*(?:- +)?[a-z_]+):([^\s/:].*)")
_ITEM = re.compile(r"\s*- ")
#: What the items of a list are, by the first key of one: the list's key.
_LISTS = {"id": "goals:", "on": "checkins:", "landmark": "accountings:", "do": "plan:", "what": "capacity:"}


@dataclass(frozen=True, slots=True)
class Broken:
    """A file's lines, and where libyaml began to read what it could not finish, where it stopped, and why."""

    lines: Sequence[str]
    began: Mark
    mark: Mark
    problem: str

    def line(self, number: int) -> str:
        """Return a line by its number, "" where there is none."""
        return self.lines[number - 1] if 0 < number <= len(self.lines) else ""


def find_slip(broken: Broken) -> Explained | None:
    """Return where somebody slipped, what it is, and how to fix it; None if the lines show no usual slip."""
    return next((found for look in _LOOKS if (found := look(broken))), None)


def in_quotes(text: str) -> str:
    """Return a text in quotes that need no escapes, if there are such."""
    if '"' not in text:
        return json.dumps(text, ensure_ascii=False)
    return "'" + text.replace("'", "''") + "'"


def quoted_line(line: str) -> str:
    """Return a line with its whole value in quotes, `key: "value"`; "" if it has no value outside of braces."""
    if item := re.match(r"\s*- +(?![\w-]+: )(.+?)\s*$", line):
        return f"- {in_quotes(item[1])}"
    key = _KEY.match(line)
    if not key or not key[2] or key[2].endswith(("}", "]")):
        return ""
    return f"{key[1]}: {in_quotes(key[2])}"


def _indentation(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _name(character: str) -> str:
    """Return what to call an unusual space: `no-break space`."""
    return unicodedata.name(character, "unusual space").lower()


def _fence(broken: Broken) -> Explained | None:
    """Lines of Markdown around the YAML, copied with it."""
    for number, line in enumerate(broken.lines, 1):
        if line.startswith(("```", "~~~")):
            return Mark(number, 1), "this line is Markdown, not YAML", f"delete the lines with {line[:3]}"
    return None


def _open_quote(broken: Broken) -> Explained | None:
    """A quote that its line does not close, although the next line is a new key or item."""
    for number in range(1, broken.mark.line + 1):
        key = _KEY.match(broken.line(number))
        if not key or key[2][:1] not in {'"', "'"}:
            continue
        quote, rest = key[2][0], key[2][1:]
        following = next((line for line in broken.lines[number:] if line.strip()), "")
        if quote not in rest.replace("\\" + quote, "") and (_KEY_LINE.match(following) or _ITEM.match(following)):
            mark = Mark(number, key.start(2) + 1)
            return mark, "this quote is never closed", f"add the missing {quote} at the end of line {number}"
    return None


def _unusual_space(broken: Broken) -> Explained | None:
    """A no-break space, or another that is not the one of the keyboard, where YAML wants a plain space."""
    for number in range(broken.mark.line, 0, -1):
        line = broken.line(number)
        lead = line[: len(line) - len(line.lstrip())]
        if (odd := re.search(r"[^ \t]", lead)) and _KEY_LINE.match(line):
            message = f"there is a {_name(odd[0])} in the indentation"
            return Mark(number, odd.start() + 1), message, f"delete it and type {len(lead)} plain spaces"
        if number == broken.began.line and (odd := re.match(r"\s*(?:- +)?([a-z_]+):([^\S \t])\s*(.*)", line)):
            message = f"there is a {_name(odd[2])} after the colon"
            return Mark(number, odd.start(2) + 1), message, f"type a plain space instead: {odd[1]}: {odd[3]}"
    return None


def _bullet(broken: Broken) -> Explained | None:
    """A list whose items begin with a dash of Word, a dot or a star."""
    for number in {broken.began.line, broken.mark.line}:
        if bullet := BULLET.match(broken.line(number)):
            what = "a star" if bullet[1] == "*" else f'"{bullet[1]}"'
            message = f"an item of a list begins with a hyphen and a space, not with {what}"
            return Mark(number, bullet.start(1) + 1), message, f"write - {bullet[2]}"
    return None


def _no_colon(broken: Broken) -> Explained | None:
    """`kind:production`, or `kind production`."""
    if "could not find expected ':'" not in broken.problem:
        return None
    line = broken.line(broken.began.line)
    if found := _NO_SPACE.match(line):
        mark = Mark(broken.began.line, found.end(1) + 1)
        return mark, "missing space after this colon", f"write {found[1].strip()}: {found[2]}"
    if (word := re.match(r"\s*(?:- +)?([a-z_]+)(?: +(.*))?\Z", line.rstrip())) and word[1] in known_keys():
        help = f"write {word[1]}: {word[2] or ''}".rstrip()
        return Mark(broken.began.line, word.start(1) + 1), f'there is no colon after "{word[1]}"', help
    return None


def _quote_inside(broken: Broken) -> Explained | None:
    """A text in quotes that ends too early, at an apostrophe or a quote within it."""
    for number in (broken.began.line, broken.mark.line):
        key = _KEY.match(broken.line(number))
        if key and len(key[2]) > 2 and (quote := key[2][0]) in {'"', "'"}:
            inner = key[2][1:-1] if key[2].endswith(quote) else key[2]
            if key[2].endswith(quote) and quote not in inner.replace(quote * 2, "").replace("\\" + quote, ""):
                continue
            if quote not in key[2][1:]:
                continue
            end = key.start(2) + 1 + key[2].index(quote, 1)
            kind = "apostrophe" if quote == "'" else "quote"
            return Mark(number, end), f"the text ends at this {kind}", f"write {key[1]}: {in_quotes(inner)}"
    return None


def _item_on_the_line(broken: Broken) -> Explained | None:
    """`why: - because`."""
    if "block sequence entries are not allowed" not in broken.problem:
        return None
    line = broken.line(broken.mark.line)
    help = f"write {quoted_line(line)}, or begin a list on the next line"
    return broken.mark, 'a list cannot begin on the line of its key, nor a text with "- "', help


def _list_without_key(broken: Broken) -> Explained | None:
    """A list below a key that has a value already: the line with the list's own key is gone."""
    number = broken.mark.line
    line, before = broken.line(number), broken.line(number - 1)
    key = _KEY.match(before)
    if not (_ITEM.match(line) and key and not _ITEM.match(before) and _indentation(line) > _indentation(before)):
        return None
    first = re.match(r"\s*- +\{?([a-z_]+):", line)
    name = _LISTS.get(first[1], "its key") if first else "its key"
    if name == "goals:" and ("due:" in line or any(other.startswith("goals:") for other in broken.lines)):
        name = "landmarks:"
    mark = Mark(number, _indentation(line) + 1)
    indented = " " * _indentation(before) + name
    return (
        mark,
        "this list has no key",
        f"write {name} on a line of its own above it" + (f', as "{indented}"' if indented.startswith(" ") else ""),
    )


def _item_without_hyphen(broken: Broken) -> Explained | None:
    """An item in braces before others that have a hyphen."""
    number = broken.mark.line - 1
    line, following = broken.line(number), broken.line(broken.mark.line)
    if line.strip().startswith("{") and _ITEM.match(following) and _indentation(line) >= _indentation(following):
        mark = Mark(number, _indentation(line) + 1)
        return mark, "this item of the list has no hyphen before it", f"write - {line.strip()}"
    return None


def _indented_otherwise(broken: Broken) -> Explained | None:
    """A key or an item that is a little more or less indented than those it belongs to."""
    if not ("did not find expected" in broken.problem or "mapping values are not allowed" in broken.problem):
        return None
    line = broken.line(broken.mark.line)
    kind = _ITEM if _ITEM.match(line) else _KEY_LINE
    here = _indentation(line)
    in_brackets = broken.line(broken.began.line)[broken.began.column - 1 :].startswith(("{", "["))
    if in_brackets or not kind.match(line) or line[: broken.mark.column - 1].strip(" -"):
        return None
    siblings = [
        (abs(_indentation(other) - here), -number, _indentation(other))
        for number, other in enumerate(broken.lines[: broken.mark.line - 1], 1)
        if kind.match(other) and _indentation(other) != here
    ]
    if not siblings:
        return None
    _, number, wanted = min(siblings)
    spaces = "1 space" if wanted == 1 else f"{wanted} spaces" if wanted else "no space"
    message = "the indentation does not match the lines above"
    return Mark(broken.mark.line, here + 1), message, f"begin this line with {spaces}, like line {-number}"


_LOOKS: tuple[Callable[[Broken], Explained | None], ...] = (
    _fence, _open_quote, _unusual_space, _bullet, _no_colon, _quote_inside, _item_on_the_line, _list_without_key,
    _item_without_hyphen, _indented_otherwise,
)  # fmt: skip
