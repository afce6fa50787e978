"""Which columns of an export hold what: as named on the command line, or as a CRM is known to name them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Columns:
    """Names of columns, ignoring case. Of several names for one thing, the first that the export has is used.

    `currency`: the column with a value's currency, by the value's column; the export need not have it.
    `won`: a row counts only if this column (the first that the export has) has one of these values.
    `where`: a row counts only with all these values too; a condition on a column of `won` replaces `won`.
    `date_format`: how dates are written (strptime); "" means `YYYY-MM-DD`.
    `decimal`: the decimal mark, `comma` or `point`; "" means a point, and refuses numbers that could be either.
    """

    owner: tuple[str, ...]
    date: tuple[str, ...]
    value: tuple[str, ...]
    currency: Mapping[str, str] = field(default_factory=dict)
    won: tuple[tuple[str, tuple[str, ...]], ...] = ()
    where: tuple[tuple[str, str], ...] = ()
    date_format: str = ""
    decimal: str = ""


#: The column names in each CRM's English export of deals or opportunities.
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
