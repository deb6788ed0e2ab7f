"""Heard's settings without its applications, for processes that know the stream alone."""

from heard.config.settings import *  # noqa: F403

INSTALLED_APPS = []
