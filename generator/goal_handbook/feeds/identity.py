"""Names that programs know things by, the same in every build: a calendar moves an entry instead of adding another."""

from __future__ import annotations

from uuid import NAMESPACE_URL, UUID, uuid5

from ..views.context import ViewContext


def stable_id(context: ViewContext, key: str) -> UUID:
    """Return the id of what `key` names in this handbook. It stays when the site moves to another address."""
    return uuid5(NAMESPACE_URL, f"goal-handbook:{context.assessment.handbook.settings.name}:{key}")
