"""Exports of HubSpot, Salesforce and Pipedrive are read without naming a column, and people by their aliases."""

from __future__ import annotations

import datetime
import subprocess
import sys
from collections.abc import Callable
from itertools import islice
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goal_handbook.cli import main
from goal_handbook.crm.guess import Guess, guess_of, sample_of
from goal_handbook.spreadsheets.csv_sheet import CsvSheet

from .test_import import HANDBOOK, assert_refused, person

ALIASED = person("Anna Snelling").replace(
    "team: central", "team: central\naliases: [A. Snelling, anna@maventech.example]"
)
FILES = {**HANDBOOK, "sellers/anna-snelling.yaml": ALIASED}
READ = "goal,on,value\nanna-snelling/new-business,2017-04-30,7\nmoses-frase/new-business,2017-04-30,1054.50\n"


@pytest.fixture
def bring_in(goals: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Return a function that runs `goals import` on a CSV text into goals/readings/crm.csv."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    goals(FILES)

    def run(export: str, *options: str) -> Result:
        Path("export.csv").write_text(export, encoding="utf-8")
        return imported("export.csv", *options)

    return run


def imported(path: str, *options: str) -> Result:
    fixed = ["--goal-pattern", "{owner}/new-business", "--into", "goals/readings/crm.csv", "--as-of", "2017-04-30"]
    return CliRunner().invoke(main, ["import", path, *fixed, *options])


def written() -> str | None:
    path = Path("goals/readings/crm.csv")
    return path.read_bytes().decode("utf-8") if path.exists() else None


EXPORTS = {
    "HubSpot, all properties": ("hubspot", """\
Record ID,Deal Name,Deal Stage,Close Date,Deal owner,Amount,Amount in company currency,Currency,Is Closed Won
1,Isdom,Closed Won (Sales Pipeline),2017-04-10 14:03,Moses Frase,900,1054.50,EUR,true
2,Cancity,Closed Won (Partner Pipeline),2017-04-11 09:00,anna@maventech.example,7,7,USD,true
3,Konex,Closed Lost (Sales Pipeline),2017-04-12 09:00,Moses Frase,5,5,USD,false
"""),
    "HubSpot, a view of few columns": ("hubspot", """\
Record ID,Deal Name,Deal Stage,Close Date,Deal owner,Amount
1,Isdom,Closed Won (Sales Pipeline),2017-04-10 14:03,Moses Frase,1054.50
2,Cancity,Closed Won,2017-04-11 09:00,A. Snelling,7
3,Konex,Negotiation,2017-04-12 09:00,Moses Frase,5
"""),
    "Salesforce, a report": ("salesforce", """\
"Opportunity Owner","Account Name","Stage","Close Date","Amount Currency","Amount"
"Moses Frase","Isdom","Closed Won","2017-04-10","USD","1,054.50"
"Anna Snelling","Cancity","Closed Won","2017-04-11","USD","7.00"
"Moses Frase","Konex","Prospecting","2017-04-12","USD","5"

"Goals report"
"Copyright (c) 2000-2017 salesforce.com, inc. All rights reserved."
"""),
    "Salesforce, the data loader": ("salesforce", """\
"ID","OWNER.NAME","STAGENAME","CLOSEDATE","AMOUNT","ISWON"
"006","Moses Frase","Verkauft","2017-04-10","1054.5","true"
"007","Anna Snelling","Verkauft","2017-04-11","7.0","true"
"008","Moses Frase","Verloren","2017-04-12","5.0","false"
"""),
    "Pipedrive": ("pipedrive", """\
Deal - Title,Deal - Owner,Deal - Value,Deal - Currency,Deal - Status,Deal - Won time
Isdom,Moses Frase,1054.50,USD,Won,2017-04-10 14:03:00
Cancity,Anna Snelling,7,USD,Won,2017-04-11 09:00:00
Konex,Moses Frase,5,EUR,Lost,
"""),
    "HubSpot in German": ("hubspot", """\
Datensatz-ID;Deal-Name;Deal-Phase;Abschlussdatum;Für Deal zuständiger Mitarbeiter;Betrag in Firmenwährung;Betrag
1;Isdom;Abgeschlossen und gewonnen (Sales-Pipeline);10.04.2017 14:03;Moses Frase;1.054,50;900
2;Cancity;Abgeschlossen und gewonnen;13.04.2017;anna@maventech.example;7;7
3;Konex;Abgeschlossen und verloren;12.04.2017;Moses Frase;5;5
"""),
    "HubSpot in French": ("hubspot", """\
ID de fiche d'informations;Phase de la transaction;Date de fermeture;Propriétaire de la transaction;Montant
1;Fermé gagné;10/04/2017;Moses Frase;1 054,50
2;Fermé gagné (Pipeline des ventes);13/04/2017;A. Snelling;7
3;Fermé perdu;12/04/2017;Moses Frase;5
"""),
    "HubSpot in Spanish": ("hubspot", """\
Nombre del negocio,Etapa del negocio,Fecha de cierre,Propietario del negocio,Valor
Isdom,Cierre ganado,2017-04-10,Moses Frase,1054.50
Cancity,Cierre ganado,2017-04-11,A. Snelling,7
Konex,Cierre perdido,2017-04-12,Moses Frase,5
"""),
    "Salesforce in German": ("salesforce", """\
"Opportunity-Inhaber";"Accountname";"Phase";"Schlusstermin";"Betrag Währung";"Betrag"
"Moses Frase";"Isdom";"Geschlossen und gewonnen";"10.04.2017";"USD";"1.054,50"
"Anna Snelling";"Cancity";"Geschlossen und gewonnen";"11.04.2017";"USD";"7,00"
"Moses Frase";"Konex";"Verhandlung";"12.04.2017";"USD";"5"
"""),
    "Salesforce in French": ("salesforce", """\
"Propriétaire de l’opportunité";"Étape";"Date de clôture";"Montant"
"Moses Frase";"Fermée gagnée";"10/04/2017";"1 054,50"
"Anna Snelling";"Fermée gagnée";"13/04/2017";"7,00"
"Moses Frase";"Négociation";"12/04/2017";"5,00"
"""),
    "Salesforce in Spanish": ("salesforce", """\
"Propietario de oportunidad";"Etapa";"Fecha de cierre";"Importe"
"Moses Frase";"Cerrada ganada";"10/04/2017";"1.054,50"
"Anna Snelling";"Cerrada ganada";"13/04/2017";"7,00"
"Moses Frase";"Negociación";"12/04/2017";"5,00"
"""),
    "Pipedrive in German": ("pipedrive", """\
Deal - Titel,Deal - Besitzer,Deal - Wert,Deal - Währung,Deal - Status,Deal - Datum des gewonnenen Deals
Isdom,Moses Frase,1054.50,USD,Gewonnen,2017-04-10 14:03:00
Cancity,Anna Snelling,7,USD,Gewonnen,2017-04-11 09:00:00
Konex,Moses Frase,5,EUR,Verloren,
"""),
    "Pipedrive in French": ("pipedrive", """\
Affaire - Titre;Affaire - Propriétaire;Affaire - Valeur;Affaire - Statut;Affaire - Date de gain
Isdom;Moses Frase;1054,50;Gagné;2017-04-10 14:03:00
Cancity;Anna Snelling;7;Gagné;2017-04-11 09:00:00
Konex;Moses Frase;5;Perdu;
"""),
    "Pipedrive in Spanish": ("pipedrive", """\
Negocio - Título,Negocio - Propietario,Negocio - Valor,Negocio - Estado,Negocio - Fecha de ganado
Isdom,Moses Frase,1054.50,Ganado,2017-04-10 14:03:00
Cancity,Anna Snelling,7,Ganado,2017-04-11 09:00:00
Konex,Moses Frase,5,Perdido,
"""),
    "Dynamics": ("dynamics", """\
(Do Not Modify) Opportunity,Topic,Status,Actual Close Date,Actual Revenue,Currency,Owner
{1},Isdom,Won,4/10/2017,"$1,054.50",US Dollar USD,Moses Frase
{2},Cancity,Won,4/13/2017,$7.00,US Dollar USD,Anna Snelling
{3},Konex,Lost,4/12/2017,$0.00,US Dollar USD,Moses Frase
"""),
    "Zoho": ("zoho", """\
Record Id,Deal Owner.id,Deal Owner,Amount,Deal Name,Closing Date,Stage
zcrm_1,zcrm_9,Moses Frase,1054.50,Isdom,2017-04-10,Closed Won
zcrm_2,zcrm_8,Anna Snelling,7,Cancity,2017-04-11,Closed Won
zcrm_3,zcrm_9,Moses Frase,5,Konex,2017-04-12,Negotiation/Review
"""),
}  # fmt: skip


@pytest.mark.parametrize(("preset", "export"), EXPORTS.values(), ids=EXPORTS)
def test_a_crm_s_own_columns_are_known(bring_in: Callable[..., Result], preset: str, export: str) -> None:
    result = bring_in(export, "--preset", preset)
    assert (result.exit_code, result.stderr) == (0, "")
    assert (written() or "").replace("1054.5\n", "1054.50\n").replace(",7.00", ",7").replace(",7.0\n", ",7\n") == READ
    assert "not counted: 1 row not won" in result.stdout


@pytest.mark.parametrize(("preset", "export"), EXPORTS.values(), ids=EXPORTS)
def test_a_crm_is_recognised_by_its_columns(preset: str, export: str) -> None:
    sheet = CsvSheet("export.csv", export)
    guess = guess_of(sample_of(sheet))
    assert guess.preset == preset
    (column, _, value), row = (
        guess.won.partition("="),
        dict(zip(*(row for _, row in islice(sheet.rows(), 2)), strict=True)),
    )
    assert str(row[column]).startswith(value)
    assert row[guess.owner] == "Moses Frase"
    assert row[guess.date]
    assert row[guess.value]


GUESSES = {
    "the example's": (
        "opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value\n1,A,B,C,Lost,2016-10-20,2017-03-01,0\n1,A,B,C,Won,2016-10-20,2017-03-01,1054\n",
        Guess("", "sales_agent", "close_date", "close_value", "", "deal_stage=Won"),
    ),
    "German, of no CRM": ("Nr;Verkäufer;Abschlussdatum;Umsatz;Status\n1;A;1.2.2017;5;Auftrag gewonnen\n", Guess("", "Verkäufer", "Abschlussdatum", "Umsatz", "", "Status=Auftrag gewonnen")),
    "no sign of what was won": ("Rep,Closed on,Total\nA,2017-01-01,5\n", Guess("", "Rep", "Closed on", "Total", "", "")),
    "nothing": ("a,b\n1,2\n", Guess()),
    "no row": ("", Guess()),
}  # fmt: skip


@pytest.mark.parametrize(("export", "guess"), GUESSES.values(), ids=GUESSES)
def test_columns_are_guessed_by_words_in_their_headings(export: str, guess: Guess) -> None:
    assert guess_of(sample_of(CsvSheet("export.csv", export))) == guess


def test_deals_that_are_not_won_are_counted_by_stage(bring_in: Callable[..., Result]) -> None:
    rows = "".join(f"{i},D,Stage {i % 8},2017-04-10,Moses Frase,1\n" for i in range(20))
    result = bring_in("Record ID,Deal Name,Deal Stage,Close Date,Deal owner,Amount\n" + rows, "--preset", "hubspot")
    assert "not counted: 20 rows not won: Stage 0 (3), Stage 1 (3), Stage 2 (3), Stage 3 (3)" in result.stdout
    assert "Stage 5 (2)…" in result.stdout


def test_an_option_replaces_a_preset_s_column(bring_in: Callable[..., Result]) -> None:
    export = (
        "Deal - Verkäufer,Deal - Value,Deal - Status,Deal - Won time,Deal - ARR\nMoses Frase,9,Won,2017-04-10,1054.50\n"
        "Anna Snelling,9,Agreed,2017-04-10,7\n"
    )
    options = ["--preset", "pipedrive", "--owner-column", "deal - verkäufer", "--value-column", "Deal - ARR"]
    assert bring_in(export, *options).exit_code == 0
    assert written() == "goal,on,value\nmoses-frase/new-business,2017-04-30,1054.50\n"
    assert bring_in(export, *options, "--where", "Deal - Status=Agreed").exit_code == 0
    assert written() == READ


REFUSED = {
    "a column the view lacks": (
        "Deal Stage,Close Date,Deal owner\nClosed Won,2017-04-10,Moses Frase\n",
        'GH115 no column "Amount in company currency" or "Amount"',
        "the columns are Deal Stage, Close Date, Deal owner",
    ),
    "no stage": (
        "Close Date,Deal owner,Amount\n",
        'GH115 no column "Is Closed Won" or "Deal Stage"',
        "the columns are Close Date, Deal owner, Amount",
    ),
    "a duplicate column": (
        "Deal Stage,Close Date,Deal owner,Amount,amount\n",
        'GH115 duplicate column "Amount" in the header',
        "rename one of them in the export",
    ),
    "another currency": (
        "Deal Stage,Close Date,Deal owner,Amount,Currency\nClosed Won,2017-04-10,Moses Frase,1,EUR\n",
        "export.csv:2:1: GH115 this deal is in EUR, not in USD",
        "export the amounts in USD, or give its rate in handbook.yaml: rates: {EUR: …}, "
        "or import only those in USD: --where 'Currency=USD'",
    ),
    "a currency with the amount": (
        "Deal Stage,Close Date,Deal owner,Amount\nClosed Won,2017-04-10,Moses Frase,1 €\n",
        "GH115 this deal is in EUR, not in USD",
        "export the amounts in USD, or give its rate in handbook.yaml: rates: {EUR: …}",
    ),
    "a date of two readings": (
        "Deal Stage,Close Date,Deal owner,Amount\nClosed Won,4/10/2017,Moses Frase,1\n",
        'GH115 "4/10/2017" could be 2017-10-04 or 2017-04-10',
        "no row of Close Date decides: "
        "use --date-format %d/%m/%Y for 2017-10-04, or --date-format %m/%d/%Y for 2017-04-10",
    ),
}


@pytest.mark.parametrize(("export", "message", "help"), REFUSED.values(), ids=REFUSED)
def test_whatever_a_preset_cannot_read_is_reported(
    bring_in: Callable[..., Result], export: str, message: str, help: str
) -> None:
    assert_refused(bring_in(export, "--preset", "hubspot"), f"{message}\n", f"  help: {help}\n")


def test_all_errors_of_a_row_are_reported_at_once(bring_in: Callable[..., Result]) -> None:
    row = "Mozes Frase,2017-04-10,lots,EUR,Won\n"
    result = bring_in(
        "Deal - Owner,Deal - Won time,Deal - Value,Deal - Currency,Deal - Status\n" + row, "--preset", "pipedrive"
    )
    assert [line.split(": ")[1][:5] for line in result.stderr.splitlines() if line.startswith("export")] == [
        "GH115",
        "GH115",
        "GH201",
    ]


def test_without_a_preset_the_columns_are_required(bring_in: Callable[..., Result]) -> None:
    result = bring_in("Owner\n", "--owner-column", "Owner")
    assert result.exit_code == 2
    assert "Missing options --date-column, --value-column\n" in result.stderr
    assert "  help: name the columns, or the CRM with --preset\n" in result.stderr


def test_a_currency_column_can_be_named(bring_in: Callable[..., Result]) -> None:
    columns = ["--owner-column", "Who", "--date-column", "When", "--value-column", "What", "--currency-column", "In"]
    result = bring_in("Who,When,What,In\nMoses Frase,2017-04-10,1,CHF\n", *columns)
    assert "this deal is in CHF, not in USD" in result.stderr


def test_an_alias_that_two_people_share_is_reported(
    goals: Callable[..., Path], bring_in: Callable[..., Result]
) -> None:
    goals({**FILES, "sellers/second.yaml": person("Second").replace("team:", "aliases: [a.  SNELLING]\nteam:")})
    result = bring_in(EXPORTS["HubSpot, a view of few columns"][1], "--preset", "hubspot")
    assert_refused(result, 'export.csv:3:1: GH201 "A. Snelling" could be anna-snelling or second (1 row)\n')


def test_a_dry_run_shows_the_change_and_writes_nothing(bring_in: Callable[..., Result]) -> None:
    preset, export = EXPORTS["Pipedrive"]
    result = bring_in(export, "--preset", preset, "--dry-run")
    assert (result.exit_code, written()) == (0, None)
    assert result.stdout == (
        "goals/readings/crm.csv\n"
        "+    1 | goal,on,value\n"
        "+    2 | anna-snelling/new-business,2017-04-30,7\n"
        "+    3 | moses-frase/new-business,2017-04-30,1054.50\n"
        "2 goals read up to 2017-04-30; 2 readings would be written to goals/readings/crm.csv\n"
        "  counted: 1,061.50 USD in 2 rows\n"
        "  not counted: 1 row not won: Lost (1)\n"
    )
    bring_in(export, "--preset", preset)
    again = bring_in(export, "--preset", preset, "--dry-run")
    assert again.stdout.startswith("2 goals read up to 2017-04-30; goals/readings/crm.csv is already up to date\n")


def test_two_imports_into_one_file_lose_nothing(goals: Callable[..., Path], bring_in: Callable[..., Result]) -> None:
    people = [f"Seller {number}" for number in range(8)]
    goals({f"sellers/seller-{number}.yaml": person(name) for number, name in enumerate(people)})
    command = [sys.executable, "-m", "goal_handbook", "import"]
    options = ["--preset", "pipedrive", "--goal-pattern", "{owner}/new-business", "--into", "goals/readings/crm.csv"]
    running = []
    for month, person_ in enumerate(people, 1):
        row = f"{person_},2017-0{month}-10,{month},Won"
        Path(f"{month}.csv").write_text(
            f"Deal - Owner,Deal - Won time,Deal - Value,Deal - Status\n{row}\n", encoding="utf-8"
        )
        running.append(
            subprocess.Popen([*command, f"{month}.csv", *options, "--as-of", "2017-09-30"], stdout=subprocess.DEVNULL)
        )
    assert [process.wait() for process in running] == [0] * len(people)
    assert {line.split(",")[0] for line in (written() or "").splitlines()[1:]} == {
        f"seller-{number}/new-business" for number in range(8)
    }


DEALS = st.lists(
    st.tuples(
        st.sampled_from(["Moses Frase", "A. Snelling", "anna-snelling", "MOSES  frase"]),
        st.dates(min_value=datetime.date(2016, 12, 1), max_value=datetime.date(2017, 5, 31)),
        st.decimals(min_value=-10_000, max_value=10_000_000, places=2),
        st.sampled_from(["Won", "Lost", "Open"]),
    ),
    max_size=40,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deals=DEALS, per=st.sampled_from(["day", "week", "month", "quarter"]), complete=st.booleans())
def test_importing_an_export_a_second_time_changes_no_byte(
    bring_in: Callable[..., Result], deals: list[tuple[object, ...]], per: str, complete: bool
) -> None:
    Path("goals/readings/crm.csv").unlink(missing_ok=True)
    export = "Deal - Owner,Deal - Won time,Deal - Value,Deal - Status\n" + "".join(
        ",".join(map(str, deal)) + "\n" for deal in deals
    )
    options = ["--preset", "pipedrive", "--per", per, *["--complete"] * complete]
    assert bring_in(export, *options).exit_code == 0
    first = written()
    again = bring_in(export, *options)
    assert again.exit_code == 0
    assert written() == first
    assert first is None or "is already up to date" in again.stdout
