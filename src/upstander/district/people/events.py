"""What the audit keeps about people: refs and counts, never a name."""

from django.utils.translation import gettext_lazy as _

from upstander.foundation.audit.writer import declare
from upstander.foundation.kernel.changes import Change

HIRED = declare("people.hired", _("Someone joined the staff"))
ROSTER_LOADED = declare(
    "people.roster_loaded",
    _("%(people)s people joined the staff, %(posts)s posts began and %(ended)s ended"),
    "people",
    "posts",
    "ended",
)
ACCOUNT_GIVEN = declare("people.account_given", _("Someone on the staff was given an account"), "account")
POST_STARTED = declare("people.post_started", _("Someone took a post on %(starts_on)s"), "person", "role", "starts_on")
POST_ENDED = declare("people.post_ended", _("Someone leaves a post on %(ends_on)s"), "person", "ends_on")
POST_CORRECTED = declare(
    "people.post_corrected", _("The days of a post were corrected"), "person", "starts_on", "ends_on"
)
POST_MOVED = declare("people.post_moved", _("Someone moves to another site on %(starts_on)s"), "person", "starts_on")
POST_TAKEN_BACK = declare("people.post_taken_back", _("A post that never was, was taken back"), "person")
POSTS_TAKEN_BACK = declare("people.posts_taken_back", _("%(count)s posts of a list were taken back"), "count")
LEAVES_STARTED = declare("people.leaves_started", _("%(count)s people are on leave"), "count")
LEAVE_ENDED = declare("people.leave_ended", _("Someone is back from leave on %(ends_on)s"), "ends_on")
LEAVE_CORRECTED = declare("people.leave_corrected", _("The days of a leave were corrected"), "starts_on", "ends_on")
LEAVE_TAKEN_BACK = declare("people.leave_taken_back", _("A leave that never was, was taken back"))
RENAMED = declare("people.renamed", _("Someone's name was written anew"))

# Told with the ids of the people whose posts or leaves changed.
CHANGED = Change()
