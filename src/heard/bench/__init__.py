"""Measures pages on made-up organisations of any size: the generator, the scenarios, the clockwork."""
