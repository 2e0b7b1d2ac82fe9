"""School years before the demo's own, with their lists of completions: a ledger as long as a district's."""

from django.db import connection

# The demo's first year once more for each year before it.
EARLIER = (
    "SET LOCAL statement_timeout = 0",  # two hundred thousand lines at once are nothing a page would write
    """INSERT INTO places_schoolyear (district_id, ref, name, starts_on, ends_on)
    SELECT district_id, left(md5(ref || ago), 12), extract(year FROM starts_on) - ago || ' (earlier)',
        (starts_on - make_interval(years => ago))::date, (ends_on - make_interval(years => ago))::date
    FROM (SELECT * FROM places_schoolyear WHERE district_id = %(district)s ORDER BY starts_on LIMIT 1) first,
        generate_series(1, %(years)s) ago""",
    """INSERT INTO compliance_completion (district_id, ref, subject, completed_on, expires_on, evidence_kind,
        evidence_ref, content_version, recorded_at, recorded_by, person_id)
    SELECT district_id, left(md5(ref || ago), 12), subject, (completed_on - make_interval(years => ago))::date,
        (expires_on - make_interval(years => ago))::date, evidence_kind, evidence_ref || ago, content_version,
        recorded_at - make_interval(years => ago), recorded_by, person_id
    FROM compliance_completion, generate_series(1, %(years)s) ago
    WHERE district_id = %(district)s AND subject = %(subject)s AND completed_on < (
        SELECT ends_on FROM places_schoolyear WHERE district_id = %(district)s
        ORDER BY ends_on DESC OFFSET 1 LIMIT 1)""",
    """UPDATE compliance_requirement SET starts_on = (starts_on - make_interval(years => %(years)s))::date
    WHERE district_id = %(district)s AND subject = %(subject)s""",
)


def remember_earlier_years(district_id: int, subject: str, years: int) -> None:
    """Write so many years more, and let the requirement hold from the first of them on."""
    with connection.cursor() as cursor:
        for statement in EARLIER:
            cursor.execute(statement, {"district": district_id, "years": years, "subject": subject})
