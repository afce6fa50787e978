"""GH2: every name refers to something of the right kind, and no reference leads back to itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from ..findings import MAX_FINDINGS, Finding, did_you_mean, first_of
from ..model.goal import Goal
from ..model.handbook import Handbook
from ..model.people import AnyOwner, Seller, Team
from ..model.records import LISTS
from ..model.support import Support
from ..source.load import Loaded
from ..source.nodes import NodePath
from ..source.readings import Row
from ..status.flow import is_rollup, rate_between
from ..status.landmark import target_landmark

_PEOPLE = ("seller", "leader")
#: The records that name who wrote them, in `by`; a session says who it was with.
_SIGNED = tuple(name for name in LISTS if name != "sessions")
_ONE_PAGE = "delete the wrong one: an address can lead to only one page"


def check_references(loaded: Loaded, edited: Iterable[AnyOwner] | None = None) -> Iterator[Finding]:
    """Yield GH117 (duplicate ids in a list), GH201 to GH204, and GH302; of the `edited` owners only, if given."""
    handbook = loaded.handbook
    if handbook is None:
        return
    references = _References(loaded, handbook)
    for owner in handbook.owners.values() if edited is None else edited:
        yield from references.check_owner(owner)
    if edited is not None:
        return
    yield from references.check_rows()
    yield from references.check_former_ids()
    yield from references.hidden_in_rollups()
    yield from references.circles("part_of", _parent_teams(handbook), lambda owner: (owner, ("part_of",)))
    yield from references.circles("supports", handbook.supports, references.supports_location)


def _parent_teams(handbook: Handbook) -> dict[str, tuple[str, ...]]:
    return {t.id: (t.part_of,) for t in handbook.teams.values() if t.part_of in handbook.teams and t.part_of}


class _References:
    """Looks up the names in one handbook.

    Files with errors still count as known, so that one mistake is not reported twice.
    """

    def __init__(self, loaded: Loaded, handbook: Handbook) -> None:
        self.loaded, self.handbook, self.finding = loaded, handbook, loaded.finding
        folders = {"teams": "team", "sellers": "seller", "leaders": "leader"}
        self.suggested = 0
        self.renamed = {former: o.id for o in reversed(handbook.owners.values()) for former in o.formerly}
        self.kinds = {owner: folders[document.path.split("/")[-2]] for owner, document in loaded.documents.items()}

    def check_owner(self, owner: AnyOwner) -> Iterator[Finding]:
        if isinstance(owner, Seller):
            for i, membership in enumerate(owner.team):
                yield from self.check_name(owner.id, ("team", i, "id"), membership.id, "team")
        if isinstance(owner, Team):
            if owner.leader:
                yield from self.check_name(owner.id, ("leader",), owner.leader, "leader")
            if owner.part_of:
                yield from self.check_name(owner.id, ("part_of",), owner.part_of, "team")
            yield from self.check_context(owner)
        yield from self.duplicates(owner.id, ("goals",), [g.id for g in owner.goals])
        for i, goal in enumerate(owner.goals):
            yield from self.check_goal(owner, ("goals", i), goal)

    def check_rows(self) -> Iterator[Finding]:
        """Yield one finding for each unknown goal in the CSV readings, at the first row that names it."""
        rows: dict[str, list[Row]] = {}
        for row in self.loaded.rows:
            if not self.is_known(row.goal):
                rows.setdefault(row.goal, []).append(row)
        findings: list[Finding] = []
        for goal, found in rows.items():
            count = f" ({len(found):,} rows)" if len(found) > 1 else ""
            message = f'unknown goal "{goal}"{count}'
            help = self.did_you_mean(goal, self.loaded.known_goals) or "write it as owner/goal"
            findings.append(Finding("GH201", found[0].location, message, help, found[0].excerpt))
        yield from first_of(findings)

    def check_former_ids(self) -> Iterator[Finding]:
        """Yield GH204 for every former id that is in use, or that two owners or goals claim."""
        claimed: dict[str, str] = {}
        for owner in self.handbook.owners.values():
            for i, former in enumerate(owner.formerly):
                if former in self.kinds:
                    message = f'the former id "{former}" is still in use'
                    yield self.finding(owner.id, ("formerly", i), "GH204", message, _ONE_PAGE)
                elif former in claimed:
                    message = f'the former id "{former}" is also claimed by {claimed[former]}'
                    yield self.finding(owner.id, ("formerly", i), "GH204", message, _ONE_PAGE)
                claimed.setdefault(former, owner.id)
            yield from self.check_former_goal_ids(owner)

    def check_former_goal_ids(self, owner: AnyOwner) -> Iterator[Finding]:
        taken = {goal.id: "still in use" for goal in owner.goals}
        for i, goal in enumerate(owner.goals):
            for j, former in enumerate(goal.formerly):
                if former in taken:
                    message = f'the former id "{former}" is {taken[former]}'
                    yield self.finding(owner.id, ("goals", i, "formerly", j), "GH204", message, _ONE_PAGE)
                taken.setdefault(former, f"also claimed by {goal.id}")

    def hidden_in_rollups(self) -> Iterator[Finding]:
        """Yield GH302: without a goal only leaders see, the sum on the team's site is smaller than theirs."""
        for full_id, goal in self.handbook.goals.items():
            for supported in self.handbook.supports[full_id] if goal.visibility == "leaders" else ():
                rollup = self.handbook.goals[supported]
                rate = rate_between(self.handbook, goal, rollup)
                if rollup.visibility == "team" and is_rollup(rollup) and rate is not None:
                    owner, path = self.supports_location(full_id)
                    message = f'only leaders see "{goal.id}", so the team sees {supported} without it'
                    help = "show it to the team, or remove it from supports:"
                    yield self.finding(owner, path, "GH302", message, help)

    def is_known(self, full_id: str) -> bool:
        """Return whether a goal is in the files, or may be in a file that could not be read."""
        document = self.loaded.documents.get(full_id.partition("/")[0])
        return full_id in self.loaded.known_goals or (document is not None and not document.has_tree)

    def check_goal(self, owner: AnyOwner, path: NodePath, goal: Goal) -> Iterator[Finding]:
        for i, support in enumerate(goal.supports):
            yield from self.check_supported(owner, goal, (*path, "supports", i, "goal"), support)
        cadence = goal.measure.cadence if goal.measure else None
        for i, who in enumerate(cadence.people if cadence else ()):
            yield from self.check_name(owner.id, (*path, "measure", "cadence", "with", i), who, *_PEOPLE)
        landmarks = [landmark.id for landmark in goal.landmarks]
        yield from self.duplicates(owner.id, (*path, "landmarks"), landmarks)
        yield from self.check_records(owner, path, goal)
        if not goal.accountings:
            return
        all_read = self.loaded.all_read(owner.id, (*path, "landmarks"), len(landmarks))
        target = target_landmark(goal)
        for i, accounting in enumerate(goal.accountings):
            at = (*path, "accountings", i)
            if accounting.landmark not in {*landmarks, target.id if target else None} and all_read:
                message = f'"{goal.id}" has no landmark "{accounting.landmark}"'
                known = f"use one of its landmarks: {', '.join(landmarks)}" if landmarks else "add the landmark first"
                help = did_you_mean(accounting.landmark, landmarks) or known
                yield self.finding(owner.id, (*at, "landmark"), "GH201", message, help)
            for j, step in enumerate(accounting.plan):
                if step.who:
                    yield from self.check_name(owner.id, (*at, "plan", j, "who"), step.who, *_PEOPLE)

    def check_records(self, owner: AnyOwner, path: NodePath, goal: Goal) -> Iterator[Finding]:
        """Check who a goal's records name; there are many of them, and most names are known."""
        for name in _SIGNED:
            for i, record in enumerate(getattr(goal, name)):
                for j, who in enumerate(record.by):
                    if self.kinds.get(who) not in _PEOPLE:
                        yield from self.check_name(owner.id, (*path, name, i, "by", j), who, *_PEOPLE)
        for i, session in enumerate(goal.sessions):
            for j, who in enumerate(session.with_):
                if self.kinds.get(who) not in _PEOPLE:
                    yield from self.check_name(owner.id, (*path, "sessions", i, "with", j), who, *_PEOPLE, "team")

    def did_you_mean(self, word: str, known: Iterable[str]) -> str:
        """Suggest a name for one that is unknown. That takes a while, so only for as many as somebody reads."""
        self.suggested += 1
        return did_you_mean(word, known) if self.suggested <= MAX_FINDINGS else ""

    def check_context(self, team: Team) -> Iterator[Finding]:
        for i, capacity in enumerate(team.context.capacity):
            if capacity.goal:
                yield from self.check_team_goal(team, ("context", "capacity", i, "goal"), capacity.goal)
        for seller, ability in team.context.abilities.items():
            yield from self.check_name(team.id, ("context", "abilities", seller), seller, "seller")
            if ability.goal:
                yield from self.check_team_goal(team, ("context", "abilities", seller, "goal"), ability.goal)

    def check_name(self, owner: str, path: NodePath, name: str, *kinds: str) -> Iterator[Finding]:
        """Yield GH201 for the name of an unknown owner, GH202 for the name of an owner of another kind."""
        kind = self.kinds.get(name)
        if kind in kinds:
            return
        wanted = " or ".join(filter(None, (", ".join(kinds[:-1]), kinds[-1])))
        is_key = path[-1] == name
        if kind is None:
            known = (other for other, k in self.kinds.items() if k in kinds)
            renamed = self.renamed.get(name)
            help = f"use {renamed}, the new id" if renamed else self.did_you_mean(name, known)
            message = f'unknown {wanted} "{name}"'
            leads = "leader" in kinds and any(team.leader == name for team in self.handbook.teams.values())
            file = f"{'leader' if leads else kinds[0]}s/{name}.yaml"
            yield self.finding(owner, path, "GH201", message, help or f"add {file}", is_key)
        else:
            message = f'"{name}" is a {kind}, not a {wanted}'
            yield self.finding(owner, path, "GH202", message, f"name a {wanted} here", is_key)

    def check_supported(self, owner: AnyOwner, goal: Goal, path: NodePath, support: Support) -> Iterator[Finding]:
        """Yield GH203 for a goal that supports itself, GH201 for an unknown goal."""
        reference = support.goal
        team = self.handbook.own_team(owner.id, support.from_ or goal.start)
        full = reference if "/" in reference else f"{team.id}/{reference}" if team else ""
        if full == f"{owner.id}/{goal.id}":
            help = "name the goal it contributes to, as owner/goal"
            yield self.finding(owner.id, path, "GH203", "a goal cannot support itself", help)
        elif not self.is_known(full):
            if not full and (getattr(owner, "team", None) or getattr(owner, "part_of", None) or self.leader_left_out()):
                return  # the team itself is unknown or unreadable, which is already reported
            help = self.did_you_mean(full, self.loaded.known_goals) or "write it as owner/goal"
            where = "" if "/" in reference else f" in {team.id}" if team else ": there is no team to look it up in"
            yield self.finding(owner.id, path, "GH201", f'unknown goal "{reference}"{where}', help)

    def leader_left_out(self) -> bool:
        """Whether some team names a leader in a way that could not be read."""
        return any(kind == "team" and self.loaded.is_left_out(i, ("leader",)) for i, kind in self.kinds.items())

    def check_team_goal(self, team: Team, path: NodePath, reference: str) -> Iterator[Finding]:
        """Yield GH201 for a name that is neither one of the team's own goals nor the full id of a goal."""
        if not self.is_known(reference if "/" in reference else f"{team.id}/{reference}"):
            own = sorted(g.partition("/")[2] for g in self.loaded.known_goals if g.startswith(f"{team.id}/"))
            known = f"use one of this team's goals: {', '.join(own)}" if own else "add the goal to this team first"
            help = did_you_mean(reference, own) or known
            yield self.finding(team.id, path, "GH201", f'unknown goal "{reference}"', help)

    def duplicates(self, owner: str, path: NodePath, ids: list[str]) -> Iterator[Finding]:
        """Yield GH117 for each id that is already taken in its list."""
        for i, item in enumerate(ids):
            if item in ids[:i]:
                first = self.loaded.documents[owner].location((*path, ids.index(item), "id"))
                message = f'duplicate id "{item}" (first on line {first.line})'
                yield self.finding(owner, (*path, i, "id"), "GH117", message, "give it an id of its own")

    def supports_location(self, full_id: str) -> tuple[str, NodePath]:
        """Return the owner of a goal, and the path of the goal's `supports` in the owner's file."""
        owner, _, goal_id = full_id.partition("/")
        ids = [goal.id for goal in self.handbook.owners[owner].goals]
        return owner, ("goals", ids.index(goal_id), "supports")

    def circles(
        self, key: str, edges: dict[str, tuple[str, ...]], location: Callable[[str], tuple[str, NodePath]]
    ) -> Iterator[Finding]:
        """Yield one GH203 for each circle, at the member where the search closes it.

        `edges` leads from each name to those it refers to with `key`; `location` returns owner and path of a name.
        """
        done: set[str] = set()
        for start in sorted(edges):
            trail = [start]
            stack = [iter(edges[start])]
            while stack and start not in done:
                following = next(stack[-1], None)
                if following is None:
                    stack.pop()
                    done.add(trail.pop())
                elif following in trail:
                    circle = trail[trail.index(following) :]
                    done.update(circle)
                    owner, path = location(following)
                    message = f"{key} forms a circle: {' → '.join([*circle, following])}"
                    yield self.finding(owner, path, "GH203", message, "remove one of these references")
                    break
                elif following not in done:
                    trail.append(following)
                    stack.append(iter(edges.get(following, ())))
