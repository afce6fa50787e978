"""Badges for READMEs, as SVG: a flat label and value in the look of shields, with the icon and the word of a status."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache, partial
from typing import TypeVar

from markupsafe import escape

from ..pages.page import TextFile
from ..pages.routes import badge_file
from ..pages.style import icons, tones
from ..views.context import ViewContext
from ..views.readme_badge import ReadmeBadge, goal_badge, owner_badge
from .text import one_line

T = TypeVar("T")

#: A longer subject is cut on the badge; the whole of it is in the title.
_LONGEST = 60
_NARROW = frozenset("fijlrtIJ .,:;'|!()[]·-")
_PAD, _ICON = 7, 16
_LABEL = "#2b313b"  # darker than every tone, so that the two halves differ

_SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="20" role="img" aria-label="{title}">'
    '<title>{title}</title><rect width="{width}" height="20" rx="3" fill="{label}"/>'
    '<path d="M{seam} 0h{straight}a3 3 0 0 1 3 3v14a3 3 0 0 1-3 3h-{straight}z" fill="{colour}"/>'
    '<path {shape} fill="#fff" transform="translate({icon} 4) scale(.5)"/>'
    '<g fill="#fff" font-family="Verdana,Geneva,DejaVu Sans,sans-serif" font-size="11" text-anchor="middle">'
    '<text x="{subject_at}" y="14" textLength="{subject_width}" lengthAdjust="spacingAndGlyphs">{subject}</text>'
    '<text x="{status_at}" y="14" textLength="{status_width}" lengthAdjust="spacingAndGlyphs">{status}</text>'
    "</g></svg>\n"
)


def badge_files(context: ViewContext) -> Iterator[TextFile]:
    """Yield the badge of every goal and every owner."""
    for full_id, state in context.assessment.goals.items():
        yield TextFile(badge_file(full_id), partial(_badge, goal_badge, context, state))
    for owner in context.assessment.handbook.owners.values():
        yield TextFile(badge_file(owner.id), partial(_badge, owner_badge, context, owner))


def _badge(badge_of: Callable[[ViewContext, T], ReadmeBadge], context: ViewContext, what: T) -> str:
    return badge_svg(badge_of(context, what))


@lru_cache(maxsize=256)  # goals of many people have the same title
def badge_svg(badge: ReadmeBadge) -> str:
    """Return a badge as SVG. Each text is fitted into its place, so that no font and no script is ever clipped."""
    subject, status = _cut(one_line(badge.subject)), one_line(badge.status)
    subject_width, status_width = _width(subject), _width(status)
    seam, rest = subject_width + 2 * _PAD, _ICON + status_width + 2 * _PAD
    return _SVG.format(
        width=seam + rest,
        seam=seam,
        straight=rest - 3,
        title=escape(one_line(badge.title)),
        label=_LABEL,
        colour=tones()[badge.look.tone],
        shape=icons()[badge.look.icon],
        icon=seam + _PAD - 1,
        subject=escape(subject),
        subject_at=seam / 2,
        subject_width=subject_width,
        status=escape(status),
        status_at=seam + _PAD + _ICON + status_width / 2,
        status_width=status_width,
    )


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1].rstrip()}…"


def _width(text: str) -> int:
    """About how wide a text is at 11 px in Verdana, the widest of the usual fonts; at least 1."""
    return max(1, round(sum(map(_advance, text))))


@lru_cache(maxsize=4_096)
def _advance(character: str) -> float:
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0  # it is drawn over, or joins, its neighbours
    if unicodedata.east_asian_width(character) in {"W", "F"}:
        return 11
    if character in _NARROW:
        return 4.4
    return 9.5 if character in "mwMW%@" else 8 if character.isupper() else 7
