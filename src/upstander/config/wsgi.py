"""The WSGI application, named as a string wherever it is needed."""

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
