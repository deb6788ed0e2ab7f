"""Django's handler of pages and API; `config/pages.py` stands between it and granian."""

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
