"""(handbook, as_of, audience) -> the site as plain data. Receives the date; asks nobody."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path

from .changes.evidence import agreement_evidence
from .changes.history import History
from .changes.visibility import history_for_audience
from .model.audience import Audience, for_audience
from .model.handbook import Handbook
from .model.people import AnyOwner, Leader, Seller, Team
from .pages.page import Heading, NavEntry, Site, SitePage
from .pages.redirect import redirect_page
from .pages.render import Renderer
from .pages.routes import CHANGES, DATA, HOME, STYLE, TEAMS, Addresses, Here, goal_route, owner_route
from .pages.search import search_text
from .reports.status import status_data
from .status.assessment import Assessment, assess
from .views.changes_page import changes_view
from .views.components import GoalCard
from .views.context import ViewContext
from .views.home import home_view
from .views.leader import leader_view
from .views.seller import seller_view
from .views.team import team_view
from .views.teams import teams_view


@dataclass(frozen=True)
class SiteSettings:
    """How the site is built: for whom, with which addresses, and where a user's own templates lie."""

    audience: Audience = "team"
    addresses: Addresses = field(default_factory=Addresses)
    overrides: tuple[Path, ...] = ()


def build_site(
    handbook: Handbook, as_of: datetime.date, settings: SiteSettings, history: History | None = None
) -> Site:
    """The whole site. What is not for the audience is gone before anything is computed.

    `history` is what git knows of the goals, None where there is no git.
    """
    shown = for_audience(handbook, settings.audience)
    past = history_for_audience(history or History(), handbook, settings.audience)
    standing = assess(shown, as_of, agreement_evidence(past, shown, as_of))
    context = ViewContext(standing, past)
    renderer = Renderer(settings.addresses, context.fmt, settings.overrides)
    pages = tuple(_pages(context, renderer))
    data = json.dumps(status_data(standing, standing.goals), ensure_ascii=True, separators=(",", ":"))
    style = files("goal_handbook.pages").joinpath("assets/handbook.css").read_text(encoding="utf-8")
    return Site(pages, ((STYLE, style), (DATA, data)), tuple(_redirects(standing, settings.addresses)))


def _pages(context: ViewContext, renderer: Renderer) -> Iterator[SitePage]:
    handbook = context.assessment.handbook
    html = renderer.render("home.html", HOME, view=home_view(context))
    yield SitePage(HOME, "Home", "", html, _HOME_HEADINGS, "handbook.yaml", hide=("navigation", "toc"))
    html = renderer.render("teams.html", TEAMS, view=teams_view(context))
    yield SitePage(TEAMS, "Teams", "", html, (), "", hide=("toc",), branch=tuple(map(_entry, handbook.top_teams)))
    yield _changes_page(context, renderer)
    for team in handbook.teams.values():
        yield _team_page(context, renderer, team)
    for leader in handbook.leaders.values():
        yield _leader_page(context, renderer, leader)
    for seller in handbook.sellers.values():
        yield _seller_page(context, renderer, seller)


#: How many of a team's members the navigation of one page shows.
NEIGHBOURS = 24

_HOME_HEADINGS = (
    Heading("_owed", "What is owed"),
    Heading("_teams", "Teams"),
    Heading("_next", "The next 30 days"),
    Heading("_changes", "Last changes"),
)


def _changes_page(context: ViewContext, renderer: Renderer) -> SitePage:
    view = changes_view(context)
    html = renderer.render("changes.html", CHANGES, view=view)
    headings = tuple(Heading(month.anchor, month.title) for month in view.months)
    return SitePage(
        CHANGES, "Changes", "What was decided and what moved, newest first", html, headings, "", hide=("navigation",)
    )


def _team_page(context: ViewContext, renderer: Renderer, team: Team) -> SitePage:
    view = team_view(context, team)
    big_picture = (Heading("_context", "The big picture"),) if view.market or view.capacity or view.abilities else ()
    parts = (Heading("_parts", "Teams in it"),) if view.parts else ()
    members = (Heading("_sellers", "Sellers"),) if view.members else ()
    support = (Heading("_support", "Support"),) if view.support else ()
    owed = (Heading("_owed", "What is owed"),) if view.owed_total else ()
    goals = (Heading("_goals", "Goals", _goal_headings(view.goals)),)
    headings = (*big_picture, *goals, *parts, *members, *support, *owed)
    return _page(
        context, renderer, team, "team.html", view, headings, search_text(view.person, view.market, view.goals)
    )


