"""Complaints: intake, and what they are about."""
