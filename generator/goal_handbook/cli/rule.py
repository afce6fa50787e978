"""`goals rule`: what a rule is about, why it matters, and how to mend it."""

from __future__ import annotations

import click

from .common import Unusable


@click.command()
@click.argument("code", metavar="[RULE]", required=False, default="")
def rule(code: str) -> None:
    """Show the page of a rule, by its code (GH301) or its name (no-landmark); without one, list them all."""
    from ..rules.registry import FAMILIES, RULES, family, unknown_rule_help

    if not code:
        for name, title in FAMILIES.items():
            click.echo(f"{name} {title}")
            for one in (r for r in RULES.values() if family(r.code) == name):
                click.echo(f"  {one.code}  {one.slug:<24} {one.severity:<8} {one.summary}")
        return
    from ..rules.page import rule_page

    found = RULES.get(code.upper()) or next((r for r in RULES.values() if r.slug == code.lower()), None)
    if found is None:
        raise Unusable(f'no rule is called "{code}", {unknown_rule_help(code)}')
    click.echo(rule_page(found).markdown(), nl=False)
