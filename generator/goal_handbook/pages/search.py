"""What the search index reads of a page: who, which goals, why. A tenth of the page, to keep the index small."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from ..status.goal import NEED_SOMETHING
from ..views import badge
from ..views.components import GoalCard, Person
from ..words import Words

_NEED_SOMETHING = tuple(badge.GOAL[status] for status in NEED_SOMETHING)
_TITLE = Markup('<h1 id="_top">{title}</h1>')
_OWNER = Markup('<h1 id="_top">{name}</h1><p>{id} · {about}</p>')
_GOAL = Markup('<h3 id="{anchor}">{title} · {status}</h3><p>{owner} · {full_id} · {kind}</p><p>{text}</p>')


def title_only(title: str) -> str:
    """Return a listing's title: whatever it lists is found on a page of its own."""
    return str(_TITLE.format(title=title))


def search_text(person: Person, about: str, cards: Iterable[GoalCard], words: Words) -> str:
    """Return headings (with the page's anchors) and plain text that find a goal by its title, status, owner and id.

    The status is part of the heading, so that "off track" and "overdue" find the goals before any page about the words.
    """
    goals = (
        _GOAL.format(
            anchor=card.anchor,
            title=card.ref.title,
            owner=card.ref.owner.name,
            full_id=card.ref.full_id,
            kind=card.kind_text,
            status=_status(card, words),
            text=" ".join([card.why, card.fits, *card.actions, *(f"{row.title} {row.what}" for row in card.landmarks)]),
        )
        for card in cards
    )
    return str(Markup("").join([_OWNER.format(id=person.id, name=person.name, about=about), *goals]))


def search_tags(cards: Iterable[GoalCard], words: Words) -> tuple[str, ...]:
    """Return what needs somebody on a page, as tags: the search finds pages by their tags before all others."""
    labels = [words.text(card.chip.badge.label) for card in cards if card.chip.badge in _NEED_SOMETHING]
    late = [words.text("Overdue") for card in cards if _is_late(card)]
    return tuple(dict.fromkeys([*labels, *late]))


def _status(card: GoalCard, words: Words) -> str:
    """A goal's status, and `overdue` while something of it is."""
    late = [words.text("overdue")] if _is_late(card) else []
    return ", ".join([words.text(card.chip.badge.label), *late])


def _is_late(card: GoalCard) -> bool:
    return any(owed.overdue for owed in card.owed) or any(step.overdue for a in card.accountings for step in a.plan)
