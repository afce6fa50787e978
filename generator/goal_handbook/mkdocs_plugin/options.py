"""The plugin's options in mkdocs.yml, typed; an unknown one is refused with the nearest known."""

from __future__ import annotations

import datetime
from typing import Any

from mkdocs.config import base
from mkdocs.config import config_options as c
from pydantic_core import PydanticCustomError

from ..findings import did_you_mean
from ..model.values import message_and_help, parse_day


class DayOption(base.BaseConfigOption["datetime.date | None"]):
    """A day as YYYY-MM-DD, quoted or not."""

    def run_validation(self, value: object) -> datetime.date | None:
        """Return the day. Raises ValidationError with the spelling to use."""
        try:
            return None if value is None else parse_day(value)
        except PydanticCustomError as error:
            message, help = message_and_help(error)
            raise base.ValidationError(f"{message}; {help}") from None


class Options(base.Config):  # type: ignore[no-untyped-call]
    """The options goals_dir, as_of, audience and strict_rules."""

    goals_dir = c.Type(str, default="goals")
    as_of = DayOption()
    audience: Any = c.Choice(("team", "leaders"), default="team")
    strict_rules = c.Type(bool, default=False)

    def validate(self) -> tuple[base.ConfigErrors, base.ConfigWarnings]:
        """Add to MkDocs' own checks an error for every unknown key, for which MkDocs only warns."""
        failed, _ = super().validate()
        known = [name for name, _ in self._schema]
        for key in self:
            if key not in known:
                help = did_you_mean(key, known) or f"the options are {', '.join(known)}"
                failed.append((key, base.ValidationError(f'unknown option "{key}"; {help}')))
        return failed, []
