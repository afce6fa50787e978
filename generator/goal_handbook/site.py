"""(handbook, assessment, history) -> the whole site as plain data. Nothing here knows today or an engine."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from .changes.evidence import agreement_evidence
from .changes.history import History
from .changes.visibility import history_for_audience, past_goals
from .feeds.files import feed_files
from .model.audience import Audience, for_audience
from .model.handbook import Handbook
from .model.people import AnyOwner, Seller, Team
from .pages.chapters import Chapters
from .pages.forge import SCRIPT, check_in_script
from .pages.lists import list_pages
from .pages.page import Link, NavEntry, Site, SitePage
from .pages.redirect import redirect_page
from .pages.render import Renderer
from .pages.routes import (
    CHANGES_FEED,
    DATA,
    HOME,
    LEGEND,
    REVIEWS,
    STYLE,
    TEAMS,
    Addresses,
    PageUrls,
    calendar_of,
    goal_route,
    owner_route,
    sheets_route,
)
from .pages.search import search_tags, search_text
from .pages.style import style_sheet
from .reports.status import status_data
from .status.agreement import Verdicts
from .status.assessment import Assessment, assess
from .views.components import GoalCard, Person
from .views.context import ViewContext
from .views.home import home_view
from .views.leader import LeaderView, leader_view
from .views.legend import legend_view
from .views.reviews import reviews_view
from .views.seller import SellerView, seller_view
from .views.team import TeamView, team_view
from .views.teams import teams_view
from .words import ENGLISH, Words

#: How many of a team's members the navigation of one page shows.
NEIGHBOURS = 24


@dataclass(frozen=True)
class SiteSettings:
    """How the site is built: for whom, with which addresses, the user's own templates in which folders, whose words.

    A site of the past is there to be read: it has no files for other programs, and no sheets for the next 1:1s. Pages
    that `link_sources` are for a generator to finish, see `Addresses`; all other files are as for a finished site.
    """

    audience: Audience = "team"
    addresses: Addresses = field(default_factory=Addresses)
    overrides: tuple[Path, ...] = ()
    words: Words = ENGLISH
    is_past: bool = False
    link_sources: bool = False


def build_site(handbook: Handbook, assessment: Assessment, history: History, settings: SiteSettings) -> Site:
    """Return the whole site. Whatever is not for the audience is gone before anything is computed.

    `handbook` is the whole one, as written; `assessment` is of it, and `history` is what git knows of it.
    """
    if settings.audience == "team":
        assessment, history = assess_for_team(handbook, assessment.as_of, history, assessment.verdicts)
    return site_of(assessment, history, settings)


def assess_for_team(
    handbook: Handbook, as_of: datetime.date, history: History, verdicts: Mapping[str, Verdicts]
) -> tuple[Assessment, History]:
    """Return an assessment and a history without anything the team may not see, from the whole ones."""
    shown = for_audience(handbook, "team", past_goals(history, handbook))
    past = history_for_audience(history, handbook, "team")
    return assess(shown, as_of, agreement_evidence(past, shown, as_of), verdicts), past


def site_of(assessment: Assessment, history: History, settings: SiteSettings) -> Site:
    """Return the whole site of what its audience may see, which is all that the assessment and the history hold."""
    context = ViewContext(assessment, history, settings.words, _only_year(assessment.handbook))
    addresses = replace(settings.addresses, new_file=None) if settings.is_past else settings.addresses
    of_pages = replace(addresses, sources=settings.link_sources)
    renderer = Renderer(of_pages, context.fmt, settings.overrides)
    pages = tuple(_pages(context, renderer, settings.is_past))
    data = json.dumps(status_data(assessment, assessment.goals), ensure_ascii=True, separators=(",", ":"))
    redirects = tuple(_redirects(assessment.handbook, settings))
    script = ((SCRIPT, check_in_script()),) if addresses.new_file else ()
    site = Site(pages, ((STYLE, style_sheet()), *script, (DATA, data)), redirects, Chapters(context, renderer))
    return site if settings.is_past else _with_feeds(site, context, settings.addresses)


def _only_year(handbook: Handbook) -> int | None:
    """The year that the handbook's whole period lies in: pages about it show its days without it."""
    period = handbook.settings.period
    return period.start.year if period.start.year == period.end.year else None


