"""Many filings in one file: each row its own result and its own reference, all or row by row."""
