"""A repository with a handbook in versions, and the site of its snapshots as plain data."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence

from goal_handbook.model.audience import Audience
from goal_handbook.pages.page import Site
from goal_handbook.site import SiteSettings, build_site
from goal_handbook.snapshots.publish import with_snapshots
from goal_handbook.snapshots.take import Snapshots, take_snapshots
from goal_handbook.workspace import Workspace, open_workspace

from ..changes.story import Story

MOSES, TEAM, DUSTIN = "sellers/moses-frase.yaml", "teams/central.yaml", "leaders/dustin-brinkmann.yaml"
TODAY = datetime.date(2017, 7, 31)

Step = Callable[[Story], object]


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def edit(path: str, old: str, new: str) -> Step:
    """Replace text in a file."""
    return lambda story: story.edit(path, old, new)


def add(path: str, text: str) -> Step:
    """Add text at the end of a file, which is new if it is not there yet."""
    return lambda story: story.write(path, (story.read(path) if (story.goals / path).exists() else "") + text)


def remove(path: str) -> Step:
    """Remove a file."""
    return lambda story: (story.goals / path).unlink()


def opened(story: Story, as_of: datetime.date = TODAY) -> Workspace:
    """The handbook as its files are now, without errors."""
    workspace = open_workspace(story.goals, "goals", as_of)
    if workspace.errors:
        raise AssertionError("\n".join(map(str, workspace.errors)))
    return workspace


def taken(story: Story, *days: str, audience: Audience = "team") -> Snapshots:
    """The snapshots of some days."""
    return take_snapshots(opened(story), story.goals, map(day, days), audience)


def site_of(story: Story, *days: str, audience: Audience = "team") -> Site:
    """Today's site with the snapshots of some days."""
    workspace, settings = opened(story), SiteSettings(audience)
    assert workspace.handbook is not None and workspace.assessment is not None
    site = build_site(workspace.handbook, workspace.assessment, workspace.history, settings)
    return with_snapshots(site, taken(story, *days, audience=audience).found, workspace.handbook, settings)


def places_with(site: Site, word: str) -> Sequence[str]:
    """Where a word is in the files of the past: in an address, a text or a title."""
    pages = [(page.route, f"{page.title} {page.description} {page.html} {page.branch}") for page in site.pages]
    return [
        name
        for name, text in (*pages, *site.files, *site.redirects)
        if name.startswith("at/") and (word in name.lower() or word in text.lower())
    ]
