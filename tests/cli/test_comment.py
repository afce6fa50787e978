"""`goals diff --format markdown` writes the comment on a pull request, whatever the files look like."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path

import cmarkgfm
import pytest
from click.testing import CliRunner

from goal_handbook.cli import main

from ..changes.story import Story

MOSES, TEAM = "sellers/moses-frase.yaml", "teams/central.yaml"
PREVIEW = "https://forge/preview.zip"
LINK = f"[See the site as it would be]({PREVIEW})"
HIDDEN = """
  - id: succession
    title: Lead the new team
    kind: skill
    visibility: leaders
    landmarks:
      - {id: talk, due: 2017-08-31, deliver: Talk held}
    agreed:
      - {on: 2017-01-20, by: [moses-frase, dustin-brinkmann]}
"""


@pytest.fixture
def story(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Story:
    story = Story(tmp_path)
    story.write(MOSES, story.read(MOSES) + HIDDEN)
    story.commit("The goals of 2017", "2017-07-10")
    monkeypatch.chdir(tmp_path)
    return story


def comment(*arguments: str, base: str = "main") -> str:
    options = ["--format", "markdown", "--as-of", "2017-07-31", "--preview", PREVIEW]
    result = CliRunner().invoke(main, ["diff", base, *arguments, *options], env={"SOURCE_DATE_EPOCH": None})
    assert (result.exit_code, result.exception) == (0, None), result.output
    assert result.stdout.startswith("<!-- goal-handbook -->\n")
    return result.stdout


def test_an_honest_change_has_the_preview_and_no_errors(story: Story) -> None:
    story.edit(MOSES, "name: Moses Frase", "name: Moses Frase-Brandt")
    said = comment()
    assert LINK in said
    assert "to fix" not in said
    assert "- name: Moses Frase → Moses Frase-Brandt" in said


def test_a_silent_change_has_its_line_and_the_lines_to_paste_and_no_preview(story: Story) -> None:
    story.edit(MOSES, "target: 260_000", "target: 200_000")
    said = comment()
    assert "## 1 error to fix first\n\n**goals/sellers/moses-frase.yaml:11:36**: " in said
    assert (
        "```yaml\n    measure: {unit: money, target: 200_000}\n```\n\nhelp: add to adjustments:\n\n```yaml\nadjustments:\n  - {on: "
        in said
    )
    assert "**1 silent change**" in said
    assert LINK not in said


@pytest.mark.parametrize(
    ("path", "text", "said"),
    [
        (MOSES, "name: [Moses\n", "## 1 error to fix first\n\n**goals/sellers/moses-frase.yaml:"),
        (MOSES, "\0", "**goals/sellers/moses-frase.yaml"),
        ("handbook.yaml", "format: 1\nperiod: 2017\n", "**goals/handbook.yaml:2:9**: "),
        ("handbook.yaml", "", "**goals/handbook.yaml:1:1**"),
    ],
    ids=["invalid YAML", "a binary file", "an invalid setting", "an empty handbook.yaml"],
)
def test_a_file_that_cannot_be_read_is_named_with_what_to_do(story: Story, path: str, text: str, said: str) -> None:
    story.write(path, text)
    found = comment()
    assert said in found
    assert "What this changes in the goals\n\nIt can be shown once this is fixed." in found.replace("\n\n\n", "\n\n")
    assert LINK not in found


def test_without_a_handbook_it_says_so(story: Story) -> None:
    (story.goals / "handbook.yaml").unlink()
    assert "## Something to fix first\n\nno handbook.yaml in goals" in comment()


def test_without_the_commit_to_compare_with_it_says_so(story: Story) -> None:
    assert 'unknown commit "elsewhere"' in comment(base="elsewhere")


def test_a_commit_has_the_errors_of_its_own_files(story: Story) -> None:
    story.edit(MOSES, "target: 260_000", "target: 200_000")
    story.git("checkout", "--quiet", "-b", "work")
    story.commit("Lowered", "2017-07-31")
    story.edit(MOSES, "target: 200_000", "target: 260_000")
    assert "**work:goals/sellers/moses-frase.yaml:11:36**: " in comment("work")


# What people wrote is text, in GitHub's own Markdown


@pytest.mark.parametrize(
    "text",
    [
        "http://x.y/z", "HTTPS://X.Y", "www.x.y", "WWW.X.Y", "ana@x.y", "mailto:ana@x.y", "xmpp:ana@x.y", "<http://x.y>",
        "[a](http://x.y)", "![a](http://x.y/z.png)", "*www.x.y*", "~www.x.y~", "(www.x.y)", "_ana@x.y_", "[a]: http://x.y",
        "<a href=x>y</a>", "&lt;a href=x&gt;", "a|b", "# a", "- a", "1. a", "```", "    a", "<!-- a", "\\[a](b)", "$x$",
    ],
)  # fmt: skip
@pytest.mark.parametrize("where", ["a name", "a reason", "an error"])
def test_no_text_becomes_a_link_an_image_or_another_element(story: Story, text: str, where: str) -> None:
    quoted = json.dumps(text)
    match where:
        case "a name":
            story.edit(MOSES, "name: Moses Frase", f"name: {quoted}")
        case "a reason":
            story.edit(MOSES, "value: 131_000}", f"value: 131_000, note: {quoted}}}")
        case _:
            story.edit(MOSES, "kind: education", f"kind: {quoted}")
    html = cmarkgfm.github_flavored_markdown_to_html(comment().replace(LINK, ""))
    allowed = {"h2", "h3", "p", "strong", "ul", "li", "pre", "code"}
    assert set(re.findall(r"<([a-z0-9]+)", html.replace("<!-- goal-handbook -->", ""))) <= allowed
    shown = unescape(re.sub("<[^>]*>", "", html)).replace("\u200b", "")
    assert " ".join(text.split()) in " ".join(shown.split())


# Who has yet to agree

AGREED = "    agreed:\n      - {on: 2017-01-20, by: [moses-frase, dustin-brinkmann]}\n"
ADJUSTED = (
    "    adjustments:\n      - {on: 2017-07-20, by: [moses-frase, dustin-brinkmann], why: A buyer closed, changes: "
    "[{field: target, was: 260_000, now: 220_000}, {field: landmarks.year.value, was: 260_000, now: 220_000}]}\n"
)


@pytest.mark.parametrize(
    ("agreed", "names"),
    [
        ([], "**Moses Frase** and **Dustin Brinkmann**"),
        (["moses-frase"], "**Dustin Brinkmann**"),
        (["dustin-brinkmann"], "**Moses Frase**"),
        (["moses-frase", "dustin-brinkmann"], ""),
    ],
    ids=["neither has agreed again", "the leader has not", "the seller has not", "both have"],
)
def test_who_has_yet_to_agree_to_adjusted_terms_is_named(story: Story, agreed: list[str], names: str) -> None:
    again = "".join(f"      - {{on: 2017-07-21, by: {who}}}\n" for who in agreed)
    story.edit(MOSES, "260_000}\n    landmarks", "220_000}\n    landmarks")
    story.edit(MOSES, "value: 260_000}", "value: 220_000}")
    story.edit(MOSES, AGREED, AGREED + again + ADJUSTED)
    said = comment()
    goal = "Close 260,000 of new business (moses-frase/new-business, agreement stale)"
    assert ("Still to agree" in said) == bool(names)
    assert not names or f"### Still to agree\n\n- {names}: {goal}\n" in said
    assert "to fix" not in said


# Who reads it


@pytest.mark.parametrize("audience", ["team", "leaders"])
@pytest.mark.parametrize(
    ("old", "new", "secret"),
    [
        ("deliver: Talk held}", "deliver: Talk held, done: soon}", "Talk held"),
        ("due: 2017-08-31, deliver: Talk", "due: 2017-09-30, deliver: Talk", "Talk held"),
        (HIDDEN, "", "Lead the new team"),
        ("team: central\n", "team: central\nmotivation: [His daughter]\n", "His daughter"),
    ],
    ids=["an error in a goal for leaders", "its term", "the goal removed", "motivation"],
)
def test_the_team_does_not_read_what_only_leaders_see(
    story: Story, old: str, new: str, secret: str, audience: str
) -> None:
    story.edit(MOSES, old, new)
    said = comment("--audience", audience)
    assert (secret in said) == (audience == "leaders")
    assert ("1 error in what only leaders see" in said) == (audience == "team")
    assert "## 1 error to fix first" in said


@pytest.mark.parametrize(
    ("old", "new"),
    [("deliver: Talk held}", 'deliver: "Talk held}'), ("title: Lead the new team", "title: Lead: the new team")],
    ids=["a quote that is not closed", "a colon too many"],
)
def test_of_a_file_that_cannot_be_read_the_team_reads_no_line_that_may_be_for_leaders(
    story: Story, old: str, new: str
) -> None:
    story.edit(MOSES, old, new)
    said = comment()
    assert "## 1 error to fix first\n\n**goals/sellers/moses-frase.yaml:" in said
    assert "Talk held" not in said
    assert "the new team" not in said


# How long it may be


def test_many_errors_are_counted(story: Story) -> None:
    story.write(MOSES, story.read(MOSES) + "".join(f"  - {{id: g{i}, titel: x}}\n" for i in range(30)))
    said = comment()
    assert said.count("\nhelp: ") <= 20
    assert "more errors: see the check, or run `goals check`" in said


def test_a_comment_too_long_for_the_forge_ends_with_how_much_is_left(story: Story) -> None:
    prose = "Bought by someone else, they say. " * 12
    records = "".join(f"      - {{on: 2017-07-{d:02}, by: dustin-brinkmann, note: '{prose}'}}\n" for d in range(11, 31))
    goals = "".join(f"  - id: g{i}\n    title: Goal {i}\n    kind: skill\n    reviews:\n{records}" for i in range(12))
    story.write(MOSES, story.read(MOSES) + goals)
    said = comment()
    assert 55_000 < len(said) < 60_200
    assert said.endswith(" more lines: see the check, or run `goals diff`.\n")
