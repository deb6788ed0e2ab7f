"""Registers the app."""

from django.apps import AppConfig


class RecordConfig(AppConfig):
    """heard.foundation.record."""

    name = "heard.foundation.record"
