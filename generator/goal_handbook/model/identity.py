"""Whom a name or an email address from outside means: a column of a CRM, or the author of a commit."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from .people import Leader, Seller

Person = Seller | Leader


@dataclass(frozen=True)
class Identities:
    """People by what may mean them: an address is one of their `emails` or `aliases`, a name theirs or an alias."""

    by_address: Mapping[str, Sequence[Person]]
    by_name: Mapping[str, Sequence[Person]]

    @classmethod
    def of(cls, people: Iterable[Person]) -> Identities:
        """Return these people by their names and addresses."""
        by_address: dict[str, list[Person]] = {}
        by_name: dict[str, list[Person]] = {}
        for one in people:
            for address in {*map(folded, (*one.emails, *one.aliases))}:
                by_address.setdefault(address, []).append(one)
            for name in {*map(folded, (one.name, *one.aliases))}:
                by_name.setdefault(name, []).append(one)
        return cls(by_address, by_name)

    def in_git(self, name: str, email: str) -> Person | None:
        """Return whom git's `user.name` and `user.email` mean, None where nobody fits or more than one does.

        The address decides: a name is only asked for where nobody has the address.
        """
        by_email = self.by_address.get(folded(email), ()) if email.strip() else ()
        found = by_email or self.by_name.get(folded(name), ())
        return found[0] if len(found) == 1 else None


def folded(name: str) -> str:
    """Return a name without regard to upper and lower case, spaces and ways to write a letter."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())
