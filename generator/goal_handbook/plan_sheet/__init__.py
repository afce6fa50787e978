"""A plan as a spreadsheet: the handbook's people and goals as rows, and rows as edits of the handbook."""
