"""Heard: the staff network that listens, and shows that it did."""

__version__ = "0.1.0"
