"""Registers the app."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """heard.features.desk."""

    name = "heard.features.desk"
