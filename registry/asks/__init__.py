"""Asking for originals: what an enterprise is to hand over for a case, until when, and what became of it."""
