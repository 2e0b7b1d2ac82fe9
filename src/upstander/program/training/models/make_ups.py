"""Making up the part of a session that somebody missed."""

from django.db import models
from django.db.models import Q

from upstander.district.accounts.models import Account
from upstander.district.people.models import Person
from upstander.foundation.kernel.models import DistrictForeignKey, DistrictModel
from upstander.program.training.models.sessions import Session


class MakeUp(DistrictModel):
    """A time set for one person to make up what they missed. The last one of a person counts, unless it is off."""

    session = DistrictForeignKey(Session, related_name="make_ups")
    person = DistrictForeignKey(Person, related_name="+")
    minutes = models.PositiveSmallIntegerField()  # what was missed, and nothing more
    on = models.DateField()
    starts = models.TimeField()
    account = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(minutes__gte=1), name="make_up_of_something")]
        indexes = [models.Index(fields=["district_id", "session", "id"], name="make_ups_by_session")]


class MadeUp(DistrictModel):
    """It was made up. Append-only, once for each time that was set."""

    make_up = DistrictForeignKey(MakeUp, related_name="made")
    account = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["district_id", "make_up"], name="made_up_once")]


class CalledOff(DistrictModel):
    """It does not take place, and no other time is set yet. Append-only, like what it is about."""

    make_up = DistrictForeignKey(MakeUp, related_name="called_off")
    account = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["district_id", "make_up"], name="called_off_once")]
