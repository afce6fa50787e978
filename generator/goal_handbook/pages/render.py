"""Views to HTML with our own Jinja environment: StrictUndefined, everything escaped, a user's templates first."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from jinja2 import BaseLoader, ChoiceLoader, Environment, FileSystemLoader, PackageLoader, PrefixLoader, StrictUndefined
from markupsafe import Markup

from ..views.format import Formatter
from ..views.parts import Chart
from .chart import HEIGHT, WIDTH, Drawing, draw
from .prose import line, prose
from .routes import Addresses, Here

#: Below a user's `theme.custom_dir`: templates here stand in for ours of the same name.
OVERRIDES = "goal-handbook"


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
        month: Callable[[str], str] = lambda iso: fmt.short_month(datetime.date.fromisoformat(iso))  # noqa: E731
        self.environment.globals.update(draw=partial(_draw, draw), month=month, chart_width=WIDTH, chart_height=HEIGHT)

    def render(self, template: str, route: str, **values: object) -> str:
        """A page's HTML. `url` in templates makes addresses as seen from `route`."""
        text = self.environment.get_template(template).render(url=Here(self.addresses, route), **values)
        return str(Markup(text))  # noqa: S704


def _draw(make: Callable[[Chart], Drawing], chart: Chart) -> Drawing:
    return make(chart)
