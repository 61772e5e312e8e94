"""Signatures and letters of authorisation; folding and lookalikes."""
