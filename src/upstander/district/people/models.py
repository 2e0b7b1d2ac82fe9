"""Staff and their posts, by date. A person never holds the same post twice on one day: the database sees to it."""

from django.db import models
from django.db.models import Q

from upstander.district.accounts.models import Account
from upstander.district.places.models import Dated, Region, Site, ends_after_start, one_at_a_time
from upstander.foundation.kernel.models import DistrictForeignKey, DistrictModel


class Person(DistrictModel):
    """One member of staff (or volunteer, board member, contractor), known by the district's staff number."""

    staff_number = models.CharField(max_length=20)
    given_name = models.CharField(max_length=80)
    family_name = models.CharField(max_length=80)
    sort_key = models.CharField(max_length=160)
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=5, default="en")
    account = models.ForeignKey(Account, null=True, on_delete=models.PROTECT)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["district_id", "staff_number"], name="staff_number_once"),
            models.UniqueConstraint(
                fields=["district_id", "account"], name="one_person_per_account", condition=Q(account__isnull=False)
            ),
        ]
        indexes = [models.Index(fields=["district_id", "sort_key"], name="person_by_name")]

    @property
    def full_name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()


class Post(Dated):
    """What a person does where, from one day to another; "in post on that day" is read from here."""

    class Role(models.TextChoices):
        TEACHER = "teacher"
        SUPPORT = "support"  # counselor, social worker, psychologist, nurse
        CLASSIFIED = "classified"  # aide, clerk, driver, cook, custodian: whole, or what no part below names
        DRIVER = "driver"
        FOOD_SERVICE = "food_service"
        FRONT_OFFICE = "front_office"
        SITE_ADMINISTRATOR = "site_administrator"
        SITE_DESIGNEE = "site_designee"
        SUBSTITUTE = "substitute"
        CONTRACTOR = "contractor"
        VOLUNTEER = "volunteer"
        CADRE_MEMBER = "cadre_member"
        REGION_LEAD = "region_lead"
        REGION_DEPUTY = "region_deputy"
        COORDINATOR = "coordinator"
        IT_ADMINISTRATOR = "it_administrator"

    person = DistrictForeignKey(Person, related_name="posts")
    role = models.CharField(max_length=24, choices=Role.choices)
    site = DistrictForeignKey(Site, null=True)
    region = DistrictForeignKey(Region, null=True)

    class Meta:
        constraints = [
            # Three constraints, because an exclusion constraint lets rows with a null column pass.
            one_at_a_time("post_at_site_once", "person", "role", "site"),
            one_at_a_time("post_in_region_once", "person", "role", "region"),
            one_at_a_time("post_in_district_once", "person", "role", only=Q(site__isnull=True, region__isnull=True)),
            ends_after_start("post_period"),
        ]
        indexes = [
            models.Index(fields=["district_id", "starts_on", "ends_on"], name="post_by_day"),
            models.Index(fields=["district_id", "site", "starts_on"], name="post_by_site"),
        ]


class Leave(Dated):
    """A person is away from one day to another. Why is nobody's business here, and there is no place to say it."""

    person = DistrictForeignKey(Person, related_name="leaves", db_index=False)

    class Meta:
        constraints = [one_at_a_time("leave_once", "person"), ends_after_start("leave_period")]
        indexes = [models.Index(fields=["district_id", "person"], name="leave_by_person")]
