"""Which columns of an export hold what: as named on the command line, or as a CRM is known to name them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ..findings import nearest
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
        known = {folded_heading(name): columns for name, columns in self.currency.items()}
        return known.get(folded_heading(value), _usual_currency_columns(value))


def folded_heading(name: str) -> str:
    """Return a heading as it is compared: without case, and with one way to write an accent or an apostrophe."""
    return unicodedata.normalize("NFC", name.strip().casefold()).replace("’", "'")


def did_you_mean_heading(name: str, headings: Iterable[str]) -> str:
    """Return `did you mean "…"?` for the most similar heading as the export writes it, else ""."""
    shown = {folded_heading(heading): heading.strip() for heading in headings}
    near = nearest(folded_heading(name), shown)
    return f'did you mean "{shown[near]}"?' if near else ""


def _usual_currency_columns(value: str) -> tuple[str, ...]:
    """Return how exports usually call the currency of a value: `Deal - ARR` has `Deal - Currency of ARR`."""
    prefix, dash, name = value.rpartition(" - ")
    return (
        f"{prefix}{dash}Currency of {name}", f"{value} Currency", f"{value}_currency", f"{prefix}{dash}Currency",
        "Currency", "Currency Code", "currency_code", "CurrencyIsoCode", "Currency ISO Code", "deal_currency_code",
    )  # fmt: skip


#: What exports call things in English, German, French and Spanish, by the CRM.
PRESETS: Mapping[str, Columns] = {
    "hubspot": Columns(
        owner=(
            "Deal owner",
            "Für Deal zuständiger Mitarbeiter", "Zuständiger Mitarbeiter für Deal", "Zuständiger Mitarbeiter",
            "Propriétaire de la transaction",
            "Propietario del negocio",
        ),
        date=("Close Date", "Abschlussdatum", "Date de fermeture", "Fecha de cierre"),
        value=(
            "Amount in company currency", "Amount",
            "Betrag in Unternehmenswährung", "Betrag in Firmenwährung", "Betrag",
            "Montant dans la devise de l'entreprise", "Montant",
            "Importe en la moneda de la empresa", "Importe", "Valor",
        ),
        currency={
            **dict.fromkeys(
                (
                    "Amount in company currency", "Betrag in Unternehmenswährung", "Betrag in Firmenwährung",
                    "Montant dans la devise de l'entreprise", "Importe en la moneda de la empresa",
                ),
                (),
            ),
            "Amount": ("Currency", "Deal Currency", "deal_currency_code"),
            "Betrag": ("Währung",),
            "Montant": ("Devise",),
            "Importe": ("Moneda", "Divisa"),
            "Valor": ("Moneda", "Divisa"),
        },
        won=(
            ("Is Closed Won", ("true",)),
            ("Deal Stage", ("Closed Won",)),
            ("Deal-Phase", ("Abgeschlossen und gewonnen", "Closed Won")),
            ("Phase de la transaction", ("Fermé gagné", "Fermée gagnée", "Closed Won")),
            ("Etapa del negocio", ("Cierre ganado", "Closed Won")),
        ),
    ),
    "salesforce": Columns(
        owner=(
            "Opportunity Owner", "Owner", "Owner.Name", "OwnerId",
            "Opportunity-Inhaber", "Opportunityinhaber",
            "Propriétaire de l'opportunité",
            "Propietario de oportunidad", "Propietario de la oportunidad",
        ),
        date=("Close Date", "CloseDate", "Schlusstermin", "Date de clôture", "Date de fermeture", "Fecha de cierre"),
        value=(
            "Amount (converted)", "Amount",
            "Betrag (umgerechnet)", "Betrag",
            "Montant (converti)", "Montant",
            "Importe (convertido)", "Importe",
        ),
        currency={
            "Amount (converted)": ("Amount (converted) Currency",),
            "Amount": ("Amount Currency", "Opportunity Currency", "CurrencyIsoCode"),
            "Betrag (umgerechnet)": ("Betrag (umgerechnet) Währung",),
            "Betrag": ("Betrag Währung", "Opportunity-Währung"),
            "Montant (converti)": ("Montant (converti) Devise",),
            "Montant": ("Montant Devise", "Devise de l'opportunité"),
            "Importe (convertido)": ("Importe (convertido) Divisa",),
            "Importe": ("Importe Divisa", "Divisa de oportunidad"),
        },
        won=(
            ("Won", ("1", "true")),
            ("IsWon", ("1", "true")),
            ("Stage", ("Closed Won",)),
            ("StageName", ("Closed Won",)),
            ("Gewonnen", ("1", "true", "wahr")),
            (
                "Phase",
                ("Geschlossen und gewonnen", "Geschlossen/gewonnen", "Geschlossen gewonnen", "Gewonnen", "Closed Won"),
            ),
            ("Étape", ("Fermée gagnée", "Clôturée gagnée", "Fermé gagné", "Gagnée", "Closed Won")),
            ("Etape", ("Fermée gagnée", "Clôturée gagnée", "Fermé gagné", "Gagnée", "Closed Won")),
            ("Etapa", ("Cerrada ganada", "Ganada", "Closed Won")),
        ),
    ),
    "pipedrive": Columns(
        owner=(
            "Deal - Owner", "Owner",
            "Deal - Besitzer",
            "Affaire - Propriétaire",
            "Negocio - Propietario", "Trato - Propietario",
        ),
        date=(
            "Deal - Won time", "Won time",
            "Deal - Datum des gewonnenen Deals", "Deal - Gewonnen am",
            "Affaire - Date de gain",
            "Negocio - Fecha de ganado", "Trato - Fecha de ganado",
        ),
        value=("Deal - Value", "Value", "Deal - Wert", "Affaire - Valeur", "Negocio - Valor", "Trato - Valor"),
        currency={
            "Deal - Value": ("Deal - Currency of Value", "Deal - Currency"),
            "Value": ("Currency of Value", "Currency"),
            "Deal - Wert": ("Deal - Währung von Wert", "Deal - Währung"),
            "Affaire - Valeur": ("Affaire - Devise de Valeur", "Affaire - Devise"),
            "Negocio - Valor": ("Negocio - Moneda de Valor", "Negocio - Moneda"),
            "Trato - Valor": ("Trato - Moneda de Valor", "Trato - Moneda"),
        },
        won=(
            ("Deal - Status", ("Won", "Gewonnen")),
            ("Status", ("Won",)),
            ("Affaire - Statut", ("Gagné", "Gagnée", "Won")),
            ("Negocio - Estado", ("Ganado", "Won")),
            ("Trato - Estado", ("Ganado", "Won")),
        ),
    ),
    "dynamics": Columns(
        owner=("Owner",),
        date=("Actual Close Date",),
        value=("Actual Revenue (Base)", "Actual Revenue"),
        currency={"Actual Revenue (Base)": (), "Actual Revenue": ("Currency",)},
        won=(("Status", ("Won",)),),
    ),
    "zoho": Columns(
        owner=("Deal Owner",),
        date=("Closing Date",),
        value=("Amount",),
        currency={"Amount": ("Currency",)},
        won=(("Stage", ("Closed Won",)),),
    ),
}  # fmt: skip
