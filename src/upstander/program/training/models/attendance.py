"""Who was there."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from upstander.district.accounts.models import Account
from upstander.district.people.models import Person
from upstander.foundation.kernel.models import DistrictForeignKey, DistrictModel
from upstander.program.training.models.sessions import Session


class AttendanceMark(DistrictModel):
    """Who was there: a ledger. The latest row about a person (or a number) counts; a correction is a new row."""

    class How(models.TextChoices):
        CODE = "code", _("Checked in")
        TICKED = "ticked", _("Ticked off")
        WALK_IN = "walk_in", _("Walk-in")
        MATCHED = "matched", _("Number matched")
        STRUCK = "struck", _("Taken back")
        SET_ASIDE = "set_aside", _("Number set aside")

    session = DistrictForeignKey(Session, related_name="marks")
    person = DistrictForeignKey(Person, null=True)
    staff_number = models.CharField(max_length=20, blank=True)  # as typed, where nobody (yet) has that number
    how = models.CharField(max_length=10, choices=How.choices)
    account = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False) | ~Q(staff_number=""), name="mark_is_about_someone"
            )
        ]
        indexes = [models.Index(fields=["district_id", "session", "id"], name="marks_by_session")]
