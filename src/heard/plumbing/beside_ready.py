"""Imported once by the server from which processes are forked (see `beside`), so that all of them have Django ready."""

import os

import django

if os.environ.get("DJANGO_SETTINGS_MODULE"):
    django.setup()
