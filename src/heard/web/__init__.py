"""What every page shares, and the pages on which several features meet."""
