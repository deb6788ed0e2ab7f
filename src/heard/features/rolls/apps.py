"""Registers the app."""

from django.apps import AppConfig


class RollsConfig(AppConfig):
    """heard.features.rolls."""

    name = "heard.features.rolls"
