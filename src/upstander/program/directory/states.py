"""The life of an entry, and who it is for, as one table each."""

import enum

from django.utils.translation import gettext_lazy as _


class State(enum.StrEnum):
    """What readers see of an entry."""

    DRAFT = "draft"
    PUBLISHED = "published"
    CHANGED = "changed"  # edited since: readers see it as it was checked
    WITHDRAWN = "withdrawn"


STATE_WORDS = {
    State.DRAFT: _("draft"),
    State.PUBLISHED: _("published"),
    State.CHANGED: _("changed, to be checked"),
    State.WITHDRAWN: _("taken off"),
}

AFTER_WRITING = {
    State.DRAFT: State.DRAFT,
    State.PUBLISHED: State.CHANGED,
    State.CHANGED: State.CHANGED,
    State.WITHDRAWN: State.DRAFT,
}

STALE_DAYS = 180  # then an editor checks it again
HIDDEN_DAYS = 365  # then readers see it no more until somebody has


class Standing(enum.StrEnum):
    """How fresh the last check is."""

    FRESH = "fresh"
    STALE = "stale"
    HIDDEN = "hidden"
    NEVER = "never"


def standing(age_days: int | None) -> Standing:
    """How an entry stands whose last check is so many days ago (None: it was never checked)."""
    if age_days is None:
        return Standing.NEVER
    if age_days >= HIDDEN_DAYS:
        return Standing.HIDDEN
    return Standing.STALE if age_days >= STALE_DAYS else Standing.FRESH
