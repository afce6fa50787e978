"""Two versions of a handbook -> the changes between them, in the goals' own terms. Site, diff and gate share them."""
