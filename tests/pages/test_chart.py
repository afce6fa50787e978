"""Charts: the ten that matter, whole (`--refresh` rewrites the golden files), and what holds for every other."""

from __future__ import annotations

import datetime
import itertools
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goal_handbook.pages.chart import Drawing
from goal_handbook.pages.chart.drawing import HEIGHT, WIDTH
from goal_handbook.pages.chart.icons import icon_paths
from goal_handbook.pages.chart.labels import Box, Ground, Label, PlacedLabel, place, text_width
from goal_handbook.pages.chart.scale import day_ticks, round_ticks
from goal_handbook.pages.render import Renderer
from goal_handbook.pages.routes import Addresses
from goal_handbook.views import badge
from tests.pages.charts import GOALS, chart_of, context_of, drawing_of, money
from tests.status.make import adjustment, day, number, value

GOLDEN = Path(__file__).parent / "golden" / "charts"
LAW = settings(max_examples=60, deadline=None, derandomize=True)
FIRST = day("2017-01-01")


def html_of(goal: dict[str, Any], as_of: str) -> str:
    """The figure and the table of a goal's chart."""
    templates = Renderer(Addresses(), context_of(goal, as_of).fmt).environment
    macros, chart = templates.get_template("chart.html").make_module(), chart_of(goal, as_of)
    return f"{macros.chart(chart, 'c')}{macros.readings_table(chart)}"  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", GOALS)
def test_a_chart_is_drawn_as_reviewed(name: str, pytestconfig: pytest.Config) -> None:
    html = html_of(*GOALS[name])
    svg = html[html.index("<svg") : html.rindex("</svg>") + len("</svg>\n")]
    file = GOLDEN / f"{name}.svg"
    if pytestconfig.getoption("--refresh"):
        file.write_text(svg, encoding="utf-8")
    assert file.read_text(encoding="utf-8") == svg


# Labels


def assert_labels_are_apart(drawing: Drawing) -> None:
    labels = [*drawing.labels, *drawing.days]
    sheet, edge = Box(0, 0, drawing.width, drawing.height), drawing.plot.left - 5
    ticks = [Box(edge - text_width(text), y - 6, edge, y + 7) for y, text in drawing.ticks]
    for one, other in itertools.combinations([*(label.box for label in labels), *ticks], 2):
        assert not one.overlaps(other), drawing
    for label in labels:
        assert label.box.within(sheet), label
        is_struck = drawing.today is not None and label.box.left < drawing.today < label.box.right
        assert not is_struck or label.box.bottom <= drawing.plot.top or label.box.top >= drawing.plot.bottom, label
        for mark in drawing.marks:
            assert not label.box.overlaps(Box(mark.x, mark.y, mark.x + 0.1, mark.y + 0.1)), (label, mark)


@pytest.mark.parametrize("locale", ["en_US", "de_DE", "ja_JP", "ar_EG"])
@pytest.mark.parametrize("name", GOALS)
def test_labels_never_overlap_one_another_or_the_today_line(name: str, locale: str) -> None:
    drawing = drawing_of(*GOALS[name], locale=locale)
    assert_labels_are_apart(drawing)
    found = {label.kind for label in drawing.labels}
    assert "latest" in found
    assert ("today" in found) == (drawing.today is not None)


@st.composite
def goals(draw: st.DrawFn) -> dict[str, Any]:
    """A goal with any readings, landmarks and adjustments."""
    days = st.integers(1, 363).map(lambda n: str(FIRST + datetime.timedelta(days=n)))
    values = st.integers(-(10**6), 10**6).map(str)
    readings = sorted(draw(st.dictionaries(days, values, min_size=2, max_size=12)).items())
    landmarks = [value(f"l{n}", due, draw(values)) for n, due in enumerate(draw(st.lists(days, max_size=8)))]
    target, found = draw(values), []
    for on in sorted(draw(st.sets(days, max_size=4)), reverse=True):
        before = draw(values)
        found.append(adjustment(on, ("target", before, target)))
        target = before
    now = found[0]["changes"][0]["now"] if found else target
    return money(*readings, target=now, landmarks=landmarks, adjustments=found) | {"start": "2017-01-01"}


@LAW
@given(goals(), st.integers(0, 400))
def test_whatever_a_chart_shows_its_labels_are_apart(goal: dict[str, Any], days: int) -> None:
    last = max(goal["checkins"][1]["on"], str(FIRST + datetime.timedelta(days=days)))
    assert_labels_are_apart(drawing_of(goal, last))


