"""The heart of what is anonymous: keys, used tokens, answers. It knows groups by a random code, and nobody."""
