"""Who counts as staff of a site on a day, and which posts may stand where."""

from upstander.district.people.content import POSTS
from upstander.district.people.models import Post
from upstander.district.places.policies import HOLDS

IN_POST = f"""
    FROM people_post AS post
    WHERE post.district_id = %(district)s AND post.site_id IS NOT NULL AND {HOLDS.format(row="post")}
        AND (cardinality(%(roles)s::text[]) = 0 OR post.role = ANY(%(roles)s))
"""

# One row per person and site for all sites at once. Parameters: district, on, known_at, roles (none is every role).
STAFF_IN_POST = f"SELECT DISTINCT post.site_id, post.person_id {IN_POST}"
# Every post at a site, so that somebody with several is in it several times.
POSTS_AT_SITES = f"SELECT post.site_id, post.person_id, post.role {IN_POST}"
# Who has several posts on a day, wherever: told along the index that holds posts by person, in half the time that
# putting people together by hashing takes.
SEVERAL_POSTS = f"""
    SELECT post.person_id FROM people_post post
    WHERE post.district_id = %(district)s AND {HOLDS.format(row="post")}
    GROUP BY post.person_id HAVING count(*) > 1 ORDER BY post.person_id"""  # noqa: S608 - constants only

# The kind of post of which a role is a part, or the role itself; of `role` in a statement.
_PARTS = " ".join(f"WHEN '{role}' THEN '{called.part_of}'" for role, called in POSTS.items() if called.part_of)
WHOLE_ROLE = f"CASE role {_PARTS} ELSE role END"

# A post brings its role's rights in its place, so these may not stand in a wider one.
AT_A_SITE = frozenset({Post.Role.SITE_ADMINISTRATOR, Post.Role.SITE_DESIGNEE})
IN_A_REGION = frozenset({Post.Role.REGION_LEAD, Post.Role.REGION_DEPUTY})
OF_THE_DISTRICT = frozenset({Post.Role.COORDINATOR, Post.Role.IT_ADMINISTRATOR})


def is_in_place(role: str, *, has_site: bool, has_region: bool) -> bool:
    """Whether a post of this role can stand at a site, in a region, or (with neither) in the whole district."""
    if role in AT_A_SITE:
        return has_site and not has_region
    if role in IN_A_REGION:
        return has_region and not has_site
    return not (has_site or has_region) if role in OF_THE_DISTRICT else not (has_site and has_region)


def needs_to_give(role: str) -> tuple[str, ...]:
    """The capabilities that giving, changing or ending a post of this role takes.

    Who runs the programme or its server is named by those who give access, so that nobody names themselves.
    """
    return ("people.load", "access.manage") if role in OF_THE_DISTRICT else ("people.load",)
