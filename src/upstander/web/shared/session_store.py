"""Where sessions are kept: Django's own table and rules, read in one short statement.

Every signed-in page reads its session first; building the same question anew each time cost more than asking it.
"""

from typing import Any

from django.contrib.sessions.backends import db
from django.db import connection

SESSION = "SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > CURRENT_TIMESTAMP"


class SessionStore(db.SessionStore):
    """Django's store but for how a session is found."""

    def load(self) -> dict[str, Any]:
        """What the session holds; nothing, and no key any more, for one that has ended or never was."""
        with connection.cursor() as cursor:
            cursor.execute(SESSION, [self.session_key])
            found = cursor.fetchone()
        if found is None:
            self._session_key = None
            return {}
        held: dict[str, Any] = self.decode(found[0])
        return held
