"""What may become of a goal that only leaders see: a history of a handbook, version by version, as plain data.

Every text of the goal, and every other text that only leaders read, contains a word: "canary" wherever the team must
not see it, else "public". A goal that is hidden in the end was never shown, as far as the team can tell.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

Data = dict[str, Any]
#: The files of a version, by their path below goals/.
Files = Mapping[str, Data]

CANARY, PUBLIC = "canary", "public"
#: How a target and an estimate that nobody may see are written on pages, in JSON, and by Python.
NUMBERS = ("64837291", "64,837,291")
TARGET = int(NUMBERS[0])


@dataclass(frozen=True)
class State:
    """A version of the goal: whether it is there and shown, and how often it and what it belongs to was changed."""

    subject: str
    shown: bool = False
    exists: bool = True
    closed: bool = False
    private: bool = True  # abilities and motivation are there
    edition: int = 1
    name: int = 1
    owner_name: int = 1
    elsewhere: bool = False
    team_exists: bool = True
    supported: bool = True

    @property
    def is_there(self) -> bool:
        """Whether the goal is in a file: what is not there can neither be hidden nor shown."""
        return self.exists and (self.subject != "team" or self.team_exists or self.elsewhere)


STEPS: Mapping[str, Callable[[State], State]] = {
    "show": lambda state: replace(state, shown=state.shown or state.is_there),
    "hide": lambda state: replace(state, shown=state.shown and not state.is_there),
    "rewrite": lambda state: replace(state, edition=state.edition + 1),
    "close": lambda state: replace(state, closed=True),
    "rename": lambda state: replace(state, name=state.name + 1),
    "rename the owner": lambda state: replace(state, owner_name=state.owner_name + 1),
    "move": lambda state: replace(state, elsewhere=not state.elsewhere),
    "support it no longer": lambda state: replace(state, supported=False),
    "remove what is private": lambda state: replace(state, private=False),
    "dissolve the team": lambda state: replace(state, team_exists=False),
    "remove": lambda state: replace(state, exists=False),
    "bring back": lambda state: replace(state, exists=True),
}
SUBJECTS = ("seller", "team", "leader")


def versions(subject: str, shown: bool, steps: Sequence[str], branch: bool = False) -> list[Files]:
    """Return the files of every version: the first, with the goal of a `subject`, then one for each step.

    On a branch, the versions between the first and the last are none of the main branch, and so none of the site's.
    """
    states = [State(subject, shown)]
    for step in steps:
        states.append(STEPS[step](states[-1]))
    merged = states[:1] + states[-1:] if branch else states
    last = next((state for state in reversed(merged) if state.is_there), states[0])
    found: list[Files] = []
    formerly: list[str] = []
    goal_id = ""
    for before, state in zip([states[0], *states], states, strict=False):
        word = word_in(state, last)
        if state.name != before.name:
            formerly = [goal_id, *formerly]
        goal_id = f"{word}-{subject}-{state.name}"
        found.append(_files(state, word, goal_id, formerly))
    return found


def word_in(state: State, last: State) -> str:
    """Return the word of the goal's texts in a version, given the last version with the goal that the site knows."""
    return PUBLIC if state.shown and last.shown else CANARY


def title(word: str, edition: int) -> str:
    """Return the goal's title in an edition."""
    return f"{word} title {edition}"


def _files(state: State, word: str, goal_id: str, formerly: Sequence[str]) -> Files:
    """Return a version of the handbook: two teams, two sellers, two leaders; the goal belongs to one of each pair."""
    names = dict(OWNERS)
    ids = [OWNERS[state.subject], *(f"{OWNERS[state.subject]}-{n}" for n in range(2, state.owner_name + 1))]
    names[state.subject] = ids[-1]
    home, other = f"{state.subject}s/{names[state.subject]}.yaml", f"{state.subject}s/{OTHERS[state.subject]}.yaml"
    goal = _goal(state, word, goal_id) | ({"formerly": list(formerly)} if formerly else {})
    is_supported = state.subject == "team" and state.exists and state.supported and state.team_exists
    holder = OTHERS["team"] if state.elsewhere else names["team"]
    supports = ["revenue", *([f"{holder}/{goal_id}"] if is_supported else [])]
    files = _owners(state, names, supports)
    if home in files and len(ids) > 1:
        files[home]["formerly"] = ids[:-1]
    place = other if state.elsewhere else home
    if place in files and state.exists:
        files[place]["goals"].append(goal)
        if state.subject == "team":
            context = files[place].setdefault("context", {})
            context["capacity"] = [{"what": f"{word} capacity", "limit": 5, "goal": goal_id}]
    return {"handbook.yaml": HANDBOOK, **files}


