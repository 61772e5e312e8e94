"""Detection rules: one file a rule; the catalogue is this folder."""
