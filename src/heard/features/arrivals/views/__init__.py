"""Pages about archives and about the people in them."""