def _seller_page(context: ViewContext, renderer: Renderer, seller: Seller) -> SitePage:
    view = seller_view(context, seller)
    headings = tuple(Heading(f"_{_slug(part.title)}", part.title, _goal_headings(part.goals)) for part in view.parts)
    cards = (card for part in view.parts for card in part.goals)
    text = search_text(view.person, " ".join([view.title, view.team.name if view.team else ""]), cards)
    return _page(context, renderer, seller, "seller.html", view, headings, text)


def _leader_page(context: ViewContext, renderer: Renderer, leader: Leader) -> SitePage:
    view = leader_view(context, leader)
    parts = (("_support", "Support for the team", view.support), ("_improvement", "Own growth", view.improvement))
    headings = [Heading(anchor, title, _goal_headings(goals)) for anchor, title, goals in parts if goals]
    if view.production:
        headings.append(Heading("_production", "Production", _goal_headings(view.production)))
    if view.agenda:
        headings.append(Heading("_agenda", "The next round of 1:1s"))
    if view.teams_owe_total:
        headings.append(Heading("_teams-owe", "What the teams owe"))
    about = " ".join([view.title, *(team.name for team in view.teams)])
    text = search_text(view.person, about, (*view.support, *view.improvement, *view.production))
    return _page(context, renderer, leader, "leader.html", view, tuple(headings), text)


def _page(
    context: ViewContext,
    renderer: Renderer,
    owner: AnyOwner,
    template: str,
    view: object,
    headings: tuple[Heading, ...],
    search: str,
) -> SitePage:
    route = owner_route(owner.kind, owner.id)
    html = renderer.render(template, route, view=view, slug=_slug)
    description = f"The goals of {owner.name}, status as of {context.assessment.as_of}"
    source = f"{owner.kind}s/{owner.id}.yaml"
    return SitePage(
        route,
        owner.name,
        description,
        html,
        headings,
        source,
        search,
        branch=_branch(context.assessment.handbook, owner),
    )


def _goal_headings(goals: Iterable[GoalCard]) -> tuple[Heading, ...]:
    return tuple(Heading(card.anchor, card.ref.title) for card in goals)


def _slug(title: str) -> str:
    return title.lower().replace(" ", "-")


def _branch(handbook: Handbook, owner: AnyOwner) -> tuple[NavEntry, ...]:
    """The way down to an owner: its larger teams, its team, and there its siblings."""
    if isinstance(owner, Team):
        team: Team | None = owner
    elif isinstance(owner, Seller):
        team = handbook.teams.get(owner.team)
    else:
        team = next(iter(handbook.led.get(owner.id, ())), None)
    if team is None:
        return (_entry(owner),)
    leader = handbook.leaders.get(team.leader or "")
    inside: list[AnyOwner] = [*handbook.parts.get(team.id, ()), *([leader] if leader else [])]
    inside += handbook.members.get(team.id, ())
    entry = NavEntry(team.name, owner_route("team", team.id), tuple(_entry(o) for o in _around(owner, inside)))
    for larger in handbook.larger_teams(team):
        entry = NavEntry(larger.name, owner_route("team", larger.id), (entry,))
    return (entry,)


def _around(owner: AnyOwner, siblings: list[AnyOwner]) -> list[AnyOwner]:
    """The owner's neighbours, as many as a sidebar can show, so that a page does not grow with its team."""
    at = siblings.index(owner) if owner in siblings else 0
    begin = max(0, min(at - NEIGHBOURS // 2, len(siblings) - NEIGHBOURS))
    return siblings[begin : begin + NEIGHBOURS]


def _entry(owner: AnyOwner) -> NavEntry:
    return NavEntry(owner.name, owner_route(owner.kind, owner.id))


def _redirects(standing: Assessment, addresses: Addresses) -> Iterator[tuple[str, str]]:
    """Files that lead on: each goal's permanent address, and every old id of an owner or a goal."""
    handbook = standing.handbook
    taken = set(handbook.owners)
    for owner in handbook.owners.values():
        names = [owner.id, *(old for old in owner.formerly if old not in taken)]
        page = owner_route(owner.kind, owner.id)
        for old in names[1:]:
            yield _redirect(owner_route(owner.kind, old), page, "", owner.name, addresses)
        present = {goal.id for goal in owner.goals}
        for goal in owner.goals:
            for name in names:
                for goal_id in (goal.id, *(old for old in goal.formerly if old not in present)):
                    title = f"{goal.title} – {owner.name}"
                    yield _redirect(goal_route(f"{name}/{goal_id}"), page, f"#{goal.id}", title, addresses)


def _redirect(old: str, route: str, anchor: str, title: str, addresses: Addresses) -> tuple[str, str]:
    return addresses.file(old), redirect_page(Here(addresses, old).to(route) + anchor, title)
