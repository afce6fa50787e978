"""Views to HTML in a Jinja environment of our own: StrictUndefined, autoescape, the user's templates first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, MutableMapping
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PackageLoader,
    PrefixLoader,
    StrictUndefined,
    TemplateError,
    TemplateSyntaxError,
)
from jinja2.runtime import Context
from jinja2.utils import missing
from markupsafe import Markup

from ..figures import Formatter
from ..views.badge import CADENCE, GOAL
from ..words import Words
from .chart import draw, svg
from .compiled import Compiled, CompiledFlat
from .flat import FlatGenerator
from .output import Html, output
from .prose import render_line, render_prose
from .routes import Addresses, PageUrls

#: Folder in the user's `theme.custom_dir` whose templates replace ours of the same name.
OVERRIDES = "goal-handbook"


def _messages(words: Words) -> dict[str, Callable[..., Html]]:
    """Return what says messages in templates. They may have tags; values are escaped unless they are HTML already."""

    said = _Said(words)

    def text(message: str, **values: object) -> Html:
        if not values:
            return said[message]
        return _filled(said[message], {i: words.number(v) if type(v) is int else v for i, v in values.items()})

    def plural(one: str, many: str, count: int, **values: object) -> Html:
        return _filled(words.form(one, many, count), {"n": words.number(count), **values})

    text.said = said  # type: ignore[attr-defined] # where flat templates find what has no values
    return {"_": text, "ngettext": plural}


class _Said(dict[str, Html]):
    """Messages without values in one language, each looked up in the catalogue once."""

    def __init__(self, words: Words) -> None:
        self.words = words

    def __missing__(self, message: str) -> Html:
        found = self[message] = Html(self.words.text(message))
        return found


def _filled(message: str, values: Mapping[str, object]) -> Html:
    """A message with its values escaped; `Markup.format` does the same in several times the time."""
    return Html(str.format_map(message, {name: output(value) for name, value in values.items()}))


class BadTemplate(Exception):
    """A user's template cannot be rendered; the message says which one, and why."""


_FLAT, _PLAIN = CompiledFlat(), Compiled()


class _Context(Context):
    """Calls macros and functions at once. Jinja asks each twice what else it wants to be given: none of ours does."""

    def call(self, called: Callable[..., object], /, *args: object, **kwargs: object) -> object:
        """Return what a macro or a function returns."""
        kwargs.pop("_block_vars", None)
        kwargs.pop("_loop_vars", None)
        return called(*args, **kwargs)

    def known(self, name: str) -> object:
        """Return what a name stands for, for code that does not ask again. Raises LookupError."""
        if (value := self.resolve_or_missing(name)) is missing:
            raise LookupError(name)
        return value


class _Environment(Environment):
    """Hands its globals to templates as a dictionary: Jinja's own way looks each of them up for each page."""

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return the globals of a template."""
        return {**self.globals, **(d or {})}


class Renderer:
    """Renders views with templates. The user's overrides come first; `original/NAME` is always our own template."""

    def __init__(self, addresses: Addresses, fmt: Formatter, overrides: Iterable[Path] = ()) -> None:
        self.addresses, self._overrides, self._words = addresses, tuple(overrides), fmt.words
        cadence_badges = [badge for status, badge in CADENCE.items() if status != "away"]
        self._known: dict[str, object] = {
            "draw": partial(draw, fmt=fmt),
            "svg": partial(svg, words=fmt.words),
            "cadence_badges": cadence_badges,
            "goal_badges": tuple(GOAL.values()),
            **_messages(fmt.words),
            "placeable": self._note_section,
        }
        self.environment = self._environment(_FLAT)
        self.environment.code_generator_class = FlatGenerator
        self._only_plain: set[str] = set()
        self._sections: dict[str, Markup] = {}

    @cached_property
    def plain(self) -> Environment:
        """The environment with Jinja's own code."""
        return self._environment(_PLAIN)

    def _environment(self, compiled: Compiled) -> Environment:
        ours = PackageLoader("goal_handbook.pages", "templates")
        users: list[BaseLoader] = [FileSystemLoader(folder) for folder in self._overrides]
        made = _Environment(
            loader=ChoiceLoader([*users, ours, PrefixLoader({"original": ours})]),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            bytecode_cache=compiled,
        )
        made.context_class = _Context
        made.filters.update(prose=render_prose, line=render_line, number=self._words.number)
        made.globals.update(self._known)
        return made

    def render(self, template: str, route: str, **values: object) -> str:
        """Return a page's HTML; in templates, `url` makes addresses relative to `route`. Raises BadTemplate."""
        values["url"] = PageUrls(self.addresses, route)
        try:
            return self._rendered(template, values)
        except TemplateSyntaxError as error:
            raise BadTemplate(f"{error.filename or error.name}:{error.lineno}: {error.message}") from None
        except TemplateError as error:
            raise BadTemplate(f"{template}: {error.message}; fix the template in {OVERRIDES}/") from None

    def _rendered(self, template: str, values: Mapping[str, object]) -> str:
        """Render with flat code. Where that fails, for whatever reason, the template is left to Jinja from then on."""
        if template not in self._only_plain:
            self._sections = {}
            try:
                return self.environment.get_template(template).render(values)
            except Exception:  # what was wrong, if anything, Jinja's own code says
                self._only_plain.add(template)
        self._sections = {}
        return self.plain.get_template(template).render(values)

    def sections(self, template: str, route: str, **values: object) -> dict[str, Markup]:
        """Return the content of each section of a page by its anchor, "" if it is left out. Raises BadTemplate."""
        self.render(template, route, **values)
        return self._sections

    def _note_section(self, anchor: str, content: Markup) -> Markup:
        """Remember a section of the page that is being rendered, and return its content."""
        self._sections[anchor] = content
        return content
