"""What people find again: an index of what was said, asked as one person who may see so much and no more."""
