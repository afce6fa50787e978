"""What libyaml stumbles on, in a salesperson's words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import yaml


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in a file; line and column count from 1."""

    line: int
    column: int


def at(mark: Any) -> Mark:
    """The place of a mark of PyYAML's, or the file's beginning."""
    return Mark(mark.line + 1, mark.column + 1) if mark else Mark(1, 1)


_CONFLICT = ("<<<<<<< ", ">>>>>>> ")
_CLOSING = {'"': "quote", "'": "quote", "[": "]", "{": "}"}
#: A value that begins with what YAML takes for something else, and goes on behind it.
_SPECIAL = re.compile(r"(?:: |- |^)\s*([*&!\[{\"'])")
#: What libyaml was reading when text began with a sign of YAML's own.
_SIGNS = re.compile("scanning (?:an alias|an anchor|a tag|a directive|a block scalar)|parsing a tag")


_Explained = tuple[Mark, str, str]


def explain(error: yaml.MarkedYAMLError, lines: list[str]) -> _Explained:
    """Where libyaml stumbled, what is wrong there, and the mend."""
    conflict = next((i for i, line in enumerate(lines) if line.startswith(_CONFLICT)), None)
    if conflict is not None:
        return Mark(conflict + 1, 1), "a merge conflict was left here", "keep one side and delete the markers"
    began = _inside(error.context_mark or error.problem_mark, lines)
    mark = _inside(error.problem_mark or error.context_mark, lines)
    problem, context = (error.problem or "").lower(), (error.context or "").lower()
    before, behind = _around(mark, lines)
    if "yaml document" in problem or "%yaml" in context:
        return mark, "this version of YAML is not known", "delete the line that begins with %YAML"
    return (
        _explain_quotes_and_brackets(began, mark, problem, context, behind[:1], _around(began, lines)[1][:1])
        or _explain_signs(mark, problem, before, behind[:1])
        or _explain_lines(began, mark, problem)
        or (mark, f"this is no YAML: {problem}", "check quotes, colons and indentation around here")
    )


def _inside(mark: Any, lines: list[str]) -> Mark:
    """The place of a mark; libyaml counts a line behind the last one."""
    location = at(mark)
    return location if location.line <= len(lines) else Mark(len(lines), len(lines[-1]) + 1)


def _around(mark: Mark, lines: list[str]) -> tuple[str, str]:
    """The line of a place, before and from it."""
    line = lines[mark.line - 1] if mark.line <= len(lines) else ""
    return line[: mark.column - 1], line[mark.column - 1 :]


def _explain_quotes_and_brackets(
    began: Mark, mark: Mark, problem: str, context: str, sign: str, first: str
) -> _Explained | None:
    if "scalar" in context and ("escape" in problem or "hexdecimal" in problem):
        message = "a \\ in double quotes begins an escape, and YAML does not know this one"
        return mark, message, "use single quotes"
    if "unexpected ':'" in problem:
        return mark, "a space is missing behind this colon", "write key: value"
    if "did not find expected ',' or" in problem and sign and began.line == mark.line:
        return mark, "a comma is missing before this, or a closing bracket", "add it"
    if "quoted scalar" in context or "flow" in context or "unexpected end of stream" in problem:
        closing = _CLOSING.get(first)
        if not closing:
            return began, "something opened above is never closed", "add the missing \" ' ] or }"
        return began, f"the {first} here is never closed", f"add the missing {closing}"
    if _SIGNS.search(context):
        return began, *_cannot_begin(first)
    return None


def _explain_signs(mark: Mark, problem: str, before: str, sign: str) -> _Explained | None:
    no_token = "cannot start any token" in problem
    if "tab" in problem or (no_token and "\t" in before + sign):
        return mark, "a tab stands where YAML wants spaces", "indent with two spaces"
    if no_token:
        return mark, *_cannot_begin(sign)
    if "did not find expected" in problem and (special := _SPECIAL.search(before)):
        return Mark(mark.line, special.start(1) + 1), *_cannot_begin(special[1])
    if "mapping values are not allowed" in problem and ": " in before:
        return mark, 'a second ": " on one line', "put the value in quotes, or mend the indentation"
    return None


def _explain_lines(began: Mark, mark: Mark, problem: str) -> _Explained | None:
    if "could not find expected ':'" in problem:
        return began, "this line has no colon", "write key: value, or indent it under the text above"
    if "did not find expected" in problem or "mapping values are not allowed" in problem:
        message = "the indentation does not fit the lines above"
        return mark, message, "line it up with its siblings, two spaces a level"
    return None


def _cannot_begin(sign: str) -> tuple[str, str]:
    closing = _CLOSING.get(sign)
    message = f"text cannot go on behind the closing {closing}" if closing else f'text cannot begin with "{sign}"'
    return message, "put the whole value in quotes"
