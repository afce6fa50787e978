"""`goals set`, and that whatever the format has can be written by a command."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
import yaml
from click.testing import CliRunner, Result
from pydantic import BaseModel

from goal_handbook.cli import main
from goal_handbook.cli.set import ELSEWHERE
from goal_handbook.model.paths import fields_of, model_inside
from goal_handbook.model.people import Leader, Seller, Team
from goal_handbook.model.settings import Settings
from goal_handbook.model.terms import GOAL_TERMS, LANDMARK_TERMS

EVERY_KEY = Path(__file__).parent.parent / "data" / "every-key"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments])


@pytest.fixture
def every_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(EVERY_KEY, tmp_path / "goals")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "goals"


WRITES = {
    "a list": ("anna aliases AA BB", "aliases: [AA, BB]"),
    "one more": ("anna aliases CC --add", "aliases: [A. Snelling, anna@maventech.example, CC]"),
    "yes or no": ("dustin managing_producer no", "managing_producer: no"),
    "a last day": ("anna left 2017-10-10", "left: 2017-10-10"),
    "a text of a team": ("central context.market Better", "market: Better"),
    "one of several with keys": (
        "central context.capacity --add|{what: Installations, limit: 40}", "- {what: Installations, limit: 40}",
    ),
    "what is nowhere yet": ("negotiation invest.hours 40", "invest: {hours: 40}"),
    "an estimate": ("central context.abilities.anna-snelling.estimate 250,000", "anna-snelling: {estimate: 250_000}"),
    "actions": ("negotiation actions one", "actions: [one]"),
    "a term that nobody has agreed to": ("discounts tolerance 2", "tolerance: 2"),
    "a landmark's day": ("discounts landmarks.half.due Q3", "due: 2017-10-01"),
    "a landmark's title": ("new-business landmarks.year.title Yearend", "title: Yearend"),
    "a length of sessions": ("half-hours cadence.minutes 20 30", "minutes: [20, 30]"),
    "last year's result": ("new-business measure.last 230k", "last: 230_000"),
    "a house rule": ("handbook coverage.low 1.1", "coverage: {low: 1.1, high: 1.25}"),
    "a rule": ("handbook rules.GH513 off", "GH513: off"),
}  # fmt: skip


@pytest.mark.parametrize(("command", "line"), WRITES.values(), ids=WRITES)
def test_what_is_set_is_in_the_file(every_key: Path, command: str, line: str) -> None:
    words, _, last = command.partition("|")
    result = run("set", *words.split(), *([last] if last else []))
    assert result.exit_code == 0, result.output
    assert line in "".join(added for added in result.stdout.splitlines() if added.startswith("+"))


def test_a_key_is_taken_out(every_key: Path) -> None:
    assert run("set", "moses", "motivation", "--remove").exit_code == 0
    assert "motivation" not in (every_key / "sellers" / "moses-frase.yaml").read_text(encoding="utf-8")


OPTIONS = {
    "a cadence is adjusted": (
        ["adjust", "half-hours", "--minutes", "20, 40", "--times", "2", "--why", "We meet twice now", "--by", "dustin"],
        "with: each-seller, minutes: [20, 40]}}",
    ),
    "what was spent": (
        ["checkin", "coaching", "--hours", "25", "--money", "1,200", "--on", "2017-10-10"],
        "{on: 2017-10-10, spent: {hours: 25, money: 1_200}}",
    ),
    "a new cadence": (
        ["new", "goal", "dustin", "--title", "Talks", "--cadence", "1 per week", "--minutes", "30, 45", "--kind", "support"],
        "cadence: {times: 1, per: week, with: anyone, minutes: [30, 45]}",
    ),
    "a new goal with all it can say": (
        ["new", "goal", "anna", "--title", "Talks", "--fits", "With the plan", "--do", "Ask", "--do", "Listen", "--visibility", "leaders", "--landmark", "Q4: Done"],
        "fits: With the plan    actions: [Ask, Listen]",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("command", "expected"), OPTIONS.values(), ids=OPTIONS)
def test_the_commands_write_what_else_the_format_has(every_key: Path, command: list[str], expected: str) -> None:
    result = run(*command)
    assert result.exit_code == 0, result.output
    added = "".join(line.partition("| ")[2] for line in result.stdout.splitlines() if line.startswith("+"))
    assert expected in added


REFUSED = {
    "a term that is agreed": ("moses-frase/new-business target 3", "help: use goals adjust moses-frase/new-business"),
    "a record": ("negotiation checkins x", "help: use goals checkin"),
    "a move": ("moses team central", "help: use goals move"),
    "a misspelt key": ("anna titel x", 'help: did you mean "title"?'),
    "a landmark that is not there": ("discounts landmarks.hlaf.title x", 'help: did you mean "half"?'),
    "a number that is none": ("discounts tolerance some", '"some" is not a number'),
    "a value that is not known": ("discounts kind other", "nothing was written"),
    "somebody unknown": ("nobody title x", 'unknown owner or goal "nobody"'),
    "what is there already": ("handbook currency USD", "nothing to change: currency already has this value"),
}


@pytest.mark.parametrize(("command", "message"), REFUSED.values(), ids=REFUSED)
def test_what_is_not_for_set_is_refused(every_key: Path, command: str, message: str) -> None:
    before = {path: path.read_bytes() for path in every_key.rglob("*.yaml")}
    result = run("set", *command.split())
    assert (result.exit_code, message in result.stderr) == (2, True), result.stderr
    assert {path: path.read_bytes() for path in every_key.rglob("*.yaml")} == before


def test_a_last_day_that_is_found_out_late_is_a_correction(every_key: Path) -> None:
    assert run("set", "anna", "left", "2017-03-31").exit_code == 2
    reason = "The letter of notice came in October"
    assert run("set", "anna", "left", "2017-03-31", "--by", "dustin", "--why", reason).exit_code == 0
    text = (every_key / "sellers" / "anna-snelling.yaml").read_text(encoding="utf-8")
    assert "    field: left\n    was: none\n    now: 2017-03-31\n" in text


# Everything the format has can be written by a command


def values_in(data: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], list[str]]]:
    """Yield the values of a file that `goals set` writes, with their keys; items of lists by their ids."""
    if isinstance(data, dict):
        for key, value in data.items():
            if not key.startswith("x-") and not (key in ELSEWHERE and key != "goals"):
                yield from values_in(value, (*path, key))
    elif isinstance(data, list) and any(isinstance(item, dict) for item in data):
        for item in data:
            if isinstance(item, dict) and "id" in item:
                yield from values_in(item, (*path, item["id"]))
    else:
        yield path, [str(item) for item in (data if isinstance(data, list) else [data])]


def settable() -> Iterator[tuple[str, str, list[str]]]:
    """Yield what can be set in a handbook that has every key: whose, the key, and its values."""
    for file in sorted(EVERY_KEY.rglob("*.yaml")):
        owner = "handbook" if file.parent == EVERY_KEY else file.stem
        for path, values in values_in(yaml.load(file.read_text(encoding="utf-8"), yaml.BaseLoader)):  # noqa: S506
            if path[0] == "goals":
                yield f"{owner}/{path[1]}", ".".join(path[2:]), values
            else:
                yield owner, ".".join(path), values


def test_every_value_of_the_format_can_be_set_or_adjusted(every_key: Path) -> None:
    """Each is set to what it is, which shows that it is found and read."""
    other = {}
    for what, key, values in settable():
        said = run("set", what, key, *values).stderr
        if "nothing to change" not in said and f"use goals adjust {what}" not in said:
            other[what, key] = said
    assert other == {}


#: What writes each key of a record: the command and its option, or its argument in brackets.
RECORDS = {
    "agreed": {
        "on": "agree --on", "by": "agree --by", "met": "agree --met", "understood": "agree --understood",
        "note": "agree --note", "terms": "agree --sign", "sig": "agree --sign", "via": "approve --forge",
    },
    "checkins": {
        "on": "checkin --on", "value": "checkin [value]", "note": "checkin --note", "by": "checkin --by",
        "spent.hours": "checkin --hours", "spent.money": "checkin --money",
    },
    "sessions": {
        "on": "session --on", "with": "session --with", "minutes": "session --minutes", "hours": "session --hours",
        "days": "session --days", "note": "session --note",
    },
    "reviews": {
        "on": "review --on", "by": "review --by", "confidence": "review --confidence", "note": "review --note",
        "next": "review --next",
    },
    "accountings": {
        "landmark": "account [landmark]", "on": "account --on", "by": "account --by", "why": "account --why",
        "action": "account --action", "plan.do": "account --step", "plan.who": "account --who",
        "plan.due": "account --due", "plan.done": "step --done",
    },
    "adjustments": {
        "on": "adjust --on", "by": "adjust --by", "why": "adjust --why", "changes.field": "adjust --target",
        "changes.was": "adjust --target", "changes.now": "adjust --target",
    },
    "closed": {
        "on": "close --on", "result": "close --result", "note": "close --note", "carried_to": "close --carried-to",
    },
    "team": {"id": "move --to", "from": "move --on"},
    "away": {"from": "away --from", "to": "away --to", "note": "away --note"},
    "corrections": {
        "on": "away --from", "by": "away --by", "why": "away --why", "field": "away --from", "was": "away --from",
        "now": "away --to",
    },
    "done": {"": "done --on"},
    "id": {"": "new goal --id"},
}  # fmt: skip


def leaves(model: type[BaseModel], path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Yield the keys of every value that a kind of file can hold."""
    for key, info in fields_of(model).items():
        inner = model_inside(info.annotation)
        if inner is None or key in {"supports", "was", "now"}:
            yield (*path, key)
        else:
            yield from leaves(inner, (*path, key))


