"""Checks with a code each. GH1 is the format, GH2 references, GH3 completeness; the rest is to come."""
