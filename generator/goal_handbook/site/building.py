"""(handbook, assessment, history) -> the whole site as plain data. Nothing here knows today or an engine."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from ..changes.evidence import agreement_evidence
from ..changes.history import History
from ..changes.once_hidden import past_goals
from ..changes.visibility import history_for_audience
from ..feeds.files import feed_files
from ..model.audience import Audience, for_audience
from ..model.handbook import Handbook
from ..pages.chapters import Chapters
from ..pages.forge import SCRIPT, check_in_script
from ..pages.page import Site, TextFile, in_pieces
from ..pages.render import Renderer
from ..pages.routes import DATA, STYLE, Addresses
from ..pages.style import style_sheet
from ..reports.status import status_json
from ..status.agreement import Verdicts
from ..status.assessment import Assessment, assess
from ..views.context import ViewContext
from ..words import ENGLISH, Words
from .pages import Pages
from .redirects import redirects


@dataclass(frozen=True)
class SiteSettings:
    """How the site is built: for whom, with which addresses, the user's own templates in which folders, whose words.

    A site of the past is there to be read: it has no files for other programs, and no sheets for the next 1:1s. Pages
    that `link_sources` are for a generator to finish (see `Addresses`); all other files are those of a finished site.
    """

    audience: Audience = "team"
    addresses: Addresses = field(default_factory=Addresses)
    overrides: tuple[Path, ...] = ()
    words: Words = ENGLISH
    is_past: bool = False
    link_sources: bool = False


@dataclass(frozen=True)
class Shown:
    """What an audience may see: an assessment and a history. `whole` and `whole_history` are what they are cut from."""

    assessment: Assessment
    history: History
    whole: Handbook
    whole_history: History


def build_site(handbook: Handbook, assessment: Assessment, history: History, settings: SiteSettings) -> Site:
    """Return the whole site. Whatever is not for the audience is gone before anything is computed.

    `handbook` is the whole one, as written; `assessment` is of it, and `history` is what git knows of it.
    """
    shown = show(handbook, assessment, history, settings.audience)
    return site_of(shown.assessment, shown.history, settings)


def show(
    handbook: Handbook, assessment: Assessment, history: History, audience: Audience, known: Shown | None = None
) -> Shown:
    """Return what an audience may see of all this; `known` is what it was shown last."""
    if audience == "team":
        return assess_for_team(handbook, assessment.as_of, history, assessment.verdicts, assessment, known)
    return Shown(assessment, history, handbook, history)


def assess_for_team(
    handbook: Handbook,
    as_of: datetime.date,
    history: History,
    verdicts: Mapping[str, Verdicts],
    whole: Assessment | None = None,
    known: Shown | None = None,
) -> Shown:
    """Return an assessment and a history without anything the team may not see, from the whole ones.

    What is the same in the `whole` assessment is taken from there, or from what the team was shown last, if `known`.
    """
    if known and not (known.whole_history == history and handbook.has_links_of(known.whole)):
        known = None
    before = (known.whole, known.assessment.written) if known else None
    shown = for_audience(handbook, "team", past_goals(history, handbook), before)
    past = known.history if known else history_for_audience(history, handbook, "team")
    evidence = agreement_evidence(past, shown, as_of)
    assessment = assess(shown, as_of, evidence, verdicts, known.assessment if known else whole)
    return Shown(assessment, past, handbook, history)


def site_of(assessment: Assessment, history: History, settings: SiteSettings) -> Site:
    """Return the whole site of what its audience may see, which is all that the assessment and the history hold."""
    addresses = replace(settings.addresses, new_file=None) if settings.is_past else settings.addresses
    year, check_ins = _only_year(assessment.handbook), addresses.new_file is not None
    context = ViewContext(assessment, history, settings.words, year, check_ins)
    renderer = Renderer(replace(addresses, sources=settings.link_sources), context.fmt, settings.overrides)
    script = (TextFile(SCRIPT, check_in_script),) if addresses.new_file else ()
    feeds = () if settings.is_past else feed_files(context, addresses)
    data = in_pieces(DATA, partial(status_json, assessment))
    return Site(
        tuple(Pages(context, renderer, settings.is_past).drafts()),
        (TextFile(STYLE, style_sheet), *script, data, *feeds),
        tuple(redirects(assessment.handbook, addresses, settings.words.language)),
        Chapters(context, renderer),
    )


def _only_year(handbook: Handbook) -> int | None:
    """The year that the handbook's whole period lies in: pages about it show its days without it."""
    period = handbook.settings.period
    return period.start.year if period.start.year == period.end.year else None
