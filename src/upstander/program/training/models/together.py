"""Small sites that are trained together: for a school year, and in one session."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from upstander.district.accounts.models import Account
from upstander.district.places.models import SchoolYear, Site
from upstander.foundation.kernel.models import DistrictForeignKey, DistrictModel
from upstander.program.training.models.requests import Request
from upstander.program.training.models.sessions import Session


class Hosting(DistrictModel):
    """In this school year the guest is trained together with the host, and in its rooms: a ledger of who said so.

    All sites with one host form a group. A row ends once and is not changed else; who is grouped anew gets a new one.
    """

    class End(models.TextChoices):
        SEPARATED = "separated", _("Separated by the office")
        DECLINED = "declined", _("The guest declined the day")
        HOST_DECLINED = "host", _("The host declined the day")
        HELD = "held", _("The session was held")
        LEFT = "left", _("The guest’s request ended or asked for other days")

    year = DistrictForeignKey(SchoolYear, related_name="+")
    host = DistrictForeignKey(Site, related_name="+")
    guest = DistrictForeignKey(Site, related_name="+")
    account = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    actor_name = models.CharField(max_length=60)
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=60, blank=True)  # the actor as in the audit: a ref or a job
    ended_how = models.CharField(max_length=10, choices=End.choices, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(host=F("guest")), name="hosting_of_another_site"),
            models.UniqueConstraint(
                fields=["district_id", "year", "guest"], condition=Q(ended_at__isnull=True), name="guest_of_one_host"
            ),
        ]


class SessionGuest(DistrictModel):
    """A site whose staff come to a session at another, by a request of its own: what it said, and whether it left."""

    session = DistrictForeignKey(Session, related_name="guests")
    site = DistrictForeignKey(Site, related_name="+")
    request = DistrictForeignKey(Request, related_name="visits")
    accepted_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["district_id", "request"], condition=Q(left_at__isnull=True), name="request_visits_one_session"
            ),
            models.UniqueConstraint(
                fields=["district_id", "session", "site"],
                condition=Q(left_at__isnull=True),
                name="guest_once_in_session",
            ),
        ]
