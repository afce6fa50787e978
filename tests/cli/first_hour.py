"""What a leader of two teams and six sellers knows and answers in their first hour: people, a plan, an export of deals."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl

TEAMS = {"North": ["Ana Abel", "Ben Berg", "Łukasz Ørsted"], "South": ["Cleo Conte", "Dan Dorn", "Eva Ek"]}
PLANNED, AGREED = 40, datetime.date(2027, 1, 4)

Answers = tuple[tuple[str, str], ...]
WRITE = ("Write this", "")

INIT: Answers = (
    ("Whose handbook is it", "Harbour Sales"),
    ("What are the goals for", ""),
    ("Language and country", ""),
    ("Currency", "EUR"),
    ("Your name", ""),
    ("Which teams are there", ", ".join(TEAMS)),
    *((f"Who sells in {team}", ", ".join(sellers)) for team, sellers in TEAMS.items()),
    ("Who may see the site", ""),
    WRITE,
)

#: Ana's landmark of March is missed by 5,000.
WON = {
    "Ana Abel": 75_000,
    "Ben Berg": 81_000,
    "Łukasz Ørsted": 90_000,
    "Cleo Conte": 100_000,
    "Dan Dorn": 80_000,
    "Eva Ek": 85_000,
}
EXPORT = "Record ID,Deal Name,Deal Stage,Close Date,Deal owner,Amount\n" + "".join(
    f"{number},Deal {number},Closed Won,2027-03-1{number} 14:03,{who},{amount}\n"
    for number, (who, amount) in enumerate(WON.items(), 1)
)
IMPORT: Answers = (
    ("whose deal it is", ""),
    ("when it was closed", ""),
    ("how much it is worth", ""),
    ("What counts as won", ""),
    ("Which goal do the deals count towards", ""),
    WRITE,
)

CHECK_IN: Answers = (
    ("On which day", "31 March"),
    ("Total to date (money)", ""),  # the import has it
    ("Total to date (customers)", "3"),
    ("Level (percent)", "92"),
    ("Total to date (meetings)", "16"),
    WRITE,
)

DONE: Answers = (("Which landmark", "ben demo-s"), ("On which day", "30 March"), WRITE)
SESSION: Answers = (
    ("Which goal", "half"),
    ("On which day", "yesterday"),
    ("With whom", "ana"),
    ("How many minutes", "30"),
    ("A note", ""),
    WRITE,
)

#: What Ana owes: why the landmark was missed, and a review of her six goals, one of which can wait.
OWED: Answers = (
    ("Record it now", ""),
    ("On which day", ""),
    ("Who was there", ""),
    ("Why was it missed", "Two deals slipped into April."),
    ("What now", "recover"),
    ("Step 1 of the plan", "Close Isdom"),
    ("Who does it", "ana"),
    ("By when", "April 20"),
    ("Step 2 of the plan", ""),
    WRITE,
    ("Record it now", ""),
    ("On which day", ""),
    ("Reviewed by whom", ""),
    *(("Confidence", "medium"), ("A note", "Two deals in April"), ("What to look at next time", "Isdom")),
    *(("Confidence", "high"), ("A note", ""), ("What to look at next time", "")) * 4,
    ("Confidence", "skip"),
    WRITE,
)

ADJUST: Answers = (
    ("Which goal", "dan close"),
    ("What changes", "target"),
    ("New target", "360k"),
    ("On which day", ""),
    ("Move 3 landmarks still ahead with it", ""),
    ("Who decided it", ""),
    ("Why: what has changed", "His largest account was closed."),
    WRITE,
)
AGREE: Answers = (("On which day", ""), ("A note", ""), ("Agree to", ""), WRITE)


def fill_in(plan: Path) -> None:
    """Fill in the sheet that `goals sheet --out` has written, as a person would."""
    book = openpyxl.load_workbook(plan)
    sheet = book["Goals"]
    columns = {cell.value: column for column, cell in enumerate(sheet[1], 1)}
    quarters = [column for heading, column in columns.items() if isinstance(heading, datetime.datetime)]
    for line, (cells, landmarks) in enumerate(_goals(), 2):
        for heading, value in {**cells, "Agreed on": AGREED}.items():
            sheet.cell(line, columns[heading], value)
        for column, landmark in zip(quarters, landmarks, strict=True):
            sheet.cell(line, column, landmark)
    book.save(plan)


Goal = tuple[dict[str, Any], tuple[Any, ...]]


def _goals() -> Iterator[Goal]:
    """The cells of each goal's row, and its landmark of each quarter."""
    for team in TEAMS:
        why = "The harbour can grow by a tenth."
        yield _number(team, _team_goal(team), "money", why, 250_000, 550_000, 850_000, 1_200_000, Sum="yes")
    for team, sellers in TEAMS.items():
        for who in sellers:
            yield from _of_seller(who, _team_goal(team))
    cadence = {"How often": "weekly with each seller", "Why": "Goals are kept in small talks."}
    yield {"Who": "Petra König", "Title": "Half an hour with each seller", "Kind": "support", **cadence}, (None,) * 4
    coach = {"Title": "Learn to coach", "Kind": "improvement", "Why": "I tell too much and ask too little."}
    yield {"Who": "Petra König", **coach}, (None, "Coaching course passed", None, "Six talks gone through")


def _team_goal(team: str) -> str:
    return f"{team} wins 1.2 million"


def _of_seller(who: str, supports: str) -> Iterator[Goal]:
    title, why = "Close 400,000 of new business", "A tenth over last year."
    yield _number(who, title, "money", why, 80_000, 180_000, 280_000, 400_000, Supports=supports)
    yield _number(who, "Win 12 new customers", "customers", "New names carry next year.", 3, 6, 9, 12)
    why = "What we lose, we have to win twice."
    yield _number(who, "Keep nine renewals in ten", "percent", why, 90, 90, 90, 90, Hold="at least")
    yield _number(who, "Hold sixty first meetings", "meetings", "Meetings come before deals.", 15, 30, 45, 60)
    course = {"Title": "Finish the negotiation course", "Kind": "education", "Why": "Discounts cost us 4 % last year."}
    yield {"Who": who, **course}, (None, "Course passed", None, "Shown to the team")
    demo = {"Title": "Lead a demo alone", "Kind": "skill", "Why": "A demo should not wait for an engineer."}
    yield {"Who": who, **demo}, ("Demo shadowed" if who == "Ben Berg" else None, "Demo with help", "Demo alone", None)


def _number(who: str, title: str, unit: str, why: str, *quarters: int, **more: str) -> Goal:
    cells = {"Who": who, "Title": title, "Measured in": unit, "Target": quarters[-1], "Why": why, **more}
    return cells, quarters
