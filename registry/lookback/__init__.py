"""Looking back: a plan says what is re-verified, a run freezes its cohort, an item is one thing re-verified."""
