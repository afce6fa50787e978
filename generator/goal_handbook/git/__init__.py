"""Git at the edge: the commands, a cache of what was read, and the history of a goals folder."""
