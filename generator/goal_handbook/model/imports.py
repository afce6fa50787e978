"""How a house imports its CRM's exports: what was answered at the first import, so that the next one asks nothing.

Each key is the option of `goals import` with the same name.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, WithJsonSchema, model_validator

from .entity import Entity
from .fields import Slug, Text, Texts, YesNo
from .values import TITLE_LIMIT, one_or_more, parse_text, quoted, value_error

#: A goal's full id, with `{owner}` for the id of whoever closed the deal.
GOAL_PATTERN = re.compile(r"(?=.*\{owner\})(?:[a-z0-9-]|\{owner\})+/(?:[a-z0-9-]|\{owner\})+\Z")
_CONDITION = re.compile(r"[^=\s][^=]*=")
_SPLIT = re.compile(r"(?:[eE][qQ][uU][aA][lL]|[0-9.]+\s*%?(?:\s*[,/:;]\s*[0-9.]+\s*%?)+)\Z")
_DATE_FORMAT = re.compile(".*%")
_READINGS_FILE = re.compile(r"readings/[^./~\\][^/\\]*\.csv\Z")


def _spelled(pattern: re.Pattern[str], problem: str, help: str) -> tuple[BeforeValidator, WithJsonSchema]:
    """Return what reads a text that fits a pattern, and what an editor checks of it.

    Of any other text the reader says the `problem` and the `help`. It raises GH103, GH104, GH108, GH119.
    """

    def parse(value: Any) -> str:
        text = parse_text(value)
        if not pattern.match(text):
            raise value_error("GH108", f"{quoted(text)} {problem}", help)
        return text

    whole = pattern.pattern.replace(r"\Z", r"\s*$")
    schema: dict[str, Any] = {"type": "string", "pattern": rf"^\s*{whole}", "maxLength": TITLE_LIMIT}
    return BeforeValidator(parse), WithJsonSchema(schema)


GoalPattern = Annotated[
    str, *_spelled(GOAL_PATTERN, "does not name the owner and the goal", "write e.g. {owner}/new-business")
]
Condition = Annotated[str, *_spelled(_CONDITION, "is not COLUMN=VALUE", "write e.g. Deal Stage=Won")]
Conditions = Annotated[tuple[Condition, ...], BeforeValidator(one_or_more)]
Shares = Annotated[str, *_spelled(_SPLIT, "does not divide a deal", 'write "equal", or e.g. "60,40"')]
AllShares = Annotated[tuple[Shares, ...], BeforeValidator(one_or_more)]
ReadingsFile = Annotated[
    str, *_spelled(_READINGS_FILE, "is not a file that readings are read from", "write e.g. readings/crm.csv")
]
DateFormat = Annotated[str, *_spelled(_DATE_FORMAT, "is not a format of dates", "write e.g. %d/%m/%Y")]


class Import(Entity):
    """How exports of one kind are imported. Each key is the option of `goals import` with the same name."""

    name: Slug
    """What to call it, e.g. `hubspot`: `goals import deals.csv --as hubspot`."""
    goal_pattern: GoalPattern
    """The goal a deal counts towards, e.g. `{owner}/new-business`."""
    owner_column: Text
    """The column with the seller's name, alias or id."""
    date_column: Text
    """The column with the day a deal closed."""
    value_column: Text
    """The column with what it was worth."""
    currency_column: Text | None = None
    """The column with its currency. Default: one with a usual name for it."""
    won: Conditions = ()
    """How a deal that was won is marked, e.g. `Deal Stage=Closed Won`. Default: every row counts."""
    where: Conditions = ()
    """Only rows with these values are read, e.g. `Pipeline=Sales`."""
    ignore: Texts = ()
    """People in the export who have no goals here."""
    split: AllShares = ()
    """How deals of several people are divided: `equal`, or e.g. `60,40`."""
    date_format: DateFormat | None = None
    """How dates are written, e.g. `%d/%m/%Y`. Default: as the rows decide."""
    decimal: Literal["point", "comma"] | None = None
    """The decimal mark. Default: as the rows decide."""
    sheet: Text | None = None
    """The sheet of a workbook. Default: the first visible one."""
    per: Literal["day", "week", "month", "quarter"] = "month"
    """How often a total is written. Default: `month`."""
    to_date: YesNo = False
    """Whether a total is also written for the day of the export's last row. Default: `no`."""
    complete: YesNo = False
    """Whether the export covers everyone, so that who has no rows has totals of zero. Default: `no`."""
    into: ReadingsFile
    """The readings file, e.g. `readings/crm.csv`."""

    @model_validator(mode="after")
    def _won_by_one_column(self) -> Self:
        if len({condition.partition("=")[0].strip().casefold() for condition in self.won}) > 1:
            message = "won names several columns"
            raise value_error("GH118", message, "keep one, and write the others under where:")
        return self

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that an export must have to be meant."""
        conditions = (condition.partition("=")[0] for condition in (*self.won, *self.where))
        return (self.owner_column, self.date_column, self.value_column, *conditions)
