"""Renames, debts, whole records, days, and landmarks missed before they move: attacks and honest changes."""

from __future__ import annotations

import unicodedata
from pathlib import Path

from ..changes.story import Story
from .cases import (
    BOOK,
    LEADER,
    MOSES,
    TEAM,
    Case,
    Edit,
    adjustment,
    agreement,
    at_goal,
    both,
    cases,
    edit,
    matches,
    prepare,
    refused,
    write,
)

BY = "by: [moses-frase, dustin-brinkmann]"
SILENT = edit(MOSES, "target: 260_000", "target: 200_000")
BACK = edit(MOSES, "target: 200_000", "target: 260_000")
ADJUSTED = adjustment("2017-07-22", "field: target, was: 260_000, now: 200_000")
#: The second quarter falls short, and nobody has said why.
SHORT = edit(MOSES, "value: 131_000", "value: 100_000")
MISSED = (("2017-07-20", SHORT),)
REVIEW = "{on: 2017-07-10, by: [moses-frase, dustin-brinkmann]}"
SAID = "{on: 2017-07-18, by: [moses-frase, dustin-brinkmann], confidence: low, note: Two deals slipped to July.}"
REVIEWED = (("2017-07-20", edit(MOSES, "    reviews:\n", f"    reviews:\n      - {SAID}\n")),)
#: A landmark of the second goal that nobody has delivered, and one of the first that nobody has reported on.
HALF = (
    (
        "2017-07-20",
        edit(MOSES, "      - {id: exam", "      - {id: half, due: 2017-06-15, deliver: Half of it}\n      - {id: exam"),
    ),
)
JULY = (
    (
        "2017-07-20",
        edit(MOSES, "      - {id: year", "      - {id: july, due: 2017-07-15, value: 145_000}\n      - {id: year"),
    ),
)
CLOSED = "    closed: {on: 2017-07-20, result: partly, note: The exam was put off.}\n"
Q2 = "      - {id: q2, due: 2017-06-30, value: 125_000}\n"


def accounted(on: str, action: str = "recover", more: str = "") -> Edit:
    """An accounting for the second quarter, the first or one more."""
    item = f"      - {{landmark: q2, on: {on}, {BY}, why: Two deals slipped to July., action: {action}{more}}}\n"

    def do(story: Story) -> None:
        if "    accountings:\n" not in story.read(MOSES):
            at_goal("    accountings:\n")(story)
        story.edit(MOSES, "    accountings:\n", "    accountings:\n" + item)

    return do


def at_end(text: str) -> Edit:
    """More lines at the end of Moses's file, for his second goal or for himself."""
    return lambda story: story.write(MOSES, story.read(MOSES) + text)


def without_goal(story: Story) -> None:
    """Moses's second goal is gone."""
    story.write(MOSES, story.read(MOSES).partition("  - id: negotiation")[0])


def with_goal_again(old: str = "", new: str = "") -> Edit:
    """His second goal is back, with a part of it replaced."""

    def do(story: Story) -> None:
        goal = story.git("show", "main~1:goals/" + MOSES).partition("  - id: negotiation")[2] + "\n"
        assert old in goal
        story.write(MOSES, story.read(MOSES) + "  - id: negotiation" + goal.replace(old, new, 1))

    return do


ANNA = """name: Anna
team: central
goals:
  - id: new-business
    title: Close 90,000
    kind: production
    why: Half of the north is new to her, and half knows her.
    supports: revenue
    actions: [Five first meetings a week]
    measure: {unit: money, target: 90_000}
    landmarks: [{id: year, due: 2017-12-31, value: 90_000}]
    agreed: [{on: 2017-07-20, by: [anna, dustin-brinkmann]}]
"""


def removed(path: str) -> Edit:
    """A file is gone."""
    return lambda story: (story.goals / path).unlink()


def rename(new_id: str, old: str = "", new: str = "") -> Edit:
    """Moses's first goal under another id, with a part of it replaced."""

    def do(story: Story) -> None:
        story.edit(MOSES, "id: new-business\n", f"id: {new_id}\n    formerly: [new-business]\n")
        story.edit(MOSES, old, new)

    return do


