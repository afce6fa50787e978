"""With `audience: team`, no byte of the site holds anything marked for leaders."""

from __future__ import annotations

import gzip
from pathlib import Path

from .conftest import MKDOCS, Build

FILES = {
    "teams/north.yaml": """
        name: North
        leader: lea
        context:
          capacity: [{what: CANARY-capacity, limit: 5, goal: secret}]
          abilities: {ana: {estimate: 55555, note: CANARY-ability}, ben: {estimate: 6.789}}
        goals:
          - {id: revenue, title: Revenue, measure: {unit: deals, target: 10}, landmarks: [{id: q1, due: 2017-03-31, value: 2}]}
          - {id: secret, title: CANARY-team-goal, visibility: leaders, kind: support, formerly: canary-old, landmarks: [{id: canary-landmark, due: 2017-03-31, deliver: CANARY-deliver}]}
        """,
    "sellers/ana.yaml": """
        name: Ana
        team: north
        motivation: CANARY-motivation
        emails: CANARY-email@example.com
        aliases: CANARY-alias
        goals:
          - id: deals
            title: Deals
            supports: [revenue, secret]
            measure: {unit: deals, target: 5}
            landmarks: [{id: q1, due: 2017-03-31, value: 2}]
            adjustments: [{on: 2017-02-01, by: lea, why: Too much on the plate, changes: [{field: supports, was: revenue, now: "revenue, secret"}]}]
            closed: {on: 2017-04-01, result: partly, carried_to: ana/canary-growth}
          - id: canary-growth
            title: CANARY-title
            kind: skill
            visibility: leaders
            why: CANARY-why
            fits: CANARY-fits
            actions: [CANARY-action]
            landmarks: [{id: one, due: 2017-03-31, deliver: CANARY-deliverable, title: CANARY-landmark-title}]
            agreed: [{on: 2017-01-01, by: [ana, lea], note: CANARY-agreed}]
            reviews: [{on: 2017-02-01, by: lea, note: CANARY-review, next: CANARY-next}]
            accountings: [{landmark: one, on: 2017-04-05, why: CANARY-accounting, action: recover, plan: [{do: CANARY-step}]}]
            adjustments: [{on: 2017-02-01, why: CANARY-adjustment, changes: [{field: title, was: CANARY-was, now: CANARY-title}]}]
        """,
    # His target is above the estimate, which is a warning (GH509).
    "sellers/ben.yaml": """
        name: Ben
        team: north
        goals:
          - {id: deals, title: Deals, supports: revenue, measure: {unit: deals, target: 7}, landmarks: [{id: q1, due: 2017-03-31, value: 2}]}
        """,
    "leaders/lea.yaml": """
        name: Lea
        goals:
          - {id: own, title: CANARY-leader-goal, kind: improvement, visibility: leaders, landmarks: [{id: a, due: 2017-05-31, deliver: CANARY-x}]}
        """,
}  # fmt: skip


#: What only leaders may read: marked texts, and estimates as pages show them.
SECRETS = (b"canary", b"55,555", b"6.789")


def bytes_with_canaries(site: Path) -> list[str]:
    found = []
    for path in sorted(p for p in site.rglob("*") if p.is_file()):
        data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        if any(secret in data.lower() or secret in str(path.relative_to(site)).lower().encode() for secret in SECRETS):
            found.append(path.relative_to(site).as_posix())
    return found


def test_the_teams_site_holds_nothing_marked_for_leaders(build: Build) -> None:
    done = build(FILES)
    assert done.code == 0, done.output
    assert bytes_with_canaries(done.site) == []
    assert "Deals" in done.page("sellers/ana")
    assert "6.789" not in done.output


def test_the_leaders_site_holds_it_all(build: Build) -> None:
    done = build(FILES, mkdocs=MKDOCS.replace("- goal-handbook", "- goal-handbook: {audience: leaders}"))
    assert done.code == 0, done.output
    page = done.page("sellers/ana")
    marks = (
        "motivation",
        "title",
        "why",
        "fits",
        "action",
        "deliverable",
        "landmark-title",
        "agreed",
        "review",
        "next",
    )
    for canary in (*marks, "accounting", "step", "adjustment", "was"):
        assert f"CANARY-{canary}" in page
    team = done.page("teams/north")
    assert "CANARY-ability" in team
    assert "CANARY-team-goal" in team
    assert "search/search_index.json" in bytes_with_canaries(done.site)
