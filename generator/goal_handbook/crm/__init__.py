"""Exports of a CRM: deals in, readings out. Nothing is dropped in silence."""