RENAMES = (
    Case(
        "a goal that was there already claims the id of one that is taken out",
        both(edit(MOSES, "  - id: new-business\n", "  - id: gone\n"), rename_claim := both(
            lambda s: s.write(MOSES, s.read(MOSES)[: s.read(MOSES).index("  - id: gone")] + s.read(MOSES)[s.read(MOSES).index("  - id: negotiation") :]),
            edit(MOSES, "  - id: negotiation\n", "  - id: negotiation\n    formerly: [new-business]\n"),
        )),
        (("GH606", "goals:"),),
    ),
    Case(
        "a colleague who was there already claims a person whose file is taken out",
        both(removed("sellers/anna.yaml"), at_end("formerly: [anna]\n")),
        (("GH606", ""),),
        main=(("2017-07-20", write("sellers/anna.yaml", ANNA)),),
    ),
    Case(
        "a colleague claims a person whose goals have other ids",
        both(removed("sellers/anna.yaml"), at_end("formerly: anna\n")),
        (("GH606", ""),),
        main=(("2017-07-20", write("sellers/anna.yaml", ANNA.replace("id: new-business", "id: north"))),),
    ),
    Case(
        "a claim that was pushed does not hide the goal when it is back on easier terms",
        both(
            edit(MOSES, "    formerly: [new-business]\n", ""),
            lambda s: s.write(MOSES, s.git("show", "main~1:goals/" + MOSES).replace("target: 260_000", "target: 90_000") + "\n"),
        ),
        (("GH601", "target: 90_000"),),
        main=(("2017-07-20", at_end("")), ("2017-07-21", both(edit(MOSES, "  - id: new-business\n", "  - id: gone\n"), rename_claim))),
    ),
    Case("a rename that lowers the target", rename("business", "target: 260_000", "target: 90_000"), (("GH601", "target: 90_000"),)),
    Case("a rename that drops a reading", rename("business", "      - {on: 2017-03-31, value: 60_000}\n", ""), (("GH605", "- {on: 2017-06-30"),)),
    Case(
        "a rename that moves a missed landmark with it",
        both(
            rename("business", "due: 2017-06-30, value: 125", "due: 2017-08-31, value: 125"),
            adjustment("2017-07-31", "field: landmarks.q2.due, was: 2017-06-30, now: 2017-08-31"),
            agreement("2017-07-31"),
        ),
        (("GH603", "on: 2017-07-31"),),
        main=MISSED,
    ),
)  # fmt: skip

