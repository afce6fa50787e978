"""The one place that makes addresses, such as `/sellers/ID/` and `/g/OWNER/GOAL/`."""

from __future__ import annotations

import datetime
import re
from dataclasses import field, replace

from ..frozen import frozen
from ..views.components import GoalLink, Person
from ..views.listing import Place
from .forge import NewFile

HOME = "index"
TEAMS = "teams/index"
TEAMS_BY_NAME = "teams/by-name"
PEOPLE = "people/index"
LANDMARKS = "landmarks/index"
REVIEWS = "reviews/index"
CHANGES = "changes/index"
LEGEND = "legend/index"
STYLE = "assets/goal-handbook/handbook.css"
DATA = "handbook.json"
DATA_SCHEMA = "handbook.schema.json"
CALENDAR = "landmarks.ics"
CHANGES_FEED = "changes.xml"


def owner_route(kind: str, owner_id: str) -> str:
    """Return the route of an owner's page, e.g. `sellers/moses-frase`."""
    return f"{kind}s/{owner_id}"


def sheets_route(leader_id: str) -> str:
    """Return the route of the sheets for a leader's next 1:1s."""
    return f"leaders/{leader_id}/sheets"


def day_folder(day: datetime.date) -> str:
    """Return the folder of the handbook as it stood on a day, e.g. `at/2017-06-30/`."""
    return f"at/{day}/"


def goal_route(full_id: str) -> str:
    """Return the route of a goal's permanent address, `g/OWNER/GOAL`."""
    return f"g/{full_id}"


def calendar_of(route: str) -> str:
    """Return the calendar that goes with a page: an owner's, `sellers/moses-frase/landmarks.ics`, or that of all."""
    folder, _, name = route.partition("/")
    is_owners = folder in {"teams", "sellers", "leaders"} and name != "index" and "/" not in name
    return f"{route}/{CALENDAR}" if is_owners else CALENDAR


def readings_file(kind: str, full_id: str) -> str:
    """Return the file of the readings of a goal of this kind of owner, e.g. `sellers/moses-frase/new-business.csv`."""
    return f"{owner_route(kind, full_id)}.csv"


def badge_file(of: str) -> str:
    """Return the file of the badge of a goal (by its full id) or of an owner, e.g. `badges/moses-frase.svg`."""
    return f"badges/{of}.svg"


def listing_route(listing: str, place: Place) -> str:
    """Return the route of a page of a listing: `changes/index`, `changes/2017-07`, `changes/2017-07/2`."""
    part = f"{listing}/{place.part or 'index'}"
    return part if place.number == 1 else f"{part}/{place.number}"


@frozen
class Addresses:
    """Turns routes into addresses: `…/`, or `….html` without directory addresses.

    `commits` is the address that a commit's id is appended to, "" if commits are not on the web. `site` is the site's
    own address on the web with a slash at its end, "" if nobody has said where it will be. `new_file` is where people
    propose readings, None where that is not known. `sources` are for pages that a generator is still to make: they name
    one another by the Markdown file, `….md`, which it turns into an address.
    """

    directories: bool = True
    commits: str = ""
    site: str = ""
    new_file: NewFile | None = None
    sources: bool = False

    def url(self, route: str) -> str:
        """Return a route's address relative to the site's root; "" is the home page."""
        if self.sources:
            return f"{route}.md"
        if route == HOME:
            return "" if self.directories else "index.html"
        stem = route.removesuffix("/index") if self.directories else route
        return f"{stem}/" if self.directories else f"{stem}.html"

    def route(self, url: str) -> str:
        """Return the route of an address, the reverse of `url`."""
        stem = url.removeprefix("./").removesuffix("/").removesuffix(".html")
        return stem or HOME

    def permanent(self, full_id: str) -> str:
        """Return a goal's permanent address, for files that are read elsewhere: whole if `site` is known."""
        return self.site + self.url(goal_route(full_id))

    def file(self, route: str) -> str:
        """Return the file a route is written to."""
        if self.sources:
            return f"{route}.md"
        if route.rpartition("/")[2] == "index":
            return f"{route}.html"
        return f"{route}/index.html" if self.directories else f"{route}.html"


@frozen
class PageUrls:
    """Addresses as one page writes them: relative, so that the site works in any folder and from a disk."""

    addresses: Addresses
    route: str
    #: The path from this page up to the site's root, e.g. `../../`.
    root: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "root", "../" * self.addresses.file(self.route).count("/"))

    def to(self, route: str) -> str:
        """Return the address of a page."""
        return (self.root + self.addresses.url(route)) or "./"

    def file(self, path: str) -> str:
        """Return the address of a file of the site that is not a page."""
        return self.root + path

    def readings(self, ref: GoalLink) -> str:
        """Return the address of a goal's readings as CSV."""
        return self.file(readings_file(ref.owner.kind, ref.full_id))

    def owner(self, person: Person) -> str:
        """Return the address of a person's or a team's page."""
        return self.to(owner_route(person.kind, person.id))

    def listing(self, listing: str, place: Place) -> str:
        """Return the address of a page of a listing."""
        return self.to(listing_route(listing, place))

    def goal(self, ref: GoalLink) -> str:
        """Return the address of a goal on its owner's page."""
        anchor, page = ref.full_id.partition("/")[2], owner_route(ref.owner.kind, ref.owner.id)
        return f"#{anchor}" if page == self.route else f"{self.to(page)}#{anchor}"

    @property
    def legend(self) -> str:
        """The address of the legend of badges."""
        return self.to(LEGEND)

    def sheets(self, leader: Person) -> str:
        """Return the address of the sheets for a leader's next 1:1s."""
        return self.to(sheets_route(leader.id))

    def commit(self, commit: str) -> str:
        """Return the address of a commit, "" if the repository is not on the web."""
        return f"{self.addresses.commits}{commit}" if self.addresses.commits else ""

    @property
    def new_file(self) -> NewFile | None:
        """The forge's page on which people propose readings, None where that is not known."""
        return self.addresses.new_file

    def permanent(self, ref: GoalLink) -> str:
        """Return a goal's permanent address, which survives when the goal's page changes."""
        route = goal_route(ref.full_id)
        if self.addresses.sources:  # it redirects, and is finished as it is
            return self.file(replace(self.addresses, sources=False).file(route))
        return self.to(route)


#: The path that leads to a commit on each forge, by part of the forge's host name; GitHub's is the default.
_FORGES = {"gitlab": "/-/commit/", "bitbucket": "/commits/", "dev.azure": "/commit/"}


def commits_of(repository: str) -> str:
    """Return the address that a commit's id is appended to, "" if `repository` is not a web address.

    `repository` is the address of the repository's page (`https://github.com/o/r`), or of a file to edit in it.
    """
    if not repository.startswith(("https://", "http://")):
        return ""
    root = re.split(r"/(?:-/)?(?:edit|blob|src|tree)/|/-/", repository)[0].rstrip("/").removesuffix(".git")
    host = root.partition("://")[2].partition("/")[0]
    return root + next((path for name, path in _FORGES.items() if name in host), "/commit/")
