"""Permits, beneficiaries, templates; scope rules; which permit governs at a time."""
