"""Who may come in: staff and company users, their offices and roles, and API keys."""
