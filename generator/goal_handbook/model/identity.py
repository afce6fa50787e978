"""Whom a name or an email address from outside means: a column of a CRM, or the author of a commit."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from .handbook import Handbook
from .people import Leader, Seller

Person = Seller | Leader


def people_of(handbook: Handbook) -> list[Person]:
    """Return everybody who can decide something: sellers and leaders."""
    return [*handbook.sellers.values(), *handbook.leaders.values()]


def person_in_git(people: Iterable[Person], name: str, email: str) -> Person | None:
    """Return whom git's `user.name` and `user.email` mean, None where nobody fits or more than one does.

    An address is one of their `emails` or `aliases`, a name their own or one of their `aliases`. The address decides:
    a name is only asked for where nobody has the address.
    """
    people = list(people)
    by_email = [one for one in people if folded(email) in {*map(folded, one.emails), *map(folded, one.aliases)}]
    by_name = [one for one in people if folded(name) in {folded(one.name), *map(folded, one.aliases)}]
    found = by_email if email.strip() and by_email else by_name
    return found[0] if len(found) == 1 else None


def folded(name: str) -> str:
    """Return a name without regard to upper and lower case, spaces and ways to write a letter."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())
