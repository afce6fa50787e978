"""What the user's own pages, the chapters, can place: links, goals, lists of goals, and the parts of Home."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from ..findings import did_you_mean
from ..frozen import frozen
from ..views.context import ViewContext
from ..views.goal_card import goal_card, goal_chip
from ..views.home import HomeView, home_view
from ..views.names import Noun, Problem, find
from ..views.query import goal_list, read_query
from .render import Renderer
from .routes import PageUrls

#: What a link can lead to: `goal:moses-frase/new-business`, `person:moses-frase`, `team:central`.
LINKS: tuple[Noun, ...] = ("goal", "person", "team")
#: What a block can place: `::: goal moses-frase/new-business`, `::: goals team=central`, `::: home teams`.
BLOCKS = ("goal", "goals", "home")

Block = Literal["goal", "goals", "home"]


@frozen
class PlacedLink:
    """A link: its address ("" if it leads nowhere), its title as plain text, and the badge beside it as HTML."""

    url: str
    title: str
    badge: str = ""
    problem: Problem | None = None


@frozen
class PlacedBlock:
    """A block as HTML, and what is wrong with the words that asked for it."""

    html: str
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Chapters:
    """Makes what chapters place, for one audience and one day. `route` is always that of the chapter."""

    context: ViewContext
    renderer: Renderer

    def link(self, noun: Noun, name: str, route: str) -> PlacedLink:
        """Return a link to a goal, a person or a team."""
        named = find(self.context.assessment.handbook, noun, name)
        urls = PageUrls(self.renderer.addresses, route)
        if not named.id:
            return PlacedLink("", name, problem=named.problem)
        if noun != "goal":
            person = self.context.person(named.id)
            return PlacedLink(urls.owner(person), person.name, problem=named.problem)
        ref, chip = self.context.ref(named.id), goal_chip(self.context, self.context.assessment.goals[named.id])
        badge = self.renderer.render("chapter-badge.html", route, chip=chip).strip()
        return PlacedLink(urls.goal(ref), ref.title, badge, named.problem)

    def block(self, block: Block, words: Sequence[str], route: str, level: int, anchor: str = "") -> PlacedBlock:
        """Return a block. `level` is that of a heading in it, `anchor` that of a goal in it."""
        match block:
            case "goal":
                return self._goal(words, route, level, anchor)
            case "goals":
                return self._goals(words, route)
            case "home":
                return self._part_of_home(words, route)

    def as_of(self, route: str) -> str:
        """Return the line that says for which day the blocks of a chapter are, as HTML."""
        return self.renderer.render("chapter-as-of.html", route, as_of=self.context.as_of)

    def _goal(self, words: Sequence[str], route: str, level: int, anchor: str) -> PlacedBlock:
        name = " ".join(words)
        named = find(self.context.assessment.handbook, "goal", name)
        problems = (named.problem,) if named.problem else ()
        if not named.id:
            return self._wrong("goal", words, route, problems)
        card = replace(goal_card(self.context, self.context.assessment.goals[named.id]), anchor=anchor or named.id)
        return PlacedBlock(self.renderer.render("chapter-goal.html", route, card=card, level=level), problems)

    def _goals(self, words: Sequence[str], route: str) -> PlacedBlock:
        selection, problems = read_query(self.context.assessment.handbook, words)
        if any(problem.code == "GH705" for problem in problems):
            return self._wrong("goals", words, route, problems)
        view = goal_list(self.context, selection)
        return PlacedBlock(self.renderer.render("chapter-goals.html", route, view=view, words=words), tuple(problems))

    def _part_of_home(self, words: Sequence[str], route: str) -> PlacedBlock:
        name = " ".join(words)
        sections = self.renderer.sections("home.html", route, view=self._home)
        parts = {anchor.removeprefix("_"): content for anchor, content in sections.items()}
        if name in parts:
            return PlacedBlock(parts[name] or self.renderer.render("chapter-nothing.html", route))
        help = did_you_mean(name, parts) or f"the parts of Home are {', '.join(parts)}"
        return self._wrong("home", words, route, [Problem("GH705", name, f'unknown part of Home "{name}"', help)])

    @cached_property
    def _home(self) -> HomeView:
        return home_view(self.context)

    def _wrong(self, block: Block, words: Sequence[str], route: str, problems: Sequence[Problem]) -> PlacedBlock:
        asked = " ".join(["::: " + block, *words])
        html = self.renderer.render("chapter-problem.html", route, asked=asked, problems=problems)
        return PlacedBlock(html, tuple(problems))
