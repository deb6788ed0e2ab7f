"""Communities that staff build of their own, and who belongs to them."""
