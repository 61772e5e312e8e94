"""The evidence pack of a case: one ZIP that somebody without this registry can read and verify."""
