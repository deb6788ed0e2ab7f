"""Who may speak, once: frozen groups, and who was issued a token. It never learns what a token was used for."""
