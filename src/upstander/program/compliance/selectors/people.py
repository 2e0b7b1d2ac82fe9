"""Who of a school's staff is trained on a day, by name; only for those who may read people there."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import connection

from upstander.district.people.policies import STAFF_IN_POST
from upstander.district.places.models import Site
from upstander.district.places.selectors import place_of
from upstander.foundation.kernel.access import require
from upstander.foundation.kernel.actor import Actor
from upstander.program.compliance.selectors.coverage import COUNTS
from upstander.program.compliance.selectors.requirements import Asked, held_against

STAFF = f"""
    SELECT person.ref, person.given_name || ' ' || person.family_name, max(c.expires_on) - 1
    FROM ({STAFF_IN_POST}) post
    JOIN people_person person ON person.id = post.person_id
    LEFT JOIN compliance_completion c ON c.person_id = person.id AND {COUNTS}
    WHERE post.site_id = %(site)s
    GROUP BY person.id ORDER BY person.sort_key, person.id"""  # noqa: S608 - composed of constants only


@dataclass(frozen=True, slots=True)
class StaffLine:
    """One person in post; `valid_through` is the last day of what counts on the day asked about, or None."""

    ref: str
    name: str
    valid_through: dt.date | None


def staff_lines(
    *, actor: Actor, site: Site, on: dt.date, today: dt.date, known_at: dt.datetime, asked: Asked
) -> list[StaffLine]:
    """Everyone in post at the site on `on`, by name. Raises NotAllowed without `people.read` there `today`."""
    require(actor, "people.read", place_of(actor=actor, site=site, on=today))
    values: dict[str, Any] = {
        "district": actor.district_id,
        "site": site.pk,
        "on": on,
        "known_at": known_at,
        **held_against(asked),
    }
    with connection.cursor() as cursor:
        cursor.execute(STAFF, values)
        return [StaffLine(*row) for row in cursor.fetchall()]
