"""The stream as an ASGI application; pages are served by `wsgi`, and nothing else is answered here."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "heard.config.settings")
django.setup()

from heard.plumbing.realtime.stream import StreamApplication  # noqa: E402 - after the applications are loaded
from heard.web.stream import authorise  # noqa: E402

application = StreamApplication(authorise)
