"""Registers the app."""

from django.apps import AppConfig


class ConversationConfig(AppConfig):
    """heard.foundation.conversation."""

    name = "heard.foundation.conversation"
