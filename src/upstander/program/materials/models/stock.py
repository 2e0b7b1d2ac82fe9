"""The way of every copy: onto the shelf, to a site, back, away."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from upstander.district.accounts.models import Account
from upstander.district.places.models import Site
from upstander.foundation.kernel.models import DistrictForeignKey, DistrictModel
from upstander.program.materials.models.catalogue import Edition
from upstander.program.training.models import Request


class Parcel(DistrictModel):
    """What was sent to a site at once, for a request. What it holds stands in the ledger."""

    class How(models.TextChoices):
        MAIL = "mail", _("By inter-office mail")
        PICK_UP = "pick_up", _("Picked up")

    request = DistrictForeignKey(Request, related_name="parcels", db_index=False)
    how = models.CharField(max_length=10, choices=How.choices)
    is_last = models.BooleanField()  # nothing more comes, although something was open
    sent_at = models.DateTimeField()
    sent_by = models.CharField(max_length=60)  # the actor's name as in the audit

    class Meta:
        indexes = [models.Index(fields=["district_id", "request"], name="parcel_by_request")]


class Movement(DistrictModel):
    """One line of the ledger: how many copies more or fewer on the shelf, and at a site."""

    class Kind(models.TextChoices):
        RECEIVED = "received", _("Received")
        SENT = "sent", _("Sent")
        RETURNED = "returned", _("Returned")
        DISCARDED = "discarded", _("Taken away at the site")
        CORRECTED = "corrected", _("Correction")

    class Reason(models.TextChoices):
        COUNTED = "counted", _("The shelf was counted")
        DAMAGED = "damaged", _("Damaged")
        LOST = "lost", _("Lost")
        OUTDATED = "outdated", _("Out of date, recycled")

    edition = DistrictForeignKey(Edition, related_name="movements", db_index=False)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    shelf_change = models.IntegerField()
    site = DistrictForeignKey(Site, null=True, related_name="+", db_index=False)
    site_change = models.IntegerField(default=0)
    parcel = DistrictForeignKey(Parcel, null=True, related_name="movements", db_index=False)
    reason = models.CharField(max_length=10, choices=Reason.choices, blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=60)  # the actor's name as in the audit

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(site__isnull=False) | Q(site_change=0), name="movement_at_a_site"),
            models.CheckConstraint(condition=~Q(kind="corrected") | ~Q(reason=""), name="movement_has_its_reason"),
        ]
        indexes = [
            models.Index(fields=["district_id", "edition", "at"], name="movement_by_edition"),
            models.Index(fields=["district_id", "site", "at"], name="movement_by_site"),
            models.Index(fields=["district_id", "parcel"], name="movement_by_parcel"),
        ]


class Recall(DistrictModel):
    """Somebody is asked to have the copies of a withdrawn edition taken away at one site."""

    edition = DistrictForeignKey(Edition, related_name="recalls", db_index=False)
    site = DistrictForeignKey(Site, related_name="+", db_index=False)
    owner = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    due_on = models.DateField()
    done_at = models.DateTimeField(null=True)
    done_by = models.CharField(max_length=60, blank=True)  # the actor's name as in the audit

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["district_id", "edition", "site"], condition=Q(done_at__isnull=True), name="recall_open_once"
            ),
        ]
        indexes = [models.Index(fields=["district_id", "done_at", "due_on"], name="recall_by_day")]
