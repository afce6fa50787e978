"""An amount is counted in the currency it is in: as it is, converted at the plan's rates, or not at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goal_handbook.crm.columns import PRESETS
from goal_handbook.crm.currency import Currencies, currencies_in
from goal_handbook.model.settings import Period, Settings
from goal_handbook.reports.imported import import_report
from goal_handbook.spreadsheets.currency_marks import currencies_named

from .house import COLUMNS, House, book, bring_in, day, handbook, seller, table, totals

IN = "Owner,Closed,Amount,Currency"
RATES = {"CAD": Decimal("0.98"), "EUR": Decimal("1.31")}
USD = Currencies("USD", RATES)


def counted(amount: str, own: str, currency: str = "", rates: Mapping[str, Decimal] = {}) -> str:
    """What an amount in one deal is counted as, or the finding."""
    row = ("anna", "2017-01-10", amount, currency) if currency else ("anna", "2017-01-10", amount)
    export = table(row, header=IN if currency else "Owner,Closed,Amount")
    currencies = Currencies(own or None, rates)
    done, findings = bring_in(export, {"handbook.yaml": book(own)}, currencies=currencies)
    return findings[0].message if findings else str(totals(done)["anna", "2017-01-31"])


@pytest.mark.parametrize(
    ("own", "amount", "value"),
    [
        ("USD", "900", "900"),
        ("USD", "$900", "900"),
        ("USD", "-$900.50", "-900.50"),
        ("USD", "$-900.50", "-900.50"),
        ("USD", "USD 900", "900"),
        ("USD", "usd 900", "900"),
        ("USD", "US$900", "900"),
        ("USD", "$900 USD", "900"),
        ("CAD", "$900", "900"),
        ("CAD", "CA$900", "900"),
        ("AUD", "900 $", "900"),
        ("MXN", "$900", "900"),
        ("EUR", "900 €", "900"),
        ("EUR", "€1'900", "1900"),
        ("GBP", "£900", "900"),
        ("SEK", "900 kr", "900"),
        ("DKK", "900 kr.", "900"),
        ("CNY", "¥900", "900"),
        ("JPY", "¥900", "900"),
        ("PLN", "900 zł", "900"),
        ("CHF", "CHF 1’900.50", "1900.50"),
        ("", "$900", "900"),
        ("", "900 €", "900"),
    ],
)
def test_an_amount_in_the_handbook_s_own_currency_is_counted(own: str, amount: str, value: str) -> None:
    assert counted(amount, own) == value


@pytest.mark.parametrize(
    ("own", "amount", "message"),
    [
        ("EUR", "$900", '"$900" is not in EUR'),
        ("EUR", "USD 900", "this deal is in USD, not in EUR"),
        ("EUR", "US$ 900", "this deal is in USD, not in EUR"),
        ("EUR", "900 £", "this deal is in GBP, not in EUR"),
        ("EUR", "¥900", '"¥900" is not in EUR'),
        ("EUR", "900 kr", '"900 kr" is not in EUR'),
        ("USD", "CA$900", "this deal is in CAD, not in USD"),
        ("USD", "A$900", "this deal is in AUD, not in USD"),
        ("AUD", "US$900", "this deal is in USD, not in AUD"),
        ("ISK", "¥900", '"¥900" is not in ISK'),
        ("USD", "900 XYZ", '"900 XYZ" is not a number'),
        ("USD", "€900 USD", '"€900 USD" names two currencies'),
        ("USD", "--900", '"--900" is not a number'),
        ("USD", "12km", '"12km" is not a number'),
    ],
)
def test_any_other_currency_beside_an_amount_is_refused(own: str, amount: str, message: str) -> None:
    assert counted(amount, own) == message


@pytest.mark.parametrize(
    ("own", "amount", "currency", "found"),
    [
        ("USD", "900", "USD", "900"),
        ("USD", "900", "usd", "900"),
        ("USD", "900", "USD - U.S. Dollar", "900"),
        ("USD", "$900", "USD", "900"),
        ("USD", "900", " ", "900"),
        ("EUR", "900", "€", "900"),
        ("EUR", "900", "USD", "this deal is in USD, not in EUR"),
        ("EUR", "$900", "EUR", '"$900" is not in EUR, as Currency says'),
        ("USD", "900", "Dollars", '"Dollars" is not a currency'),
        ("USD", "900", "USD or EUR", '"USD or EUR" is not a currency'),
        ("", "900", "CHF", "900"),
    ],
)
def test_a_column_with_the_currency_decides(own: str, amount: str, currency: str, found: str) -> None:
    assert counted(amount, own, currency) == found


@pytest.mark.parametrize(
    ("amount", "currency", "found"),
    [
        ("100", "CAD", "98.00"),
        ("100", "EUR", "131.00"),
        ("100.0055", "USD", "100.0055"),
        ("0.51", "CAD", "0.50"),
        ("-100", "CAD", "-98.00"),
        ("$100", "CAD", "98.00"),
        ("CA$100", "", "98.00"),
        ("€100", "", "131.00"),
        ("$100", "", '"$100" could be in USD or CAD'),
        ("100", "CHF", "this deal is in CHF, not in USD"),
    ],
)
def test_with_a_rate_another_currency_is_converted(amount: str, currency: str, found: str) -> None:
    assert counted(amount, "USD", currency, RATES) == found


def test_a_sign_that_could_be_two_of_the_house_s_currencies_is_refused_with_a_way_out() -> None:
    _, findings = bring_in(table(("anna", "2017-01-10", "$100")), currencies=USD)
    assert str(findings[0]) == (
        'export.csv:2:1: GH115 "$100" could be in USD or CAD\n  help: export the currency in a column of its own'
    )


def test_without_a_currency_in_the_handbook_the_first_deal_s_is_the_only_one() -> None:
    export = table(("anna", "2017-01-10", "€100"), ("anna", "2017-01-11", "50"), ("anna", "2017-01-12", "$7"))
    _, findings = bring_in(export, {"handbook.yaml": book("")})
    assert [finding.message for finding in findings] == ['"$7" is not in EUR']


@pytest.mark.parametrize(
    ("unit", "amount", "currency", "found"),
    [
        ("CAD", "98", "USD", "100.00"),
        ("CAD", "98", "", "100.00"),
        ("CAD", "100", "CAD", "100"),
        ("CAD", "100", "EUR", "133.67"),
        ("JPY", "100", "JPY", "100"),
        ("JPY", "100", "USD", "this deal is in USD, and anna/sales counts JPY"),
        ("money", "100", "CAD", "98.00"),
    ],
)
def test_a_goal_counts_in_its_own_currency(unit: str, amount: str, currency: str, found: str) -> None:
    files = {"sellers/anna.yaml": seller("Anna", f"{{unit: {unit}, target: 9}}")}
    currencies = Currencies.of(
        handbook(files).settings.model_copy(update={"rates": RATES}), handbook(files).goals.values()
    )
    export = table(("anna", "2017-01-10", amount, currency or " "), header=IN)
    done, findings = bring_in(export, files, currencies=currencies)
    assert (findings[0].message if findings else str(totals(done)["anna", "2017-01-31"])) == found


def test_a_goal_that_counts_something_else_takes_no_money() -> None:
    files = {f"sellers/{name}.yaml": seller(name, "{unit: licences, target: 9}") for name in ("anna", "bjorn")}
    done, findings = bring_in(table(("anna", "2017-01-10", "12", "EUR"), header=IN), files)
    assert findings == []
    assert totals(done)["anna", "2017-01-31"] == 12
    _, findings = bring_in(table(("anna", "2017-01-10", "$12")), files)
    assert str(findings[0]) == (
        'export.csv:2:1: GH115 "$12" is an amount of money, which these goals do not count\n'
        "  help: name the column with what they count with --value-column"
    )


@pytest.mark.parametrize(
    ("measure", "problem"),
    [
        ("{unit: licences, target: 9}", "counts licences, and other goals of this pattern count money"),
        ("{unit: percent, target: 9}", "is not a number that deals add up to"),
        ("{unit: money, target: 9, hold: at_least}", "is not a number that deals add up to"),
        ("{cadence: {times: 1, per: week}}", "is not a number that deals add up to"),
        ("{unit: money, from: 9, target: 5}", "is a number to bring down, which deals only add to"),
    ],
)
def test_deals_are_not_added_to_what_is_not_a_total(measure: str, problem: str) -> None:
    _, findings = bring_in(table(("anna", "2017-01-10", 1)), {"sellers/anna.yaml": seller("Anna", measure)})
    assert str(findings[0]) == (
        f"export.csv:2:1: GH115 anna/sales {problem} (1 row)\n  help: name a goal that counts deals with --goal-pattern"
    )


@pytest.mark.parametrize(
    ("preset", "value", "column", "is_found"),
    [
        ("pipedrive", "Deal - Value", "Deal - Currency of Value", True),
        ("pipedrive", "Deal - Value", "Deal - Currency", True),
        ("pipedrive", "Deal - ARR", "Deal - Currency of ARR", True),
        ("pipedrive", "Value", "Currency of Value", True),
        ("hubspot", "Amount", "Currency", True),
        ("hubspot", "Amount in company currency", "Currency", False),
        ("salesforce", "Amount", "Amount Currency", True),
        ("salesforce", "AMOUNT", "CURRENCYISOCODE", True),
        ("salesforce", "Amount (converted)", "Amount Currency", False),
        ("", "close_value", "close_value_currency", True),
        ("", "close_value", "Currency", True),
        ("", "close_value", "currency_code", True),
        ("", "close_value", "Currency risk", False),
    ],
)
def test_the_usual_names_for_a_currency_s_column_are_known(
    preset: str, value: str, column: str, is_found: bool
) -> None:
    known = replace(PRESETS[preset], won=()) if preset else COLUMNS
    columns = replace(known, owner=("Owner",), date=("Closed",), value=(value,))
    export = table(("anna", "2017-01-10", 1, "CHF"), header=f"Owner,Closed,{value},{column}")
    assert bool(bring_in(export, columns=columns)[1]) is is_found


def test_a_currency_column_that_is_named_must_be_there() -> None:
    _, findings = bring_in(table(("anna", "2017-01-10", 1)), columns=replace(COLUMNS, currency_column="Curency"))
    assert findings[0].message == 'no column "Curency"'


def report(export: str, currencies: Currencies | None = None, **options: Any) -> list[str]:
    done, findings = bring_in(export, currencies=currencies, **options)
    assert findings == []
    found = [line.strip() for line in import_report(done, "crm.csv", dry_run=False)][1:]
    return [line for line in found if not line.startswith("counted: ")]


@pytest.mark.parametrize(
    ("export", "lines"),
    [
        pytest.param(table(("anna", "2017-01-10", 1)), ["no column with a currency: 1 amount taken to be in USD"], id="no column"),
        pytest.param(table(("anna", "2017-01-10", "USD 1")), [], id="no column, but in the amounts"),
        pytest.param(table(("anna", "2017-01-10", 1, "USD"), ("anna", "2017-01-10", 1, ""), header=IN), ["no currency given: 1 amount taken to be in USD"], id="an empty field"),
        pytest.param(
            table(("anna", "2017-01-10", 1, "CAD"), ("anna", "2017-01-10", 1, "EUR"), ("bjorn", "2017-01-10", 1, "CAD"), header=IN),
            ["converted: 2 rows from CAD into USD (1 CAD = 0.98 USD)", "converted: 1 row from EUR into USD (1 EUR = 1.31 USD)"],
            id="converted",
        ),
    ],
)  # fmt: skip
def test_the_report_says_what_was_assumed_and_converted(export: str, lines: list[str]) -> None:
    assert report(export, USD) == lines


def test_the_command_says_what_to_do_about_another_currency(house: Callable[..., House]) -> None:
    export = table(("anna", "2017-01-10", 1, "EUR"), header="Owner,Closed,Amount,In")
    result = house().bring_in(export, "--currency-column", "In")
    assert result.exit_code == 1
    assert "GH115 this deal is in EUR, not in USD\n" in result.stderr
    assert (
        "  help: export the amounts in USD, or give its rate in handbook.yaml: rates: {EUR: …}, "
        "or import only those in USD: --where 'In=USD'\n" in result.stderr
    )


def test_signs_and_codes_are_known() -> None:
    assert currencies_named("€") == currencies_named("EUR") == ("EUR",)
    assert currencies_named("$")[:3] == ("USD", "CAD", "AUD")
    assert currencies_named("XX") == currencies_in("") == ()


def test_the_handbook_s_rates_are_its_plan_s() -> None:
    period = Period(name="2017", start=day("2017-01-01"), end=day("2017-12-31"))
    plan = Settings(format="1", name="House", period=period, currency="USD").model_copy(update={"rates": RATES})
    goals = handbook({"sellers/anna.yaml": seller("Anna", "{unit: NOK, target: 9}")}).goals.values()
    assert Currencies.of(plan, goals) == Currencies("USD", RATES, ("NOK",))


MONEY = st.decimals(-10_000_000, 10_000_000, places=2)


@settings(max_examples=100, deadline=None)
@given(
    deals=st.lists(st.tuples(st.sampled_from(["anna", "bjorn"]), MONEY, st.sampled_from(["USD", "CAD", "EUR"])), min_size=1, max_size=12),
    cad=st.decimals("0.001", 1000, places=4),
    eur=st.decimals("0.001", 1000, places=4),
)  # fmt: skip
def test_what_all_goals_count_is_the_sum_of_the_deals_each_converted_to_the_cent(
    deals: list[tuple[str, Decimal, str]], cad: Decimal, eur: Decimal
) -> None:
    rates = {"USD": Decimal(1), "CAD": cad, "EUR": eur}
    export = table(*((who, "2017-01-10", amount, code) for who, amount, code in deals), header=IN)
    done, findings = bring_in(export, currencies=Currencies("USD", {"CAD": cad, "EUR": eur}))
    cents = sum((amount * rates[code]).quantize(Decimal("0.01"), ROUND_HALF_UP) for _, amount, code in deals)
    assert findings == []
    assert sum(totals(done).values()) == cents
