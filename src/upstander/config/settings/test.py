"""Settings of the test suite: hostile to carelessness, cheap where safety does not matter."""

from upstander.config.settings.demo import *  # noqa: F403
from upstander.config.settings.demo import DATABASES, TEMPLATES

# A test's transaction is rolled back, and what it counted with it. One test counts as the product does, on a clone.
COUNTING_DATABASE = "default"
DATABASES = {"default": DATABASES["default"]}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
KEPT_SECONDS = 0
WHITENOISE_USE_FINDERS = True  # the browser tests read the sources: nothing has to be collected first


class UnknownVariable(str):
    """A template that names a variable nobody gave fails the test that rendered it."""

    def __contains__(self, _: object) -> bool:
        return True

    def __mod__(self, name: object) -> str:
        raise LookupError(f"template variable {name} is unknown")


TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = UnknownVariable("%s")
