"""Honest habits: what lawful senders do, and the noise that makes them look guilty. A file is a habit.

`ORDER` 0 opens access codes, 1 (the usual) opens ports and permits, 2 adds noise to what is there.
"""

NOISE_ORDER = 2