DEBTS = (
    Case(
        "a target put back to what it was before both agreed to the lower one",
        BACK,
        (("GH601", "target: 260_000"),),
        main=(("2017-07-21", SILENT), ("2017-07-22", agreement("2017-07-22"))),
    ),
    Case(
        "a target put back to what it was before a later adjustment",
        edit(MOSES, "target: 240_000", "target: 260_000"),
        (("GH601", "target: 260_000"), ("GH205", "field: target")),
        main=(
            ("2017-07-21", SILENT),
            ("2017-07-22", both(edit(MOSES, "target: 200_000", "target: 240_000"), adjustment("2017-07-22", "field: target, was: 200_000, now: 240_000"), agreement("2017-07-22"))),
        ),
    ),
    Case(
        "a target put back after the adjustment that explained it late",
        BACK,
        (("GH601", "target: 260_000"), ("GH205", "field: target")),
        main=(("2017-07-21", SILENT), ("2017-07-22", both(ADJUSTED, agreement("2017-07-22")))),
    ),
    Case(
        "a silent move further, beside an adjustment of the first",
        both(edit(MOSES, "target: 200_000", "target: 150_000"), adjustment("2017-07-31", "field: target, was: 260_000, now: 200_000"), agreement("2017-07-31")),
        (("GH608", "field: target"), ("GH205", "field: target")),
        main=(("2017-07-21", SILENT),),
    ),
    Case(
        "a silent move, and both agree to it in the same change",
        both(SILENT, agreement("2017-07-31")),
        (("GH601", "target: 200_000"),),
    ),
    Case(
        "a late adjustment whose steps lead nowhere between",
        both(adjustment("2017-07-22", "field: target, was: 260_000, now: 999_000"), adjustment("2017-07-23", "field: target, was: 1_000, now: 200_000"), agreement("2017-07-31")),
        (("GH608", "was: 1_000"),),
        main=(("2017-07-21", SILENT),),
    ),
    Case(
        "a late adjustment of a silently added landmark that names its title alone",
        both(
            edit(MOSES, "{id: q3, due: 2017-09-30, value: 180_000, title: Autumn}", "{id: q3, due: 2017-09-30, value: 1_000, title: Fall}"),
            adjustment("2017-07-31", "field: landmarks.q3.title, was: Autumn, now: Fall"),
        ),
        (("GH601", "value: 1_000"),),
        main=(("2017-07-21", edit(MOSES, Q2, Q2 + "      - {id: q3, due: 2017-09-30, value: 180_000, title: Autumn}\n")),),
    ),
    Case(
        "a landmark that was taken out comes back with less",
        edit(MOSES, "      - {id: year,", "      - {id: q2, due: 2017-06-30, value: 50_000}\n      - {id: year,"),
        (("GH601", "id: q2"),),
        main=(("2017-07-21", edit(MOSES, Q2, "")),),
    ),
    Case(
        "a goal that was taken out comes back with a later landmark",
        with_goal_again("due: 2017-08-31", "due: 2017-11-30"),
        (("GH601", "2017-11-30"),),
        main=(("2017-07-20", at_end("")), ("2017-07-21", without_goal)),
    ),
    Case(
        "a goal that was taken out comes back without its review",
        with_goal_again(f"    reviews:\n      - {REVIEW}\n", ""),
        (("GH604", "id: negotiation"),),
        main=(("2017-07-20", at_end("")), ("2017-07-21", without_goal)),
    ),
    Case(
        "a reading that was taken out comes back higher",
        edit(MOSES, "    checkins:\n", "    checkins:\n      - {on: 2017-03-31, value: 90_000}\n"),
        (("GH605", "90_000"),),
        main=(("2017-07-21", edit(MOSES, "      - {on: 2017-03-31, value: 60_000}\n", "")),),
    ),
    Case(
        "a review that was taken out comes back with another word",
        edit(MOSES, "    reviews:\n", f"    reviews:\n      - {SAID.replace('low', 'high')}\n"),
        (("GH604", "confidence: high"),),
        main=(*REVIEWED, ("2017-07-21", edit(MOSES, f"      - {SAID}\n", ""))),
    ),
)  # fmt: skip

