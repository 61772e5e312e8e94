"""Lookalikes: names that a hurried reader takes for another one; found among a million, with the reason in words."""
