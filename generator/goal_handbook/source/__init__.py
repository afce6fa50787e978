"""Reads and writes files; the only code that knows YAML and CSV. Every value keeps its file, line and column."""
