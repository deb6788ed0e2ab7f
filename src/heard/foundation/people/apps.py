"""Registers the app."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """heard.foundation.people."""

    name = "heard.foundation.people"
