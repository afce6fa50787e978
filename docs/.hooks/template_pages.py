"""The page of templates and their data, made from the views, so that it has exactly what a template is given."""

from __future__ import annotations

import inspect
import types
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from goal_handbook.views.changes_page import ChangesView
from goal_handbook.views.components import Chip, GoalCard, Person
from goal_handbook.views.home import HomeView
from goal_handbook.views.landmarks import LandmarksView
from goal_handbook.views.leader import LeaderView
from goal_handbook.views.legend import LegendView
from goal_handbook.views.names import Problem
from goal_handbook.views.people import PeopleView
from goal_handbook.views.query import GoalList
from goal_handbook.views.reviews import ReviewsView
from goal_handbook.views.seller import SellerView
from goal_handbook.views.team import TeamView
from goal_handbook.views.teams import TeamsView
from goal_handbook.views.walk import WalkView

PAGE = "manual/templates.md"
#: What each template is given, beside `url`; a test renders all of them and compares.
TEMPLATES: dict[str, dict[str, Any]] = {
    "home": {"view": HomeView},
    "teams": {"view": TeamsView},
    "people": {"view": PeopleView},
    "landmarks": {"view": LandmarksView},
    "team": {"view": TeamView},
    "seller": {"view": SellerView, "sheet": str},
    "leader": {"view": LeaderView, "sheets": int},
    "reviews": {"view": ReviewsView},
    "legend": {"view": LegendView},
    "changes": {"view": ChangesView},
    "sheet": {"view": SellerView},
    "sheets": {"leader": Person, "sheets": tuple[str, ...]},
    "walk": {"view": WalkView},
    "chapter-as-of": {"as_of": str},
    "chapter-badge": {"chip": Chip},
    "chapter-goal": {"card": GoalCard, "level": int},
    "chapter-goals": {"view": GoalList, "words": tuple[str, ...]},
    "chapter-nothing": {},
    "chapter-problem": {"asked": str, "problems": tuple[Problem, ...]},
}
#: Templates that are not pages: they define what others import.
MACROS = ("agenda", "chart", "checkin", "goal", "heatmap", "lists", "next_steps", "parts")
INTRO = """# Templates and their data

What each [template of your own](how-to/own-templates.md) can show. This page is made from the program's views.

Every template has `url`, which makes addresses: `url.owner(person)`, `url.goal(ref)`, `url.sheets(person)`. There are
the filters `prose` and `line`, for text that people wrote in Markdown, and the function `draw(chart)`. Our own messages
are said [in the language of the site](site.md#language) by `_("{n} more", n=3)` and
`ngettext("{n} seller", "{n} sellers", 3)`; the labels of badges go through `_` too. All other texts are finished: dates
and numbers are spelled out, and "" is nothing to show. A `sheet` is finished HTML, for `{{ sheet | safe }}`; a leader's
page is only given how many there are.

| template | what it is given |
|---|---|
"""
PLAIN = {str: "text", int: "a number", float: "a number", bool: "true or false", date: "a date"}


def on_files(files: Files, *, config: MkDocsConfig) -> Files:
    """Add the page to the site."""
    page = File.generated(config, PAGE, content=page_of_templates())
    page.edit_uri = "../generator/goal_handbook/views/components.py"
    files.append(page)
    return files


def page_of_templates() -> str:
    """Return the page as Markdown: the templates, then every value they are made of."""
    rows = "".join(f"| `{name}` | {_given(values)} |\n" for name, values in TEMPLATES.items())
    macros = (
        f"\n{', '.join(f'`{name}`' for name in MACROS)} are imported by others: they define what these draw with.\n"
    )
    return INTRO + rows + macros + "".join(map(_section, _titles()))


@cache
def _titles() -> dict[type[Any], str]:
    """The dataclasses in all templates with their titles: two of one name have that of their module too."""
    found: dict[type[Any], None] = {}
    for values in TEMPLATES.values():
        for kind in values.values():
            found |= dict.fromkeys(_dataclasses(kind, found))
    often = {name for name, count in Counter(kind.__name__ for kind in found).items() if count > 1}
    modules = {kind: kind.__module__.rpartition(".")[2] for kind in found}
    return {k: f"{k.__name__} of {modules[k]}" if k.__name__ in often else k.__name__ for k in found}


def _given(values: dict[str, Any]) -> str:
    return "<br>".join(f"`{name}`: {_words(kind)}" for name, kind in values.items()) or "nothing"


def _dataclasses(kind: Any, known: dict[type[Any], None]) -> Iterator[type[Any]]:
    """The dataclasses in a type that are not known yet, each before those in it."""
    if is_dataclass(kind) and isinstance(kind, type):
        if kind not in known:
            known[kind] = None
            yield kind
            for part in get_type_hints(kind).values():
                yield from _dataclasses(part, known)
    else:
        for part in get_args(kind):
            yield from _dataclasses(part, known)


def _section(kind: type[Any]) -> str:
    hints = get_type_hints(kind)
    rows = [(field.name, _words(hints[field.name])) for field in fields(kind)]
    for name, member in inspect.getmembers(kind, lambda member: isinstance(member, property)):
        rows.append((name, f"{_words(get_type_hints(member.fget)['return'])}: {_first_line(member)}"))
    table = "".join(f"| `{name}` | {words} |\n" for name, words in rows)
    return f"\n## {_titles()[kind]}\n\n{inspect.getdoc(kind)}\n\n| name | what it is |\n|---|---|\n{table}"


def _first_line(member: Any) -> str:
    text = (inspect.getdoc(member) or "").partition("\n")[0].removeprefix("Return ")
    return text[:1].lower() + text[1:]


def _words(kind: Any) -> str:
    """A type in words, with links to the dataclasses in it."""
    arguments = get_args(kind)
    if get_origin(kind) is Literal:
        return ", ".join(f'"{value}"' for value in arguments)
    if get_origin(kind) in {Union, types.UnionType}:
        return " or ".join(_words(part) if part is not type(None) else "none" for part in arguments)
    if (get_origin(kind) is tuple and arguments[-1] is Ellipsis) or get_origin(kind) is Sequence:
        return f"a list: {_words(arguments[0])}"
    if get_origin(kind) is tuple:
        return f"{len(arguments)} of: {' and '.join(dict.fromkeys(map(_words, arguments)))}"
    if kind in PLAIN:
        return PLAIN[kind]
    title = _titles()[kind]
    return f"[{title}](#{title.lower().replace(' ', '-')})"
