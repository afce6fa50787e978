"""A first import asks five things at a terminal, and handbook.yaml remembers them: the next one asks nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from goal_handbook.cli import main

from .talk import talk

BOOK = (
    "format: 1\nname: House\nperiod: {name: 2017, start: 2017-01-01, end: 2017-12-31}\ncurrency: USD\nas_of: 2017-04-30\n"
    "rules: {GH3: off, GH4: off, GH5: off}\n"
)


def seller(name: str, *goals: str) -> str:
    listed = "".join(
        f"  - {{id: {goal}, title: T, measure: {{unit: money, target: 9}}, landmarks: []}}\n" for goal in goals
    )
    return f"name: {name}\nteam: central\ngoals:\n{listed}"


FILES = {
    "handbook.yaml": BOOK,
    "teams/central.yaml": "name: Central\n",
    "sellers/anna.yaml": seller("Anna Abel", "new-business", "renewals"),
    "sellers/ben.yaml": seller("Ben Berg", "new-business"),
}
HUBSPOT = """\
Record ID,Deal Name,Deal Stage,Close Date,Deal owner,Amount
1,Isdom,Closed Won (Sales),2017-04-10 14:03,Anna Abel,1000
2,Konex,Closed Lost (Sales),2017-04-12 09:00,Ben Berg,5
"""
SHEET = """\
Vorgang;Vertrieb;Stand;Tag;Summe
A;Anna Abel;fertig;13.04.2017;1.000,50
B;Ben Berg;offen;14.04.2017;7,00
"""
READ = "goal,on,value\nanna/new-business,2017-04-30,1000\n"

House = Callable[..., None]


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> House:
    """Return a function that writes a handbook, with these imports in its handbook.yaml, into an empty folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)

    def write(imports: str = "", files: Mapping[str, str] = {}) -> None:
        for name, text in {**FILES, "handbook.yaml": BOOK + imports, **files}.items():
            path = Path("goals") / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        Path("deals.csv").write_text(HUBSPOT, encoding="utf-8")

    return write


def written(path: str = "goals/readings/hubspot.csv") -> str:
    return Path(path).read_text(encoding="utf-8") if Path(path).exists() else ""


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


FIVE = ("whose deal it is", "when it was closed", "how much it is worth", "What counts as won", "Which goal")
WRITE = ("Write this", "")


def test_an_export_of_a_known_crm_needs_five_times_return_and_next_time_none(house: House) -> None:
    house()
    said = talk(Path(), "import deals.csv", *((question, "") for question in FIVE), WRITE)
    assert "   5  Deal owner  Anna Abel · Ben Berg\n" in said
    assert "  1  new-business  2 people\n  2  renewals  1 person\n" in said
    assert "next time, goals import deals.csv is enough\n" in said
    assert written() == READ
    assert Path("goals/handbook.yaml").read_text(encoding="utf-8") == BOOK + (
        "imports:\n"
        "  - name: hubspot\n"
        '    goal_pattern: "{owner}/new-business"\n'
        "    owner_column: Deal owner\n"
        "    date_column: Close Date\n"
        "    value_column: Amount\n"
        "    won: [Deal Stage=Closed Won]\n"
        "    into: readings/hubspot.csv\n"
    )
    assert run("check").exit_code == 0
    assert "would format goals/handbook.yaml" not in run("fmt", "--check").output
    again = run("import", "deals.csv")
    assert (again.exit_code, again.stderr) == (0, "")
    assert again.stdout.startswith(
        'read as the import "hubspot" in goals/handbook.yaml\n'
        "1 goal read up to 2017-04-30; goals/readings/hubspot.csv is already up to date\n"
    )


def test_what_nothing_is_known_of_is_asked_until_it_can_be_read(house: House) -> None:
    house()
    Path("sales-2017-04.csv").write_text(SHEET, encoding="cp1252")
    talk(
        Path(), "import sales-2017-04.csv",
        ("whose deal it is", "Vertreib"), ('did you mean "Vertrieb"?', "2"),
        ("when it was closed", "tag"),
        ("how much it is worth", "9"), ("write its heading, or its number", "Summe"),
        ("What counts as won", "Stand"), ("which value of Stand is it", "3 = fertig, erledigt"),
        ("Which goal", "renewalz"), ('did you mean "renewals"?', "new-b"),
        WRITE,
    )  # fmt: skip
    assert written("goals/readings/sales.csv") == "goal,on,value\nanna/new-business,2017-04-30,1000.50\n"
    remembered = Path("goals/handbook.yaml").read_text(encoding="utf-8")
    assert "  - name: sales\n" in remembered
    assert "    won: [Stand=fertig, Stand=erledigt]\n" in remembered


