"""`goals init`: a new handbook that builds right away, for one's own people or with examples."""

from __future__ import annotations

import calendar
import os
from collections.abc import Iterator, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path

import click

from ..findings import with_help
from .common import Unusable, print_findings, today, writing
from .conversation import remember
from .prompts import (
    YES,
    Choice,
    ask,
    ask_for_some,
    checked,
    choose,
    confirm,
    id_of,
    is_interactive,
    must_be_confirmed,
    one_of,
    optional,
    read_option,
    text,
)
from .publishing import VISIBLE_TO, publishing_files
from .starter import MONTHS, NewPeriod, People, Settings, example_files, own_files, period_on

_MONTH_NAMES = tuple(name.lower() for name in calendar.month_name[1:])
_FISCAL = "fiscal-year"


@click.command()
@click.argument("directory", metavar="[DIR]", default=".", type=click.Path(path_type=Path))
@click.option("--name", metavar="NAME", help="Whose handbook it is; default: derived from the folder's name.")
@click.option("--period", metavar="WORD", help="What the goals are for: year, half-year or fiscal-year.")
@click.option("--starts", metavar="MONTH", help="The month in which a fiscal year begins.")
@click.option("--language", metavar="LOCALE", help="Language and country, e.g. de_DE; default: en_US.")
@click.option("--currency", metavar="CODE", help="The currency of money; default: the country's.")
@click.option("--you", metavar="NAME", help="Your name, as the one who leads the teams.")
@click.option("--team", "teams", multiple=True, metavar="NAME", help="A team; can be repeated.")
@click.option("--seller", "sellers", multiple=True, metavar='"NAME: TEAM"', help="A seller; can be repeated.")
@click.option("--empty", is_flag=True, help="Begin without people.")
@click.option("--examples", is_flag=True, help="Begin with examples: a team, a leader, two sellers and their goals.")
@click.option(
    "--visible-to",
    type=click.Choice([*VISIBLE_TO]),
    help=f"Who may see the site, which is published to nobody else; default: {next(iter(VISIBLE_TO))}.",
)
@YES
def init(
    directory: Path,
    name: str | None,
    period: str | None,
    starts: str | None,
    language: str | None,
    currency: str | None,
    you: str | None,
    teams: tuple[str, ...],
    sellers: tuple[str, ...],
    empty: bool,
    examples: bool,
    visible_to: str | None,
) -> None:
    """Start a handbook with a site and CI workflows.

    At a terminal it asks for the period, the language, and who is there. In a script, and without options that say so,
    it begins with examples, which can be deleted and rewritten freely.
    """
    own = bool(period or starts or you or teams or sellers or empty)
    if examples and own:
        raise click.UsageError("the examples come with a period and people: leave out the other options")
    called = ask("--name", "Whose handbook is it", name, text, directory.resolve().name.replace("-", " ").title())
    if has_no_goals := own or (is_interactive() and not examples):
        when = _period(period, starts)
        settings = _settings(called, language, currency, is_asked=True)
        people = People() if empty else _people(you, teams, sellers)
        texts = own_files(settings, when, people)
    else:
        texts = example_files(_settings(called, language, currency, is_asked=False), today())
    seen_by = _seen_by(visible_to)
    _write(directory, texts | publishing_files(seen_by))
    go_on = "goals sheet --out plan.xlsx, or goals new goal" if has_no_goals else "goals check && mkdocs serve"
    click.echo(f"next: {' && '.join([*_preparations(directory), go_on])}")


def _preparations(directory: Path) -> Iterator[str]:
    """What to run first: to be in the folder, and to have what builds the site."""
    if directory != Path():
        yield f"cd {directory}"
    if not find_spec("mkdocs"):
        yield "pip install -r requirements.txt"


def _write(directory: Path, texts: Mapping[str, str]) -> None:
    """Write all files, or none. Raises Unusable, and Abort and AskAgain where somebody was asked."""
    from ..source.atomic import write_together
    from ..source.load import load_files
    from .requirements import requirement_files

    made = {path: content.encode() for path, content in texts.items()} | requirement_files()
    files = [directory / path for path in made]
    in_the_way = [path for path in files if path.exists()]
    in_the_way += [folder for file in files for folder in file.parents if folder.exists() and not folder.is_dir()]
    if in_the_way:
        raise Unusable(f"{in_the_way[0]} already exists", "run goals init in a folder without a handbook")
    goals = {path.removeprefix("goals/"): data for path, data in made.items() if path.startswith("goals/")}
    if findings := load_files(goals, "goals").findings:
        print_findings(findings)
        raise Unusable("nothing was written")
    if must_be_confirmed():
        for path in [path for path in goals if not path.startswith(".schema/")]:
            click.echo(f"goals/{path}")
        click.echo(f"and {len(made) - len(goals)} files for the site and its checks, in {directory.resolve()}")
        confirm()
    with writing(directory):
        write_together({directory / path: content for path, content in made.items()})
    click.echo(f"created {len(made)} files in {directory}")


