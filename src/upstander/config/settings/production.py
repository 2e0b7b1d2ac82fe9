"""Production: behind a proxy that speaks TLS; every secret and address comes from the environment."""

from upstander.config import env
from upstander.config.settings.base import *  # noqa: F403

SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
# A browser takes a __Host- cookie only over TLS, for this very host and the whole of it: no neighbour under the same
# domain can plant a session of its own here.
SESSION_COOKIE_NAME = "__Host-session"
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrf"  # unused while the form secret lives in the session; safe from the first day it is
CSRF_COOKIE_SECURE = True
PROXIES_COUNT = env.whole("UPSTANDER_PROXIES", 1)
SITE_ADDRESS = env.text("UPSTANDER_SITE_ADDRESS")
MAIL_TRANSPORT = "smtp"
EMAIL_HOST = env.text("UPSTANDER_SMTP_HOST")
EMAIL_PORT = env.whole("UPSTANDER_SMTP_PORT", 587)
EMAIL_HOST_USER = env.maybe("UPSTANDER_SMTP_USER")
EMAIL_HOST_PASSWORD = env.maybe("UPSTANDER_SMTP_PASSWORD")
EMAIL_TIMEOUT = 20  # a mail server that hangs must not hold a worker and its transaction
EMAIL_USE_TLS = env.flag("UPSTANDER_SMTP_TLS", True)
