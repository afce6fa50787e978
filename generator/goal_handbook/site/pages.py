"""The pages of the site, each of which is made when it is needed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from ..model.people import AnyOwner, Leader, Seller, Team
from ..pages.lists import list_pages
from ..pages.page import Draft, Link, SitePage
from ..pages.render import Renderer
from ..pages.routes import (
    CHANGES_FEED,
    HOME,
    LEGEND,
    REVIEWS,
    TEAMS,
    TEAMS_BY_NAME,
    PageUrls,
    calendar_of,
    listing_route,
    owner_route,
    sheets_route,
)
from ..pages.search import search_entries, search_tags
from ..views.components import GoalCard
from ..views.context import ViewContext
from ..views.home import home_view
from ..views.leader import LeaderView, leader_view, sellers_on_agenda
from ..views.legend import legend_view
from ..views.reviews import reviews_view
from ..views.seller import SellerView, seller_view
from ..views.team import TeamView, team_view
from ..views.teams import TOP_SHOWN, TeamsView, teams_sheets
from .navigation import branch, entry_of


@dataclass(frozen=True)
class Pages:
    """Makes the pages of a site of today or of the past, which has no sheets for the next 1:1s.

    A sheet is on the seller's page and then among the leader's: `sheets` keeps those in between, by the seller's id.
    """

    context: ViewContext
    renderer: Renderer
    is_past: bool
    sheets: dict[str, str] = field(default_factory=dict)

    def drafts(self) -> Iterator[Draft]:
        """Yield every page, to be made. A leader's sellers come just before the leader, whose sheets are theirs."""
        for draft in self._all():
            yield draft if self.is_past else replace(draft, make=partial(self._with_links, draft))

    def _all(self) -> Iterator[Draft]:
        handbook, text = self.context.assessment.handbook, self.context.text
        yield Draft(HOME, text("Home"), "handbook.yaml", self._home)
        for teams in teams_sheets(self.context):
            route = listing_route(TEAMS_BY_NAME, teams.place) if teams.place.part else TEAMS
            yield Draft(route, teams.title, "", partial(self._teams, route, teams.make))
        yield from list_pages(self.context, self.renderer)
        yield Draft(REVIEWS, text("Reviews"), "", self._reviews)
        yield Draft(LEGEND, text("What the badges mean"), "", self._legend)
        for team in handbook.teams.values():
            yield _draft(team, partial(self._team, team))
        alone = dict(handbook.sellers)
        for leader in handbook.leaders.values():
            for seller in handbook.sellers_led.get(leader.id, ()):
                yield _draft(alone.pop(seller.id), partial(self._seller, seller))
            yield _draft(leader, partial(self._leader, leader))
            if not self.is_past and sellers_on_agenda(self.context, leader):
                title = text("Sheets for the 1:1s of {person}", person=leader.name)
                yield Draft(sheets_route(leader.id), title, "", partial(self._sheets, leader, title))
        for seller in alone.values():
            yield _draft(seller, partial(self._seller, seller))

    def _with_links(self, draft: Draft) -> SitePage:
        page, words = draft.make(), self.context.words
        urls = PageUrls(self.renderer.addresses, page.route)
        feed = Link(urls.file(CHANGES_FEED), words.text("Changes"))
        return replace(page, feed=feed, calendar=Link(urls.file(calendar_of(page.route)), words.text("Calendar")))

    def _home(self) -> SitePage:
        view = home_view(self.context)
        html = self.renderer.render("home.html", HOME, view=view)
        title = self.context.text("Home")
        return SitePage(HOME, title, "", html, view.headings, "handbook.yaml", hide=("navigation", "toc"))

    def _teams(self, route: str, make: Callable[[], TeamsView]) -> SitePage:
        view = make()
        html = self.renderer.render("teams.html", route, view=view)
        if view.place.part:
            return SitePage(route, view.title, "", html, (), "", search=None, hide=("navigation", "toc"))
        below = tuple(map(entry_of, self.context.assessment.handbook.top_teams[:TOP_SHOWN]))
        return SitePage(route, view.title, "", html, (), "", hide=("toc",), branch=below)

    def _reviews(self) -> SitePage:
        view = reviews_view(self.context)
        html = self.renderer.render("reviews.html", REVIEWS, view=view)
        description = self.context.text("Whom to meet first, and what to talk about")
        title = self.context.text("Reviews")
        return SitePage(REVIEWS, title, description, html, view.headings, "", hide=("navigation",))

    def _legend(self) -> SitePage:
        view = legend_view(self.context)
        html = self.renderer.render("legend.html", LEGEND, view=view)
        title = self.context.text("What the badges mean")
        return SitePage(LEGEND, title, "", html, view.headings, "", hide=("navigation",))

    def _team(self, team: Team) -> SitePage:
        view = team_view(self.context, team)
        return self._owner(view, view.market, view.goals)

    def _leader(self, leader: Leader) -> SitePage:
        view = leader_view(self.context, leader)
        about = " ".join([view.title, *(team.name for team in view.teams)])
        cards = (*view.support, *view.improvement, *view.production)
        return self._owner(view, about, cards, sheets=0 if self.is_past else view.sheets)

    def _sheets(self, leader: Leader, title: str) -> SitePage:
        route, handbook = sheets_route(leader.id), self.context.assessment.handbook
        sellers = [handbook.sellers[who.id] for who in sellers_on_agenda(self.context, leader)]
        sheets = [self.sheets.pop(who.id, "") or self._sheet(seller_view(self.context, who)) for who in sellers]
        html = self.renderer.render("sheets.html", route, leader=self.context.person(leader.id), sheets=sheets)
        return SitePage(route, title, "", html, (), "", search=None, hide=("navigation", "toc"))

    def _seller(self, seller: Seller) -> SitePage:
        view = seller_view(self.context, seller)
        about = " ".join([view.title, view.team.name if view.team else ""])
        cards = tuple(card for group in view.groups for card in group.goals)
        if not self.is_past:
            self.sheets[seller.id] = self._sheet(view)
        return self._owner(view, about, cards, sheet=self.sheets.get(seller.id, ""))

    def _sheet(self, view: SellerView) -> str:
        return self.renderer.render("sheet.html", HOME, view=view)

    def _owner(
        self, view: TeamView | LeaderView | SellerView, about: str, cards: Sequence[GoalCard], **beside: object
    ) -> SitePage:
        """Return an owner's page; `beside` is what its template needs besides the view."""
        context, handbook = self.context, self.context.assessment.handbook
        owner = handbook.owners[view.person.id]
        route = owner_route(owner.kind, owner.id)
        return SitePage(
            route,
            owner.name,
            context.text("The goals of {owner}, status as of {day}", owner=owner.name, day=context.as_of),
            self.renderer.render(f"{owner.kind}.html", route, view=view, **beside),
            view.headings,
            _source(owner),
            search_entries(view.person, about, cards, context.words),
            branch=branch(handbook, owner),
            tags=search_tags(cards, context.words),
        )


def _draft(owner: AnyOwner, make: Callable[[], SitePage]) -> Draft:
    return Draft(owner_route(owner.kind, owner.id), owner.name, _source(owner), make)


def _source(owner: AnyOwner) -> str:
    return f"{owner.kind}s/{owner.id}.yaml"
