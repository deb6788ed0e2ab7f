"""Registers the app."""

from django.apps import AppConfig


class AsksConfig(AppConfig):
    """heard.features.asks."""

    name = "heard.features.asks"
