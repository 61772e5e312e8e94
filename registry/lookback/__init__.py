"""lookback."""
