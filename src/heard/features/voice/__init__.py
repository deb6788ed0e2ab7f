"""Sealed conversations that begin without a name. Part of the heart: it knows keys and codes, and nobody."""