def writer_of(path: tuple[str, ...]) -> str:
    """Return the command and option that write a key, "" where none does."""
    steps = path[1:] if path[0] == "goals" else path
    for place in (0, len(steps) - 1):
        if steps[place] in ELSEWHERE:
            return RECORDS[steps[place]].get(".".join(steps[place + 1 :]), "")
    return "set [values]"


@pytest.mark.parametrize("model", [Settings, Team, Seller, Leader])
def test_every_key_of_the_format_has_a_command(model: type[BaseModel]) -> None:
    written = {path: writer_of(path) for path in leaves(model)}
    assert [path for path, writer in written.items() if not writer] == []
    assert [writer for writer in written.values() if not exists(writer)] == []


@pytest.mark.parametrize("term", [*(name for name, term in GOAL_TERMS.items() if term.agreed)])
def test_every_term_that_is_agreed_on_can_be_adjusted(term: str) -> None:
    assert exists(f"adjust --{term.rpartition('.')[2]}")


@pytest.mark.parametrize("term", [name for name, term in LANDMARK_TERMS.items() if term.agreed])
def test_every_term_of_a_landmark_that_is_agreed_on_can_be_adjusted(term: str) -> None:
    assert exists(f"adjust --{term}")


def exists(writer: str) -> bool:
    """Return whether a command has an option, or an argument in brackets."""
    *names, option = writer.split()
    command: Any = main
    for name in names:
        command = command.commands[name]
    known = {f"[{p.name}]" if isinstance(p, click.Argument) else opt for p in command.params for opt in p.opts}
    return option in known


@pytest.mark.parametrize(
    ("value", "message"),
    [("a\x07b", "invisible control character U+0007"), ("a\udcffb", "this is not UTF-8")],
    ids=["a bell", "a byte of Latin-1"],
)
@pytest.mark.parametrize("key", ["anna name", "central context.capacity --add"])
def test_what_no_file_can_hold_is_refused(every_key: Path, key: str, value: str, message: str) -> None:
    result = CliRunner().invoke(main, ["set", *key.split(), value])
    assert (result.exit_code, f"Invalid value for 'VALUE': {message}\n" in result.stderr) == (2, True), result.output


def test_a_name_cannot_reorder_the_lines_that_are_shown(every_key: Path) -> None:
    result = CliRunner().invoke(main, ["set", "anna", "name", "a\u202eb"])
    assert (result.exit_code, "\u202e" in result.output) == (0, False), result.output
