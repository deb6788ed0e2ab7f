"""Mail that comes in: an answer to a letter becomes a reply, a letter that came back is noted."""