def _owners(state: State, names: Mapping[str, str], supports: Sequence[str]) -> dict[str, Data]:
    """Return everybody's file. What only leaders read beside goals is in the first seller's and the first team's."""
    team = names["team"] if state.team_exists else OTHERS["team"]
    moses: Data = {"name": "Moses", "team": team, "emails": [f"{CANARY}@example.com"], "aliases": [f"{CANARY} alias"]}
    context: Data = {"market": "Retail"}
    if state.private:
        moses["motivation"] = f"{CANARY} motivation {state.edition}"
        ability = {"estimate": TARGET, "note": f"{CANARY} ability {state.edition}"}
        context["abilities"] = {names["seller"]: ability} if state.team_exists else {}
    files: dict[str, Data] = {
        f"sellers/{names['seller']}.yaml": {**moses, "goals": [_deals(supports)]},
        "sellers/anna.yaml": {"name": "Anna", "team": team, "goals": [_deals(["revenue"])]},
        f"leaders/{names['leader']}.yaml": {"name": "Dustin", "goals": []},
        "leaders/lea.yaml": {"name": "Lea", "goals": []},
        "teams/north.yaml": {"name": "North", "leader": "lea", "goals": [_revenue()]},
    }
    if state.team_exists:
        central = {"name": "Central", "leader": names["leader"], "context": context, "goals": [_revenue()]}
        files[f"teams/{names['team']}.yaml"] = central
    return files


#: Who the goal belongs to at first, by the subject, and to whom it may move.
OWNERS = {"seller": "moses", "team": "central", "leader": "dustin"}
OTHERS = {"seller": "anna", "team": "north", "leader": "lea"}
HANDBOOK: Data = {
    "format": 1, "name": "House", "period": {"name": "2017", "start": "2017-01-01", "end": "2017-12-31"},
    "currency": "USD", "locale": "en_US", "rules": {"GH3": "off", "GH4": "off", "GH5": "off"},
}  # fmt: skip


def _deals(supports: Sequence[str]) -> Data:
    """A goal that all see, which supports others."""
    return {
        "id": "deals", "title": "Close deals", "supports": list(supports), "measure": {"unit": "deals", "target": 9},
        "landmarks": [{"id": "year", "due": "2017-12-31", "value": 9}],
    }  # fmt: skip


def _revenue() -> Data:
    measure = {"unit": "deals", "target": 18, "rollup": "sum"}
    landmarks = [{"id": "year", "due": "2017-12-31", "value": 18}]
    return {"id": "revenue", "title": "Win deals", "measure": measure, "landmarks": landmarks}


def _goal(state: State, word: str, goal_id: str) -> Data:
    """The goal that may be hidden. It has every field of a goal; a leader's is a cadence, which has sessions."""
    by, number = ["lea"], TARGET if word == CANARY else 500
    heading = title(word, state.edition)
    agreement = {
        "on": "2017-01-20",
        "by": by,
        "met": "2017-01-19",
        "understood": f"{word} words",
        "note": f"{word} note",
    }
    review = {"on": "2017-07-01", "by": by, "confidence": "low", "note": f"{word} review", "next": f"{word} next"}
    change = {"field": "title", "was": f"{word} was", "now": heading}
    goal: Data = {
        "id": goal_id,
        "title": heading,
        "kind": "support" if state.subject == "leader" else "skill",
        "why": f"{word} why {state.edition}",
        "fits": f"{word} fits",
        "actions": [f"{word} action"],
        "start": "2017-01-02",
        "due": "2017-12-30",
        "prorate": "yes" if state.subject == "seller" else "no",
        "invest": {"hours": 10, "money": number},
        "agreed": [agreement],
        "reviews": [review],
        "adjustments": [{"on": "2017-02-01", "by": by, "why": f"{word} adjusted", "changes": [change]}],
        "visibility": "team" if state.shown else "leaders",
    }
    goal |= _cadence(word) if state.subject == "leader" else _numbers(word, number)
    if state.subject == "seller":
        goal["supports"] = ["revenue"]
    if state.closed:
        goal["closed"] = {
            "on": "2017-07-20",
            "result": "dropped",
            "note": f"{word} closing",
            "carried_to": f"{word}-next",
        }
    return goal


def _cadence(word: str) -> Data:
    session = {"on": "2017-03-01", "with": "anna", "minutes": 30, "note": f"{word} session"}
    return {"measure": {"cadence": {"times": 1, "per": "quarter", "with": "anyone"}}, "sessions": [session]}


def _numbers(word: str, number: int) -> Data:
    one, by = f"{word}-one", ["lea"]
    plan = [{"do": f"{word} step", "who": "lea", "due": "2017-08-15"}]
    missed = {"landmark": one, "on": "2017-07-05", "by": by, "why": f"{word} reason", "action": "recover", "plan": plan}
    return {
        "measure": {"unit": f"{word} units", "from": 0, "target": number, "last": number},
        "landmarks": [
            {"id": one, "due": "2017-06-30", "value": number, "title": f"{word} landmark"},
            {"id": f"{word}-two", "due": "2017-12-30", "deliver": f"{word} deliverable"},
        ],
        "checkins": [{"on": "2017-06-30", "value": 1, "note": f"{word} reading", "by": by}],
        "accountings": [missed],
    }