positions, boxes = (
    st.floats(0, WIDTH),
    st.builds(
        lambda x, y, w, h: Box(x, y, x + w, y + h),
        st.floats(0, WIDTH),
        st.floats(0, HEIGHT),
        st.floats(0.5, 80),
        st.floats(0.5, 80),
    ),
)
labels = st.builds(
    Label,
    st.tuples(st.text(min_size=1, max_size=30)),
    st.just("landmark"),
    positions,
    st.floats(0, HEIGHT),
    st.floats(0, 9),
)


@LAW
@given(st.lists(labels, max_size=12), st.lists(boxes, max_size=6))
def test_labels_are_placed_in_the_frame_apart_from_what_is_taken(wanted: list[Label], taken: list[Box]) -> None:
    frame = Box(40, 0, WIDTH, HEIGHT)
    placed = place(wanted, Ground(frame, tuple(taken)))
    for one, other in itertools.combinations([*(label.box for label in placed), *taken], 2):
        assert not one.overlaps(other) or (one in taken and other in taken)
    assert all(label.box.within(frame) for label in placed)


def one_label(x: float, y: float, *taken: Box) -> PlacedLabel | None:
    return next(iter(place([Label(("$141K",), "latest", x, y)], Ground(Box(0, 0, 100, 100), taken))), None)


def test_a_label_is_above_its_point_or_where_there_is_room() -> None:
    free, blocked, in_the_corner = one_label(50, 50), one_label(50, 50, Box(0, 30, 100, 49)), one_label(99, 1)
    assert free and free.anchor == "middle" and free.box.bottom < 50
    assert blocked and blocked.box.top > 50
    assert in_the_corner and in_the_corner.box.right <= 100
    assert one_label(50, 50, Box(0, 0, 100, 100)) is None


def test_labels_keep_off_drawn_lines_where_they_can() -> None:
    ground = Ground(Box(0, 0, 100, 100), ink=((range(26), [40.0] * 26),))
    (placed,) = place([Label(("$141K",), "latest", 50, 50)], ground)
    assert placed.box.top > 50


# The scales


@LAW
@given(st.lists(st.floats(-1e12, 1e12, allow_nan=False, allow_subnormal=False).map(lambda v: round(v, 3)), min_size=1))
def test_three_to_six_round_ticks_enclose_the_values(values: list[float]) -> None:
    ticks = round_ticks(values)
    assert 3 <= len(ticks) <= 6
    hair = 1e-8 * (max(values) - min(values))
    assert float(ticks[0]) - hair <= min(values)
    assert max(values) <= float(ticks[-1]) + hair
    assert {(b - a).normalize().as_tuple().digits for a, b in itertools.pairwise(ticks)} <= {(1,), (2,), (5,)}


@pytest.mark.parametrize(
    ("values", "ticks"),
    [
        ([0, 260_000], [0, 100_000, 200_000, 300_000]),
        ([16_000, 215_000], [0, 50_000, 100_000, 150_000, 200_000, 250_000]),
        ([-61_000, 40_000], [-100_000, -50_000, 0, 50_000]),
        ([-90, -10], [-100, -80, -60, -40, -20, 0]),
        ([50, 90], [50, 60, 70, 80, 90]),
        ([-90, -80], [-90, -88, -86, -84, -82, -80]),
        ([5, 5], [0, 1, 2, 3, 4, 5]),
        ([0, 0], [0, 0.2, 0.4, 0.6, 0.8, 1]),
    ],
)
def test_zero_is_on_the_axis_unless_all_values_are_far_from_it(values: list[float], ticks: list[float]) -> None:
    assert [float(tick) for tick in round_ticks(values)] == ticks


@pytest.mark.parametrize(
    ("start", "end", "named"),
    [
        ("2017-03-01", "2017-12-31", ["2017-03-01", "2017-05-01", "2017-07-01", "2017-09-01", "2017-11-01"]),
        ("2017-03-10", "2017-06-30", ["2017-04-01", "2017-05-01", "2017-06-01"]),
        ("2017-03-01", "2017-03-31", ["2017-03-01", "2017-03-31"]),
        ("2017-03-01", "2017-03-01", ["2017-03-01"]),
        ("2015-01-01", "2018-12-31", [f"{2015 + n * 7 // 12}-{n * 7 % 12 + 1:02}-01" for n in range(7)]),
    ],
)
def test_the_axis_names_up_to_seven_months_or_the_ends_of_a_short_time(start: str, end: str, named: list[str]) -> None:
    assert [str(on) for on, _ in day_ticks(day(start), day(end), str, str)] == named


