"""Facts for a date: pure functions of a model and `as_of` (status.md). Nothing here asks the clock."""
