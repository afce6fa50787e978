"""Checks, each with a code: what is wrong, why it matters for the team, how to fix it."""
