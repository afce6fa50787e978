"""Attacks on the gate and honest changes: what is refused, with which code and where, and what never is."""
