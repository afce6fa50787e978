"""Makes a handbook of N sellers in the goal format: `python -m benchmarks.handbook 1000 FOLDER`.

Teams of eight, regions of eight teams, three goals a seller, a support and an improvement goal a leader; decisions and
prose as in a real house. The same N always gives the same bytes.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

TEAM_SIZE = 8
TEAMS_IN_REGION = 8
FIRST = ("Ana", "Ben", "Chloe", "Darius", "Elena", "Farid", "Greta", "Hugo", "Ines", "Jonas", "Keiko", "Liam")
LAST = ("Abel", "Brandt", "Costa", "Dietrich", "Eriksen", "Fontaine", "Greco", "Haddad", "Ivanova", "Jansen", "Kim")

HANDBOOK = """format: 1
name: House of {count} sellers
period: {{name: 2017, start: 2017-01-01, end: 2017-12-31}}
currency: USD
locale: en_US
as_of: 2017-10-15
review_every: quarter
"""

TEAM = """name: {name}
{leader}{part_of}context:
  market: >-
    Mid-size retailers and medical groups within a day's drive; the **GTX** line is new here, and two of
    the large accounts renew in the third quarter.
  capacity:
    - {{what: Installations the service desk can carry, limit: {capacity}, unit: money, goal: revenue}}
goals:
  - id: revenue
    title: Win {target:,} together
    kind: production
    why: A tenth over last year, which is what the service desk can carry and the market gives.
    {supports}measure: {{unit: money, target: {target}, rollup: sum}}
    landmarks:
      - {{id: q2, due: 2017-06-30, value: {q2}}}
      - {{id: q3, due: 2017-09-30, value: {q3}}}
      - {{id: year, due: 2017-12-31, value: {target}}}
"""

SELLER = """name: {name}
team: {team}
title: Account executive
goals:
  - id: new-business
    title: Close {target:,} of new business
    kind: production
    why: A fifth over last year's pace; the line is new and {first} knows its buyers best.
    supports: revenue
    fits: One eighth of the team's number, and the larger part of its GTX share.
    actions:
      - Ten first meetings a week with mid-size retailers
      - Every lost deal looked at together within five days
    measure: {{unit: money, target: {target}}}
    landmarks:
      - {{id: q2, due: 2017-06-30, value: {q2}}}
      - {{id: q3, due: 2017-09-30, value: {q3}}}
      - {{id: year, due: 2017-12-31, value: {target}}}
    agreed:
      - {{on: 2017-02-20, by: [{id}, {leader}]}}
    reviews:
      - {{on: 2017-07-05, by: [{leader}, {id}], confidence: medium, note: "Two deals slipped; both have a date now."}}
      - {{on: 2017-10-04, by: [{leader}, {id}], confidence: high, note: "The pipeline carries the quarter."}}
    accountings:
      - landmark: q2
        on: 2017-07-05
        by: [{id}, {leader}]
        why: Two deals slipped to July when the buyer's budget froze.
        action: recover
        plan:
          - {{do: Close both, who: {id}, due: 2017-08-15, done: 2017-08-11}}
  - id: negotiation
    title: Complete the negotiation certificate
    kind: education
    why: Half of the lost deals were lost on price, late.
    supports: revenue
    landmarks:
      - {{id: course, due: 2017-05-31, deliver: Course finished, done: 2017-05-24}}
      - {{id: exam, due: 2017-11-30, deliver: Exam passed}}
    agreed:
      - {{on: 2017-02-20, by: [{id}, {leader}]}}
    reviews:
      - {{on: 2017-10-04, by: [{leader}]}}
  - id: discovery
    title: Ask before showing
    kind: skill
    why: Demonstrations come too early; the buyers say so.
    measure: {{unit: calls reviewed, target: 24}}
    landmarks:
      - {{id: half, due: 2017-06-30, value: 12}}
      - {{id: all, due: 2017-11-30, value: 24}}
    checkins:
      - {{on: 2017-06-28, value: {half}}}
      - {{on: 2017-09-30, value: {calls}}}
    agreed:
      - {{on: 2017-02-20, by: [{id}, {leader}]}}
    reviews:
      - {{on: 2017-10-04, by: [{leader}]}}