CHECKIN = "{on: 2017-06-30, value: 131_000, note: Without Isdom., by: moses-frase, spent: {hours: 10, money: 500}}"
NOTED = (("2017-07-20", edit(MOSES, "{on: 2017-06-30, value: 131_000}", CHECKIN)),)
WHOLE = (
    Case("a note of a reading rewritten", edit(MOSES, "Without Isdom", "With Isdom"), (("GH605", "With Isdom"),), main=NOTED),
    Case("hours of a reading rewritten", edit(MOSES, "hours: 10", "hours: 40"), (("GH605", "hours: 40"),), main=NOTED),
    Case("money of a reading rewritten", edit(MOSES, "money: 500", "money: 50"), (("GH605", "money: 50"),), main=NOTED),
    Case("another name under a reading", edit(MOSES, "by: moses-frase, spent", "by: dustin-brinkmann, spent"), (("GH605", "dustin-brinkmann, spent"),), main=NOTED),
    Case("a note put under a reading that had none", edit(MOSES, "value: 60_000}", "value: 60_000, note: Booked late.}"), (("GH605", "Booked late"),)),
    Case(
        "money rewritten behind the correction of a number",
        both(
            edit(MOSES, "value: 131_000", "value: 132_000"),
            edit(MOSES, "money: 500", "money: 50"),
            adjustment("2017-07-31", "field: checkins.2017-06-30, was: 131_000, now: 132_000"),
        ),
        (("GH608", "checkins.2017-06-30"),),
        main=NOTED,
    ),
    Case("a leader's hours rewritten", edit(LEADER, "hours: 16", "hours: 48"), (("GH605", "hours: 48"),)),
    Case("a name taken from under an agreement", edit(MOSES, "agreed:\n      - {on: 2017-01-20, by: [moses-frase, dustin-brinkmann]}", "agreed:\n      - {on: 2017-01-20, by: [moses-frase]}"), (("GH604", "- {on: 2017-01-20, by: [moses-frase]}"),)),
    Case("the note of a closing rewritten", edit(MOSES, "The exam was put off", "The exam was passed"), (("GH604", "passed"),), main=(("2017-07-20", at_end(CLOSED)),)),
    Case(
        "the action of an accounting corrected from what it never was",
        both(edit(MOSES, "action: recover", "action: drop"), adjustment("2017-07-31", "field: accountings.q2, was: adjust, now: drop")),
        (("GH608", "field: accountings.q2"),),
        main=(*MISSED, ("2017-07-21", accounted("2017-07-21"))),
    ),
    Case(
        "a reason rewritten behind the correction of an action",
        both(
            edit(MOSES, "action: recover", "action: adjust"),
            edit(MOSES, "Two deals slipped to July", "The price was too high"),
            adjustment("2017-07-31", "field: accountings.q2, was: recover, now: adjust"),
        ),
        (("GH608", "field: accountings.q2"),),
        main=(*MISSED, ("2017-07-21", accounted("2017-07-21"))),
    ),
    Case(
        "a review corrected from what it never said",
        both(edit(MOSES, "confidence: low", "confidence: high"), adjustment("2017-07-31", "field: reviews.2017-07-18, was: medium, now: high")),
        (("GH608", "field: reviews.2017-07-18"),),
        main=REVIEWED,
    ),
    Case(
        "a review moved to another day and rewritten with it",
        both(edit(MOSES, SAID, SAID.replace("07-18", "07-19").replace("low", "high")), adjustment("2017-07-31", "field: reviews.2017-07-18, was: 2017-07-18, now: 2017-07-19")),
        (("GH608", "field: reviews.2017-07-18"),),
        main=REVIEWED,
    ),
    Case(
        "a review that a correction says was dropped, and is still there",
        adjustment("2017-07-31", "field: reviews.2017-07-10, was: 2017-07-10, now: dropped"),
        (("GH608", "field: reviews.2017-07-10"),),
    ),
    Case(
        "a closing corrected from what it never said",
        both(edit(MOSES, "result: partly", "result: achieved"), at_end("    adjustments:\n      - {on: 2017-07-31, by: dustin-brinkmann, why: Typed wrong., changes: [{field: closed, was: missed, now: achieved}]}\n")),
        (("GH608", "field: closed"),),
        main=(("2017-07-20", at_end(CLOSED)),),
    ),
    Case(
        "a reading corrected that never said that",
        adjustment("2017-07-31", "field: checkins.2017-03-31, was: 20_000, now: 60_000"),
        (("GH608", "field: checkins.2017-03-31"),),
    ),
    Case(
        "a delivery corrected from a day it never was",
        both(
            edit(MOSES, "done: 2017-05-24", "done: 2017-05-20"),
            at_end("    adjustments:\n      - {on: 2017-07-31, by: dustin-brinkmann, why: Typed wrong., changes: [{field: landmarks.course.done, was: 2017-05-30, now: 2017-05-20}]}\n"),
        ),
        (("GH608", "field: landmarks.course.done"),),
    ),
    Case(
        "a landmark dropped that asked for something else",
        both(adjustment("2017-07-31", "field: landmarks.q2, was: 50_000 by 2017-06-30, now: dropped"), agreement("2017-07-31")),
        (("GH608", "field: landmarks.q2"),),
    ),
    Case(
        "a landmark taken out that, by its adjustment, was never there",
        both(edit(MOSES, Q2, ""), adjustment("2017-07-31", "field: landmarks.q2, was: none, now: dropped"), agreement("2017-07-31")),
        (("GH608", "field: landmarks.q2"),),
    ),
    Case(
        "a title adjusted from what it never was",
        both(edit(MOSES, "title: Close 260,000 of new business", "title: Close new business"), adjustment("2017-07-31", "field: title, was: Close 100, now: Close new business")),
        (("GH608", "field: title"),),
    ),
)  # fmt: skip

