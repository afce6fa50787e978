"""What terms and records are called in sentences, in the language of the site."""

from __future__ import annotations

from collections.abc import Mapping

from ..model.records import RecordKind
from ..words import N_, Words

#: The terms of goals and landmarks, and the fields of records that people write.
TERMS: Mapping[str, str] = {
    "target": N_("target"),
    "from": N_("from"),
    "unit": N_("unit"),
    "hold": N_("hold"),
    "tolerance": N_("tolerance"),
    "over": N_("over"),
    "rollup": N_("rollup"),
    "start": N_("start"),
    "due": N_("due"),
    "supports": N_("supports"),
    "prorate": N_("prorate"),
    "kind": N_("kind"),
    "visibility": N_("visibility"),
    "title": N_("title"),
    "why": N_("why"),
    "times": N_("times"),
    "per": N_("per"),
    "with": N_("with"),
    "minutes": N_("minutes"),
    "hours": N_("hours"),
    "days": N_("days"),
    "value": N_("value"),
    "deliver": N_("deliver"),
    "done": N_("done"),
    "note": N_("note"),
    "next": N_("next"),
    "plan": N_("plan"),
}
RECORD: Mapping[str, str] = {
    "agreed": N_("agreement"),
    "checkins": N_("reading"),
    "sessions": N_("session"),
    "reviews": N_("review"),
    "accountings": N_("accounting"),
    "adjustments": N_("adjustment"),
    "done": N_("delivery"),
    "closed": N_("closing"),
}


def name_of_term(name: str, words: Words) -> str:
    """Return what people call a term or a field; one that is not in the table is called by its key."""
    return words.text(TERMS.get(name, name))


def name_of_record(kind: RecordKind, words: Words) -> str:
    """Return what people call a record."""
    return words.text(RECORD[kind.name])
