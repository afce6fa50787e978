"""The comment on a pull request: what to fix with the lines to paste, what the change does, who has yet to agree."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from ..findings import Finding, printable, window
from ..words import plural
from .diff.model import Difference
from .diff.text import lines
from .markup import Style

#: The workflow finds its comment by this, to update it instead of adding another.
MARKER = "<!-- goal-handbook -->"
#: GitHub refuses a comment of more than 65,536 characters.
_MOST_CHARACTERS = 60_000
#: More errors than this are for the check's own list.
_MOST_ERRORS = 20
#: A help that ends with YAML: what to do with it, and the lines to paste.
_TO_PASTE = re.compile(r"(.*?:) (\S.*\{.*|\{.*)")
#: What such a help is if the line is an item of a list.
_ITEM_OF = re.compile(r"add to (\w+):")
_STYLE = Style("markdown")


def as_comment(
    difference: Difference | None,
    errors: Sequence[Finding] = (),
    *,
    not_shown: int = 0,
    problem: str = "",
    preview: str = "",
) -> str:
    """Return the comment in Markdown; nothing in it mentions a person or links an issue, and it fits into one comment.

    `errors` are what stops the change, `not_shown` how many more only leaders may read. Without a `difference` it says
    that the change cannot be shown, and why, if `problem` does. `preview` is the address of the site as it would be,
    which is left out while there are errors.
    """
    parts = [*_errors(errors, not_shown), *_problem(problem)]
    if preview and not parts:
        parts.append(f"[See the site as it would be]({preview})\n")
    if difference:
        parts += lines(difference, _STYLE)
        if difference.to_agree:  # what the list ends with
            parts.append("\nEach of them says so with `goals agree OWNER/GOAL`, in a commit of their own.")
    else:
        parts += [_STYLE.heading("What this changes in the goals", 2), "It can be shown once this is fixed."]
    return "\n".join([MARKER, *_bounded(parts), ""])


def _errors(errors: Sequence[Finding], not_shown: int) -> Iterator[str]:
    if not (errors or not_shown):
        return
    yield _STYLE.heading(f"{plural(len(errors) + not_shown, 'error')} to fix first", 2)
    yield from map(_error, errors[:_MOST_ERRORS])
    if len(errors) > _MOST_ERRORS:
        yield f"{plural(len(errors) - _MOST_ERRORS, 'more error')}: see the check, or run `goals check`.\n"
    if not_shown:
        yield f"{plural(not_shown, 'error')} in what only leaders see: see the check, or run `goals check`.\n"


def _error(error: Finding) -> str:
    """Where and what, the line itself, and the help with the lines to paste; a blank line ends it."""
    said = [f"{_STYLE.strong(_STYLE.escape(str(error.location)))}: {_STYLE.escape(error.message)} ({error.code})"]
    if error.excerpt and error.location.line:
        said.append(_code(window(error.excerpt, error.location.column)[0]))
    paste = _TO_PASTE.fullmatch(error.help)
    if paste:
        key = _ITEM_OF.fullmatch(paste[1])
        said += [f"help: {_STYLE.escape(paste[1])}", _code(*([f"{key[1]}:", f"  - {paste[2]}"] if key else [paste[2]]))]
    elif error.help:
        said.append(f"help: {_STYLE.escape(error.help)}")
    return "\n\n".join(said) + "\n"


def _code(*text: str) -> str:
    """Return lines of YAML as they are, to read or to copy; a fence is longer than any in them."""
    fence = "`" * (1 + max((2, *map(len, re.findall("`+", "\n".join(text))))))
    return "\n".join([f"{fence}yaml", *map(printable, text), fence])


def _problem(problem: str) -> Iterator[str]:
    if problem:
        yield _STYLE.heading("Something to fix first", 2)
        yield "\n\n".join(_STYLE.escape(line) for line in problem.splitlines()) + "\n"


def _bounded(parts: Iterable[str]) -> Iterator[str]:
    """Yield the parts that fit into a comment, and how many lines are left."""
    room, left = _MOST_CHARACTERS, 0
    for part in parts:
        room -= len(part) + 1
        if room > 0:
            yield part
        else:
            left += part.count("\n") + 1
    if left:
        yield f"\n… and {plural(left, 'more line')}: see the check, or run `goals diff`."
