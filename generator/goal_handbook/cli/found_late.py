"""What is found out late: a leave or a move so long ago that the gate takes it for a correction of the past."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from ..findings import with_help
from .prompts import ask, ask_for_some, text
from .targets import people, person_reader, without_empty

if TYPE_CHECKING:
    from ..model.people import AnyOwner
    from ..workspace import Workspace


def correction_of(
    workspace: Workspace,
    owner: AnyOwner,
    field: str,
    added: str,
    first: datetime.date,
    by: Sequence[str],
    why: str | None,
) -> dict[str, Any]:
    """Return the correction that `added` in `field` (`away`) takes from its `first` day on, {} where it takes none.

    Says that it takes one, and asks who decided it and why. Raises UsageError where the gate would not accept it.
    """
    from ..model.people import PastCorrection, said_of_the_past
    from ..rules.reasons import gives_a_reason
    from ..rules.rewritten import is_long_past

    handbook, settings = workspace.handbook, workspace.handbook.settings if workspace.handbook else None
    if handbook is None or settings is None or workspace.as_of < settings.period.start:
        return {}
    if not is_long_past(settings, settings, workspace.as_of)(max(first, settings.period.start)):
        return {}
    every = settings.review_every
    click.echo(
        f"{first} is more than a {every} ago, so this is a correction of the past: it says who and why", err=True
    )
    who = ask_for_some("--by", "Who decided it", by, person_reader(handbook), choices=people(handbook), required=True)
    if not who:
        raise click.UsageError("Missing option '--by': who decided to correct the past")
    reason = ask("--why", "Why is it known only now", why, text)
    was = said_of_the_past(owner, field)
    before = (value for value in was if value != "none" and field != "left")  # there is only one last day
    now = (*before, added)
    item = without_empty(
        on=str(workspace.as_of), by=who, why=reason, field=field, was=_one_or_list(was), now=_one_or_list(now)
    )
    if not gives_a_reason(PastCorrection.model_validate(item)):
        raise click.UsageError(with_help("--why does not say why it is known only now", "say it in a few words"))
    return item


def _one_or_list(values: Sequence[str]) -> str | list[str]:
    return values[0] if len(values) == 1 else list(values)
