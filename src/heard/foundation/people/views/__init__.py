"""Pages about people: found, shown in charts, changed, followed, invited, given roles."""
