"""Which columns of an export hold what: as named on the command line, or as a CRM is known to name them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from .amount import Mark


@dataclass(frozen=True, slots=True)
class Columns:
    """Names of columns, ignoring case. Of several names for one thing, the first that the export has is used.

    `currency`: the columns that may hold a value's currency, by the value's column; the export need not have one.
    `currency_column`: the one named on the command line, which it must have.
    `won`: a row counts only if this column (the first that the export has) has one of these values.
    `where`: a row counts only with all these values too; a condition on a column of `won` replaces `won`.
    `date_format`: how dates are written (strptime), and `decimal`: the decimal mark; without them, the rows decide.
    """

    owner: tuple[str, ...]
    date: tuple[str, ...]
    value: tuple[str, ...]
    currency: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    currency_column: str = ""
    won: tuple[tuple[str, tuple[str, ...]], ...] = ()
    where: tuple[tuple[str, str], ...] = ()
    date_format: str = ""
    decimal: Mark | None = None

    def currency_of(self, value: str) -> tuple[str, ...]:
        """Return the columns that may hold the currency of this value column."""
        known = {name.casefold(): columns for name, columns in self.currency.items()}
        return known.get(value.casefold(), _usual_currency_columns(value))


def _usual_currency_columns(value: str) -> tuple[str, ...]:
    """Return how exports usually call the currency of a value: `Deal - ARR` has `Deal - Currency of ARR`."""
    prefix, dash, name = value.rpartition(" - ")
    return (
        f"{prefix}{dash}Currency of {name}", f"{value} Currency", f"{value}_currency", f"{prefix}{dash}Currency",
        "Currency", "Currency Code", "currency_code", "CurrencyIsoCode", "Currency ISO Code", "deal_currency_code",
    )  # fmt: skip


#: The column names in each CRM's English export of deals or opportunities.
PRESETS: Mapping[str, Columns] = {
    "hubspot": Columns(
        owner=("Deal owner",),
        date=("Close Date",),
        value=("Amount in company currency", "Amount"),
        currency={"Amount in company currency": (), "Amount": ("Currency", "Deal Currency", "deal_currency_code")},
        won=(("Is Closed Won", ("true",)), ("Deal Stage", ("Closed Won",))),
    ),
    "salesforce": Columns(
        owner=("Opportunity Owner", "Owner", "Owner.Name", "OwnerId"),
        date=("Close Date", "CloseDate"),
        value=("Amount (converted)", "Amount"),
        currency={
            "Amount (converted)": ("Amount (converted) Currency",),
            "Amount": ("Amount Currency", "Opportunity Currency", "CurrencyIsoCode"),
        },
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
        currency={
            "Deal - Value": ("Deal - Currency of Value", "Deal - Currency"),
            "Value": ("Currency of Value", "Currency"),
        },
        won=(("Deal - Status", ("Won",)), ("Status", ("Won",))),
    ),
}
