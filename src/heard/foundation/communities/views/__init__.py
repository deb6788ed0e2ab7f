"""Pages about communities; a community's own page, on which its threads stand, is in `web`."""
