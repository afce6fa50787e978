"""The files of a new handbook: with the examples of the starter, or with somebody's own period, teams and people."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from .package_files import package_files
from .prompts import id_of

#: Month and day of the quarters' ends; the first landmark of the examples is due on one of them.
_QUARTER_ENDS = ((3, 31), (6, 30), (9, 30), (12, 31))
#: The first landmark of the examples is at least this far ahead, and so is the end of a new handbook's period.
_AHEAD = datetime.timedelta(days=45)
#: How many months a period has.
MONTHS = {"year": 12, "half-year": 6}


@dataclass(frozen=True)
class NewPeriod:
    """The period of a new handbook; it includes its last day."""

    name: str
    start: datetime.date
    end: datetime.date


@dataclass(frozen=True)
class Settings:
    """What a new handbook's settings say, beside its period."""

    name: str
    currency: str = "USD"
    locale: str = "en_US"


@dataclass(frozen=True)
class People:
    """Who is in a new handbook, by name: its leader ("" for none), and the sellers of each team."""

    leader: str = ""
    teams: Mapping[str, Sequence[str]] = field(default_factory=dict)


def period_on(day: datetime.date, length: str, first_month: int = 1) -> NewPeriod:
    """Return the period of this length (a key of MONTHS) that a day is in, or the next one where little of it is left.

    `first_month` is the month in which a year begins, 1 for January.
    """
    from ..status.calendar import add_months

    months = MONTHS[length]
    year = datetime.date(day.year - 1, first_month, 1)
    starts = (add_months(year, months * n) for n in count())
    start = next(s for s in starts if add_months(s, months) - datetime.timedelta(days=1) >= day + _AHEAD)
    end = add_months(start, months) - datetime.timedelta(days=1)
    name = str(start.year) if start.year == end.year else f"{start.year}/{end.year % 100:02}"
    if length == "half-year":
        name = f"H{(start.month - first_month) % 12 // 6 + 1} {start.year}"
    return NewPeriod(name, start, end)


def starter_files(name: str, first_day: datetime.date) -> dict[str, str]:
    """Return the files of a new handbook with examples by path, for an organisation that starts on a day."""
    return example_files(Settings(name), first_day)


def example_files(settings: Settings, first_day: datetime.date) -> dict[str, str]:
    """Return the files of a new handbook with examples, which are for a year of the calendar."""
    soon = first_day + _AHEAD
    year = first_day.year if soon <= datetime.date(first_day.year, 11, 30) else first_day.year + 1
    landmark = next(day for m, d in _QUARTER_ENDS if (day := datetime.date(year, m, d)) >= soon)
    period = NewPeriod(str(year), datetime.date(year, 1, 1), datetime.date(year, 12, 31))
    return _filled(settings, period, {"YEAR": str(year), "FIRST": str(landmark), "TODAY": str(first_day)})


def own_files(settings: Settings, period: NewPeriod, people: People) -> dict[str, str]:
    """Return the files of a new handbook for these people, without any goals."""
    from ..source.new_file import owner_file

    found = _filled(settings, period, {})
    found = {path: text for path, text in found.items() if not re.match("goals/(teams|leaders|sellers)/", path)}
    found |= {path: data.decode() for path, data in package_files("without_examples")}
    owners = dict(_owners(people))
    found |= {f"goals/{kind}s/{owner_id}.yaml": owner_file(kind, data) for (kind, owner_id), data in owners.items()}
    return found | {"CODEOWNERS": _code_owners(found["CODEOWNERS"], owners)}


def _filled(settings: Settings, period: NewPeriod, more: Mapping[str, str]) -> dict[str, str]:
    """The starter's files with a value for each token; a token without one stays."""
    from ..source.schema import KINDS, schema_text

    values = {
        "NAME": json.dumps(settings.name, ensure_ascii=False)[1:-1],
        "PERIOD": period.name,
        "START": str(period.start),
        "END": str(period.end),
        "CURRENCY": settings.currency,
        "LOCALE": settings.locale,
        **more,
    }
    found = {
        path: re.sub("@([A-Z]+)@", lambda token: values.get(token[1], token[0]), data.decode())
        for path, data in package_files("starter")
    }
    language = settings.locale.partition("_")[0]
    if language in _LANGUAGES:
        theme = "  name: material\n"
        found["mkdocs.yml"] = found["mkdocs.yml"].replace(theme, f"{theme}  language: {language}\n")
    return found | {f"goals/.schema/{kind}.json": schema_text(kind) for kind in KINDS}


#: The languages, other than English, that pages are written in.
_LANGUAGES = {"de"}


def _owners(people: People) -> Iterator[tuple[tuple[str, str], dict[str, Any]]]:
    """Yield the kind and the id of each new owner with their data. Two of the same name get two ids."""
    taken: set[str] = set()

    def new_id(name: str) -> str:
        owner_id = next(i for n in count(1) if (i := id_of(name) + (f"-{n}" if n > 1 else "")) not in taken)
        taken.add(owner_id)
        return owner_id

    leader = new_id(people.leader) if people.leader else ""
    if leader:
        yield ("leader", leader), {"name": people.leader}
    for team, sellers in people.teams.items():
        team_id = new_id(team)
        yield ("team", team_id), {"name": team, **({"leader": leader} if leader else {})}
        for seller in sellers:
            yield ("seller", new_id(seller)), {"name": seller, "team": team_id}


def _code_owners(text: str, owners: Mapping[tuple[str, str], Any]) -> str:
    """The starter's CODEOWNERS for these people instead of the examples."""
    head = text.partition("# /goals/teams/")[0]
    leader = next((owner_id for kind, owner_id in owners if kind == "leader"), "your-name")
    lines = [
        f"# {f'/goals/{kind}s/{owner_id}.yaml':<31} {f'@{owner_id} ' if kind == 'seller' else ''}@{leader}\n"
        for kind, owner_id in owners
    ]
    return head.replace("@lea-lund", f"@{leader}") + "".join(lines)
