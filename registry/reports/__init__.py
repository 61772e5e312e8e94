"""What leaves the registry on paper: the quarter's list of opened codes, and everything on file about one permit."""
