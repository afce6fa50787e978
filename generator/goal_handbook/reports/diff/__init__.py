"""What a change does to the goals, for the person who reviews it."""
