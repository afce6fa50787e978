"""Values for a command: given as options, or asked for at a terminal."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import click

from ..findings import with_help

if TYPE_CHECKING:
    from ..model.settings import Period

#: Reads what a person typed: returns the value as the format spells it, or raises BadParameter.
Reader = Callable[[str], str]


def is_interactive() -> bool:
    """Return whether there is a person to ask."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def ask(option: str, question: str, given: str | None, read: Reader, default: str | None = None) -> str:
    """Return the value that was given, or ask until there is one that can be read.

    Without a terminal the answer is the default; if there is none, the option (or argument) is missing (UsageError).
    """
    if given is not None:
        return read_option(option, given, read)
    if is_interactive():
        return click.prompt(question, default=default, show_default=bool(default), value_proc=read)
    if default is None:
        kind = "option" if option.startswith("-") else "argument"
        raise click.UsageError(f"Missing {kind} '{option}': {question[0].lower()}{question[1:]}")
    return read_option(option, default, read) if default else ""


def ask_for_some(option: str, question: str, given: Sequence[str], read: Reader) -> list[str]:
    """Return several values: those given, or at a terminal those typed on one line with commas, possibly none."""
    if given or not is_interactive():
        return [read_option(option, one, read) for one in given]
    return click.prompt(
        f"{question} (separated by commas, or empty for none)",
        default="",
        show_default=False,
        value_proc=lambda answer: [read(one.strip()) for one in answer.split(",") if one.strip()],
    )


def read_option(option: str, value: str, read: Reader) -> str:
    """Read the value of an option. Raises BadParameter that names the option."""
    try:
        return read(value)
    except click.BadParameter as problem:
        raise click.BadParameter(problem.message, param_hint=f"'{option}'") from None


def text(value: str) -> str:
    """Read a text that must not be empty."""
    return str(_parsed("parse_required_prose", value))


def prose(value: str) -> str:
    """Read a text that may be empty."""
    return str(_parsed("parse_prose", value))


def optional(read: Reader) -> Reader:
    """Return a reader that also takes an empty answer."""
    return lambda value: read(value) if value.strip() else ""


def day(value: str) -> str:
    """Read a day."""
    return str(_parsed("parse_day", value))


def due_date(period: Period) -> Reader:
    """Return a reader of a day, also as the end of one of the period's quarters: `Q3`, `end of Q3`."""

    def read(value: str) -> str:
        from ..status.calendar import quarters

        named = re.fullmatch(r"(?:(?:the )?end of )?q([0-9]+)", " ".join(value.lower().split()))
        if not named:
            return day(value)
        ends = [quarter.end for quarter in quarters(period)]
        if not 1 <= int(named[1]) <= len(ends):
            help = f"{period.name} has {', '.join(f'Q{n}' for n in range(1, len(ends) + 1))}"
            raise click.BadParameter(with_help(f"there is no Q{named[1]}", help))
        return str(ends[int(named[1]) - 1])

    return read


def number(value: str) -> str:
    """Read a number and spell it as the format does; `93,068` and `1.2M` are understood."""
    from ..model.values import number_spelling

    typed = value.strip()
    if re.fullmatch(r"-?[1-9][0-9]{0,2}\.[0-9]{3}", typed):
        whole = typed.replace(".", "_")
        fraction = typed.rstrip("0").rstrip(".") if typed.endswith("0") else f"{typed}0"
        raise click.BadParameter(with_help(f'"{typed}" could be {fraction} or {whole}', "write the one you mean"))
    spelled = number_spelling(value)
    _parsed("parse_number", spelled)
    return spelled


def checked(parse: Callable[[str], object]) -> Reader:
    """Return a reader that takes what a parser takes, as it was typed."""

    def read(value: str) -> str:
        _read(parse, value)
        return value.strip()

    return read


def unit(value: str) -> str:
    """Read a unit."""
    from ..model.measure import parse_unit

    return str(_read(parse_unit, value))


def slug(value: str) -> str:
    """Read an id."""
    return str(_parsed("parse_slug", value.strip()))


def id_of(name: str) -> str:
    """Return an id derived from a name: `Müller & Co` becomes `muller-co`; "" if no letter of it can be kept."""
    import unicodedata

    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:40].strip("-")


def one_of(*words: str) -> Reader:
    """Return a reader of one of some words, or of the beginning of exactly one."""

    def read(value: str) -> str:
        typed = value.strip().lower()
        found = [word for word in words if word == typed] or [w for w in words if typed and w.startswith(typed)]
        if len(found) != 1:
            raise click.BadParameter(f'"{value.strip()}" is not one of: {", ".join(words)}')
        return found[0]

    return read


def _parsed(parser: str, value: str) -> Any:
    """What a parser of model.values makes of a value, named because importing it here would slow down `--help`."""
    from ..model import values

    return _read(getattr(values, parser), value)


def _read(parse: Callable[[str], Any], value: str) -> Any:
    """What a parser makes of a value. Raises BadParameter with its message and help."""
    from pydantic_core import PydanticCustomError, ValidationError

    from ..model.values import message_and_help

    try:
        return parse(value)
    except PydanticCustomError as error:
        raise click.BadParameter(with_help(*message_and_help(error))) from None
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise click.BadParameter(with_help(first["msg"], first.get("ctx", {}).get("help", ""))) from None
