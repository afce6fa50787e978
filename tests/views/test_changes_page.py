"""The list of changes: what it has, in which order, and what belongs to one decision."""

from __future__ import annotations

from typing import Any

from goal_handbook.changes.history import History, Version
from goal_handbook.changes.kinds import TermChanged
from goal_handbook.model.handbook import Handbook
from goal_handbook.model.terms import term_ref
from goal_handbook.status.assessment import assess
from goal_handbook.views.changes_page import ChangesView, changes_views
from goal_handbook.views.context import ViewContext
from goal_handbook.views.listing import Place
from goal_handbook.views.timeline import latest_events

from ..status.make import accounting, adjustment, day, handbook, number, paper

AGREED = {"on": "2017-10-20", "by": ["ana", "lea"]}


def house(**goal: Any) -> Handbook:
    return handbook({"ana": {"goals": [number(**goal)]}}, locale="en_US")


def views(book: Handbook, entries: int = 100, *versions: Version) -> list[ChangesView]:
    return list(changes_views(ViewContext(assess(book, day("2017-12-15")), History(versions)), entries))


def changed(on: str, **more: Any) -> Version:
    """A version in which the target of Ana's goal changed from 90 to 100."""
    ref = term_ref("target")
    assert ref
    change = TermChanged("ana/g", ref=ref, was=90, now=100, **more)
    return Version("c0ffee", day(on), "ana", (change,))


def labels(view: ChangesView) -> list[list[str]]:
    """What each month shows, by badge and day."""
    return [
        [f"{one.event.badge.label} {one.event.day:%d}" for one in (*month.changes, *month.agreements)]
        for month in view.months
    ]


def test_what_changes_something_comes_before_agreements_and_reviews_are_counted() -> None:
    book = house(
        adjustments=[adjustment("2017-10-05", ("target", "90", "100"))],
        landmarks=[paper("q3", "2017-09-30")],
        accountings=[accounting("q3", "2017-10-09")],
        agreed=[AGREED],
        reviews=[{"on": "2017-10-01"}, {"on": "2017-10-30"}, {"on": "2017-08-30"}],
        closed={"on": "2017-12-01", "result": "achieved"},
    )
    latest, *months = views(book, 100, changed("2017-10-12"))
    october = ["Changed silently 12", "Accounted 09", "Adjusted 05", "Agreed 20"]
    assert labels(latest) == [["Closed 01"], october, []]
    assert [month.reviews for month in latest.months] == [0, 2, 1]
    assert [view.place for view in months] == [Place("2017-12"), Place("2017-10"), Place("2017-08")]
    assert [labels(view) for view in months] == [[["Closed 01"]], [october], [[]]]
    assert [stop.label for stop in latest.stops] == ["Dec", "Oct", "Aug"]


def test_a_change_that_an_adjustment_explains_later_is_part_of_that_adjustment() -> None:
    book = house(adjustments=[adjustment("2017-10-05", ("target", "90", "100"))])
    settled = changed("2017-09-28", settled=True, settled_by=day("2017-10-05"))
    latest, *_ = views(book, 100, settled)
    [[entry]] = [month.changes for month in latest.months]
    assert (entry.event.badge.label, entry.changed_before) == ("Adjusted", "Sep 28, 2017")


def test_a_change_is_shown_for_itself_where_there_is_no_such_adjustment() -> None:
    elsewhere = changed("2017-09-28", settled=True, settled_by=day("2017-10-06"))
    put_back = changed("2017-09-29", settled=True)
    latest, *_ = views(house(adjustments=[adjustment("2017-10-05", ("unit", "a", "b"))]), 100, elsewhere, put_back)
    assert labels(latest) == [["Adjusted 05"], ["Changed, later corrected 29", "Changed, later corrected 28"]]


def test_a_change_that_its_adjustment_explains_at_once_is_not_listed_twice() -> None:
    book = house(adjustments=[adjustment("2017-10-05", ("target", "90", "100"))])
    [explained_by] = book.sellers["ana"].goals[0].adjustments
    latest, *_ = views(book, 100, changed("2017-10-05", explained_by=explained_by))
    assert labels(latest) == [["Adjusted 05"]]


def test_the_first_page_has_the_latest_months_that_fit_and_links_to_all() -> None:
    days = ("2017-08-01", "2017-10-01", "2017-10-02", "2017-11-01")
    book = house(adjustments=[adjustment(on, ("target", "90", "100")) for on in days])
    first, *months = views(book, 3)
    assert labels(first) == [["Adjusted 01"], ["Adjusted 02", "Adjusted 01"]]
    assert [(stop.label, stop.place, stop.count) for stop in first.stops] == [
        ("Nov", Place("2017-11"), 1),
        ("Oct", Place("2017-10"), 2),
        ("Aug", Place("2017-08"), 1),
    ]
    assert [(view.place, labels(view)) for view in months] == [
        (Place("2017-11"), [["Adjusted 01"]]),
        (Place("2017-10"), [["Adjusted 02", "Adjusted 01"]]),
        (Place("2017-08"), [["Adjusted 01"]]),
    ]


def test_a_month_too_long_for_a_page_goes_on_on_another() -> None:
    book = house(adjustments=[adjustment(f"2017-10-0{n}", ("target", "90", "100")) for n in range(1, 6)])
    first, *sheets = views(book, 2)
    assert labels(first) == [["Adjusted 05", "Adjusted 04"]]
    assert [month.whole for month in first.months] == [Place("2017-10")]
    assert [(view.place, labels(view)[0]) for view in sheets] == [
        (Place("2017-10"), ["Adjusted 05", "Adjusted 04"]),
        (Place("2017-10", 2), ["Adjusted 03", "Adjusted 02"]),
        (Place("2017-10", 3), ["Adjusted 01"]),
    ]
    assert [bool(view.turn) for view in (first, *sheets)] == [False, True, True, True]


def test_home_shows_the_latest_decisions_without_the_reviews() -> None:
    book = house(reviews=[{"on": "2017-11-01"}], agreed=[AGREED], closed={"on": "2017-11-30", "result": "achieved"})
    events = latest_events(ViewContext(assess(book, day("2017-12-15"))), 8)
    assert [entry.event.badge.label for entry in events] == ["Closed", "Agreed"]


def test_where_nothing_was_decided_there_is_one_empty_page() -> None:
    [view] = views(house())
    assert (view.months, view.stops) == ((), ())
