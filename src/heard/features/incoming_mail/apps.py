"""Registers the app."""

from django.apps import AppConfig


class IncomingMailConfig(AppConfig):
    """heard.features.incoming_mail."""

    name = "heard.features.incoming_mail"
