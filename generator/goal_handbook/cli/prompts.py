"""Values for a command: from its options, or asked for at a terminal."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Sequence
from typing import Any

import click


def is_interactive() -> bool:
    """Whether a person sits at the other end."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def ask(option: str, question: str, given: str | None, read: Callable[[str], str], default: str | None = None) -> str:
    """A value: the one given, or asked for until it can be read; without a terminal the default, or a usage error."""
    if given is not None:
        return _read(option, given, read)
    if not is_interactive():
        if default is not None:
            return _read(option, default, read) if default else ""
        raise click.UsageError(f"{option} is missing: {question}")
    while True:
        answer = click.prompt(question, default=default, show_default=bool(default), type=str)
        try:
            return _read(option, answer, read)
        except click.BadParameter as problem:
            click.echo(problem.message)


def ask_for_some(option: str, question: str, given: Sequence[str], read: Callable[[str], str]) -> list[str]:
    """Several values, at a terminal asked for in one line with commas; none is an answer too."""
    if given or not is_interactive():
        return [_read(option, one, read) for one in given]
    while True:
        answer = click.prompt(
            f"{question} (commas between, nothing for none)", default="", show_default=False, type=str
        )
        try:
            return [_read(option, one.strip(), read) for one in answer.split(",") if one.strip()]
        except click.BadParameter as problem:
            click.echo(problem.message)


def text(value: str) -> str:
    """Any text that says something. Raises BadParameter."""
    return str(_parsed("parse_required_prose", value))


def prose(value: str) -> str:
    """Any text, or none."""
    return str(_parsed("parse_prose", value))


def optional(read: Callable[[str], str]) -> Callable[[str], str]:
    """The same, and nothing is an answer too."""
    return lambda value: read(value) if value.strip() else ""


def day(value: str) -> str:
    """A day. Raises BadParameter with the spelling to use."""
    return str(_parsed("parse_day", value))


def number(value: str) -> str:
    """A number as the format spells it; `93,068` and `1.2M` are taken for what they mean."""
    from ..model.values import number_spelling

    if re.fullmatch(r"-?[1-9][0-9]{0,2}\.[0-9]{3}", value.strip()):
        whole = value.strip().replace(".", "_")
        raise click.BadParameter(f'"{value.strip()}" may be {whole.partition("_")[0]} or {whole}, write one of these')
    return _parsed_text("parse_number", number_spelling(value))


def slug(value: str) -> str:
    """An id. Raises BadParameter."""
    return str(_parsed("parse_slug", value.strip()))


def id_of(name: str) -> str:
    """An id made of a name: `Müller & Co` is `muller-co`."""
    import unicodedata

    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:40].strip("-")


def one_of(*words: str) -> Callable[[str], str]:
    """One of some words, or the beginning of one."""

    def read(value: str) -> str:
        said = value.strip().lower()
        found = [word for word in words if word == said] or [word for word in words if said and word.startswith(said)]
        if len(found) != 1:
            raise click.BadParameter(f"write {' or '.join(filter(None, [', '.join(words[:-1]), words[-1]]))}")
        return found[0]

    return read


def _read(option: str, value: str, read: Callable[[str], str]) -> str:
    try:
        return read(value)
    except click.BadParameter as problem:
        raise click.BadParameter(problem.message, param_hint=option) from None


def _parsed_text(parser: str, value: str) -> str:
    _parsed(parser, value)
    return value


def _parsed(parser: str, value: str) -> Any:
    from pydantic_core import PydanticCustomError

    from ..model import values

    try:
        return getattr(values, parser)(value)
    except PydanticCustomError as error:
        help = (error.context or {}).get("help", "")
        raise click.BadParameter(f"{error.message()}{', ' + help if help else ''}") from None
