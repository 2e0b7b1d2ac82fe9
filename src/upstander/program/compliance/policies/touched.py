"""Whose obligations, as known at a moment, may be others than those that are kept.

People with rows recorded or taken back since; everyone, where what is asked of them has changed since, or where they
are just being counted again. Parameters are those of `derived`, and subject (None: of all).
"""

from upstander.program.compliance.policies.derived import EVERYONE, PEOPLE

SINCE = "({0}.recorded_at > %(known_at)s OR {0}.superseded_at > %(known_at)s)"
ALL_TOUCHED = f"""(
    EXISTS (SELECT FROM compliance_recount recount
        WHERE recount.district_id = %(district)s AND recount.ended_at IS NULL)
    OR EXISTS (SELECT FROM compliance_requirement edition
        WHERE edition.district_id = %(district)s AND {SINCE.format("edition")}
            AND (%(subject)s::text IS NULL OR edition.subject = %(subject)s))
    OR %(by_grades)s AND (
        EXISTS (SELECT FROM places_sitestatus state WHERE state.district_id = %(district)s AND {SINCE.format("state")})
        OR EXISTS (SELECT FROM places_secondaryrule held
            WHERE held.district_id = %(district)s AND {SINCE.format("held")})))"""  # noqa: S608 - constants only
TOUCHED = f"""
    SELECT post.person_id FROM people_post post WHERE post.district_id = %(district)s AND {SINCE.format("post")}
    UNION
    SELECT leave.person_id FROM people_leave leave WHERE leave.district_id = %(district)s AND {SINCE.format("leave")}
    UNION
    SELECT c.person_id FROM compliance_completion c
    WHERE c.district_id = %(district)s AND c.recorded_at > %(known_at)s
        AND c.subject = ANY(%(subjects)s) AND c.completed_on BETWEEN %(since)s AND %(till)s
    UNION
    SELECT c.person_id FROM compliance_retraction x
    JOIN compliance_completion c ON c.district_id = x.district_id AND c.id = x.completion_id
    WHERE x.district_id = %(district)s AND x.recorded_at > %(known_at)s
    UNION
    SELECT person.id FROM people_person person
    WHERE person.district_id = %(district)s AND {ALL_TOUCHED}"""  # noqa: S608 - constants only


def of_touched(tables: str) -> str:
    """The same tables for the people of `touched` in place of those given."""
    return tables.replace(EVERYONE, "false").replace(PEOPLE, "ARRAY(SELECT person_id FROM touched)")
