"""What people thought of a session, without a name; and how who led it looks back at it."""

from django.db import models
from django.db.models import Q

from upstander.district.accounts.models import Account
from upstander.foundation.kernel.models import DistrictForeignKey, DistrictModel
from upstander.program.training.models import Session


class AnswerSheet(DistrictModel):
    """One person's answers before and after a session: choices, no name, no address, no moment.

    `link` is a keyed digest of a code the person made up. It goes when the second sheet has found the first, and at
    the latest when the questions close: then nothing tells whose the answers were, not even to who made the code.
    """

    session = DistrictForeignKey(Session, related_name="+")
    edition = models.DateField()  # of the questions
    before = models.JSONField(null=True)  # question -> chosen
    after = models.JSONField(null=True)
    link = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(before__isnull=False) | Q(after__isnull=False), name="sheet_has_answers"
            ),
            models.CheckConstraint(
                condition=Q(link="") | Q(after__isnull=True) | Q(before__isnull=True), name="sheet_linked_once"
            ),
            models.UniqueConstraint(
                fields=["district_id", "session", "link"], condition=~Q(link=""), name="sheet_by_link"
            ),
        ]
        indexes = [models.Index(fields=["district_id", "session"], name="sheets_by_session")]


class Debrief(DistrictModel):
    """How who led a session looks back at it, by choosing. Nothing about how they feel is asked, or kept."""

    session = DistrictForeignKey(Session, related_name="+")
    edition = models.DateField()
    answers = models.JSONField()  # question -> chosen
    account = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["district_id", "session", "id"], name="debriefs_by_session")]
