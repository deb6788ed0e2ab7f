"""Pages and API as granian asks for them: Django as WSGI, behind what waits for slow browsers."""

from heard.config.wsgi import application as django
from heard.plumbing.pages import Pages

application = Pages(django)
