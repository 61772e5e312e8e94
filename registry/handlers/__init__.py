"""Handlers: the persons who act for enterprises. Encrypted, found by keyed hash, shown masked."""
