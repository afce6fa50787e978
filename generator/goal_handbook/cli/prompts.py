"""Values for a command: given as options, or asked for at a terminal."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import click

from ..findings import with_help
from .answering import Reader, SeveralDays, answer_to, is_read, read_choice
from .conversation import AskAgain, NotWanted, answers, everything_is_asked, remember
from .names import id_of, letters
from .terminal import Choice, Question, is_interactive

if TYPE_CHECKING:
    from ..model.settings import Period
    from .typed_dates import Calendar

__all__ = ["Choice", "Reader", "ask", "ask_for_some", "choose", "id_of", "is_interactive", "read_option"]


def ask(
    option: str,
    question: str,
    given: str | None,
    read: Reader,
    default: str | None = None,
    choices: Sequence[Choice] = (),
    *,
    always: bool = False,
) -> str:
    """Return the value that was given, or ask until there is one that can be read.

    `option` is the option, or the argument as the help calls it, that would have given it. A question with a default is
    only asked where nothing was given by options, or `always`. Without a terminal the answer is the default; if there
    is none, the option (or argument) is missing (UsageError). `choices` are offered, and the reader decides what else
    it takes.
    """
    if given is not None:
        return read_option(option, given, read)
    if is_interactive() and (default is None or always or everything_is_asked()):
        asked = Question(question, option, default, choices, typed=answers().typed_before(option))
        answer = answer_to(option, asked, read)
        remember(option, *([answer] if answer else []))
        return answer
    if default is None:
        kind = "option" if option.startswith("-") else "argument"
        raise click.UsageError(f"Missing {kind} '{option}': {question[0].lower()}{question[1:]}")
    return read_option(option, default, read) if default else ""


def ask_for_id(option: str, given: str | None, name: str, unused: Reader) -> str:
    """Return an id: the one given, or the one that a name leads to. Asked for only if it leads to none, or one in use.

    `unused` reads an id that can be had. Raises UsageError if nobody can be asked.
    """
    derived = id_of(name)
    if given is None and derived and is_read(derived, unused):
        return derived
    if given is None and not derived and not is_interactive():
        help = "give it an id in letters and digits, such as central-1"
        raise click.UsageError(with_help(f'there is no letter in "{name}" to make an id from', help))
    return ask(option, "Its id", given if given or is_interactive() else derived, unused)


def choose(
    option: str,
    question: str,
    given: str | None,
    words: Sequence[str],
    default: str | None = None,
    *,
    always: bool = False,
) -> str:
    """Return one of some words: the one that was given, or the one that is picked, as ask does."""
    listed, read = [Choice(word) for word in words], one_of(*words)
    named = question if is_interactive() else f"{question}: {', '.join(words)}"
    return ask(option, named, given, optional(read) if default == "" else read, default, listed, always=always)


def ask_for_some(
    option: str,
    question: str,
    given: Sequence[str],
    read: Reader,
    *,
    choices: Sequence[Choice] = (),
    default: Sequence[str] = (),
    required: bool = False,
) -> list[str]:
    """Return several values: those given, or at a terminal those typed on one line with commas, possibly none.

    An empty answer means `default`. With `required` they are asked for even if something else was given by options.
    """
    if given or not is_interactive() or not (required or everything_is_asked()):
        return [read_option(option, one, read) for one in given]

    def read_all(typed: str) -> str:
        return ", ".join(read_choice(one.strip(), choices, read) for one in typed.split(",") if one.strip())

    earlier = [*iter(lambda: answers().typed_before(option), "")]
    hint = "" if default else " (separated by commas, or empty for none)"
    asked = Question(f"{question}{hint}", option, ", ".join(default), choices, several=True, typed=", ".join(earlier))
    found = [one for one in answer_to(option, asked, read_all).split(", ") if one]
    remember(option, *found)
    return found


_WITHOUT_ASKING = f"{__name__}.yes"
#: The option of commands that ask: they write without a last question.
YES = click.option(
    "--yes",
    is_flag=True,
    expose_value=False,
    callback=lambda context, _, given: context.meta.__setitem__(_WITHOUT_ASKING, given),
    help="Do not ask whether to write what was answered.",
)


def must_be_confirmed() -> bool:
    """Return whether somebody was asked something, and should see what is written before it is."""
    return bool(answers().found) and is_interactive() and not click.get_current_context().meta.get(_WITHOUT_ASKING)


def confirm() -> None:
    """Ask whether to write what has been shown. Raises NotWanted if not, and AskAgain if an answer is to be changed."""
    words = ("yes", "no", "edit the answers")
    question = Question("Write this", "--yes", words[0], [*map(Choice, words)])
    answer = answer_to("", question, one_of(*words))
    if answer == words[2]:
        raise AskAgain
    if answer != words[0]:
        raise NotWanted


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
    """Read a day as people type it. Raises BadParameter, and SeveralDays for one that can be two."""
    typed = value.strip()
    if re.match(r"[0-9]{4}-[0-9]+-[0-9]+\Z", typed):
        return str(_parsed("parse_day", typed))
    found = calendar().days(typed)
    if len(found) > 1:
        raise SeveralDays(typed, found)
    return str(_parsed("parse_day", str(found[0]) if found else value))


_CALENDAR = f"{__name__}.calendar"


def calendar() -> Calendar:
    """Return what the words of a date refer to: the handbook that this command has opened, if it has."""
    from .. import clock
    from .typed_dates import Calendar

    context = click.get_current_context(silent=True)
    found: Calendar | None = context.meta.get(_CALENDAR) if context else None
    return found or Calendar(clock.now() or clock.today())


def read_days_by(calendar: Calendar) -> None:
    """Let the words of a date refer to this handbook in the rest of the command."""
    click.get_current_context().meta[_CALENDAR] = calendar


def due_date(period: Period) -> Reader:
    """Return a reader of a day, also as the end of one of the period's quarters: `Q3`, `end of Q3`."""

    def read(value: str) -> str:
        from ..status.calendar import quarters

        named = re.fullmatch(r"(?:(?:the )?end of )?q([0-9]+)", " ".join(value.lower().split()))
        count = len(quarters(period))
        if named and not 1 <= int(named[1]) <= count:
            help = f"{period.name} has {', '.join(f'Q{n}' for n in range(1, count + 1))}"
            raise click.BadParameter(with_help(f"there is no Q{named[1]}", help))
        return day(value)

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


def one_of(*words: str) -> Reader:
    """Return a reader of one of some words, or of the beginning of exactly one."""

    def read(value: str) -> str:
        typed = letters(value)
        known = {word: letters(word) for word in words}
        found = [w for w in words if known[w] == typed] or [w for w in words if typed and known[w].startswith(typed)]
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

    _refuse_what_no_file_holds(value)
    try:
        return parse(value)
    except PydanticCustomError as error:
        raise click.BadParameter(with_help(*message_and_help(error))) from None
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise click.BadParameter(with_help(first["msg"], first.get("ctx", {}).get("help", ""))) from None


def _refuse_what_no_file_holds(value: str) -> None:
    """Raise BadParameter for control characters, and for bytes of the command line that are no text."""
    from ..source.text import UNPRINTABLE

    if found := UNPRINTABLE.search(value):
        raise click.BadParameter(with_help(f"invisible control character U+{ord(found[0]):04X}", "leave it out"))
    if re.search("[\ud800-\udfff]", value):
        raise click.BadParameter(with_help("this is not UTF-8", "use a terminal and a language setting with UTF-8"))