def test_what_the_rows_decide_is_remembered_and_what_they_leave_open_is_asked(house: House) -> None:
    house()
    Path("deals.csv").write_text(
        HUBSPOT.replace("2017-04-10 14:03", "4/10/2017")
        .replace("2017-04-12 09:00", "4/11/2017")
        .replace("1000", '"1.000"')
        .replace(",5\n", ',"7,5"\n'),
        encoding="utf-8",
    )
    said = talk(
        Path(),
        "import deals.csv",
        *((question, "") for question in FIVE),
        ('What is "4/10/2017" in Close Date', "2017-04-10"),
        WRITE,
    )
    assert "next time" in said
    assert written() == READ
    lines = Path("goals/handbook.yaml").read_text(encoding="utf-8").splitlines()
    assert '    date_format: "%m/%d/%Y"' in lines
    assert "    decimal: comma" in lines
    assert run("import", "deals.csv").exit_code == 0


def test_answers_are_kept_although_the_import_fails(house: House) -> None:
    house(files={"sellers/ben.yaml": seller("Benno", "new-business")})
    Path("deals.csv").write_text(HUBSPOT.replace("Lost", "Won"), encoding="utf-8")
    said = talk(Path(), "import deals.csv", *((question, "") for question in FIVE), WRITE, status=1)
    assert 'unknown person "Ben Berg"' in said
    assert run("import", "deals.csv", "--ignore", "Ben Berg").exit_code == 0


def test_with_options_a_guess_is_not_taken_without_a_question(house: House) -> None:
    house()
    answers = ("5", "close date", "Amount", "Deal Stage=Closed Won", "new-business")
    talk(Path(), "import deals.csv --ignore Xaver", *zip(FIVE, answers, strict=True), WRITE)
    assert "    ignore: [Xaver]\n" in Path("goals/handbook.yaml").read_text(encoding="utf-8")


def test_what_is_not_confirmed_is_not_kept(house: House) -> None:
    house()
    talk(Path(), "import deals.csv", *((question, "") for question in FIVE), ("Write this", "no"), status=1)
    assert Path("goals/handbook.yaml").read_text(encoding="utf-8") == BOOK
    assert written() == ""
    talk(Path(), "import deals.csv --yes", *((question, "") for question in FIVE))
    assert written() == READ


def test_a_dry_run_keeps_no_answer(house: House) -> None:
    house()
    said = talk(Path(), "import deals.csv --dry-run", *((question, "") for question in FIVE))
    assert "1 reading would be written" in said
    assert Path("goals/handbook.yaml").read_text(encoding="utf-8") == BOOK


def test_readings_stay_in_the_file_that_has_them(house: House) -> None:
    house(files={"readings/crm.csv": "goal,on,value\nanna/new-business,2017-03-31,0\n"})
    talk(Path(), "import deals.csv", *((question, "") for question in FIVE), WRITE)
    assert (
        written("goals/readings/crm.csv")
        == "goal,on,value\nanna/new-business,2017-03-31,0\nanna/new-business,2017-04-30,1000\n"
    )


def remembered(name: str, into: str = "readings/hubspot.csv", more: str = "") -> str:
    return (
        f"  - name: {name}\n    goal_pattern: '{{owner}}/new-business'\n    owner_column: Deal owner\n"
        f"    date_column: Close Date\n    value_column: Amount\n    won: [Deal Stage=Closed Won]\n{more}    into: {into}\n"
    )


OTHER = remembered("other", "readings/other.csv").replace("Deal owner", "Who")


def test_which_import_is_meant_is_found_by_the_headings(house: House) -> None:
    house("imports:\n" + OTHER + remembered("hubspot"))
    assert run("import", "deals.csv").exit_code == 0
    assert written() == READ


def test_of_several_with_the_same_columns_one_is_named(house: House) -> None:
    house("imports:\n" + remembered("first", "readings/first.csv") + remembered("hubspot"))
    result = run("import", "deals.csv")
    assert result.exit_code == 2
    assert (
        "Error: handbook.yaml has several imports of these columns: first, hubspot\n  help: name one, e.g. --as first\n"
        in result.stderr
    )
    assert run("import", "deals.csv", "--as", "hubspot").exit_code == 0
    assert written() == READ
    assert "  1  first\n  2  hubspot" in talk(Path(), "import deals.csv --dry-run", ("Which import is it", "hubspot"))


@pytest.mark.parametrize(
    ("imports", "said"),
    [
        (
            OTHER.replace("Amount", "Sum") + remembered("hubspot").replace("Close Date", "Closed Date"),
            '"hubspot" reads a column "Closed Date"\n'
            '  help: did you mean "Close Date"? correct it there, or name all columns with options\n',
        ),
        (OTHER, '"other" reads a column "Who"\n  help: correct it there, or name all columns with options\n'),
    ],
    ids=["a column was renamed", "another export"],
)
def test_where_nobody_can_be_asked_the_column_that_is_not_there_is_named(house: House, imports: str, said: str) -> None:
    house("imports:\n" + imports)
    result = run("import", "deals.csv")
    assert result.exit_code == 2
    assert f"Error: no import in handbook.yaml fits this export: {said}" in result.stderr


