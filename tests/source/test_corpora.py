"""Public collections of difficult input: whatever they contain leads to values and findings, not to a traceback."""

from __future__ import annotations

import copy
import datetime
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from goal_handbook.findings import as_text, printable
from goal_handbook.source.load import Loaded, load, load_files, with_files
from goal_handbook.workspace import evaluate

CORPORA = Path(__file__).parent.parent / "corpora"
DAY = datetime.date(2017, 10, 15)


def checked(folder: Path) -> tuple[Loaded, str]:
    loaded = load(folder, "goals")
    return loaded, report_on(loaded)


def report_on(loaded: Loaded) -> str:
    return "\n".join(as_text(finding) for finding in evaluate(loaded, DAY, DAY).findings)


def yaml_test_suite() -> Iterator[tuple[str, str]]:
    """Yield the embedded documents; a case inherits what it leaves out from the one before (see the suite's ReadMe)."""
    for path in sorted((CORPORA / "yaml-test-suite" / "src").glob("*.yaml")):
        cases: list[dict[str, Any]] = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
        text = ""
        for number, case in enumerate(cases):
            text = case.get("yaml", text)
            yield f"{path.stem}-{number}", without_visible_marks(text)


def without_visible_marks(text: str) -> str:
    """Undo the visible signs that the suite uses for spaces, tabs, line ends and BOMs."""
    text = re.sub("—*»", "\t", text.replace("␣", " ").replace("↵", "").replace("←", "\r").replace("⇔", "\ufeff"))
    return re.sub("∎\n\\Z", "", text)


def naughty_strings() -> list[str]:
    strings: list[str] = json.loads((CORPORA / "blns" / "blns.json").read_text(encoding="utf-8"))
    return strings


def test_the_corpora_are_complete() -> None:
    assert (len(list(yaml_test_suite())), len(naughty_strings())) == (406, 515)


def test_the_visible_marks_are_undone() -> None:
    assert without_visible_marks("a:␣␣b\n\t——»c↵\n—»d←\n⇔e∎\n") == "a:  b\n\t\tc\n\td\r\n\ufeffe"


@pytest.mark.parametrize("role", ["handbook.yaml", "teams/x.yaml", "sellers/x.yaml", "leaders/x.yaml"])
def test_no_case_of_the_yaml_test_suite_stops_the_reader(goals: Callable[..., Path], role: str) -> None:
    folder = goals()
    (folder / role).parent.mkdir(exist_ok=True)
    quiet = []
    for name, text in yaml_test_suite():
        (folder / role).write_bytes(text.encode("utf-8"))
        if not checked(folder)[1]:
            quiet.append(name)
    assert quiet == []  # none of them is a valid file here


def test_no_naughty_string_as_a_file_stops_the_reader(goals: Callable[..., Path]) -> None:
    folder = goals()
    for location in ("sellers/x.yaml", "readings/x.csv"):
        (folder / location).parent.mkdir(exist_ok=True)
        for text in naughty_strings():
            (folder / location).write_bytes(text.encode("utf-8"))
            checked(folder)


EVERY_KEY = CORPORA.parent / "data" / "every-key"


def scalars(node: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Yield the path of every value in a tree."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield from scalars(value, (*path, key))
    elif isinstance(node, list):
        for i, value in enumerate(node):
            yield from scalars(value, (*path, i))
    else:
        yield path


def written(tree: Any) -> str:
    """Return a tree as YAML with every text in double quotes."""
    return json.dumps(tree, ensure_ascii=False)


#: The files of a handbook with every key, as data (text only), and the handbook as it is read from them.
TREES: dict[str, Any] = {
    path.relative_to(EVERY_KEY).as_posix(): yaml.load(path.read_bytes(), yaml.CBaseLoader)  # noqa: S506
    for path in sorted(EVERY_KEY.rglob("*.yaml"))
}
VALUES = [(name, path) for name, tree in TREES.items() for path in scalars(tree)]


@pytest.fixture(scope="module")
def whole() -> Loaded:
    return load_files({name: written(tree).encode("utf-8") for name, tree in TREES.items()}, "goals")


@pytest.mark.parametrize(("name", "path"), VALUES, ids=[f"{n}:{'.'.join(map(str, p))}" for n, p in VALUES])
def test_no_naughty_string_as_a_value_stops_the_reader(whole: Loaded, name: str, path: tuple[str | int, ...]) -> None:
    """A double-quoted value can contain anything. Each value gets every fortieth string; together they get all."""
    tree = copy.deepcopy(TREES[name])
    holder = tree
    for step in path[:-1]:
        holder = holder[step]
    for text in naughty_strings()[VALUES.index((name, path)) % 40 :: 40]:
        holder[path[-1]] = text
        loaded = with_files(whole, {name: written(tree).encode("utf-8")})
        report = report_on(loaded)
        assert loaded.handbook or "handbook.yaml" in report
        assert [line for line in report.split("\n") if line != printable(line)] == []


def test_naughty_names_and_prose_are_kept_unchanged(goals: Callable[..., Path]) -> None:
    """Text fields accept any text, whatever type it looks like."""
    for text in naughty_strings():
        landmark = {"id": "b", "due": "2017-06-30", "deliver": text}
        seller = {
            "name": text,
            "team": "central",
            "goals": [{"id": "a", "title": text, "why": text, "landmarks": [landmark]}],
        }
        loaded, report = checked(goals({"teams/central.yaml": "name: C", "sellers/x.yaml": written(seller)}))
        assert loaded.handbook
        if report:
            codes = set(re.findall(r"GH\d+", report))
            assert codes <= {
                "GH103",
                "GH113",
                "GH119",
                "GH703",
                "GH704",
            }  # empty, controls, too long; look-alikes, marks
            if codes - {"GH703", "GH704"}:
                continue
        goal = loaded.handbook.goals["x/a"]
        assert goal.title == loaded.handbook.sellers["x"].name == " ".join(text.split())
        assert goal.why == text.strip()