"""

LEADER = """name: {name}
title: Sales leader
goals:
  - id: one-to-ones
    title: Half an hour a month with each seller
    kind: support
    measure: {{cadence: {{times: 1, per: month, with: each-seller, minutes: [30, 45]}}}}
    landmarks:
      - {{id: habit, due: 2017-03-31, deliver: A first round held, done: 2017-03-20}}
    sessions:
{sessions}
  - id: coaching
    title: Learn to coach
    kind: improvement
    invest: {{hours: 40, money: 1_500}}
    landmarks:
      - {{id: course, due: 2017-11-30, deliver: Course finished}}
    checkins:
      - {{on: 2017-09-30, spent: {{hours: 22, money: 800}}}}
"""


def write_handbook(sellers: int, folder: Path) -> None:
    """Write `folder`/goals with a handbook of that many sellers."""
    dice = random.Random(sellers)
    goals = folder / "goals"
    for name in ("teams", "sellers", "leaders", "readings"):
        (goals / name).mkdir(parents=True, exist_ok=True)
    (goals / "handbook.yaml").write_text(HANDBOOK.format(count=sellers))
    readings = ["goal,on,value"]
    teams = range((sellers + TEAM_SIZE - 1) // TEAM_SIZE)
    for region in range((len(teams) + TEAMS_IN_REGION - 1) // TEAMS_IN_REGION):
        size = min(TEAMS_IN_REGION, len(teams) - region * TEAMS_IN_REGION)
        _write_team(goals, f"region-{region}", f"Region {region}", "", "", size * TEAM_SIZE * 200_000)
    for team in teams:
        members = list(range(team * TEAM_SIZE, min(sellers, (team + 1) * TEAM_SIZE)))
        leader = f"leader-{team}"
        part_of = f"region-{team // TEAMS_IN_REGION}"
        _write_team(goals, f"team-{team}", f"Team {team}", leader, part_of, len(members) * 200_000)
        sessions = "\n".join(
            f"      - {{on: 2017-{month:02}-{10 + n % 15:02}, with: seller-{n}, minutes: 35}}"
            for month in range(1, 11)
            for n in members
            if dice.random() < 0.9 and (month, 10 + n % 15) <= (10, 15)
        )
        text = LEADER.format(name=f"{FIRST[team % len(FIRST)]} {LAST[team % len(LAST)]} {team}", sessions=sessions)
        (goals / "leaders" / f"{leader}.yaml").write_text(text)
        for n in members:
            _write_seller(goals, n, f"team-{team}", leader, dice, readings)
    (goals / "readings" / "crm.csv").write_text("\n".join(readings) + "\n")


def _write_team(goals: Path, owner: str, name: str, leader: str, part_of: str, target: int) -> None:
    text = TEAM.format(
        name=name, target=target, q2=target * 4 // 10, q3=target * 7 // 10, capacity=target * 12 // 10,
        leader=f"leader: {leader}\n" if leader else "", part_of=f"part_of: {part_of}\n" if part_of else "",
        supports=f"supports: {part_of}/revenue\n    " if part_of else "",
    )  # fmt: skip
    (goals / "teams" / f"{owner}.yaml").write_text(text)


def _write_seller(goals: Path, n: int, team: str, leader: str, dice: random.Random, readings: list[str]) -> None:
    owner, first = f"seller-{n}", FIRST[n % len(FIRST)]
    target = 200_000 + 10_000 * dice.randrange(5)
    text = SELLER.format(
        name=f"{first} {LAST[n // len(FIRST) % len(LAST)]} {n}",
        first=first,
        id=owner,
        team=team,
        leader=leader,
        target=target,
        q2=target * 4 // 10,
        q3=target * 7 // 10,
        half=dice.randrange(8, 15),
        calls=dice.randrange(14, 23),
    )
    (goals / "sellers" / f"{owner}.yaml").write_text(text)
    total = 0
    for month, last in ((3, 31), (4, 30), (5, 31), (6, 30), (7, 31), (8, 31), (9, 30)):
        total += dice.randrange(5_000, 35_000)
        readings.append(f"{owner}/new-business,2017-{month:02}-{last},{total}")


if __name__ == "__main__":
    write_handbook(int(sys.argv[1]), Path(sys.argv[2]))
