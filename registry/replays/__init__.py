"""Asking past facts anew: what a finding rests on, and what would be found by other parameters, permits or rules."""
