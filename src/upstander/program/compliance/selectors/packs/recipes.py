"""What goes into a pack. A recipe never changes: a pack made by it comes out the same, whatever comes later."""

FIRST = 1  # people, sessions, sites, requirements, the question in words
WITH_ROLES = 2  # the counts by role as well
NEWEST = WITH_ROLES


def has_roles(recipe: int) -> bool:
    """Whether a pack by this recipe tells its counts by role."""
    return recipe >= WITH_ROLES
