"""Pages and API, served as WSGI by granian."""

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
