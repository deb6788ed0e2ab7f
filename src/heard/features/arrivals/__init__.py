"""Moving in: other places' conversations and lists of people become ours."""
