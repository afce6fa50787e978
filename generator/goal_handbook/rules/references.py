"""GH2: every name in a handbook belongs to someone, of the right kind, and nothing leads back to itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..findings import MAX_FINDINGS, Finding, did_you_mean, first_of
from ..model.goal import Goal
from ..model.handbook import Handbook
from ..model.people import AnyOwner, Seller, Team
from ..source.load import Loaded
from ..source.nodes import Path
from ..source.readings import Row
from ..status.readings import feeds, is_rollup


def check_references(loaded: Loaded) -> Iterator[Finding]:
    """Findings GH117 (an id twice in a list), GH201 to GH204, and GH302."""
    handbook = loaded.handbook
    if handbook is None:
        return
    checker = _References(loaded, handbook)
    for owner in handbook.owners.values():
        yield from checker.of_owner(owner)
    yield from checker.of_rows()
    yield from checker.old_ids()
    yield from checker.hidden_in_sums()
    yield from checker.circles("part_of", _part_of(handbook), lambda owner: (owner, ("part_of",)))
    yield from checker.circles("supports", handbook.supports, checker.supports_location)


def _part_of(handbook: Handbook) -> dict[str, tuple[str, ...]]:
    return {t.id: (t.part_of,) for t in handbook.teams.values() if t.part_of in handbook.teams and t.part_of}


class _References:
    """Looks names up for one handbook. A file with errors keeps its id, so that one mistake is not told as two."""

    def __init__(self, loaded: Loaded, handbook: Handbook) -> None:
        self.loaded, self.handbook, self.find = loaded, handbook, loaded.finding
        folders = {"teams": "team", "sellers": "seller", "leaders": "leader"}
        self.kinds = {owner: folders[document.path.split("/")[-2]] for owner, document in loaded.documents.items()}

    def of_owner(self, owner: AnyOwner) -> Iterator[Finding]:
        if isinstance(owner, Seller):
            yield from self.person(owner.id, ("team",), owner.team, "team")
        if isinstance(owner, Team):
            if owner.leader:
                yield from self.person(owner.id, ("leader",), owner.leader, "leader")
            if owner.part_of:
                yield from self.person(owner.id, ("part_of",), owner.part_of, "team")
            yield from self.context(owner)
        yield from self.twice(owner.id, ("goals",), [g.id for g in owner.goals])
        for i, goal in enumerate(owner.goals):
            yield from self.of_goal(owner, ("goals", i), goal)

    def of_rows(self) -> Iterator[Finding]:
        """One finding for each name of a goal in the readings that no goal bears, at its first row."""
        rows: dict[str, list[Row]] = {}
        for row in self.loaded.rows:
            if not self.is_known(row.goal):
                rows.setdefault(row.goal, []).append(row)
        findings: list[Finding] = []
        for goal, found in rows.items():
            count = f" ({len(found):,} rows)" if len(found) > 1 else ""
            near = did_you_mean(goal, self.loaded.known_goals) if len(findings) < MAX_FINDINGS else ""  # it takes long
            message = f'no goal is called "{goal}"{count}'
            findings.append(Finding("GH201", found[0].location, message, near or "write owner/goal", found[0].excerpt))
        yield from first_of(findings)

    def old_ids(self) -> Iterator[Finding]:
        """GH204 for every old id that somebody bears today, or that two claim: its address can lead to one only."""
        claimed: dict[str, str] = {}
        for owner in self.handbook.owners.values():
            for i, old in enumerate(owner.formerly):
                other = old if old in self.kinds else claimed.get(old)
                if other:
                    message = f'"{old}" is {"the id of somebody today" if other == old else f"claimed by {other} too"}'
                    yield self.find(owner.id, ("formerly", i), "GH204", message, "one address can lead to one only")
                claimed.setdefault(old, owner.id)
            yield from self.old_goal_ids(owner)

    def old_goal_ids(self, owner: AnyOwner) -> Iterator[Finding]:
        claimed = {goal.id: "the id of a goal today" for goal in owner.goals}
        for i, goal in enumerate(owner.goals):
            for j, old in enumerate(goal.formerly):
                if old in claimed:
                    path = ("goals", i, "formerly", j)
                    yield self.find(
                        owner.id, path, "GH204", f'"{old}" is {claimed[old]}', "one address can lead to one only"
                    )
                claimed.setdefault(old, f"claimed by {goal.id} too")

    def hidden_in_sums(self) -> Iterator[Finding]:
        """GH302: what leaders alone see is not on the team's site, so a sum there is smaller than the leaders'."""
        for full_id, goal in self.handbook.goals.items():
            for supported in self.handbook.supports[full_id] if goal.visibility == "leaders" else ():
                whole = self.handbook.goals[supported]
                unit = whole.measure.unit if whole.measure else ""
                if whole.visibility == "team" and is_rollup(whole) and feeds(goal, unit):
                    owner, path = self.supports_location(full_id)
                    message = f'"{goal.id}" is for leaders only, so the team sees {supported} without it'
                    yield self.find(owner, path, "GH302", message, "show it to the team, or let it support nothing")

    def is_known(self, full_id: str) -> bool:
        """Whether a goal of this name stands in the files, or may stand in one that could not be read."""
        document = self.loaded.documents.get(full_id.partition("/")[0])
        return full_id in self.loaded.known_goals or (document is not None and document.root is None)

    def of_goal(self, owner: AnyOwner, path: Path, goal: Goal) -> Iterator[Finding]:
        for i, ref in enumerate(goal.supports):
            yield from self.goal(owner, goal, (*path, "supports", i), ref)
        yield from self.twice(owner.id, (*path, "landmarks"), [lm.id for lm in goal.landmarks])
        people = ("seller", "leader")
        for name in ("agreed", "reviews", "adjustments", "accountings", "checkins"):
            for i, decision in enumerate(getattr(goal, name)):
                for j, who in enumerate(getattr(decision, "by", ())):
                    yield from self.person(owner.id, (*path, name, i, "by", j), who, *people)
        for i, session in enumerate(goal.sessions):
            for j, who in enumerate(session.with_):
                yield from self.person(owner.id, (*path, "sessions", i, "with", j), who, *people, "team")
        landmarks = [lm.id for lm in goal.landmarks]
        for i, accounting in enumerate(goal.accountings):
            if accounting.landmark not in landmarks and self.loaded.all_read(
                owner.id, (*path, "landmarks"), len(landmarks)
            ):
                message = f'"{goal.id}" has no landmark "{accounting.landmark}"'
                help = (
                    did_you_mean(accounting.landmark, landmarks)
                    or f"the landmarks are {', '.join(landmarks) or 'none'}"
                )
                yield self.find(owner.id, (*path, "accountings", i, "landmark"), "GH201", message, help)
            for j, step in enumerate(accounting.plan):
                if step.who:
                    yield from self.person(owner.id, (*path, "accountings", i, "plan", j, "who"), step.who, *people)

    def context(self, team: Team) -> Iterator[Finding]:
        for i, capacity in enumerate(team.context.capacity):
            if capacity.goal:
                yield from self.own_goal(team, ("context", "capacity", i, "goal"), capacity.goal)
        for seller, ability in team.context.abilities.items():
            yield from self.person(team.id, ("context", "abilities", seller), seller, "seller")
            if ability.goal:
                yield from self.own_goal(team, ("context", "abilities", seller, "goal"), ability.goal)

    def person(self, owner: str, path: Path, name: str, *kinds: str) -> Iterator[Finding]:
        kind = self.kinds.get(name)
        wanted = " or ".join(filter(None, (", ".join(kinds[:-1]), kinds[-1])))
        if kind is None:
            known = [other for other, k in self.kinds.items() if k in kinds]
            renamed = next((o.id for o in self.handbook.owners.values() if name in o.formerly), None)
            help = (
                f"it is called {renamed} now"
                if renamed
                else did_you_mean(name, known) or f"add {kinds[0]}s/{name}.yaml"
            )
            yield self.find(owner, path, "GH201", f'no {wanted} is called "{name}"', help, path[-1] == name)
        elif kind not in kinds:
            message = f'"{name}" is a {kind}, here belongs a {wanted}'
            yield self.find(owner, path, "GH202", message, "name the right one", path[-1] == name)

    def goal(self, owner: AnyOwner, goal: Goal, path: Path, reference: str) -> Iterator[Finding]:
        team = self.handbook.own_team(owner.id)
        full = reference if "/" in reference else f"{team.id}/{reference}" if team else ""
        if full == f"{owner.id}/{goal.id}":
            yield self.find(
                owner.id, path, "GH203", "a goal cannot support itself", "name the goal it feeds, as owner/goal"
            )
        elif not self.is_known(full):
            if not full and (getattr(owner, "team", None) or getattr(owner, "part_of", None)):
                return  # the team cannot be found or read, and that has been told
            help = did_you_mean(full, self.loaded.known_goals) or "write owner/goal"
            where = "" if "/" in reference else f" in {team.id}" if team else ", and there is no own team to look in"
            yield self.find(owner.id, path, "GH201", f'no goal is called "{reference}"{where}', help)

    def own_goal(self, team: Team, path: Path, reference: str) -> Iterator[Finding]:
        full = reference if "/" in reference else f"{team.id}/{reference}"
        if not self.is_known(full):
            own = [g.partition("/")[2] for g in self.loaded.known_goals if g.startswith(f"{team.id}/")]
            help = did_you_mean(reference, own) or f"this team's goals are {', '.join(sorted(own)) or 'none'}"
            yield self.find(team.id, path, "GH201", f'no goal is called "{reference}"', help)

    def twice(self, owner: str, path: Path, ids: list[str]) -> Iterator[Finding]:
        for i, item in enumerate(ids):
            if item in ids[:i]:
                yield self.find(
                    owner, (*path, i, "id"), "GH117", f'"{item}" stands here a second time', "give it an id of its own"
                )

    def supports_location(self, full_id: str) -> tuple[str, Path]:
        owner, _, goal_id = full_id.partition("/")
        ids = [goal.id for goal in self.handbook.owners[owner].goals]
        return owner, ("goals", ids.index(goal_id), "supports")

    def circles(
        self, key: str, edges: dict[str, tuple[str, ...]], location: Callable[[str], tuple[str, Path]]
    ) -> Iterator[Finding]:
        """One finding for each circle, at its first member by name."""
        done: set[str] = set()
        for start in sorted(edges):
            trail: list[str] = []
            stack = [(start, iter(edges.get(start, ())))]
            trail.append(start)
            while stack and start not in done:
                following = next(stack[-1][1], None)
                if following is None:
                    stack.pop()
                    done.add(trail.pop())
                elif following in trail:
                    circle = trail[trail.index(following) :]
                    done.update(circle)
                    owner, path = location(following)
                    yield self.find(
                        owner,
                        path,
                        "GH203",
                        f"{key} leads in a circle: {' → '.join([*circle, following])}",
                        "let one of them end it",
                    )
                    break
                elif following not in done:
                    trail.append(following)
                    stack.append((following, iter(edges.get(following, ()))))
