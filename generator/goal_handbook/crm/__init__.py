"""Turns CRM exports into readings: deals in, cumulative totals out. Nothing is dropped silently."""
