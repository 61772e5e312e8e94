"""The web console: pages for people over the same services as the API."""
