"""The demo's password hash. Its passwords are printed for everyone: a slow hash would only make set-up slow."""

from django.contrib.auth.hashers import PBKDF2PasswordHasher


class QuickHasher(PBKDF2PasswordHasher):
    """The usual one with few rounds; production never names it."""

    algorithm = "pbkdf2_demo"
    iterations = 20_000
