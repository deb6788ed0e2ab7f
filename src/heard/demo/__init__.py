"""A believable company to look around in."""
