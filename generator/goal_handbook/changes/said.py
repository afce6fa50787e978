"""Who said it: whose commit brought a record, and whether both names of an agreement came from one author."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from types import MappingProxyType

from ..model.goal import Goal, records_of
from ..model.handbook import Handbook
from ..model.identity import folded
from ..model.records import RECORDS, Agreement, Record, RecordKind
from ..status.agreement import Verdicts
from ..words import ENGLISH, Words
from .history import History


@dataclass(frozen=True, slots=True)
class Origin:
    """The commit that brought a record, its author, and the day (UTC) it came to the branch.

    Of a merge it is the commit on the merged branch that first had the record: a merge is nobody's word. `commit` is ""
    for what is not committed yet.
    """

    commit: str
    author: str
    email: str
    day: datetime.date = datetime.date.max


#: Where a record that is not committed yet comes from.
NOT_COMMITTED = Origin("", "", "")


def origin(history: History, full_id: str, kind: RecordKind, record: Record) -> Origin | None:
    """Return where a goal's record comes from, None where that is not known: no git, or a shallow clone."""
    version = history.brought_in(full_id, kind, record)
    if version is None:
        return None
    if version.is_merge:
        owner_id, _, goal_id = full_id.partition("/")
        for commit in history.by_owner.get(owner_id, ()):
            goal = commit.owner.goals.get(goal_id)
            if goal and record in records_of(goal.goal, kind):
                return Origin(commit.id, commit.author, commit.email, version.day)
    return Origin(version.id, version.author, version.email, version.day)


def author_name(handbook: Handbook, found: Origin) -> str:
    """Return what to call an author: the person's name or what git calls them, but never an email address."""
    person = handbook.identities.in_git(found.author, found.email)
    return person.name if person else found.author.partition("@")[0]


@dataclass(frozen=True, slots=True)
class SaidByOne:
    """Agreements that make a goal agreed by both, where one author brought both names, and the commits they came in."""

    agreements: tuple[Agreement, ...]
    by: Origin
    commits: int


def said_by_one(
    handbook: Handbook,
    full_id: str,
    origin_of: Callable[[Agreement], Origin | None],
    verdicts: Verdicts = MappingProxyType({}),
) -> tuple[SaidByOne, ...]:
    """Return where one author said that seller and leader agree, once for each time they agreed to new terms.

    A signature is one's own word, whoever commits it, if it is right: to the present terms, as far as `verdicts` say.
    One name that somebody else brought, and each name of which nobody knows who did, is enough for it not to be.
    """
    owner_id = full_id.partition("/")[0]
    if owner_id not in handbook.sellers:
        return ()
    found = []
    by_terms = _by_terms(handbook.goals[full_id])
    for agreements in by_terms:
        wrong = {"invalid", "stale"} if agreements is by_terms[-1] else {"invalid"}
        signed = {a for a in agreements if a.sig and verdicts.get(a) not in wrong}
        origins = {agreement: origin_of(agreement) for agreement in agreements}
        of_seller = [a for a in agreements if owner_id in a.by]
        of_leader = [a for a in agreements if any(who in handbook.leaders for who in a.by)]
        if not of_seller or not of_leader or all(signed.intersection(of) for of in (of_seller, of_leader)):
            continue
        seller, leader = [origins[a] for a in of_seller], [origins[a] for a in of_leader]
        known = [one for one in (*seller, *leader) if one]
        one_author = all(a and b and _same_author(handbook, a, b) for a in seller for b in leader)
        if one_author:
            said = tuple(a for a in agreements if origins[a] in known)
            found.append(SaidByOne(said, known[-1], len({one.commit for one in known})))
    return tuple(found)


def said_in_words(handbook: Handbook, said: SaidByOne, words: Words = ENGLISH) -> str:
    """Return `both names came in one commit by Dustin Brinkmann`."""
    if not said.by.commit:
        return words.text("both names came in one change")
    author = author_name(handbook, said.by)
    if said.commits == 1:
        return words.text("both names came in one commit by {author}", author=author)
    return words.text("both names came in {n} commits by {author}", n=said.commits, author=author)


def _by_terms(goal: Goal) -> list[list[Agreement]]:
    """A goal's agreements by the terms they are to, oldest first: each adjustment begins a group, from its day on."""
    days = [adjustment.on for adjustment in goal.adjustments if adjustment.changes_terms]
    found: dict[int, list[Agreement]] = {}
    for agreement in goal.agreed:
        found.setdefault(sum(day <= agreement.on for day in days), []).append(agreement)
    return [found[terms] for terms in sorted(found)]


def _same_author(handbook: Handbook, one: Origin, other: Origin) -> bool:
    """Whether two records come from one author: in one commit, from one address, under one name, or of one person."""
    if one.commit == other.commit:
        return True
    if not one.commit or not other.commit:
        return False
    same = any(a and folded(a) == folded(b) for a, b in ((one.email, other.email), (one.author, other.author)))
    person = handbook.identities.in_git(one.author, one.email)
    return same or (person is not None and person == handbook.identities.in_git(other.author, other.email))


def agreement_origin(history: History, full_id: str) -> Callable[[Agreement], Origin | None]:
    """Return what tells where each agreement of a goal comes from."""
    return lambda agreement: origin(history, full_id, RECORDS["agreed"], agreement)
