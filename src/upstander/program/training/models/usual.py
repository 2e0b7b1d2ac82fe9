"""How a site is trained that has not asked for anything itself."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from upstander.district.accounts.models import Account
from upstander.district.places.models import Site
from upstander.foundation.kernel.models import DistrictForeignKey, DistrictModel
from upstander.program.training.models.cadre import CODE_OF_LANGUAGE
from upstander.program.training.models.requests import Request


class UsualSession(DistrictModel):
    """What plans take for a site where no request of its own says otherwise. Without a row: in person, in English."""

    site = DistrictForeignKey(Site, related_name="+")
    mode = models.CharField(max_length=10, choices=Request.Mode.choices)
    languages = ArrayField(models.CharField(max_length=CODE_OF_LANGUAGE))
    is_alone = models.BooleanField(default=False)  # no group with other small sites is suggested
    account = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["district_id", "site"], name="one_usual_session_per_site")]
