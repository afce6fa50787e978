"""Our own templates are compiled once, and what is kept of them is used only while it is right."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from goal_handbook.pages import compiled, render
from goal_handbook.pages.compiled import CompiledFlat
from goal_handbook.pages.flat import FlatGenerator
from goal_handbook.pages.render import Renderer
from goal_handbook.pages.routes import Addresses
from goal_handbook.status.assessment import assess
from goal_handbook.views.context import ViewContext

from ..status.make import day, handbook


@pytest.fixture(autouse=True)
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that takes what Python compiles."""
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path / "kept"))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(render, "_FLAT", None)
    return tmp_path / "kept"


@pytest.fixture
def compiled_names(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the templates that are compiled."""
    names: list[str] = []
    visit = FlatGenerator.visit_Template

    def note(self: FlatGenerator, *args: object) -> None:
        names.append(self.name or "")
        visit(self, *args)  # type: ignore[arg-type]

    monkeypatch.setattr(FlatGenerator, "visit_Template", note)
    return names


def nothing_said(overrides: Path) -> str:
    """What a process says that knows no template yet."""
    render._FLAT = CompiledFlat()
    fmt = ViewContext(assess(handbook({}), day("2017-07-10"))).fmt
    return Renderer(Addresses(), fmt, [overrides]).render("chapter-nothing.html", "index")


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_the_next_process_compiles_nothing(tmp_path: Path, compiled_names: list[str]) -> None:
    first = nothing_said(tmp_path)
    assert compiled_names == ["chapter-nothing.html"]
    assert nothing_said(tmp_path) == first
    assert compiled_names == ["chapter-nothing.html"]


@pytest.mark.parametrize("damage", [b"", b"nonsense", b"j2\x80\x02K\x05.\x80\x02J\x0b\x00\x00\x03."])
def test_what_is_damaged_is_compiled_again(
    tmp_path: Path, kept: Path, compiled_names: list[str], damage: bytes
) -> None:
    first, (file,) = nothing_said(tmp_path), files(kept)
    whole = file.read_bytes()
    for content in (damage, whole[:-20], whole[: len(whole) // 2]):
        file.write_bytes(content)
        assert nothing_said(tmp_path) == first
        assert file.read_bytes() == whole


def test_what_another_version_compiled_is_compiled_again(
    tmp_path: Path, compiled_names: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    nothing_said(tmp_path)
    monkeypatch.setattr(compiled, "_compilers", lambda: "another version")
    nothing_said(tmp_path)
    assert compiled_names == ["chapter-nothing.html"] * 2


def test_a_users_template_is_not_kept(tmp_path: Path, kept: Path) -> None:
    tmp_path.joinpath("chapter-nothing.html").write_text("mine", encoding="utf-8")
    assert nothing_said(tmp_path) == "mine"
    assert files(kept) == []


def test_nothing_is_kept_where_it_cannot_be(tmp_path: Path, kept: Path) -> None:
    kept.write_text("a file in the way", encoding="utf-8")
    assert nothing_said(tmp_path)


def test_nothing_is_kept_if_python_is_to_keep_nothing(
    tmp_path: Path, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert nothing_said(tmp_path)
    assert files(kept) == []
