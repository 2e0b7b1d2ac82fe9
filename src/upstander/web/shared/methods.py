"""How a page may be asked."""

from django.views.decorators.http import require_http_methods

# A page with a form: it is read, or what was filled in is sent. Anything else is answered 405.
read_or_send = require_http_methods(["GET", "HEAD", "POST"])