def _pages(context: ViewContext, renderer: Renderer, is_past: bool) -> Iterator[SitePage]:
    handbook = context.assessment.handbook
    yield _home_page(context, renderer)
    yield _teams_page(context, renderer)
    yield from list_pages(context, renderer)
    yield _reviews_page(context, renderer)
    yield _legend_page(context, renderer)
    for team in handbook.teams.values():
        yield _team_page(context, renderer, team)
    sheets: dict[str, str] = {}
    for seller in handbook.sellers.values():
        view = seller_view(context, seller)
        if not is_past:
            sheets[seller.id] = renderer.render("sheet.html", HOME, view=view)
        yield _seller_page(context, renderer, view, sheets.get(seller.id, ""))
    for leader in handbook.leaders.values():
        led = leader_view(context, leader)
        printed = [sheets[person.id] for person in led.sellers if person.id in sheets]
        yield _leader_page(context, renderer, led, len(printed))
        if printed:
            yield _sheets_page(context, renderer, led.person, printed)


def _with_feeds(site: Site, context: ViewContext, addresses: Addresses) -> Site:
    pages = tuple(_with_links(page, PageUrls(addresses, page.route), context.words) for page in site.pages)
    return replace(site, pages=pages, files=(*site.files, *feed_files(context, addresses)))


def _with_links(page: SitePage, urls: PageUrls, words: Words) -> SitePage:
    feed = Link(urls.file(CHANGES_FEED), words.text("Changes"))
    return replace(page, feed=feed, calendar=Link(urls.file(calendar_of(page.route)), words.text("Calendar")))


def _home_page(context: ViewContext, renderer: Renderer) -> SitePage:
    view = home_view(context)
    html = renderer.render("home.html", HOME, view=view)
    return SitePage(HOME, context.text("Home"), "", html, view.headings, "handbook.yaml", hide=("navigation", "toc"))


def _teams_page(context: ViewContext, renderer: Renderer) -> SitePage:
    html = renderer.render("teams.html", TEAMS, view=teams_view(context))
    branch = tuple(map(_entry, context.assessment.handbook.top_teams))
    return SitePage(TEAMS, context.text("Teams"), "", html, (), "", hide=("toc",), branch=branch)


def _reviews_page(context: ViewContext, renderer: Renderer) -> SitePage:
    view = reviews_view(context)
    html = renderer.render("reviews.html", REVIEWS, view=view)
    description = context.text("Whom to meet first, and what to talk about")
    return SitePage(REVIEWS, context.text("Reviews"), description, html, view.headings, "", hide=("navigation",))


def _legend_page(context: ViewContext, renderer: Renderer) -> SitePage:
    view = legend_view(context)
    html = renderer.render("legend.html", LEGEND, view=view)
    return SitePage(LEGEND, context.text("What the badges mean"), "", html, view.headings, "", hide=("navigation",))


def _team_page(context: ViewContext, renderer: Renderer, team: Team) -> SitePage:
    view = team_view(context, team)
    return _owner_page(context, renderer, view, view.market, view.goals)


def _leader_page(context: ViewContext, renderer: Renderer, view: LeaderView, sheets: int) -> SitePage:
    about = " ".join([view.title, *(team.name for team in view.teams)])
    cards = (*view.support, *view.improvement, *view.production)
    return _owner_page(context, renderer, view, about, cards, sheets=sheets)


def _sheets_page(context: ViewContext, renderer: Renderer, leader: Person, sheets: list[str]) -> SitePage:
    route = sheets_route(leader.id)
    html = renderer.render("sheets.html", route, leader=leader, sheets=sheets)
    title = context.text("Sheets for the 1:1s of {person}", person=leader.name)
    return SitePage(route, title, "", html, (), "", search=None, hide=("navigation", "toc"))


