"""Who counts as staff of a site on a day."""

from upstander.district.places.policies import HOLDS

# One row per person and site for all sites at once. Parameters: district, on, known_at, roles (none is every role).
STAFF_IN_POST = f"""
    SELECT DISTINCT post.site_id, post.person_id
    FROM people_post AS post
    WHERE post.district_id = %(district)s AND post.site_id IS NOT NULL AND {HOLDS.format(row="post")}
        AND (cardinality(%(roles)s::text[]) = 0 OR post.role = ANY(%(roles)s))
"""  # noqa: S608 - constants only