# What is drawn


def test_an_adjustment_leaves_a_step_and_the_old_landmark_behind() -> None:
    drawing = drawing_of(*GOALS["adjusted-down"])
    assert len(re.findall("M", drawing.agreed)) == 1
    xs = [float(x) for x in re.findall(r"[ML](-?[\d.]+),", drawing.agreed)]
    assert drawing.changes[0] in {a for a, b in itertools.pairwise(xs) if a == b}
    assert {line for label in drawing.labels for line in label.lines} >= {"was $250K", "was $180K", "was $160K"}


def test_the_area_is_filled_only_under_a_total_that_grows_from_zero() -> None:
    assert {name for name, goal in GOALS.items() if drawing_of(*goal).area} == {
        "plain", "adjusted-up", "adjusted-down", "millions-of-another-currency", "short", "closed"
    }  # fmt: skip


def test_the_wrong_side_is_shaded_only_of_a_level() -> None:
    assert {name for name, goal in GOALS.items() if drawing_of(*goal).wrong_side} == {"hold-at-least", "hold-at-most"}


def test_an_axis_without_zero_is_broken_and_says_so() -> None:
    broken, whole = html_of(*GOALS["shrinking"]), html_of(*GOALS["plain"])
    for sign in ("gh-chart__break", "does not begin at zero"):
        assert sign in broken
        assert sign not in whole
    assert "gh-chart__grid--zero" in whole


def test_the_today_line_is_drawn_only_within_the_chart() -> None:
    goal, _ = GOALS["plain"]
    assert drawing_of(goal, "2017-10-15").today is not None
    assert drawing_of(goal, "2018-01-15").today is None


def test_a_pace_is_called_a_pace_and_only_where_there_are_three_readings() -> None:
    html = html_of(*GOALS["plain"])
    assert "$189K by Dec 31, 2017 at the pace of the last three months; $175K at the slowest so far" in html
    assert "forecast" not in html
    assert "at this pace" not in html_of(*GOALS["short"])


def test_many_readings_are_a_line_without_dots() -> None:
    readings = [(str(FIRST + datetime.timedelta(days=n)), str(n)) for n in range(1, 120)]
    assert drawing_of(number(*readings), "2017-06-30").dots == ""


def test_a_landmarks_mark_has_the_shape_of_its_badge() -> None:
    assert {status.icon for status in badge.LANDMARK.values()} <= icon_paths().keys()
    drawing = drawing_of(*GOALS["plain"])
    assert [mark.badge.label for mark in drawing.marks] == ["Met", "Missed", "Upcoming"]
    assert drawing.marks[0].icon == icon_paths()["check"]


# Beside the drawing


def test_the_table_has_each_reading_what_was_expected_then_and_the_adjustments() -> None:
    table = chart_of(*GOALS["adjusted-up"]).table
    assert [(row.day_text, row.reading, row.expected, row.gap) for row in table if row.reading][:2] == [
        ("Aug 31, 2017", "$129,000", "$164,130", "−$35,130"),
        ("Jul 31, 2017", "$115,000", "$127,065", "−$12,065"),
    ]
    (adjusted,) = (row for row in table if row.adjusted)
    assert adjusted.day_text == "Jul 20, 2017"
    assert adjusted.adjusted == (
        "The agreed curve led to $260,000 by Dec 31, 2017; now it leads to $300,000 by Dec 31, 2017.",
        "What was expected by this day went from $108,478 to $113,913.",
    )


def test_a_chart_says_in_sentences_what_it_shows() -> None:
    assert chart_of(*GOALS["adjusted-down"]).description == (
        "The latest reading is $140,958 on Sep 30, 2017.",
        "$135,000 was expected on Sep 30, 2017.",
        "The agreed curve leads to $215,000 by Dec 31, 2017.",
        "It was adjusted on Jul 12, 2017.",
    )


def test_a_users_words_are_shown_as_they_are_and_never_as_markup() -> None:
    goal, as_of = GOALS["short"]
    html = html_of({**goal, "title": "<script>x</script> & more"}, as_of)
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
