"""Life after approval: what is about to expire is told, what nobody sends with lapses, what has ended rests a while."""
