"""Which columns of an export hold what: named on the command line, or known of a CRM."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Columns:
    """Names of columns, without regard to case; of several the first that is there is taken.

    `currency`: the column with a value's currency, by the value's column; it may be missing.
    `won`: a row counts if this column (the first that is there) has one of these values.
    `decimal`: what stands before the cents, `comma` or `point`; unless said a point, where that is clear.
    `where`: a row counts only with all these values too; one on a column of `won` takes its place.
    """

    owner: tuple[str, ...]
    date: tuple[str, ...]
    value: tuple[str, ...]
    currency: Mapping[str, str] = field(default_factory=dict)
    won: tuple[tuple[str, tuple[str, ...]], ...] = ()
    where: tuple[tuple[str, str], ...] = ()
    date_format: str = ""
    decimal: str = ""


#: As each CRM heads its columns in an English export of deals or opportunities.
PRESETS: Mapping[str, Columns] = {
    "hubspot": Columns(
        owner=("Deal owner",),
        date=("Close Date",),
        value=("Amount in company currency", "Amount"),
        currency={"Amount": "Currency"},
        won=(("Is Closed Won", ("true",)), ("Deal Stage", ("Closed Won",))),
    ),
    "salesforce": Columns(
        owner=("Opportunity Owner", "Owner", "Owner.Name", "OwnerId"),
        date=("Close Date", "CloseDate"),
        value=("Amount (converted)", "Amount"),
        currency={"Amount (converted)": "Amount (converted) Currency", "Amount": "Amount Currency"},
        won=(
            ("Won", ("1", "true")),
            ("IsWon", ("1", "true")),
            ("Stage", ("Closed Won",)),
            ("StageName", ("Closed Won",)),
        ),
    ),
    "pipedrive": Columns(
        owner=("Deal - Owner", "Owner"),
        date=("Deal - Won time", "Won time"),
        value=("Deal - Value", "Value"),
        currency={"Deal - Value": "Deal - Currency", "Value": "Currency"},
        won=(("Deal - Status", ("Won",)), ("Status", ("Won",))),
    ),
}
