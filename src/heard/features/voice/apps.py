"""Registers the app."""

from django.apps import AppConfig


class VoiceConfig(AppConfig):
    """heard.features.voice."""

    name = "heard.features.voice"
