"""Many filings decided by one action: those that passed every check, after a random sample of them was opened."""
