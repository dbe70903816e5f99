"""Pages on which a round is set up and, once it is open, amended."""
