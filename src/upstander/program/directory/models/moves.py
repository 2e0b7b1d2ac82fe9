"""What became of a place, and by whom: who may know an address is never changed without a trace."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from upstander.district.accounts.models import Account
from upstander.foundation.kernel.models import DistrictForeignKey, DistrictModel
from upstander.program.directory.models.entries import Location


class PlaceMove(DistrictModel):
    """One step in the life of a place. Rows are added, never changed; no address stands in them."""

    class Step(models.TextChoices):
        WRITTEN = "written", _("Written down")
        CHANGED = "changed", _("Changed")
        CLOSED = "closed", _("The address was made confidential, everywhere at once")
        WISHED = "wished", _("Somebody wished that anyone may know the address")
        OPENED = "opened", _("A second person agreed: anyone may know the address")
        KEPT = "kept", _("Decided: the address stays confidential")

    location = DistrictForeignKey(Location, on_delete=models.CASCADE, related_name="moves", db_index=False)
    at = models.DateTimeField()
    author = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")  # none: a job
    step = models.CharField(max_length=10, choices=Step.choices)
    kind = models.CharField(max_length=10, choices=Location.Kind.choices)  # as it was after the step

    class Meta:
        indexes = [models.Index(fields=["district_id", "location", "at"], name="place_move_by_place")]


class ConfidentialAddress(DistrictModel):
    """An address that a place made confidential, or that two people opened: of each, what was told last holds.

    Rows are added, never changed, and go with a place that was a draft alone. The address itself stands in no row: a
    street that nobody names any more can be known again, and not be read.
    """

    location = DistrictForeignKey(Location, on_delete=models.CASCADE, related_name="+", db_index=False)
    digest = models.CharField(max_length=32)
    at = models.DateTimeField()
    is_opened = models.BooleanField()

    class Meta:
        indexes = [models.Index(fields=["district_id", "digest", "id"], name="confidential_address_by_digest")]
