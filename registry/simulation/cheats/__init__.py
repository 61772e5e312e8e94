"""Cheats, from crude to subtle. A file is a pattern; whatever it plants is told in the ground truth."""
