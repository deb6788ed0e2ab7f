"""Registers the app."""

from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    """heard.foundation.delivery."""

    name = "heard.foundation.delivery"
