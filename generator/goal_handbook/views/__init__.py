"""What each page shows: one frozen value per kind of page, in words already. No HTML, and no facts about dates."""
