"""Calendars: what is in whose, and that any calendar program can read them (RFC 5545)."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from goal_handbook.feeds.calendars import calendar_files
from goal_handbook.model.handbook import Handbook
from goal_handbook.pages.routes import Addresses

from ..status.make import case, handbook, paper, value
from .make import AS_OF, HOSTILE, as_shown, context_of, house

WEB = Addresses(site="https://goals.example.com/")


def calendars(book: Handbook, addresses: Addresses = WEB, as_of: str = AS_OF) -> dict[str, str]:
    """Return every calendar by its path."""
    return {file.name: file.make() for file in calendar_files(context_of(book, as_of), addresses)}


def events(text: str) -> list[Any]:
    """Return the events of a calendar, as another library than the one that wrote it reads them."""
    return list(vobject.readOne(text).contents.get("vevent", []))


def lines(text: str) -> list[str]:
    """Return `day summary` of each event."""
    return [f"{e.dtstart.value} {e.summary.value}" for e in events(text)]


def uids(book: Handbook, as_of: str = AS_OF) -> dict[str, str]:
    """Return the id of each event by what it is, without its status."""
    found = events(calendars(book, as_of=as_of)["landmarks.ics"])
    return {e.summary.value.partition(": ")[2]: e.uid.value for e in found}


HALF = value("half", "2017-06-30", "20")
STEP, LEAS_STEP = "2017-07-05 Overdue step: Call Isdom (Ana)", "2017-07-20 Step: Go along (Lea)"
YEAR, PAPER = "2017-12-31 Off track: 40 deals (Ana)", "2017-08-31 Not started: A paper (Ana)"
REVIEW, LATE_REVIEW = "2017-08-05 Review due: Forty deals (Ana)", "2017-02-01 Review overdue: A course (Ana)"
OWN, OWN_REVIEW = "2017-09-30 Not started: A paper (Lea)", "2017-02-01 Review overdue: A goal (Lea)"


@pytest.mark.parametrize(
    ("path", "found"),
    [
        case("a seller has landmarks ahead, reviews and what they promised", "sellers/ana/landmarks.ics", [LATE_REVIEW, STEP, REVIEW, PAPER, YEAR]),
        case("a leader has the leader's own, what they promised, and reviews with their people", "leaders/lea/landmarks.ics", [LATE_REVIEW, OWN_REVIEW, LEAS_STEP, REVIEW, OWN]),
        case("a team has what its members have, whoever promised it", "teams/north/landmarks.ics", [LATE_REVIEW, STEP, LEAS_STEP, REVIEW, PAPER, YEAR]),
        case("so has its parent team", "teams/west/landmarks.ics", [LATE_REVIEW, STEP, LEAS_STEP, REVIEW, PAPER, YEAR]),
        case("there is one with everything", "landmarks.ics", [LATE_REVIEW, OWN_REVIEW, STEP, LEAS_STEP, REVIEW, PAPER, OWN, YEAR]),
        case("and one for somebody without goals", "sellers/ben/landmarks.ics", []),
    ],
)  # fmt: skip
def test_whose_calendar_has_what(path: str, found: list[str]) -> None:
    assert lines(calendars(house())[path]) == found


def test_the_paths_are_those_of_the_owners_pages() -> None:
    assert sorted(calendars(house())) == [
        "landmarks.ics",
        "leaders/lea/landmarks.ics",
        "sellers/ana/landmarks.ics",
        "sellers/ben/landmarks.ics",
        "teams/north/landmarks.ics",
        "teams/west/landmarks.ics",
    ]


def test_an_event_fills_a_day_makes_nobody_busy_and_leads_to_the_goal() -> None:
    (event,) = (e for e in events(calendars(house())["landmarks.ics"]) if "40 deals" in e.summary.value)
    assert event.dtstart.value == datetime.date(2017, 12, 31)
    assert event.dtstart.params == {"VALUE": ["DATE"]}
    assert "dtend" not in event.contents, "an event without an end lasts for its day"
    assert event.transp.value == "TRANSPARENT"
    assert event.url.value == "https://goals.example.com/g/ana/g/"
    assert event.description.value == "Forty deals (Ana)\nOff track, status as of Jul 10, 2017"


def test_without_the_sites_address_there_are_no_links() -> None:
    assert "URL" not in calendars(house(), Addresses())["landmarks.ics"]


def test_nothing_comes_from_the_clock() -> None:
    stamps = {e.dtstamp.value for e in events(calendars(house())["landmarks.ics"])}
    assert stamps == {datetime.datetime(2017, 7, 10, tzinfo=datetime.UTC)}
    assert calendars(house()) == calendars(house())


def test_every_event_has_an_id_of_its_own_in_all_calendars_the_same() -> None:
    found = uids(house())
    assert len(set(found.values())) == len(events(calendars(house())["landmarks.ics"])) == 8
    ours = {e.uid.value for e in events(calendars(house())["sellers/ana/landmarks.ics"])}
    assert ours < set(found.values())


@pytest.mark.parametrize(
    ("was", "now", "book"),
    [
        case("the goal has another title", "Forty deals (Ana)", "Fifty (Ana)", house(title="Fifty")),
        case("the step is worded otherwise", "Call Isdom (Ana)", "Write to Isdom (Ana)", house(do="Write to Isdom")),
        case("the landmark is later", "40 deals (Ana)", "40 deals (Ana)", house(due="2017-11-30", landmarks=[HALF, value("year", "2017-11-30", "40")])),
        case("the landmark has another value", "40 deals (Ana)", "45 deals (Ana)", house(landmarks=[HALF, value("year", "2017-12-31", "45")])),
    ],
)  # fmt: skip
def test_an_id_survives_edits(was: str, now: str, book: Handbook) -> None:
    assert uids(house())[was] == uids(book)[now]


def test_an_id_survives_the_days() -> None:
    assert uids(house())["40 deals (Ana)"] == uids(house(), "2017-10-31")["40 deals (Ana)"]


def test_steps_of_two_accountings_of_one_day_have_ids_of_their_own() -> None:
    twice = [
        {
            "landmark": "half",
            "on": "2017-07-05",
            "why": "So",
            "action": "recover",
            "plan": [{"do": do, "due": "2017-07-20"}],
        }
        for do in "ab"
    ]
    found = uids(house(accountings=twice))
    assert found["a (Ana)"] != found["b (Ana)"]


def test_a_calendar_without_events_still_holds_something_as_the_standard_asks() -> None:
    empty = calendars(handbook({"ana": {}}))["sellers/ana/landmarks.ics"]
    (component,) = Calendar.from_ical(empty).subcomponents
    assert component.name == "VTIMEZONE"
    assert_strict(empty)


def test_a_calendar_says_whose_it_is_and_when_to_look_again() -> None:
    calendar = vobject.readOne(calendars(house())["sellers/ana/landmarks.ics"]).contents
    found = {name: calendar[name][0].value for name in ("x-wr-calname", "name", "method", "x-published-ttl")}
    assert found == {
        "x-wr-calname": "Ana (House)",
        "name": "Ana (House)",
        "method": "PUBLISH",
        "x-published-ttl": "P1D",
    }


def assert_strict(text: str) -> None:
    """Assert what RFC 5545 asks of a file: CRLF after each line, lines of 75 octets at most, and no control character."""
    assert text.endswith("\r\n")
    for line in text[:-2].split("\r\n"):
        assert len(line.encode()) <= 75, line
        assert all(c == "\t" or " " <= c != "\x7f" for c in line), line
    unfolded = text.replace("\r\n ", "").split("\r\n")
    assert unfolded.count("BEGIN:VCALENDAR") == unfolded.count("END:VCALENDAR") == 1
    assert all(line.partition(":")[0].partition(";")[0].replace("-", "").isupper() for line in unfolded if line)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(text: str) -> None:
    found = calendars(house(title=text, do=text))["landmarks.ics"]
    assert_strict(found)
    assert len(events(found)) == 8
    assert f"Overdue step: {as_shown(text)} (Ana)" in [e.summary.value for e in events(found)]


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=150))
def test_any_text_stays_text(text: str) -> None:
    text = f"A{text}"
    found = calendars(
        handbook({"ana": {"name": text, "goals": [{"title": text, "landmarks": [paper("a", "2017-12-31")]}]}})
    )
    for calendar in found.values():
        assert_strict(calendar)
        Calendar.from_ical(calendar)


def test_a_name_with_commas_is_still_one_name() -> None:
    (calendar,) = (c for path, c in calendars(handbook({"ana": {"name": r"Ana, A; \o/"}})).items() if "ana" in path)
    assert vobject.readOne(calendar).contents["name"][0].value == r"Ana, A; \o/ (House)"
