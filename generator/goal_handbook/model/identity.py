"""Whom a name or an email address from outside means: a column of a CRM, or the author of a commit."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from .people import Leader, Owner, Seller

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


#: Letters that are no other letter with an accent.
_LIKE_ANOTHER = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})


def unaccented(name: str) -> str:
    """Return a name as somebody types it who has no accents: `łukasz ørsted` as `lukasz orsted`."""
    letters = unicodedata.normalize("NFKD", folded(name))
    return "".join(c for c in letters if not unicodedata.combining(c)).translate(_LIKE_ANOTHER)


def named(owners: Mapping[str, Owner], typed: str) -> list[str]:
    """Return the ids of those a person means: by id or name, else by words of the name, else by their beginnings."""
    if typed in owners:
        return [typed]
    words = unaccented(typed).split()
    names = {owner_id: unaccented(owner.name) for owner_id, owner in owners.items()}
    parts = {owner_id: name.replace(",", " ").replace("-", " ").split() for owner_id, name in names.items()}
    exact = [owner_id for owner_id, name in names.items() if name == " ".join(words)]
    whole = [owner_id for owner_id, of in parts.items() if words and set(words) <= set(of)]
    begun = [o for o, of in parts.items() if words and all(any(p.startswith(w) for p in of) for w in words)]
    return exact or whole or begun
