"""Numbering plan, port tree, delegations."""
