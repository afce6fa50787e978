"""What a command has asked so far: its answers are never lost, and can be given again as options."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import click
from click.core import ParameterSource

_ANSWERS = f"{__name__}.answers"
#: Options that say where, how and about which goals, not what: with nothing else given, everything is asked.
_ABOUT_THE_COMMAND = {"directory", "yes", "dry_run", "as_of", "owner", "goal"}


class AskAgain(Exception):
    """Somebody wants to change an answer: the command starts again, with the answers there to be edited."""


class NotWanted(click.Abort):
    """Somebody does not want to write what was shown."""


@dataclass(frozen=True)
class Answer:
    """What was answered, and the option or argument that would have given it; not every question `is_given` by one."""

    option: str
    text: str
    is_given: bool

    @property
    def words(self) -> list[str]:
        """The words of a command line: a flag has no value, and one that looks like an option is joined to its name."""
        if not self.option.startswith("-"):
            return [self.text]
        joined = [f"{self.option}={self.text}"]
        return joined if self.text.startswith("-") else [self.option, *([self.text] if self.text else [])]


@dataclass
class Answers:
    """The answers of one run of a command.

    `arguments` is what was typed after `goals`, `earlier` the answers of the round before this one.
    """

    arguments: Sequence[str]
    found: list[Answer] = field(default_factory=list)
    earlier: list[Answer] = field(default_factory=list)

    def typed_before(self, option: str) -> str:
        """Return and forget the first answer of the round before to this option, "" if there was none."""
        found = next((answer for answer in self.earlier if answer.option == option), None)
        if found is None:
            return ""
        self.earlier.remove(found)
        return found.text

    def begin_again(self) -> None:
        """Let this round's answers be those to edit in the next one."""
        self.earlier, self.found = self.found, []

    def command_line(self) -> str:
        """Return the command that continues from here, quoted for a shell; "" if there is no answer to give to it."""
        given = [answer for answer in self.found if answer.is_given]
        if not given:
            return ""
        options = [word for answer in given if answer.option.startswith("-") for word in answer.words]
        positional = [answer.text for answer in given if not answer.option.startswith("-")]
        separator = ["--"] if any(text.startswith("-") for text in positional) else []
        return shlex.join(["goals", *self.arguments, *options, *separator, *positional])


def answers() -> Answers:
    """Return the answers of the command that is running."""
    context = click.get_current_context(silent=True)
    found: Any = context.meta.get(_ANSWERS) if context else None
    return found or Answers(())


def remember(option: str, *given: str) -> None:
    """Keep answers under the option or the argument that each would have been, or under any word for the question."""
    context = click.get_current_context(silent=True)
    known = {name for parameter in context.command.params for name in _names(parameter)} if context else set()
    answers().found += [Answer(option, text, option in known) for text in given]


def _names(parameter: click.Parameter) -> list[str]:
    """The options of a parameter, or what an argument is called in a question: `OWNER/GOAL`, `VALUE`."""
    if isinstance(parameter, click.Argument):
        return [(parameter.metavar or parameter.name or "").strip("[]").upper()]
    return parameter.opts


def all_is_written() -> None:
    """Forget the answers, because what they led to has been written."""
    answers().found.clear()


def everything_is_asked() -> bool:
    """Return whether nothing was given but what the command is about, so that questions nobody must answer are asked.

    What it is about is its first argument, such as a goal.
    """
    context = click.get_current_context(silent=True)
    if context is None:
        return True
    arguments = [parameter for parameter in context.command.params if isinstance(parameter, click.Argument)]
    about = {*_ABOUT_THE_COMMAND, *(argument.name for argument in arguments[:1])}
    names = (parameter.name or "" for parameter in context.command.params if parameter.name not in about)
    return not any(context.get_parameter_source(name) is ParameterSource.COMMANDLINE for name in names)


class Conversation(click.Group):
    """A group whose commands can be continued: what was answered is printed if one is left or fails."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse the arguments, and remember them."""
        ctx.meta[_ANSWERS] = Answers([*args])
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; again, if an answer is to be changed."""
        while True:
            given: Answers = ctx.meta[_ANSWERS]
            try:
                return super().invoke(ctx)
            except AskAgain:
                given.begin_again()
                ctx = self.make_context(ctx.info_name, [*given.arguments], parent=ctx.parent)
                ctx.meta[_ANSWERS] = given
            except (click.Abort, KeyboardInterrupt):
                if command := given.command_line():
                    click.echo(f"nothing was written; to continue from here:\n  {command}", err=True)
                raise
            except click.ClickException:
                if command := given.command_line():
                    click.echo(f"to continue from your answers:\n  {command}\n", err=True)
                raise
