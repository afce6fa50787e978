"""Facts for a status date: pure functions of a handbook and `as_of` (status.md). Nothing here asks the clock."""
