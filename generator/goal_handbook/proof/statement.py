"""What a person signs when agreeing to a goal: one canonical JSON text (docs/manual/proof.md#the-statement)."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Mapping, Sequence

from ..model.goal import Goal
from ..model.handbook import Handbook
from ..model.people import Owner
from ..model.records import Agreement
from ..model.terms import Value, spell, terms_of
from ..status.landmark import is_dropped

#: The version of the statement: with another one, every signature would be over something else.
FORMAT = "1"

Json = str | Sequence[str] | Mapping[str, "Json"]


def canonical(value: Json) -> bytes:
    """Return JSON in the one spelling of RFC 8785: keys sorted, no spaces, UTF-8. There are no numbers in it."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8")


def digest(data: bytes) -> str:
    """Return a SHA-256 as statements and files write it: `sha256:` and 64 hex digits."""
    return f"sha256:{hashlib.sha256(data).hexdigest()}"


def terms_digest(handbook: Handbook, full_id: str) -> str:
    """Return the digest of the terms that a goal has in a handbook, by which a signature knows them again."""
    return digest(canonical(resolved_terms(handbook, full_id)))


def resolved_terms(handbook: Handbook, full_id: str) -> dict[str, Json]:
    """Return a goal's agreed terms by name, as text, without what depends on how or where they are written.

    Dates that the file leaves to the period are there, and landmarks that were dropped are not. What the goal supports
    is a list of full ids; people and goals go by their first id, so that a new name changes nothing.
    """
    goal = handbook.goals[full_id]
    dropped = {landmark.id for landmark in goal.landmarks if is_dropped(goal, landmark)}
    terms = {ref.name: _text(handbook, value) for ref, value in terms_of(goal) if ref.landmark not in dropped}
    if goal.supports:
        feeds = handbook.feeds[full_id]
        terms["supports"] = sorted(
            str(support.model_copy(update={"goal": first_id(handbook, to)})) for to, support in feeds
        )
    return terms


def statement(handbook: Handbook, full_id: str, agreement: Agreement) -> bytes:
    """Return what the person signs whose agreement it is: its day, and the digest of the terms that it names."""
    said = {
        "day": str(agreement.on),
        "format": FORMAT,
        "goal": first_id(handbook, full_id),
        "person": first_id(handbook, agreement.by[0]),
        "terms": agreement.terms,
    }
    if agreement.understood:
        said["understood"] = unicodedata.normalize("NFC", agreement.understood)
    if agreement.via:
        said["via"] = agreement.via
    return canonical(said)


def first_id(handbook: Handbook, full_id: str) -> str:
    """Return the first id that an owner or a goal (`owner/goal`) ever had: `formerly` lists the oldest first."""
    owner_id, slash, _ = full_id.partition("/")
    owner, goal = handbook.owners.get(owner_id), handbook.goals.get(full_id)
    return f"{_first(owner)}{slash}{_first(goal)}" if owner and (goal or not slash) else full_id


def _first(named: Owner | Goal | None) -> str:
    if named is None:
        return ""
    return named.formerly[0] if named.formerly else named.id


def _text(handbook: Handbook, value: Value) -> Json:
    """A value as text; people by their first id."""
    if isinstance(value, tuple) and all(isinstance(item, str) for item in value):
        return sorted(first_id(handbook, str(item)) for item in value)
    return unicodedata.normalize("NFC", spell(value))
