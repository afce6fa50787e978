"""Signatures: what is signed, who may sign, and what a signature is worth."""
