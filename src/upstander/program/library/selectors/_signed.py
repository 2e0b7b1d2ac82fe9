"""Who has reviewed which pages of the edition, as the district's readers are told."""

from collections import defaultdict
from collections.abc import Mapping

from django.db import connection

from upstander.foundation.kernel.actor import Actor
from upstander.program.library.content.pages import ROLES, SignOff

# Every page asks this, so it is written out: building it anew costs more than running it.
STANDING = """
    SELECT page, edition, step, read_on FROM library_pagereview r
    WHERE district_id = %s AND page = ANY(%s) AND NOT EXISTS (
        SELECT FROM library_pagereviewend e WHERE e.district_id = r.district_id AND e.review_id = r.id)
    ORDER BY id
"""


def signed_in(actor: Actor, editions: Mapping[str, str]) -> dict[str, dict[str, SignOff]]:
    """By page and role who has reviewed the present edition of these pages; `editions` by page. One query."""
    found: dict[str, dict[str, SignOff]] = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute(STANDING, [actor.district_id, list(editions)])
        rows = cursor.fetchall()
    for page, edition, role, read_on in rows:
        if editions[page] == edition:
            found[page][role] = SignOff(ROLES[role], read_on)
    return found
