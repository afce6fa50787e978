"""What the search index reads of a page: who, which goals, why. A tenth of the page, to keep the index small."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from markupsafe import escape

from ..frozen import frozen
from ..status.goal import NEED_SOMETHING
from ..views import badge
from ..views.components import GoalCard, Person
from ..words import Words

_NEED_SOMETHING = frozenset(badge.GOAL[status].label for status in NEED_SOMETHING)


@frozen
class SearchEntry:
    """What is found at an anchor of a page ("" is the page as a whole): its title and its paragraphs, as plain text."""

    anchor: str
    title: str
    paragraphs: tuple[str, ...] = ()


def title_only(title: str) -> tuple[SearchEntry, ...]:
    """Return a listing's title: whatever it lists is found on a page of its own."""
    return (SearchEntry("", title),)


def search_entries(person: Person, about: str, cards: Iterable[GoalCard], words: Words) -> tuple[SearchEntry, ...]:
    """Return what finds an owner's page by the owner's name and id, and a goal by its title, status, owner and id.

    The status is part of the title, so that "off track" and "overdue" find the goals before any page about the words.
    """
    return (SearchEntry("", person.name, (f"{person.id} · {about}",)), *_goals(cards, words))


def search_html(entries: Iterable[SearchEntry]) -> str:
    """Return the HTML that a search plugin reads these entries from."""
    return "".join(map(_html, entries))


def _goals(cards: Iterable[GoalCard], words: Words) -> Iterator[SearchEntry]:
    for card in cards:
        ref = card.ref
        about = f"{ref.owner.name} · {ref.full_id} · {card.kind_text}"
        text = " ".join([card.why, card.fits, *card.actions, *(f"{row.title} {row.what}" for row in card.landmarks)])
        yield SearchEntry(card.anchor, f"{ref.title} · {_status(card, words)}", (about, text))


def _html(entry: SearchEntry) -> str:
    level, anchor = ("h3", entry.anchor) if entry.anchor else ("h1", "_top")
    paragraphs = "".join(f"<p>{escape(text)}</p>" for text in entry.paragraphs)
    return f'<{level} id="{anchor}">{escape(entry.title)}</{level}>{paragraphs}'


def search_tags(cards: Iterable[GoalCard], words: Words) -> tuple[str, ...]:
    """Return what needs somebody on a page, as tags: the search finds pages by their tags before all others."""
    labels = [words.text(card.chip.badge.label) for card in cards if card.chip.badge.label in _NEED_SOMETHING]
    late = [words.text("Overdue") for card in cards if _is_late(card)]
    return tuple(dict.fromkeys([*labels, *late]))


def _status(card: GoalCard, words: Words) -> str:
    """A goal's status, and `overdue` while something of it is."""
    late = [words.text("overdue")] if _is_late(card) else []
    return ", ".join([words.text(card.chip.badge.label), *late])


def _is_late(card: GoalCard) -> bool:
    return any(owed.overdue for owed in card.owed) or any(step.overdue for a in card.accountings for step in a.plan)
