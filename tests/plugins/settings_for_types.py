"""The settings as mypy's Django plugin reads them: it needs names and models, but no database and no secret."""

import os

os.environ.setdefault("DATABASE_URL", "postgresql://app@/upstander")
os.environ.setdefault("SECRET_KEY", "-" * 50)

from upstander.config.settings.test import *  # noqa: F403
