"""Registers the app."""

from django.apps import AppConfig


class ArrivalsConfig(AppConfig):
    """heard.features.arrivals."""

    name = "heard.features.arrivals"