DAYS = (
    Case("an agreement dated back to January", agreement("2017-01-25"), (("GH612", "on: 2017-01-25"),)),
    Case("a review dated back a month", edit(MOSES, "    reviews:\n", "    reviews:\n      - {on: 2017-06-20, by: [moses-frase, dustin-brinkmann]}\n"), (("GH612", "on: 2017-06-20"),)),
    Case("an accounting dated back", accounted("2017-07-05"), (("GH612", "on: 2017-07-05"),), main=MISSED),
    Case("a closing dated back", at_end("    closed: {on: 2017-06-01, result: partly}\n"), (("GH612", "closed"),)),
    Case(
        "an adjustment dated back to before the miss",
        both(
            edit(MOSES, "due: 2017-06-30, value: 125", "due: 2017-08-31, value: 125"),
            adjustment("2017-06-01", "field: landmarks.q2.due, was: 2017-06-30, now: 2017-08-31"),
            agreement("2017-07-31"),
        ),
        (("GH603", "on: 2017-06-01"), ("GH612", "on: 2017-06-01")),
        main=MISSED,
    ),
    Case(
        "a delivery dated back by which a missed landmark is met",
        edit(MOSES, "deliver: Half of it}", "deliver: Half of it, done: 2017-06-10}"),
        (("GH612", "done: 2017-06-10"),),
        main=HALF,
    ),
    Case(
        "a base whose last commit is dated back",
        agreement("2017-01-25"),
        (("GH612", "on: 2017-01-25"),),
        main=(("2017-07-20", at_end("")), ("2017-01-02", edit(MOSES, "A fifth over", "A fifth above"))),
    ),
    Case(
        "a base that is dated back, and a landmark missed since",
        both(
            edit(MOSES, "due: 2017-06-30, value: 125", "due: 2017-08-31, value: 125"),
            adjustment("2017-06-01", "field: landmarks.q2.due, was: 2017-06-30, now: 2017-08-31"),
            agreement("2017-07-31"),
        ),
        (("GH603", "on: 2017-06-01"), ("GH612", "on: 2017-06-01")),
        main=(*MISSED, ("2017-01-02", edit(MOSES, "A fifth over", "A fifth above"))),
    ),
)  # fmt: skip

