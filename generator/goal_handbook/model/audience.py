"""Who reads: what is not for them does not exist further on, so nothing later can show it."""

from __future__ import annotations

from typing import Any, Literal

from .goal import Goal
from .handbook import Handbook, full_ref
from .people import AnyOwner, Seller, Team

Audience = Literal["team", "leaders"]


def for_audience(handbook: Handbook, audience: Audience) -> Handbook:
    """The handbook as an audience may see it.

    For the team: no goal marked `visibility: leaders` and no reference to one, no motivation, no abilities.
    This is a matter of tact, not of secrecy: whoever reads the repository reads everything.
    """
    if audience == "leaders":
        return handbook
    hidden = {full_id for full_id, goal in handbook.goals.items() if goal.visibility == "leaders"}

    def names_hidden(owner_id: str, goal_id: str, reference: str) -> bool:
        return handbook.resolve(f"{owner_id}/{goal_id}", reference) in hidden

    def seen_goal(owner: AnyOwner, goal: Goal) -> Goal:
        """Without references to hidden goals, in the terms and in what was said of them."""
        shown = tuple(ref for ref in goal.supports if not names_hidden(owner.id, goal.id, ref))
        if shown != goal.supports:
            adjustments = tuple(
                a.model_copy(update={"changes": tuple(c for c in a.changes if c.part != "supports")})
                for a in goal.adjustments
            )
            goal = goal.model_copy(update={"supports": shown, "adjustments": adjustments})
        if goal.closed and names_hidden(owner.id, goal.id, goal.closed.carried_to):
            goal = goal.model_copy(update={"closed": goal.closed.model_copy(update={"carried_to": ""})})
        return goal

    def seen_owner(owner: AnyOwner) -> AnyOwner:
        goals = tuple(seen_goal(owner, g) for g in owner.goals if f"{owner.id}/{g.id}" not in hidden)
        update: dict[str, Any] = {"goals": goals}
        if isinstance(owner, Seller):
            update["motivation"] = ""
        if isinstance(owner, Team):
            capacity = tuple(
                c for c in owner.context.capacity if not c.goal or full_ref(owner.id, c.goal) not in hidden
            )
            update["context"] = owner.context.model_copy(update={"abilities": {}, "capacity": capacity})
        return owner.model_copy(update=update)

    seen = {owner_id: seen_owner(owner) for owner_id, owner in handbook.owners.items()}
    return Handbook(
        handbook.settings,
        {i: o for i, o in seen.items() if isinstance(o, Team)},
        {i: o for i, o in seen.items() if isinstance(o, Seller)},
        {i: o for i in handbook.leaders if (o := seen[i]) and not isinstance(o, (Team, Seller))},
    )
