"""Settings that hold everywhere. What differs stands in demo, test and production."""

from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from upstander.config import env
from upstander.config.settings.apps import *  # noqa: F403

ROOT = Path(__file__).resolve().parents[4]
PACKAGE = Path(__file__).resolve().parents[2]
VAR = Path(env.text("UPSTANDER_VAR", str(ROOT / "var")))
CONTENT = ROOT / "content"

SECRET_KEY = env.text("SECRET_KEY")
# What opens something (the address of a private calendar) is sealed with the first of these; the others still open.
# Without a key nothing is sealed, and what would have to be is not taken.
VAULT_KEYS = env.keys("UPSTANDER_VAULT_KEYS")
DEBUG = False
# Any name may knock: the District middleware answers only hosts it finds in places.Host, others see a neutral chooser.
ALLOWED_HOSTS = ["*"]
USE_X_FORWARDED_HOST = False

ROOT_URLCONF = "upstander.config.urls"
WSGI_APPLICATION = "upstander.config.wsgi.application"
AUTH_USER_MODEL = "accounts.Account"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # Ours and Django's, by name: what Wagtail draws is drawn by its own engine, which knows nothing of ours.
        "DIRS": [
            PACKAGE / "web/shared/templates",
            *sorted(PACKAGE.glob("*/*/templates")),
            Path(find_spec("django").submodule_search_locations[0]) / "forms/templates",  # type: ignore[union-attr,index]
        ],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "upstander.web.shared.context.house",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "upstander.web.shared.templatetags.constant",
            ],
        },
    },
    {
        "NAME": "explorer",
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "web/explorer/screens"],  # what we draw in place of theirs
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]
FORM_RENDERER = "upstander.web.shared.drawing.Drawing"

# One database, two roles: DATABASE_URL serves and owns nothing; DATABASE_OWNER_URL migrates and backs up.
DATABASE_APP_ROLE = str(env.database("DATABASE_URL")["USER"])
AS_OWNER = env.flag("UPSTANDER_AS_OWNER", False)
# What one page or job may ask of the database before it gives up: a page that hangs holds a thread, and a lock that is
# held keeps others from their work. Commands that load, seed or migrate set UPSTANDER_LONG_WORK and are free of them.
SERVING_LIMITS = {
    "statement_timeout": "15s",  # the slowest page's slowest statement takes 0.3 s; the web server's own limit is 30 s
    "lock_timeout": "5s",  # no service works that long; whoever waits longer is told to come back
    "idle_in_transaction_session_timeout": "60s",  # a mail server may take 20 s; beyond that somebody has died
}
LIMITS: dict[str, str] = {} if env.flag("UPSTANDER_LONG_WORK", False) else SERVING_LIMITS
DATABASES = {
    "default": {
        **env.limited(env.database("DATABASE_OWNER_URL" if AS_OWNER else "DATABASE_URL"), LIMITS),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
    }
}
# The same database once more: tries are counted beside the request's transaction; see kernel.limits.
COUNTING_DATABASE = "counting"
DATABASES[COUNTING_DATABASE] = {**DATABASES["default"], "CONN_MAX_AGE": 60}
ATOMIC_REQUESTS = False  # web.shared.middleware.DistrictTransaction opens the one transaction itself

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("es", _("Spanish"))]
# Every catalog of ours stands before those of the libraries: "Site" is a place where people work, not a web site.
LOCALE_PATHS = [PACKAGE / "locale", *sorted(PACKAGE.glob("*/*/locale"))]
USE_I18N = True
USE_THOUSAND_SEPARATOR = True  # 70,195 people; numbers in attributes and pictures are written with `unlocalize`
FORMAT_MODULE_PATH = "upstander.config.formats"
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ["ttf"]  # only documents use these, and they read them from the disk
STATIC_PAGES = VAR / "static-pages"
PRINTS = VAR / "prints"  # papers made from the pages; each can be made again
# What PDF documents are drawn with; `npm run build` copies the files there.
DOCUMENT_FONTS = PACKAGE / "web/shared/static/built/fonts"

