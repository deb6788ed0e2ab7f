"""Listeners at work: who reads and answers what was said without a name."""
