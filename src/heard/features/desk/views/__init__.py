"""Pages of the desk, what its script asks for, and what everybody may know."""
