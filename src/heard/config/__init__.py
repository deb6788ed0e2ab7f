"""How this installation is set up: the only storey that knows all others."""
