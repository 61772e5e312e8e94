"""Gateway records in, usage facts out: what was sent, by whom, under which signature, for what."""
