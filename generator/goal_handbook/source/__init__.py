"""Text <-> tree: the only code that knows YAML and CSV files. Every value keeps its file, line and column."""
