"""Grants beside those that come from posts, for instance to someone from outside the district's staff."""

from django.db import models

from upstander.district.accounts.models import Account
from upstander.district.places.models import Dated, Region, Site, ends_after_start
from upstander.foundation.kernel.models import DistrictForeignKey


class RoleGrant(Dated):
    """A role for an account from one day to another, in the district, a region or a site."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT)
    role = models.CharField(max_length=24)
    region = DistrictForeignKey(Region, null=True)
    site = DistrictForeignKey(Site, null=True)

    class Meta:
        constraints = [ends_after_start("role_grant_period")]
        indexes = [models.Index(fields=["district_id", "account"], name="role_grant_by_account")]
