"""Reads spreadsheets, CSV or workbooks, as rows of fields. Nothing in them is computed."""
