"""Legal and carrier-set constants with their dates and sources; divisions, industries, working days."""
