"""Registers the app."""

from django.apps import AppConfig


class BallotsConfig(AppConfig):
    """heard.features.ballots."""

    name = "heard.features.ballots"
