"""Files for other programs: calendars, a feed, badges, readings and a schema, as plain text by path."""
