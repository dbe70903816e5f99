"""Forms of the set-up of a round: one small form or table per card."""