def _seller_page(context: ViewContext, renderer: Renderer, view: SellerView, sheet: str) -> SitePage:
    about = " ".join([view.title, view.team.name if view.team else ""])
    cards = tuple(card for group in view.groups for card in group.goals)
    return _owner_page(context, renderer, view, about, cards, sheet=sheet)


def _owner_page(
    context: ViewContext,
    renderer: Renderer,
    view: TeamView | LeaderView | SellerView,
    about: str,
    cards: Sequence[GoalCard],
    **beside: object,
) -> SitePage:
    """Return an owner's page; `beside` is what its template needs besides the view."""
    owner = context.assessment.handbook.owners[view.person.id]
    route = owner_route(owner.kind, owner.id)
    return SitePage(
        route,
        owner.name,
        context.text("The goals of {owner}, status as of {day}", owner=owner.name, day=context.as_of),
        renderer.render(f"{owner.kind}.html", route, view=view, **beside),
        view.headings,
        f"{owner.kind}s/{owner.id}.yaml",
        search_text(view.person, about, cards, context.words),
        branch=_branch(context.assessment.handbook, owner),
        tags=search_tags(cards, context.words),
    )


def _branch(handbook: Handbook, owner: AnyOwner) -> tuple[NavEntry, ...]:
    """Return the way down to an owner: the parent teams, the owner's team, and in it the owner's siblings."""
    if isinstance(owner, Team):
        team: Team | None = owner
    elif isinstance(owner, Seller):
        team = handbook.own_team(owner.id)
    else:
        team = next(iter(handbook.led.get(owner.id, ())), None)
    if team is None:
        return (_entry(owner),)
    leader = handbook.leaders.get(team.leader or "")
    inside: list[AnyOwner] = [*handbook.subteams.get(team.id, ()), *([leader] if leader else [])]
    inside += handbook.members.get(team.id, ())
    entry = NavEntry(team.name, owner_route("team", team.id), tuple(_entry(o) for o in _neighbours(owner, inside)))
    for parent in handbook.parent_teams(team):
        entry = NavEntry(parent.name, owner_route("team", parent.id), (entry,))
    return (entry,)


def _neighbours(owner: AnyOwner, siblings: list[AnyOwner]) -> list[AnyOwner]:
    """Return the siblings nearest an owner, as many as a sidebar shows: a page does not grow with its team."""
    at = siblings.index(owner) if owner in siblings else 0
    begin = max(0, min(at - NEIGHBOURS // 2, len(siblings) - NEIGHBOURS))
    return siblings[begin : begin + NEIGHBOURS]


def _entry(owner: AnyOwner) -> NavEntry:
    return NavEntry(owner.name, owner_route(owner.kind, owner.id))


def _redirects(handbook: Handbook, settings: SiteSettings) -> Iterator[tuple[str, str]]:
    """Yield files that redirect: each goal's permanent address, and every old id of an owner or a goal."""
    for old, owner_id in handbook.renamed_owners.items():
        owner = handbook.owners[owner_id]
        yield _redirect(owner_route(owner.kind, old), owner_route(owner.kind, owner_id), "", owner.name, settings)
    for old, full_id in {**dict(zip(handbook.goals, handbook.goals, strict=True)), **handbook.renamed_goals}.items():
        owner_id, _, goal_id = full_id.partition("/")
        owner, title = handbook.owners[owner_id], handbook.goals[full_id].title
        page = owner_route(owner.kind, owner_id)
        yield _redirect(goal_route(old), page, f"#{goal_id}", f"{title} – {owner.name}", settings)


def _redirect(old: str, route: str, anchor: str, title: str, settings: SiteSettings) -> tuple[str, str]:
    url = PageUrls(settings.addresses, old).to(route) + anchor
    return settings.addresses.file(old), redirect_page(url, title, settings.words.language)
