"""What was erased: the proof that it was there, when it went, and under which rule."""
