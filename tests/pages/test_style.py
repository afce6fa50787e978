"""The style sheet: every status has a contrast of 4.5:1 in both schemes, and every badge a shape and a tone."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

from goal_handbook.views import badge

STYLE = files("goal_handbook.pages").joinpath("assets/handbook.css").read_text(encoding="utf-8")
TONES = ("bad", "warn", "good", "calm", "quiet")
PAGE = {"default": "#ffffff", "slate": "#1e2129"}  # Material's own backgrounds
TABLES = (badge.GOAL, badge.LANDMARK, badge.AGREEMENT, badge.CADENCE, badge.COVERAGE, badge.OWED)


def variables(scheme: str) -> dict[str, str]:
    """Return the colours a scheme sets."""
    block = STYLE.split(f'[data-md-color-scheme="{scheme}"] {{')[1].split("}")[0]
    return dict(re.findall(r"(--gh-[a-z-]+):\s*(#[0-9a-f]{6})", block))


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours (WCAG 2.2)."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("scheme", PAGE)
@pytest.mark.parametrize("tone", TONES)
def test_a_badges_words_stand_out_from_its_background(scheme: str, tone: str) -> None:
    colours = variables(scheme)
    assert contrast(colours[f"--gh-{tone}"], colours[f"--gh-{tone}-bg"]) >= 4.5


@pytest.mark.parametrize("scheme", PAGE)
@pytest.mark.parametrize("colour", ["--gh-soft", "--gh-bad", "--gh-calm"])
def test_coloured_text_stands_out_from_the_page(scheme: str, colour: str) -> None:
    assert contrast(variables(scheme)[colour], PAGE[scheme]) >= 4.5


@pytest.mark.parametrize("scheme", PAGE)
def test_the_agreed_curve_of_a_chart_stands_out(scheme: str) -> None:
    (colour,) = re.findall(r"--gh-agreed: var\((--gh-[a-z]+)\); }", STYLE)
    assert contrast(variables(scheme)[colour], PAGE[scheme]) >= 3


def test_bars_say_at_risk_and_worse_by_stripes_too() -> None:
    for tone in ("warn", "bad"):
        assert f".gh-bar__fill.gh-{tone} {{ background-image" in STYLE


def test_the_style_sheet_has_every_badges_shape_and_tone() -> None:
    for status in (status for table in (*TABLES, badge.EVENT, badge.CHANGE) for status in table.values()):
        assert f".gh-i-{status.icon} {{" in STYLE, status
        assert f".gh-{status.tone} {{" in STYLE, status


def test_statuses_of_one_kind_differ_in_words_and_nearly_all_in_looks() -> None:
    for table in TABLES:
        assert len({status.label for status in table.values()}) == len(table)
        assert len({(status.icon, status.tone) for status in table.values()}) >= len(table) - 1


def test_a_grid_that_is_too_wide_wraps_names_and_keeps_the_sums_in_sight() -> None:
    """Sixteen weeks and a long name are wider than a card on a screen of 1440 pixels; the last column was cut off."""
    assert declarations("table.gh-grid tbody th")["white-space"] == "normal"
    assert {"position": "sticky", "inset-inline-end": "0"}.items() <= declarations(
        "table.gh-grid .gh-grid__sum"
    ).items()
    assert "background" in declarations("table.gh-grid .gh-grid__sum")


PHYSICAL = re.compile(
    r"(?<![-\w])((?:(?:margin|padding|border)-)?(?:left|right)(?:-\w+)?|float):|text-align: (?:left|right)"
)
FOUR_SIDES = re.compile(r"(?:margin|padding|inset):(?: [^\s;}]+)( [^\s;}]+)(?: [^\s;}]+)( [^\s;}]+)")


def test_it_is_written_for_both_directions_of_writing() -> None:
    assert [found.group() for found in PHYSICAL.finditer(STYLE)] == []
    assert [found.group() for found in FOUR_SIDES.finditer(STYLE) if found[1] != found[2]] == []


def declarations(selector: str) -> dict[str, str]:
    """Return what the rule for a selector says."""
    block = STYLE.split(f".md-typeset {selector} {{")[1].split("}")[0]
    return {name.strip(): value.strip() for name, _, value in (d.partition(":") for d in block.split(";")) if value}


def test_nothing_is_fetched_from_the_internet() -> None:
    assert not re.search(r"url\(\"?(?!\"?data:)", STYLE)
    assert "@import" not in STYLE
