"""Where a district is in Wagtail's tree, and who sits there. Row security of Wagtail's own tables reads these two.

Wagtail's tables have no district column, but its pages and its collections are trees: a district is one branch of each.
"""

from django.contrib.auth.models import Group
from django.db import models

from upstander.foundation.kernel.models import DistrictModel

BRANCH = 8  # letters of a path that lead to a branch below the root: two steps of four


class Shelf(DistrictModel):
    """A district's branch of the tree of pages, and its branch of the tree of collections."""

    page_path = models.CharField(max_length=BRANCH, unique=True)
    collection_path = models.CharField(max_length=BRANCH, unique=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["district_id"], name="shelf_once_a_district")]


class Seat(DistrictModel):
    """The group of a district's editors, or of its reviewers in one role. Memberships follow grants."""

    role = models.CharField(max_length=16)
    group = models.OneToOneField(Group, on_delete=models.PROTECT, related_name="seat")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["district_id", "role"], name="seat_once_a_role")]
