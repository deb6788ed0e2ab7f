"""Pages about what is asked."""
