"""Views to HTML with our own Jinja environment: StrictUndefined, everything escaped, a user's templates first."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path

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

from ..views.badge import CADENCE
from ..views.format import Formatter
from .chart import HEIGHT, WIDTH, draw
from .prose import line, prose
from .routes import Addresses, Here

#: Below a user's `theme.custom_dir`: templates here stand in for ours of the same name.
OVERRIDES = "goal-handbook"


class BadTemplate(Exception):
    """A template (a user's, ours are tested) cannot be rendered; the text says where and why."""


class Renderer:
    """Sets views in type. Templates of a user's override folder come first; `original/NAME` is always ours."""

    def __init__(self, addresses: Addresses, fmt: Formatter, overrides: Iterable[Path] = ()) -> None:
        self.addresses = addresses
        ours = PackageLoader("goal_handbook.pages", "templates")
        users: list[BaseLoader] = [FileSystemLoader(folder) for folder in overrides]
        self.environment = Environment(
            loader=ChoiceLoader([*users, ours, PrefixLoader({"original": ours})]),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        self.environment.filters.update(prose=prose, line=line)
        looks = [look for status, look in CADENCE.items() if status != "away"]
        self.environment.globals.update(
            draw=partial(draw, month=fmt.short_month), chart_width=WIDTH, chart_height=HEIGHT, cadence_looks=looks
        )

    def render(self, template: str, route: str, **values: object) -> str:
        """A page's HTML. `url` in templates makes addresses as seen from `route`."""
        try:
            return self.environment.get_template(template).render(url=Here(self.addresses, route), **values)
        except TemplateSyntaxError as error:
            raise BadTemplate(f"{error.filename or error.name}:{error.lineno}: {error.message}") from None
        except TemplateError as error:
            raise BadTemplate(f"{template}: {error.message}, mend the template in {OVERRIDES}/") from None
