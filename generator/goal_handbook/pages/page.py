"""A page of the site as one plain value, before any engine knows of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Heading:
    """An entry of a page's table of contents; `title` is plain text."""

    anchor: str
    title: str
    children: tuple[Heading, ...] = ()


@dataclass(frozen=True, slots=True)
class NavEntry:
    """A place in the navigation; `title` is plain text."""

    title: str
    route: str
    children: tuple[NavEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class SitePage:
    """A page: its route, what it is called, its HTML and table of contents, its YAML below goals_dir, its navigation.

    `search` is what the search index reads of the page, as HTML of its own.
    `hide` names the theme's side columns a page does without.

    `branch` is the part of the navigation this page shows below "Teams": its own way down and its siblings, never
    everyone, so that a page costs the same in a house of ten and of ten thousand.
    """

    route: str
    title: str
    description: str
    html: str
    headings: tuple[Heading, ...]
    source: str
    search: str = ""
    hide: tuple[str, ...] = ()
    branch: tuple[NavEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class Site:
    """Everything the plugin hands to its engine: pages, plain files by path, and redirects from file to address."""

    pages: tuple[SitePage, ...]
    files: tuple[tuple[str, str], ...]
    redirects: tuple[tuple[str, str], ...]
