"""The plugin's options in mkdocs.yml, typed; an unknown one is refused with the nearest known."""

from __future__ import annotations

import datetime
from typing import Any, Literal

from mkdocs.config import base
from mkdocs.config import config_options as c
from pydantic_core import PydanticCustomError

from ..findings import did_you_mean
from ..model.values import message_and_help, parse_day
from ..parts import Part, part_named

#: The word for the ends of the period's quarters.
QUARTER_ENDS: Literal["quarter-ends"] = "quarter-ends"


class DayOption(base.BaseConfigOption["datetime.date | None"]):
    """A day as YYYY-MM-DD, quoted or not."""

    def run_validation(self, value: object) -> datetime.date | None:
        """Return the day. Raises ValidationError with the spelling to use."""
        return None if value is None else _day(value)


class DaysOption(base.BaseConfigOption["tuple[datetime.date, ...] | Literal['quarter-ends']"]):
    """The ends of quarters, or a list of days."""

    def run_validation(self, value: object) -> tuple[datetime.date, ...] | Literal["quarter-ends"]:
        """Return the days, in order. Raises ValidationError with what to write instead."""
        if value is None or value == QUARTER_ENDS:
            return QUARTER_ENDS if value else ()
        if isinstance(value, (list, tuple)):
            return tuple(sorted({_day(item) for item in value}))
        help = did_you_mean(str(value), [QUARTER_ENDS]) or f"write {QUARTER_ENDS}, or a list such as [2017-06-30]"
        raise base.ValidationError(f'expected days, found "{value}"; {help}')


def _day(value: object) -> datetime.date:
    try:
        return parse_day(value)
    except PydanticCustomError as error:
        message, help = message_and_help(error)
        raise base.ValidationError(f"{message}; {help}") from None


class PartOption(base.BaseConfigOption["Part | None"]):
    """A part of a site, such as `2/8`; nothing, also as an empty text, is the whole."""

    def run_validation(self, value: object) -> Part | None:
        """Return the part. Raises ValidationError with the spelling to use."""
        if value is None or value == "":
            return None
        try:
            return part_named(str(value))
        except ValueError:
            raise base.ValidationError(f'expected a part such as 2/8, found "{value}"') from None


class Options(base.Config):  # type: ignore[no-untyped-call]
    """The options goals_dir, as_of, audience, strict_rules, snapshots, site_at, fast and part."""

    goals_dir = c.Type(str, default="goals")
    as_of = DayOption()
    audience: Any = c.Choice(("team", "leaders"), default="team")
    strict_rules = c.Type(bool, default=False)
    snapshots = DaysOption()
    site_at = DayOption()
    fast = c.Type(bool, default=True)
    part = PartOption()

    def validate(self) -> tuple[base.ConfigErrors, base.ConfigWarnings]:
        """Add to MkDocs' own checks an error for every unknown key, for which MkDocs only warns."""
        failed, _ = super().validate()
        known = [name for name, _ in self._schema]
        for key in self:
            if key not in known:
                help = did_you_mean(key, known) or f"the options are {', '.join(known)}"
                failed.append((key, base.ValidationError(f'unknown option "{key}"; {help}')))
        return failed, []
