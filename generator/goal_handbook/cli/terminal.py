"""A question at a terminal: a line that can be edited, and choices that can be picked. Plain where TERM is dumb."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

import click

from ..findings import printable
from .names import matching

if TYPE_CHECKING:
    from prompt_toolkit import PromptSession
    from prompt_toolkit.completion import CompleteEvent, Completer, Completion
    from prompt_toolkit.document import Document
    from prompt_toolkit.formatted_text import FormattedText
    from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent

#: How many choices a plain terminal lists.
_LISTED = 20
#: How many lines the choices take below the question.
_LINES = 8


@dataclass(frozen=True)
class Choice:
    """Something to choose: the answer, and what is shown for it."""

    value: str
    label: str = ""

    def __str__(self) -> str:
        return printable(f"{self.value}  {self.label}" if self.label else self.value)


@dataclass(frozen=True)
class Question:
    """What is asked. `default` is what an empty answer means (None: it has no meaning), `typed` what is there to edit.

    With `several`, the answer is a list with commas, and each part of it can be one of the choices. Questions of one
    `kind` share their history.
    """

    words: str
    kind: str = ""
    default: str | None = None
    choices: Sequence[Choice] = ()
    several: bool = False
    typed: str = ""

    def __str__(self) -> str:
        default = f" [{printable(self.default)}]" if self.default else ""
        return f"{self.words}{default}: "


class Interrupted(click.Abort):
    """Somebody left at a question, with this much of an answer on the line."""

    def __init__(self, typed: str = "") -> None:
        super().__init__()
        self.typed = typed


def is_interactive() -> bool:
    """Return whether there is a person to ask."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def read_line(question: Question) -> str:
    """Return what a person types. Raises Interrupted for Ctrl-C, and for Ctrl-D on an empty line."""
    return _edited_line(question) if _can_edit() else _plain_line(question)


def _can_edit() -> bool:
    return os.environ.get("TERM", "") not in {"", "dumb", "unknown"} or sys.platform == "win32"


def _plain_line(question: Question) -> str:
    """A line of a terminal that cannot move its cursor; the choices are listed above it."""
    for number, choice in enumerate(question.choices[:_LISTED], 1):
        click.echo(f"{number:>3}  {choice}")
    if more := len(question.choices) - _LISTED:
        click.echo(f"     and {more} more" if more > 0 else "", nl=more > 0)
    _forget_pasted()
    usual = question.typed or question.default
    try:
        typed = input(str(replace(question, default=usual)))
    except (KeyboardInterrupt, EOFError):
        click.echo()
        raise Interrupted from None
    return typed or usual or ""


def _forget_pasted() -> None:
    """Throw away lines that came with an earlier answer: they were not typed for this question."""
    if sys.platform != "win32":
        import termios

        termios.tcflush(sys.stdin, termios.TCIFLUSH)


def _edited_line(question: Question) -> str:
    session = _session(question.kind)
    has_choices = bool(question.choices)
    try:
        typed: str = session.prompt(
            str(question),
            default=question.typed,
            completer=_completer(question) if has_choices else None,
            complete_while_typing=has_choices,
            placeholder=_hint if has_choices and _is_room_for(f"{question}{_HOW}") else None,
            reserve_space_for_menu=min(len(question.choices), _LINES),
            pre_run=_open_menu if has_choices else None,
        )
    except KeyboardInterrupt:
        raise Interrupted(session.default_buffer.text) from None
    except EOFError:
        raise Interrupted from None
    return typed or question.default or ""


#: How to choose.
_HOW = "a number, a few letters, or the arrow keys"


def _is_room_for(line: str) -> bool:
    """Whether a line fits the terminal, the cursor after it too."""
    from prompt_toolkit.utils import get_cwidth

    return get_cwidth(line) < shutil.get_terminal_size().columns


def _hint() -> FormattedText:
    """How to choose, as long as nothing is typed or chosen."""
    from prompt_toolkit.application import get_app
    from prompt_toolkit.formatted_text import FormattedText

    return FormattedText([("fg:ansibrightblack", "" if get_app().is_done else _HOW)])


@cache
def _session(kind: str) -> PromptSession[str]:
    """The line of one kind of question, which remembers its answers as long as the command runs."""
    from prompt_toolkit import PromptSession
    from prompt_toolkit.history import InMemoryHistory

    return PromptSession(history=InMemoryHistory(), key_bindings=_keys())


def _open_menu() -> None:
    from prompt_toolkit.application import get_app

    get_app().current_buffer.start_completion(select_first=False)


def _keys() -> KeyBindings:
    """A pasted text is one answer, whatever lines it has: it is on the line, and Enter confirms it."""
    from prompt_toolkit.key_binding import KeyBindings
    from prompt_toolkit.keys import Keys

    keys = KeyBindings()

    @keys.add(Keys.BracketedPaste)
    def insert(event: KeyPressEvent) -> None:
        event.current_buffer.insert_text(" ".join(event.data.split()))

    return keys


def _completer(question: Question) -> Completer:
    from prompt_toolkit.completion import Completer, Completion

    class Choices(Completer):
        """The choices that fit what is typed so far."""

        def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:
            typed = document.text_before_cursor
            part = typed.rpartition(",")[2].lstrip() if question.several else typed
            for number, choice in numbered(part, question.choices):
                yield Completion(choice.value, start_position=-len(part), display=f"{number:>2}  {choice}")

    return Choices()


def numbered(typed: str, choices: Sequence[Choice]) -> list[tuple[int, Choice]]:
    """Return the choices that fit a text, each with its number in the whole list: it is its number, or part of it."""
    typed = typed.strip()
    listed = [*enumerate(choices, 1)]
    by_number = [(number, choice) for number, choice in listed if typed.isdecimal() and str(number) == typed]
    found = set(matching(typed, [f"{choice.value} {choice.label}" for choice in choices]))
    return by_number or [(number, choice) for number, choice in listed if number - 1 in found]


def chosen(typed: str, choices: Sequence[Choice]) -> list[str]:
    """Return the answers that a text can mean: the one it is, the one with its number, or those that begin with it."""
    exact = [choice.value for choice in choices if choice.value == typed.strip()]
    return exact or [choice.value for _, choice in numbered(typed, choices)] if typed.strip() else []