MOVED_ON = both(
    edit(MOSES, "due: 2017-06-30, value: 125", "due: 2017-07-10, value: 125"),
    adjustment("2017-07-06", "field: landmarks.q2.due, was: 2017-06-30, now: 2017-07-10"),
    agreement("2017-07-06"),
    edit(MOSES, "    checkins:\n", "    checkins:\n      - {on: 2017-07-10, value: 101_000}\n"),
)
MISSED_CASES = (
    Case(
        "a landmark missed, moved, missed again and moved again",
        both(
            edit(MOSES, "due: 2017-07-10, value: 125", "due: 2017-08-31, value: 125"),
            adjustment("2017-07-31", "field: landmarks.q2.due, was: 2017-07-10, now: 2017-08-31"),
            agreement("2017-07-31"),
        ),
        (("GH603", "on: 2017-07-31"),),
        main=(*MISSED, ("2017-07-20", both(accounted("2017-07-05"), MOVED_ON))),
    ),
    Case(
        "a landmark moved in the change that brings its bad reading",
        both(
            edit(MOSES, "    checkins:\n", "    checkins:\n      - {on: 2017-07-15, value: 132_000}\n"),
            edit(MOSES, "due: 2017-07-15", "due: 2017-08-31"),
            adjustment("2017-07-31", "field: landmarks.july.due, was: 2017-07-15, now: 2017-08-31"),
            agreement("2017-07-31"),
        ),
        (("GH603", "on: 2017-07-31"),),
        main=JULY,
    ),
    Case(
        "a bad reading in a CSV file, and its landmark lowered",
        both(
            write("readings/crm.csv", "goal,on,value\nmoses-frase/new-business,2017-07-15,132000\n"),
            edit(MOSES, "value: 145_000", "value: 132_000"),
            adjustment("2017-07-31", "field: landmarks.july.value, was: 145_000, now: 132_000"),
            agreement("2017-07-31"),
        ),
        (("GH603", "on: 2017-07-31"),),
        main=JULY,
    ),
    Case(
        "a missed landmark dropped",
        both(adjustment("2017-07-31", "field: landmarks.q2, was: agreed, now: dropped"), agreement("2017-07-31")),
        (("GH603", "on: 2017-07-31"),),
        main=MISSED,
    ),
    Case(
        "a missed landmark that was moved silently, and explained late",
        both(adjustment("2017-07-31", "field: landmarks.q2.due, was: 2017-06-30, now: 2017-08-31"), agreement("2017-07-31")),
        (("GH603", "on: 2017-07-31"),),
        main=(*MISSED, ("2017-07-21", edit(MOSES, "due: 2017-06-30, value: 125", "due: 2017-08-31, value: 125"))),
    ),
    Case(
        "a missed deliverable that asks for less",
        both(
            edit(MOSES, "deliver: Half of it", "deliver: A start"),
            at_end("    adjustments:\n      - {on: 2017-07-31, by: [moses-frase, dustin-brinkmann], why: The second half moved., changes: [{field: landmarks.half.deliver, was: Half of it, now: A start}]}\n"),
        ),
        (("GH603", "on: 2017-07-31"), ("GH607", "on: 2017-07-31")),
        main=HALF,
    ),
)  # fmt: skip

ATTACKS = RENAMES + DEBTS + WHOLE + DAYS + MISSED_CASES


def in_another_unicode_form(story: Story) -> None:
    """The file as another system writes it: letters and accents apart."""
    story.write(MOSES, unicodedata.normalize("NFD", story.read(MOSES)))


