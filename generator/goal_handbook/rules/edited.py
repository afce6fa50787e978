"""Whose files an edit can have made wrong."""

from __future__ import annotations

from ..model.people import AnyOwner
from ..source.load import Loaded


def edited_alone(good: Loaded, now: Loaded) -> list[AnyOwner] | None:
    """Return the owners whose files differ from a state without errors, None if anything else can be wrong as well."""
    before, handbook = good.handbook, now.handbook
    if before is None or handbook is None or not handbook.has_links_of(before):
        return None
    if now.settings_document.text != good.settings_document.text or now.readings_files != good.readings_files:
        return None
    if now.known_goals != good.known_goals or list(now.documents) != list(good.documents):
        return None
    return [owner for owner in handbook.owners.values() if now.documents[owner.id] is not good.documents[owner.id]]
