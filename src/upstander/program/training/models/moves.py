"""What every ledger of moves keeps."""

from django.db import models

from upstander.district.accounts.models import Account
from upstander.foundation.kernel.models import DistrictModel


class Move(DistrictModel):
    """Where from, where to, by whom, when. Append-only."""

    from_state = models.CharField(max_length=10, blank=True)
    to_state = models.CharField(max_length=10)
    account = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    actor_name = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta(DistrictModel.Meta):
        abstract = True