LONG = "Two deals slipped to July, and the buyer\\'s budget is frozen until then."
WRAPPED = "note: >-\n          Two deals slipped to July,\n          and the buyer's budget is frozen until then."
HONEST = (
    Case("a goal renamed", rename("business", "A fifth", "A fifth")),
    Case(
        "a goal renamed twice, one after the other",
        edit(MOSES, "id: business\n    formerly: [new-business]", "id: sales\n    formerly: [new-business, business]"),
        main=(("2017-07-20", rename("business", "A fifth", "A fifth")),),
    ),
    Case("a person renamed", both(
        lambda s: s.write("sellers/moses-f.yaml", s.read(MOSES).replace("moses-frase", "moses-f") + "formerly: [moses-frase]\n"), removed(MOSES),
    )),
    Case("a silent move put back", BACK, main=(("2017-07-21", SILENT),)),
    Case("a silent move explained late", both(ADJUSTED, agreement("2017-07-31")), main=(("2017-07-21", SILENT),)),
    Case(
        "a pushed move put right and moved on in one change",
        both(edit(MOSES, "target: 200_000", "target: 240_000"), adjustment("2017-07-31", "field: target, was: 260_000, now: 240_000"), agreement("2017-07-31")),
        main=(("2017-07-21", SILENT),),
    ),
    Case(
        "a pushed move put right and moved on in two steps",
        both(
            edit(MOSES, "target: 200_000", "target: 240_000"),
            adjustment("2017-07-22", "field: target, was: 260_000, now: 200_000"),
            adjustment("2017-07-31", "field: target, was: 200_000, now: 240_000"),
            agreement("2017-07-31"),
        ),
        main=(("2017-07-21", SILENT),),
    ),
    Case("a silent move that both agree to later", agreement("2017-07-31"), main=(("2017-07-21", SILENT),)),
    Case(
        "a landmark that was taken out silently, dropped late",
        both(adjustment("2017-07-31", "field: landmarks.q2, was: agreed, now: dropped"), agreement("2017-07-31")),
        main=(("2017-07-21", edit(MOSES, Q2, "")),),
    ),
    Case("a goal that was taken out, put back", with_goal_again(), main=(("2017-07-20", at_end("")), ("2017-07-21", without_goal))),
    Case(
        "a review rewritten silently, corrected late",
        adjustment("2017-07-31", "field: reviews.2017-07-18, was: low, now: high"),
        main=(*REVIEWED, ("2017-07-21", edit(MOSES, "confidence: low", "confidence: high"))),
    ),
    Case(
        "260000 for 260_000 in an old adjustment",
        edit(MOSES, "was: 175_000, now: dropped", "was: 175000, now: dropped"),
        main=(("2017-07-20", edit(MOSES, Q2, Q2 + "      - {id: q3, due: 2017-09-30, value: 175_000}\n")), ("2017-07-21", both(adjustment("2017-07-21", "field: landmarks.q3, was: 175_000, now: dropped"), agreement("2017-07-21")))),
    ),
    Case("names under an agreement in another order", edit(MOSES, "2017-01-20, by: [moses-frase, dustin-brinkmann]", "2017-01-20, by: [dustin-brinkmann, moses-frase]")),
    Case("names under a review in another order", edit(MOSES, REVIEW, "{on: 2017-07-10, by: [dustin-brinkmann, moses-frase]}")),
    Case(
        "two adjustments on one day, the later one first",
        both(
            edit(MOSES, "target: 260_000", "target: 220_000"),
            adjustment("2017-07-31", "field: target, was: 260_000, now: 240_000"),
            adjustment("2017-07-31", "field: target, was: 240_000, now: 220_000"),
            agreement("2017-07-31"),
        ),
    ),
    Case(
        "two adjustments on one day, the later one last",
        both(
            edit(MOSES, "target: 260_000", "target: 220_000"),
            adjustment("2017-07-31", "field: target, was: 240_000, now: 220_000"),
            adjustment("2017-07-31", "field: target, was: 260_000, now: 240_000"),
            agreement("2017-07-31"),
        ),
    ),
    Case(
        "to and fro and on, all on one day and in no order",
        both(
            edit(MOSES, "target: 260_000", "target: 220_000"),
            adjustment("2017-07-31", "field: target, was: 240_000, now: 260_000"),
            adjustment("2017-07-31", "field: target, was: 260_000, now: 240_000"),
            adjustment("2017-07-31", "field: target, was: 260_000, now: 220_000"),
            agreement("2017-07-31"),
        ),
    ),
    Case(
        "a second adjustment on the day of one that is there",
        both(edit(MOSES, "target: 240_000", "target: 220_000"), adjustment("2017-07-21", "field: target, was: 240_000, now: 220_000"), agreement("2017-07-31")),
        main=(("2017-07-21", both(edit(MOSES, "target: 260_000", "target: 240_000"), adjustment("2017-07-21", "field: target, was: 260_000, now: 240_000"), agreement("2017-07-21"))),),
    ),
    Case(
        "a text in another Unicode normal form",
        in_another_unicode_form,
        main=(("2017-07-20", both(edit(MOSES, "    reviews:\n", f"    reviews:\n      - {SAID.replace('Two deals', 'Zwei Geschäfte')}\n"), edit(MOSES, "deliver: Exam passed", "deliver: Prüfung"))),),
    ),
    Case(
        "a note wrapped anew",
        edit(MOSES, f"note: '{LONG}'".replace("\\'", "''"), WRAPPED),
        main=(("2017-07-20", edit(MOSES, f"      - {REVIEW}\n", f"      - on: 2017-07-10\n        {BY}\n        note: '{LONG}'\n".replace("\\'", "''"))),),
    ),
    Case(
        "a note with its own line breaks instead of folded",
        edit(MOSES, "note: Two deals slipped to July, and so did I.", "note: |\n          Two deals slipped to July,\n          and so did I."),
        main=(("2017-07-20", edit(MOSES, f"      - {REVIEW}\n", f"      - on: 2017-07-10\n        {BY}\n        note: Two deals slipped to July, and so did I.\n")),),
    ),
    Case(
        "the reason of an accounting wrapped anew",
        edit(MOSES, "Two deals slipped to July.", "Two deals\n          slipped to July."),
        main=(*MISSED, ("2017-07-20", at_goal(f"    accountings:\n      - landmark: q2\n        on: 2017-07-20\n        {BY}\n        why: Two deals slipped to July.\n        action: recover\n"))),
    ),
    Case(
        "a reading corrected, with a note that says so",
        both(edit(MOSES, "value: 60_000}", "value: 62_000, note: Without the returns.}"), adjustment("2017-07-31", "field: checkins.2017-03-31, was: 60_000, now: 62_000")),
    ),
    Case(
        "the money of a reading corrected",
        both(edit(MOSES, "money: 500", "money: 550"), adjustment("2017-07-31", "field: checkins.2017-06-30, was: 131_000, now: 131_000")),
        main=NOTED,
    ),
    Case(
        "a review corrected word by word",
        both(edit(MOSES, "confidence: low", "confidence: high"), adjustment("2017-07-31", "field: reviews.2017-07-18, was: low, now: high")),
        main=REVIEWED,
    ),
    Case(
        "a review put on the day it was",
        both(edit(MOSES, SAID, SAID.replace("07-18", "07-12")), adjustment("2017-07-31", "field: reviews.2017-07-18, was: 2017-07-18, now: 2017-07-12")),
        main=REVIEWED,
    ),
    Case("a landmark dropped by what it asked for", both(adjustment("2017-07-31", "field: landmarks.q2, was: 125_000 by 2017-06-30, now: dropped"), agreement("2017-07-31"))),
    Case(
        "readings of last month, imported",
        write("readings/crm.csv", "goal,on,value\n" + "".join(f"moses-frase/new-business,2017-06-{day:02},{120_000 + day}\n" for day in range(1, 29))),
    ),
    Case("a delivery of last month, noted now", edit(MOSES, "deliver: Half of it}", "deliver: Half of it, done: 2017-06-20}"), main=HALF),
    Case("an adjustment written down three days later", agreement("2017-07-17")),
    Case(
        "a landmark missed, accounted for and moved, in one change",
        both(
            edit(MOSES, "due: 2017-06-30, value: 125", "due: 2017-08-31, value: 125"),
            accounted("2017-07-31", "adjust"),
            adjustment("2017-07-31", "field: landmarks.q2.due, was: 2017-06-30, now: 2017-08-31"),
            agreement("2017-07-31"),
        ),
        main=MISSED,
    ),
    Case(
        "a landmark missed twice and accounted for twice",
        both(
            edit(MOSES, "due: 2017-07-10, value: 125", "due: 2017-08-31, value: 125"),
            accounted("2017-07-30", "adjust"),
            adjustment("2017-07-31", "field: landmarks.q2.due, was: 2017-07-10, now: 2017-08-31"),
            agreement("2017-07-31"),
        ),
        main=(*MISSED, ("2017-07-20", both(accounted("2017-07-05"), MOVED_ON))),
    ),
    Case("the team's reason in other words", edit(TEAM, "What the region needs", "What the region asks")),
    Case("another name for the handbook", edit(BOOK, "name: MavenTech", "name: Maven Tech")),
)  # fmt: skip


@cases(ATTACKS)
def test_an_attack_is_refused_where_it_is(case: Case, template: Path, tmp_path: Path) -> None:
    found = refused(prepare(case, template, tmp_path / "repository"), today=case.today)
    assert matches(found, case.expected), found


@cases(HONEST)
def test_an_honest_change_is_not_refused(case: Case, template: Path, tmp_path: Path) -> None:
    assert refused(prepare(case, template, tmp_path / "repository"), today=case.today) == []
