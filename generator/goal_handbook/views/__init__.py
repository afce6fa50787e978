"""What each page shows: one frozen value a page kind, ready to be set in type. No HTML, no decisions about dates."""
