"""Tries to lose, leak or crash something, for as long as there is time: `python -m hardening`."""
