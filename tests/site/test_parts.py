"""Parts of a site, joined, are the site that one build makes; whatever does not belong together is refused."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from goal_handbook.cli import main
from goal_handbook.parts import MANIFEST, Manifest, Part

from .conftest import MKDOCS, Build
from .test_fast import FILES, HOOK

PLACED = "nav:\n  - chapter.md\n  - The North: teams/north.md\n"
DOCS = {"chapter.md": "# A chapter\n\n[Ana](sellers/s0.md) and <goal:s1/g0>\n", "more/picture.svg": "<svg/>"}
SITES = {
    "as it is": MKDOCS,
    "flat addresses": MKDOCS + "use_directory_urls: false\n",
    "a page of ours in the navigation": MKDOCS + PLACED,
    "without search": MKDOCS.replace("  - search\n", ""),
}


def with_part(mkdocs: str, part: str) -> str:
    return mkdocs.replace("- goal-handbook", f"- goal-handbook: {{part: {part}}}")


def files_of(site: Path) -> dict[str, bytes]:
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def join(*arguments: Path | str) -> Result:
    return CliRunner().invoke(main, ["join", *map(str, arguments)])


@pytest.fixture
def parts(build: Build, tmp_path: Path) -> Callable[..., list[Path]]:
    """Builds the parts of a site, each in a folder of its own."""

    def make(count: int, mkdocs: str = MKDOCS) -> list[Path]:
        made = []
        for number in range(1, count + 1):
            done = build(FILES, with_part(mkdocs, f"{number}/{count}"), DOCS)
            assert done.code == 0, done.output
            made.append(done.site.rename(tmp_path / f"part-{number}"))
        return made

    return make


@pytest.fixture
def two(tmp_path: Path) -> tuple[Path, Path]:
    """Two parts of a site of three files."""
    return part(tmp_path / "a", 1, handbook="{}"), part(tmp_path / "b", 2)


def part(
    folder: Path, number: int, count: int = 2, *, commit: str = "c0ffee", day: str = "2017-07-15", digest: str = "d", **files: str
) -> Path:  # fmt: skip
    folder.mkdir()
    Manifest(Part(number, count), commit, day, digest).write(folder)
    for name, text in {f"page{number}": "x", "style": "s", **files}.items():
        (folder / f"{name}.json").write_text(text)
    return folder


@pytest.mark.parametrize("count", [2, 5])
@pytest.mark.parametrize("name", SITES)
def test_parts_joined_in_any_order_are_one_build_byte_for_byte(
    name: str, count: int, build: Build, parts: Callable[..., list[Path]], tmp_path: Path
) -> None:
    made = parts(count, SITES[name])
    whole = build(FILES, SITES[name], DOCS)
    done = join(*reversed(made), "--into", tmp_path / "joined")
    assert done.exit_code == 0, done.output
    expected, joined = files_of(whole.site), files_of(tmp_path / "joined")
    assert joined.keys() == expected.keys()
    assert [name for name in joined if joined[name] != expected[name]] == []
    assert done.output == f"joined {count} parts in {tmp_path / 'joined'}: {len(expected)} files\n"


def test_a_part_has_its_share_and_only_the_first_what_is_not_divided(parts: Callable[..., list[Path]]) -> None:
    made = [files_of(site) for site in parts(4)]
    shared = {MANIFEST, "search/search_index.json"}
    for number, part in enumerate(made):
        sellers = [name for name in part if name.startswith("sellers/") and name.endswith("/index.html")]
        assert 2 <= len(sellers) <= 8
        assert ("index.html" in part, "sitemap.xml" in part, "people/index.html" in part) == 3 * (number == 0,)
        assert all(part.keys() & other.keys() == shared for other in made if other is not part)


@given(st.lists(st.integers()), st.integers(1, 12))
def test_parts_of_a_list_are_the_list(items: list[int], count: int) -> None:
    assert [item for number in range(1, count + 1) for item in Part(number, count).of(items)] == items


DIFFERENT = [
    ({"commit": "beef"}, "b has another commit than a: beef, not c0ffee"),
    ({"commit": ""}, "b has another commit than a: none, not c0ffee"),
    ({"day": "2017-07-16"}, "b has another status date than a: 2017-07-16, not 2017-07-15"),
    ({"count": 3}, "b has another number of parts than a: 3, not 2"),
    ({"digest": "e"}, "b is made from other files, packages or options than a"),
    ({"number": 1}, "part 1 is there twice: a and b\n  help: name each part once\na part is missing: 2/2"),
    ({"style": "other"}, "b/style.json is not the same in another part"),
]


@pytest.mark.parametrize(("changed", "message"), DIFFERENT, ids=[message for _, message in DIFFERENT])
def test_what_does_not_belong_together_is_refused(
    changed: dict[str, object], message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    part(Path("a"), 1)
    part(Path("b"), **{"number": 2, **changed})  # type: ignore[arg-type]
    part(Path("site"), 2, handbook="old")
    before = files_of(Path("site"))
    done = join("a", "b", "--into", "site")
    assert (done.exit_code, files_of(Path("site"))) == (2, before)
    assert message in done.output
    assert "help: " in done.output
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b", "site"]


def test_a_missing_part_is_named(two: tuple[Path, Path], tmp_path: Path) -> None:
    third = part(tmp_path / "c", 3, 5)
    shutil.rmtree(two[0])
    assert (
        "parts are missing: 1/5, 2/5, 4/5, 5/5\n  help: build and name all parts" in join(third, "--into", "x").output
    )


@pytest.mark.parametrize("manifest", ["", "{", "[]", "{}", '{"part": "3/2"}', "[" * 100_000, "\x00", None])
def test_a_folder_that_is_no_part_is_refused(manifest: str | None, two: tuple[Path, Path], tmp_path: Path) -> None:
    (two[1] / MANIFEST).unlink()
    if manifest is not None:
        (two[1] / MANIFEST).write_text(manifest)
    done = join(*two, "--into", tmp_path / "site")
    assert (done.exit_code, done.output.splitlines()) == (
        2,
        [f"Error: {two[1]} is not a part of a site", "  help: build it with the option part, such as part: 2/8"],
    )


@pytest.mark.parametrize("index", ["", "{", "[]", '{"docs": [1]}', '{"docs": [{"location": 1}]}'])
def test_a_search_index_that_is_none_is_refused(index: str, two: tuple[Path, Path], tmp_path: Path) -> None:
    (two[1] / "search").mkdir()
    (two[1] / "search" / "search_index.json").write_text(index)
    done = join(*two, "--into", tmp_path / "site")
    assert (done.exit_code, (tmp_path / "site").exists()) == (2, False)
    assert "search_index.json is not a search index" in done.output


def test_nothing_but_a_site_is_replaced(two: tuple[Path, Path], tmp_path: Path) -> None:
    thesis = tmp_path / "thesis"
    thesis.mkdir()
    (thesis / "chapter-1.md").touch()
    assert "is not a site of a handbook" in join(*two, "--into", thesis).output
    assert "is a part, or holds one" in join(*two, "--into", two[0]).output
    assert "is a part, or holds one" in join(*two, "--into", tmp_path).output
    assert (thesis / "chapter-1.md").exists()


def test_the_parts_stay_and_the_old_site_goes(two: tuple[Path, Path], tmp_path: Path) -> None:
    old, before = part(tmp_path / "site", 7, 9, handbook="old"), [files_of(one) for one in two]
    assert join(*two, "--into", old).exit_code == 0
    assert files_of(old).keys() == {"page1.json", "page2.json", "style.json", "handbook.json"}
    assert [files_of(one) for one in two] == before


REFUSED = {
    "a hook": (MKDOCS + "hooks: [docs/hook.py]\n", "a hook has a hand in pages"),
    "another plugin": (MKDOCS + "  - meta\n", "the plugin MetaPlugin has a hand in pages"),
    "a template": (
        MKDOCS.replace("font: false,", "font: false, custom_dir: docs/theme,"),
        "a template of the theme's in custom_dir has a hand in pages",
    ),
    "the slow path": (
        MKDOCS.replace("goal-handbook", "goal-handbook: {part: 1/2, fast: false}"),
        "a part is built by mkdocs build, without --dirty and fast: false",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_where_mkdocs_writes_all_pages_the_option_is_refused_with_the_reason(name: str, build: Build) -> None:
    mkdocs, reason = REFUSED[name]
    if "part" not in mkdocs:
        mkdocs = with_part(mkdocs, "1/2")
    done = build(FILES, mkdocs, {"hook.py": HOOK, "theme/main.html": '{% extends "base.html" %}'})
    assert done.code == 1
    assert f"no part of the site can be built: {reason}\n  help: take out the option part" in done.output
    assert not done.site.exists()


@pytest.mark.parametrize("part", ["0/2", "3/2", "2", "1/0", "1/2/3", "-1/2", "½", "yes"])
def test_a_part_is_written_as_two_numbers(part: str, build: Build) -> None:
    done = build(FILES, with_part(MKDOCS, f'"{part}"'))
    assert done.code == 1
    assert f'expected a part such as 2/8, found "{part}"' in done.output


def test_no_part_is_the_whole(build: Build) -> None:
    done = build(FILES, with_part(MKDOCS, '""'))
    assert (done.code, (done.site / MANIFEST).exists()) == (0, False)
    assert json.loads((done.site / "search/search_index.json").read_text())["docs"]
