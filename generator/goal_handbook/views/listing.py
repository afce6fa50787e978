"""Listings: pages of everything, which are split into parts and sheets once they are long.

No page grows with the house, then, and a small house has everything on one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from typing import Generic, Protocol, TypeVar

from ..alphabet import OTHER, Alphabet
from ..frozen import frozen

#: So many rows are some 200 kB of HTML, open at once on a phone, and hold a house of fifty sellers whole.
ENTRIES = 400

EntryT = TypeVar("EntryT")
ViewT = TypeVar("ViewT")


class Named(Protocol):
    """Somebody, or a team, with a name."""

    @property
    def id(self) -> str:
        """The id, which decides on the order of those who have one name."""

    @property
    def name(self) -> str:
        """The name."""


NamedT = TypeVar("NamedT", bound=Named)


@frozen
class Place:
    """Where a page of a listing is: in which part (`2017-11`, "" for the listing itself), and its number there."""

    part: str = ""
    number: int = 1


@frozen
class Stop:
    """A part of a listing to go to: on the page itself at `anchor`, or elsewhere at `place`.

    `count` says how many entries it has, `is_current` that it is the one to look at first.
    """

    label: str
    anchor: str
    place: Place | None
    count: int
    is_current: bool = False


@frozen
class Turn:
    """The way from one sheet of a part to the others; None where there is none in that direction."""

    number: int
    of: int
    first: Place | None
    previous: Place | None
    next: Place | None
    last: Place | None


@frozen
class Sheet(Generic[ViewT]):
    """A page of a listing before it is made."""

    place: Place
    title: str
    make: Callable[[], ViewT]


def by_letter(everybody: Iterable[NamedT], locale: str) -> dict[str, tuple[NamedT, ...]]:
    """Return people or teams from A to Z in a locale, by the letter they are listed under."""
    everybody = tuple(everybody)
    letters = Alphabet(locale).letters(one.name for one in everybody)
    order = {name: at for at, name in enumerate(letters)}
    in_order = sorted(everybody, key=lambda one: (order[one.name], one.id))
    return {letter: tuple(ones) for letter, ones in groupby(in_order, lambda one: letters[one.name])}


def part_of(letter: str) -> str:
    """Return the part of a listing that a letter is, in characters that every server and file system takes."""
    if letter == OTHER:
        return "other"
    return letter.lower() if letter.isascii() else "-".join(f"u{ord(character):04x}" for character in letter)


def sheets(entries: Sequence[EntryT], size: int) -> list[Sequence[EntryT]]:
    """Return entries in sheets of at most `size`."""
    return [entries[begin : begin + size] for begin in range(0, len(entries), size)]


def turn(place: Place, of: int) -> Turn | None:
    """Return the way from a sheet to the others of its part, None where there are none."""
    if of == 1:
        return None
    back, on = place.number > 1, place.number < of
    return Turn(
        place.number,
        of,
        first=Place(place.part) if back else None,
        previous=Place(place.part, place.number - 1) if back else None,
        next=Place(place.part, place.number + 1) if on else None,
        last=Place(place.part, of) if on else None,
    )
