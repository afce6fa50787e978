"""Checks with a code each: what is wrong, why it matters for the team, how to mend it."""
