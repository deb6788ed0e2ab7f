"""What pages send and ask about what is said; the thread's own page stands in `web`."""