def test_an_import_that_does_not_exist_is_not_found(house: House) -> None:
    house("imports:\n" + remembered("hubspot"))
    result = run("import", "deals.csv", "--as", "hubspott")
    assert result.exit_code == 2
    assert '\'--as\': handbook.yaml has no import "hubspott"\n  help: did you mean "hubspot"?\n' in result.stderr


OVERRIDDEN = {
    "what counts as won": (["--won", "Deal Stage=Closed Lost"], "goal,on,value\nben/new-business,2017-04-30,5\n"),
    "the goal": (["--goal-pattern", "{owner}/renewals"], "goal,on,value\nanna/renewals,2017-04-30,1000\n"),
    "how often": (["--per", "day"], "goal,on,value\nanna/new-business,2017-04-10,1000\n"),
    "the preset": (["--preset", "hubspot"], READ),
}


@pytest.mark.parametrize(("options", "read"), OVERRIDDEN.values(), ids=OVERRIDDEN)
def test_an_option_comes_before_what_is_remembered(house: House, options: list[str], read: str) -> None:
    house("imports:\n" + remembered("hubspot"))
    result = run("import", "deals.csv", *options)
    assert (result.exit_code, result.stderr) == (0, "")
    assert written() == read


def test_everything_that_can_be_remembered_is_used(house: House) -> None:
    more = "    where: [Record ID=1]\n    ignore: [Ben Berg]\n    split: [equal]\n    date_format: '%Y-%m-%d'\n    decimal: point\n"
    yes = "    per: week\n    to_date: yes\n    complete: yes\n"
    house("imports:\n" + remembered("hubspot", more=more + yes))
    assert run("import", "deals.csv").exit_code == 0
    assert "anna/new-business,2017-04-12,1000\n" in written()
    assert "anna/new-business,2017-01-08,0\n" in written()


def test_with_all_options_nothing_is_remembered_or_looked_up(house: House) -> None:
    house("imports:\n" + remembered("hubspot", more="    where: [Record ID=2]\n"))
    options = ["--preset", "hubspot", "--goal-pattern", "{owner}/new-business", "--into", "goals/readings/hubspot.csv"]
    assert "read as" not in run("import", "deals.csv", *options).stdout
    assert written() == READ


MISSING = {
    "nothing": ([], "Missing options --goal-pattern, --into, --owner-column, --date-column, --value-column"),
    "a file": (["--preset", "hubspot", "--goal-pattern", "{owner}/renewals"], "Missing option --into"),
}


@pytest.mark.parametrize(("options", "message"), MISSING.values(), ids=MISSING)
def test_a_script_is_told_what_is_missing(house: House, options: list[str], message: str) -> None:
    house()
    result = run("import", "deals.csv", *options)
    assert result.exit_code == 2
    assert f"Error: {message}\n  help: " in result.stderr


def test_a_preset_and_a_goal_leave_nothing_to_ask(house: House) -> None:
    house()
    talk(Path(), "import deals.csv --preset hubspot --goal-pattern {owner}/new-business")
    assert written() == READ
    assert "    owner_column: Deal owner\n" in Path("goals/handbook.yaml").read_text(encoding="utf-8")


def test_a_backtest_reads_an_export_as_its_import_does(house: House) -> None:
    house("imports:\n" + remembered("hubspot"))
    result = run("backtest", "deals.csv", "--as-of", "2018-01-31")
    assert "nothing to test" in result.stderr


REFUSED = {
    "no owner": ("goal_pattern: '{owner}/new-business'", "goal_pattern: new-business", "GH108"),
    "no value": ("[Deal Stage=Closed Won]", "[Deal Stage]", "GH108"),
    "conditions on two columns": ("[Deal Stage=Closed Won]", "[Deal Stage=Won, Status=Won]", "GH118"),
    "a file elsewhere": ("readings/hubspot.csv", "../hubspot.csv", "GH108"),
    "a key of its own": ("    won:", "    wom:", "GH102"),
}


@pytest.mark.parametrize(("before", "after", "code"), REFUSED.values(), ids=REFUSED)
def test_what_is_wrong_in_handbook_yaml_is_a_finding(house: House, before: str, after: str, code: str) -> None:
    house("imports:\n" + remembered("hubspot").replace(before, after))
    result = run("check")
    assert result.exit_code == 1
    assert f" {code} " in result.stdout + result.stderr


def test_two_imports_of_one_name_are_a_finding(house: House) -> None:
    house("imports:\n" + remembered("hubspot") + remembered("hubspot"))
    assert 'GH117 two imports are called "hubspot"' in run("check").stdout
