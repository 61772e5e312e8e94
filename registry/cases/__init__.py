"""Working a case: the findings that are one story, told, judged, and packed as evidence for others."""
