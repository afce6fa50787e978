"""The part of the navigation that one page shows below "Teams"."""

from __future__ import annotations

from ..model.handbook import Handbook
from ..model.people import AnyOwner, Seller, Team
from ..pages.page import NavEntry
from ..pages.routes import owner_route

#: How many of a team's members the navigation of one page shows.
NEIGHBOURS = 24


def branch(handbook: Handbook, owner: AnyOwner) -> tuple[NavEntry, ...]:
    """Return the way down to an owner: the parent teams, the owner's team, and in it the owner's siblings."""
    if isinstance(owner, Team):
        team: Team | None = owner
    elif isinstance(owner, Seller):
        team = handbook.own_team(owner.id)
    else:
        team = next(iter(handbook.led.get(owner.id, ())), None)
    if team is None:
        return (entry_of(owner),)
    leader = handbook.leaders.get(team.leader or "")
    inside: list[AnyOwner] = [*handbook.subteams.get(team.id, ()), *([leader] if leader else [])]
    inside += handbook.members.get(team.id, ())
    entry = NavEntry(team.name, owner_route("team", team.id), tuple(entry_of(o) for o in _neighbours(owner, inside)))
    for parent in handbook.parent_teams(team):
        entry = NavEntry(parent.name, owner_route("team", parent.id), (entry,))
    return (entry,)


def _neighbours(owner: AnyOwner, siblings: list[AnyOwner]) -> list[AnyOwner]:
    """Return the siblings nearest an owner, as many as a sidebar shows: a page does not grow with its team."""
    at = next((at for at, sibling in enumerate(siblings) if sibling is owner), 0)
    begin = max(0, min(at - NEIGHBOURS // 2, len(siblings) - NEIGHBOURS))
    return siblings[begin : begin + NEIGHBOURS]


def entry_of(owner: AnyOwner) -> NavEntry:
    return NavEntry(owner.name, owner_route(owner.kind, owner.id))
