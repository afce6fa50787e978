"""Translates libyaml's syntax errors into the words of somebody who writes goals."""

from __future__ import annotations

import re
from typing import Any

import yaml

from .slips import Broken, Explained, Mark, find_slip, quoted_line


def at(mark: Any) -> Mark:
    """Return the position of one of PyYAML's marks, or the beginning of the file for None."""
    return Mark(mark.line + 1, mark.column + 1) if mark else Mark(1, 1)


_CONFLICT = ("<<<<<<< ", ">>>>>>> ")
_CLOSING = {'"': "quote", "'": "quote", "[": "]", "{": "}"}
#: The beginning of a value that has a meaning in YAML, so that the text after it breaks the syntax.
_SPECIAL = re.compile(r"(?:: |- |^)\s*([*&!\[{\"'])")
#: A whole value in quotes, and a quote with which one begins.
_QUOTED = re.compile(r"""(?:[:,]\s+|[\[{]\s*)(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')""")
_OPEN_QUOTE = re.compile(r"""(?:[:,]\s+|[\[{]\s*)(["'])""")
#: The help for text that needs quotes; the line to write is added where it can be.
_QUOTE = "put the whole value in quotes"
#: What libyaml was reading when text began with a character that has a meaning in YAML.
_SIGNS = re.compile("scanning (?:an alias|an anchor|a tag|a directive|a block scalar)|parsing a tag")


def is_depth_limit(error: yaml.MarkedYAMLError) -> bool:
    """Return whether libyaml (since 0.2.6) stopped at its own limit for nested lists and mappings."""
    return "nesting depth" in (error.problem or "")


def explain(error: yaml.MarkedYAMLError, lines: list[str]) -> Explained:
    """Return where the syntax breaks, what is wrong there, and how to fix it."""
    conflict = next((i for i, line in enumerate(lines) if line.startswith(_CONFLICT)), None)
    if conflict is not None:
        return Mark(conflict + 1, 1), "unresolved merge conflict", "keep one side and delete the markers"
    began = _inside(error.context_mark or error.problem_mark, lines)
    mark = _inside(error.problem_mark or error.context_mark, lines)
    problem, context = (error.problem or "").lower(), (error.context or "").lower()
    if quote := _open_quote(began, mark, lines):
        return quote, "this quote is never closed", "add the missing quote"
    if slip := find_slip(Broken(lines, began, mark, problem)):
        return slip
    before, after = _around(mark, lines)
    if "yaml document" in problem or "%yaml" in context:
        return mark, "this version of YAML is not supported", "delete the line that begins with %YAML"
    where, what, help = (
        _explain_quotes_and_brackets(began, mark, problem, context, after[:1], _around(began, lines)[1][:1])
        or _explain_signs(mark, problem, before, after[:1])
        or _explain_lines(began, mark, problem)
        or (mark, f"invalid YAML: {problem}", "check the quotes, colons and indentation around here")
    )
    if help == _QUOTE and (line := quoted_line(lines[where.line - 1])):
        help = f"put the whole value in quotes: {line}"
    return where, what, help


def _open_quote(began: Mark, mark: Mark, lines: list[str]) -> Mark | None:
    """Return where a value in brackets opens a quote that its line does not close, although it closes the bracket."""
    for number in range(began.line, mark.line + 1):
        line = lines[number - 1].rstrip()
        quote = _OPEN_QUOTE.search(_QUOTED.sub(lambda found: "_" * len(found[0]), line))
        if quote and line.endswith(("}", "]")):
            return Mark(number, quote.start(1) + 1)
    return None


def _inside(mark: Any, lines: list[str]) -> Mark:
    """Return a mark's position; libyaml may point to a line after the last one."""
    position = at(mark)
    return position if position.line <= len(lines) else Mark(len(lines), len(lines[-1]) + 1)


def _around(mark: Mark, lines: list[str]) -> tuple[str, str]:
    """Return the line of a position, up to it and from it on."""
    line = lines[mark.line - 1] if mark.line <= len(lines) else ""
    return line[: mark.column - 1], line[mark.column - 1 :]


def _explain_quotes_and_brackets(
    began: Mark, mark: Mark, problem: str, context: str, sign: str, first: str
) -> Explained | None:
    if "scalar" in context and ("escape" in problem or "hexdecimal" in problem):
        return mark, "unknown escape sequence in double quotes", "use single quotes, or write the \\ twice"
    if "unexpected ':'" in problem:
        return mark, "missing space after this colon", "write key: value"
    if "did not find expected ',' or" in problem and sign and began.line == mark.line:
        return mark, "expected a comma or closing bracket", "add it before this"
    if "quoted scalar" in context or "flow" in context or "unexpected end of stream" in problem:
        closing = _CLOSING.get(first)
        if not closing:
            return began, "a quote or bracket above is never closed", "add the missing \" ' ] or }"
        opened = closing if closing == "quote" else first
        return began, f"this {opened} is never closed", f"add the missing {closing}"
    if _SIGNS.search(context):
        return began, *_cannot_begin(first)
    return None


def _explain_signs(mark: Mark, problem: str, before: str, sign: str) -> Explained | None:
    no_token = "cannot start any token" in problem
    if "tab" in problem or (no_token and "\t" in before + sign):
        return mark, "tab used for indentation; YAML requires spaces", "indent with two spaces"
    if no_token:
        return mark, *_cannot_begin(sign)
    if "did not find expected" in problem and (special := _SPECIAL.search(before)):
        return Mark(mark.line, special.start(1) + 1), *_cannot_begin(special[1])
    if "mapping values are not allowed" in problem and ": " in before:
        return mark, 'second ": " on one line', _QUOTE
    return None


def _explain_lines(began: Mark, mark: Mark, problem: str) -> Explained | None:
    if "could not find expected ':'" in problem:
        return began, "this line has no colon", "write key: value, or indent it under the text above"
    if "did not find expected" in problem or "mapping values are not allowed" in problem:
        message = "the indentation does not match the lines above"
        return mark, message, "align it with its siblings, two spaces per level"
    return None


def _cannot_begin(sign: str) -> tuple[str, str]:
    closing = _CLOSING.get(sign)
    message = f"unexpected text after the closing {closing}" if closing else f'text cannot begin with "{sign}"'
    return message, _QUOTE
