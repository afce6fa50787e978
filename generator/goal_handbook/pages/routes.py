"""The only maker of addresses and anchors. Addresses follow pages.md: `/sellers/ID/`, `/g/OWNER/GOAL/`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..views.components import GoalRef, Person

HOME = "index"
TEAMS = "teams/index"
CHANGES = "changes/index"
STYLE = "assets/goal-handbook/handbook.css"
DATA = "handbook.json"


def owner_route(kind: str, owner_id: str) -> str:
    """The route of an owner's page, e.g. `sellers/moses-frase`."""
    return f"{kind}s/{owner_id}"


def goal_route(full_id: str) -> str:
    """The route of a goal's permanent address, `g/OWNER/GOAL`."""
    return f"g/{full_id}"


@dataclass(frozen=True, slots=True)
class Addresses:
    """Routes to addresses: `…/` or, without directory addresses, `….html`.

    `commits` is what a commit's id is put behind, "" where commits are not on the web.
    """

    directories: bool = True
    commits: str = ""

    def url(self, route: str) -> str:
        """The address of a route from the site's root; "" is the first page."""
        if route == HOME:
            return "" if self.directories else "index.html"
        stem = route.removesuffix("/index") if self.directories else route
        return f"{stem}/" if self.directories else f"{stem}.html"

    def file(self, route: str) -> str:
        """The file a route is written to."""
        if route.rpartition("/")[2] == "index":
            return f"{route}.html"
        return f"{route}/index.html" if self.directories else f"{route}.html"


@dataclass(frozen=True, slots=True)
class Here:
    """Addresses as they are written on one page: relative, so that the site works in any folder and from a disk."""

    addresses: Addresses
    route: str

    @property
    def root(self) -> str:
        """The way from this page up to the site's root, `../../`."""
        return "../" * self.addresses.file(self.route).count("/")

    def to(self, route: str) -> str:
        """The way to a page."""
        return (self.root + self.addresses.url(route)) or "./"

    def owner(self, person: Person) -> str:
        """The way to a person's or team's page."""
        return self.to(owner_route(person.kind, person.id))

    def goal(self, ref: GoalRef) -> str:
        """The way to a goal on its owner's page."""
        anchor = ref.full_id.partition("/")[2]
        return (
            f"{self.owner(ref.owner)}#{anchor}"
            if owner_route(ref.owner.kind, ref.owner.id) != self.route
            else f"#{anchor}"
        )

    def commit(self, commit: str) -> str:
        """The address of a commit, or "" where the repository has none on the web."""
        return f"{self.addresses.commits}{commit}" if self.addresses.commits else ""

    def permanent(self, ref: GoalRef) -> str:
        """The way to a goal's permanent address, which outlives a change of its page."""
        return self.to(goal_route(ref.full_id))


#: How forges write the address of a commit, by a part of their host's name.
_FORGES = {"gitlab": "/-/commit/", "bitbucket": "/commits/", "dev.azure": "/commit/"}


def commits_of(repository: str) -> str:
    """What a commit's id is put behind, for the web address of a repository; "" for none.

    A repository's page (`https://github.com/o/r`) will do, and so will an address for editing a file in it.
    """
    if not repository.startswith(("https://", "http://")):
        return ""
    root = re.split(r"/(?:-/)?(?:edit|blob|src|tree)/|/-/", repository)[0].rstrip("/").removesuffix(".git")
    host = root.partition("://")[2].partition("/")[0]
    return root + next((path for name, path in _FORGES.items() if name in host), "/commit/")