SESSION_ENGINE = "upstander.web.shared.session_store"
SESSION_COOKIE_NAME = "session"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_SAVE_EVERY_REQUEST = False
CSRF_USE_SESSIONS = True  # no cookie for visitors; anonymous forms carry their own signed token
CSRF_FAILURE_VIEW = "upstander.web.shared.errors.csrf_failed"
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"

SECURE_CONTENT_TYPE_NOSNIFF = True
# No other site learns where a reader came from. "no-referrer" would make browsers send "Origin: null" with our own
# forms, which is what a forged form looks like.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "object-src": ["'none'"],
    }
}

DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 3000
# Files stay in memory and never touch the disk; a larger one than FILE_UPLOAD_MAX_MEMORY_SIZE is not taken at all.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 13 * 1024 * 1024  # a little more than the largest file that is taken, so that it is told

# Wagtail: the explorer in which editors write. It asks nobody outside, sends no mail, and keeps no index: what it
# searches are the tables themselves, in which row security shows one district.
WAGTAIL_SITE_NAME = "Upstander"
WAGTAILADMIN_BASE_URL = ""
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True  # who approved other words has not approved these
WAGTAIL_FINISH_WORKFLOW_ACTION = "upstander.program.library.services.reviewed.show_reviewed"
WAGTAILADMIN_COMMENTS_ENABLED = False
WAGTAILADMIN_UNSAFE_PAGE_DELETION_LIMIT = 0
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
MODELSEARCH_BACKENDS = {"default": {"BACKEND": "modelsearch.backends.database.fallback", "AUTO_UPDATE": False}}
WAGTAILIMAGES_IMAGE_MODEL = "library.Picture"
WAGTAILIMAGES_IMAGE_FORM_BASE = "upstander.web.explorer.forms.PictureForm"
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 25_000_000
TAGGIT_CASE_INSENSITIVE = True

PROCRASTINATE_IMPORT_PATHS = [
    "upstander.jobs.tasks",
    "upstander.jobs.plan_search",
    "upstander.jobs.prints",
    "upstander.jobs.packs",
    "upstander.jobs.recounts",
    "upstander.jobs.calendars",
    "upstander.jobs.directory",
    "upstander.jobs.timetable",
]

KEPT_SECONDS = 30  # how old a page may be that is the same for everyone; see web.shared.kept

# Where "Leave this page" goes: a place nobody has to explain.
EXIT_ADDRESS = env.text("UPSTANDER_EXIT_ADDRESS", "https://www.weather.gov/")
SITE_ADDRESS = env.text("UPSTANDER_SITE_ADDRESS", "http://localhost:8000")
MAIL_TRANSPORT = "outbox"  # demo and tests keep mails as rows; production says smtp
DEFAULT_FROM_EMAIL = env.text("UPSTANDER_MAIL_FROM", "Upstander <no-reply@example.org>")
# The only hosts this server ever asks anything: calendars that consultants connect. None, unless somebody names them.
CALENDAR_HOSTS = env.hosts("UPSTANDER_CALENDAR_HOSTS")
# While a legal hold lasts: nothing of a reporter's is reduced or forgotten by time. What its owner erases is erased.
LEGAL_HOLD = env.flag("UPSTANDER_LEGAL_HOLD", False)
CLOCK_FILE = ""  # demo and tests may shift the clock by the seconds written in this file
SHOW_DEMO_PEOPLE = False
PROXIES_COUNT = 0  # how many proxies of our own stand in front

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "upstander.foundation.kernel.logs.JsonLines"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "json"},
        "nowhere": {"class": "logging.NullHandler"},
    },
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        # Django's own request log prints paths, and a path can hold a ref: ours prints route names only.
        "django.request": {"handlers": ["nowhere"], "propagate": False},
        "django.server": {"handlers": ["nowhere"], "propagate": False},
        "django.security": {"level": "ERROR"},
        "django.security.DisallowedHost": {"handlers": ["nowhere"], "propagate": False},
        "procrastinate": {"level": "WARNING"},
        # These print titles of pages, and of pages nobody reads yet.
        "wagtail": {"level": "WARNING"},
        "django_tasks": {"level": "WARNING"},
    },
}
