"""Reading a message: signature, category, opt-out, links, contacts; one list of patterns for Python and the engine."""
