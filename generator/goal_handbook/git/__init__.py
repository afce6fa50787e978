"""Everything about git: its commands, a cache of the files read from it, and the history of a goals folder."""
