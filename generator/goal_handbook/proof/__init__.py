"""Proof of who agreed to which terms: statements, signatures over them, and the keys of those who sign."""