def _seen_by(given: str | None) -> str:
    """Who may see the site: a key of VISIBLE_TO, by default the first."""
    choices = [Choice(key, description) for key, description in VISIBLE_TO.items()]
    return ask("--visible-to", "Who may see the site", given, one_of(*VISIBLE_TO), choices[0].value, choices)


def _period(kind: str | None, starts: str | None) -> NewPeriod:
    """The period that the goals are for. Raises UsageError."""
    chosen = choose("--period", "What are the goals for", kind or (starts and _FISCAL), (*MONTHS, _FISCAL), "year")
    if chosen != _FISCAL:
        if starts:
            raise click.UsageError("--starts is for a fiscal year: leave it out, or add --period fiscal-year")
        return period_on(today(), chosen)
    month = choose("--starts", "In which month does it begin", starts, _MONTH_NAMES)
    return period_on(today(), "year", _MONTH_NAMES.index(month) + 1)


def _settings(name: str, language: str | None, currency: str | None, *, is_asked: bool) -> Settings:
    """The settings: a language, by default that of the environment, and the currency of its country."""
    here = _own_locale() if is_asked and is_interactive() else "en_US"
    locale = _locale(language or here) if not is_asked else _asked_for_locale(language, here)
    usual = _currency_of(locale)
    if not is_asked:
        return Settings(name, read_option("--currency", currency or usual, _currency), locale)
    return Settings(name, ask("--currency", "Currency", currency, _currency, usual), locale)


def _asked_for_locale(given: str | None, usual: str) -> str:
    return ask("--language", "Language and country, e.g. en_US or de_DE", given, _locale, usual)


def _locale(typed: str) -> str:
    """Read a locale: `de_DE`, `de-DE` or `de`."""
    from ..model.settings import parse_locale

    return checked(parse_locale)(typed.strip().replace("-", "_"))


def _own_locale() -> str:
    """The locale of the environment, or en_US."""
    for variable in ("LC_ALL", "LC_TIME", "LANG"):
        found = os.environ.get(variable, "").partition(".")[0]
        if found not in {"", "C", "POSIX"}:
            try:
                return _locale(found)
            except click.BadParameter:
                continue
    return "en_US"


def _currency_of(locale: str) -> str:
    """The currency of a locale's country, or of the country where most people speak its language."""
    from babel import Locale
    from babel.core import get_global
    from babel.numbers import get_territory_currencies

    likely: Mapping[str, str] = get_global("likely_subtags")
    found = Locale.parse(locale)
    territory = found.territory or likely.get(found.language, "en_Latn_US").rpartition("_")[2]
    return next(iter(get_territory_currencies(territory)), "USD")


def _currency(typed: str) -> str:
    """Read the code of a currency."""
    from ..model.values import CURRENCIES

    code = typed.strip().upper()
    if code not in CURRENCIES:
        help = "write its code, e.g. USD or EUR"
        raise click.BadParameter(with_help(f'"{typed.strip()}" is not a currency', help))
    return code


def _people(you: str | None, teams: Sequence[str], sellers: Sequence[str]) -> People:
    """Who is there: the leader, the teams, and who sells in each. Raises UsageError."""
    given = [_in_team(one, teams) for one in sellers]
    usual = _name_in_git() if is_interactive() else ""
    leader = ask("--you", "Your name, as the one who leads", you, optional(_named), usual)
    names = ask_for_some("--team", "Which teams are there", teams, _named)
    found: dict[str, list[str]] = {team: [] for team in [*names, *(team for _, team in given)]}
    for seller, team in given:
        found[team].append(seller)
    for team in names if not sellers else ():
        found[team] = _asked_for_sellers(team)
    return People(leader, found)


def _asked_for_sellers(team: str) -> list[str]:
    sellers = ask_for_some("SELLERS", f"Who sells in {team}", (), _named)
    remember("--seller", *(f"{seller}: {team}" for seller in sellers))
    return sellers


def _in_team(seller: str, teams: Sequence[str]) -> tuple[str, str]:
    """The name and the team of a seller given as `Ana Abel: North`; with one team, the name is enough."""
    name, colon, team = (part.strip() for part in seller.partition(":"))
    if not colon and len(teams) != 1:
        help = 'write e.g. --seller "Ana Abel: North"'
        raise click.BadParameter(with_help(f'"{seller}" does not say in which team', help), param_hint="'--seller'")
    return read_option("--seller", name, _named), read_option("--seller", team if colon else teams[0], _named)


def _named(name: str) -> str:
    """Read a name that an id can be made from. Raises BadParameter."""
    from ..model.values import parse_text

    called = checked(parse_text)(name)
    if not id_of(called):
        help = "add letters to it; the name can be changed later"
        raise click.BadParameter(with_help(f'there is no letter in "{called}" to make an id from', help))
    return called


def _name_in_git() -> str:
    from ..git.commands import identity

    return identity(Path())[0]
