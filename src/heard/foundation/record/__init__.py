"""What happened, in the order it did: the one log that features announce to."""
