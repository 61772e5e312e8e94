"""Detection rules: one file a rule."""
