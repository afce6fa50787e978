"""`goals export`: what it writes, that Zensical makes the same pages of it, and what it refuses."""

from __future__ import annotations

import json
import shutil
import subprocess
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from goal_handbook.cli import main

from ..conftest import ROOT
from ..status.make import case
from .html_reader import Page, dead_links, read_page
from .test_audience import FILES as SECRETS
from .test_audience import bytes_with_canaries
from .test_build import FILES
from .test_hostile_text import PAYLOADS
from .test_zensical import zensical

Export = Callable[..., Result]


@pytest.fixture
def export(goals: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> Export:
    """Return a function that exports goals and docs, both by path, into the folder `out`."""

    def run(*options: str, files: dict[str, str] | None = None, docs: dict[str, str] | None = None) -> Result:
        root = goals(FILES if files is None else files).parent
        monkeypatch.chdir(root)
        for name, text in {"chapter.md": "# A chapter\n\nProse.\n", **(docs or {})}.items():
            path = root / "docs" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return CliRunner().invoke(main, ["export", "out", *options])

    return run


@pytest.fixture(scope="module")
def by_zensical(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site that Zensical makes of the example and its chapter; the manual is left out, for hooks make pages of it."""
    folder = tmp_path_factory.mktemp("export")
    subprocess.run(["git", "clone", "--quiet", "--shared", "--no-checkout", str(ROOT), str(folder)], check=True)
    shutil.copytree(ROOT / "goals", folder / "goals")
    (folder / "docs").mkdir()
    shutil.copy(ROOT / "docs" / "how-goals-are-set.md", folder / "docs")
    edit = ("--edit-uri", "https://github.com/goal-handbook/goal-handbook/edit/main/docs/")
    done = CliRunner().invoke(
        main, ["export", str(folder / "out"), "--dir", str(folder), "--as-of", "2017-10-15", *edit]
    )
    assert done.exit_code == 0, done.output
    built = zensical(folder / "out", "--strict")
    assert built.returncode == 0, built.stdout + built.stderr
    assert "No issues found" in built.stderr
    return folder / "out" / "site"


def words(page: Path) -> list[str]:
    """The words of a page without those of its theme; a redirect is a page without any."""
    article = page.read_text(encoding="utf-8").partition("<article")[2].partition("</article>")[0]
    return Page(article.partition(">")[2]).visible.split()


def test_zensical_makes_a_page_of_each_and_no_link_is_dead(by_zensical: Path) -> None:
    pages = [path for path in by_zensical.rglob("*.html") if path.name != "404.html"]
    assert dead_links(by_zensical, pages) == []


def test_every_page_says_the_same_as_with_the_plugin(by_zensical: Path, example_site: Path) -> None:
    pages = [page.relative_to(by_zensical).as_posix() for page in by_zensical.rglob("index.html")]
    assert len(pages) > 150
    assert [page for page in pages if words(by_zensical / page) != words(example_site / page)] == []


def test_all_other_files_are_the_same(by_zensical: Path, example_site: Path) -> None:
    """Badges, readings, calendars, the feed, the data, the style sheet and what redirects."""
    docs = by_zensical.parent / "docs"
    files = [path.relative_to(docs) for path in docs.rglob("*") if path.is_file() and path.suffix != ".md"]
    assert len(files) > 400
    same = [(by_zensical / file).read_bytes() == (example_site / file).read_bytes() for file in files]
    assert [file.as_posix() for file, is_same in zip(files, same, strict=True) if not is_same] == []


def test_nothing_is_loaded_from_elsewhere(by_zensical: Path) -> None:
    page = read_page(by_zensical / "sellers" / "moses-frase" / "index.html")
    loaded = [link for tag, attrs in page.elements if tag in {"link", "script", "img"} for link in attrs.values()]
    assert [link for link in loaded if "://" in link] == []


def test_chapters_are_filled_in_and_other_docs_are_copied(export: Export, tmp_path: Path) -> None:
    docs = {"how/we/sell.md": "# How\n\n<goal:ana/deals> and ![](a.svg)\n", "how/we/a.svg": "<svg/>", ".hidden": "x"}
    done = export("--site-url", "https://goals.example.com/", docs=docs)
    written = tmp_path / "out" / "docs"
    files = sum(path.is_file() for path in written.rglob("*"))
    assert (done.exit_code, done.output) == (
        0,
        f"wrote {files} files to out/docs\nnext: cd out && zensical build --strict\n",
    )
    chapter = (written / "how" / "we" / "sell.md").read_text(encoding="utf-8")
    assert '<a href="../../sellers/ana.md#deals">Forty deals</a>' in chapter
    assert (written / "how" / "we" / "a.svg").read_text(encoding="utf-8") == "<svg/>"
    assert not (written / ".hidden").exists()
    assert "https://goals.example.com/g/ana/deals/" in (written / "landmarks.ics").read_bytes().decode().replace(
        "\r\n ", ""
    )
    settings = tomllib.loads((tmp_path / "out" / "zensical.toml").read_text(encoding="utf-8"))["project"]
    assert settings["nav"][:2] == [{"Home": "index.md"}, {"Teams": "teams/index.md"}]
    assert settings["nav"][6:] == ["chapter.md", {"How": [{"We": ["how/we/sell.md"]}]}]


def test_zensical_builds_it_also_with_a_home_page_and_templates_of_ones_own(export: Export, tmp_path: Path) -> None:
    docs = {"index.md": "# Ours\n\n::: home teams\n", "../overrides/goal-handbook/teams.html": "<h1>Our own list</h1>"}
    assert export("--overrides", "overrides", docs=docs).exit_code == 0
    built = zensical(tmp_path / "out", "--strict")
    assert built.returncode == 0, built.stdout + built.stderr
    site = tmp_path / "out" / "site"
    assert "West" in " ".join(words(site / "index.html"))
    assert words(site / "teams" / "index.html") == ["Our", "own", "list"]


def test_the_next_export_replaces_the_docs_and_keeps_the_configuration(export: Export, tmp_path: Path) -> None:
    assert export().exit_code == 0
    (tmp_path / "out" / "zensical.toml").write_text("mine", encoding="utf-8")
    assert (tmp_path / "out" / "docs" / "sellers" / "ben.md").is_file()
    (tmp_path / "goals" / "sellers" / "ben.yaml").unlink()
    gone = {name: text for name, text in FILES.items() if name != "sellers/ben.yaml"}
    assert export(files=gone).exit_code == 0
    assert not (tmp_path / "out" / "docs" / "sellers" / "ben.md").exists()
    assert (tmp_path / "out" / "zensical.toml").read_text(encoding="utf-8") == "mine"
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["docs", "zensical.toml"]


def test_titles_and_texts_of_people_stay_text(export: Export, tmp_path: Path) -> None:
    """Zensical prints titles as they are, and Markdown would see a fence before it sees HTML."""
    texts = [json.dumps(text.format(n=n).replace('\\"', '"')) for n, text in enumerate(PAYLOADS.values())]
    goals = "".join(
        f"  - {{id: g{n}, title: {text}, why: {text}, kind: skill, landmarks: [{{id: a, due: 2017-12-01, deliver: {text}}}]}}\n"
        for n, text in enumerate([*texts, '"```"', '"~~~"'])
    )
    name = '"<script>alert(1)</script> & <b>co</b>"'
    done = export(
        files={"teams/north.yaml": "name: North\n", "sellers/ana.yaml": f"name: {name}\nteam: north\ngoals:\n{goals}"}
    )
    assert done.exit_code == 0, done.output
    built = zensical(tmp_path / "out", "--strict")
    assert built.returncode == 0, built.stdout + built.stderr
    html = (tmp_path / "out" / "site" / "sellers" / "ana" / "index.html").read_text(encoding="utf-8")
    page = Page(html)
    assert [attrs for _, attrs in page.elements if any(name.startswith("on") for name in attrs)] == []
    assert "<title>&lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;b&gt;co&lt;/b&gt; - " in html
    assert [link for link in page.links if link.startswith("javascript")] == []
    for text in texts:
        assert json.loads(text) in page.visible, text


def test_nothing_hidden_from_the_team_is_in_any_file(export: Export, tmp_path: Path) -> None:
    assert export(files=SECRETS).exit_code == 0
    assert bytes_with_canaries(tmp_path / "out") == []
    assert export("--audience", "leaders", files=SECRETS).exit_code == 0
    assert {"docs/sellers/ana.md", "docs/handbook.json"} <= set(bytes_with_canaries(tmp_path / "out"))


def test_a_wrong_name_in_a_chapter_stops_the_export(export: Export, tmp_path: Path) -> None:
    done = export(docs={"our-year.md": "# Our year\n\n<goal:ana/dials>\n"})
    assert done.exit_code == 1
    assert 'docs/our-year.md:3:7: GH705 unknown goal "ana/dials"\n    3 | <goal:ana/dials>\n' in done.output
    assert not (tmp_path / "out").exists()


def test_a_handbook_with_errors_is_not_exported(export: Export, tmp_path: Path) -> None:
    done = export(files={"sellers/ana.yaml": "name: Ana\nteem: north\n"})
    assert done.exit_code == 1
    assert 'GH102 unknown key "teem"' in done.output
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("docs", "options", "message"),
    [
        case("a chapter in the way", {"sellers/ana.md": "# Ana\n"}, (), "docs/sellers/ana.md has the address of a page of the handbook\n  help: rename it"),
        case("a target with files of others", {"../out/docs/mine.md": "x"}, (), "out/docs is not an earlier export\n  help: name a new folder"),
        case("chapters that are nowhere", {}, ("--docs", "chapters"), "Directory 'chapters' does not exist."),
        case("an unknown format", {}, ("--format", "html"), "'html' is not 'markdown'."),
    ],
)  # fmt: skip
def test_it_says_what_is_in_the_way(
    export: Export, tmp_path: Path, docs: dict[str, str], options: tuple[str, ...], message: str
) -> None:
    done = export(*options, docs=docs)
    assert done.exit_code == 2
    assert message in done.output
    assert not (tmp_path / "out" / "zensical.toml").exists()


def test_it_never_replaces_the_chapters_themselves(export: Export, tmp_path: Path) -> None:
    assert export().exit_code == 0
    for target in (".", "docs", "docs/how"):
        done = CliRunner().invoke(main, ["export", target])
        assert done.exit_code == 2
        assert f"{Path(target) / 'docs'} would be among the chapters\n  help: name a folder elsewhere\n" in done.output
    assert (tmp_path / "docs" / "chapter.md").is_file()


def test_a_chapter_that_is_not_utf_8_is_named_with_its_line(export: Export, tmp_path: Path) -> None:
    export()
    (tmp_path / "docs" / "chapter.md").write_bytes(b"# A\n\n\xe9\n")
    done = CliRunner().invoke(main, ["export", "other"])
    assert (done.exit_code, done.output) == (2, "Error: docs/chapter.md:3: not UTF-8\n  help: save the file as UTF-8\n")
