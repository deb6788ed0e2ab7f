"""Registers the app."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """heard.web."""

    name = "heard.web"
