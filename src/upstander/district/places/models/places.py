"""The district, its hosts and law stations, its regions, and its sites with their status."""

import datetime as dt
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import F, Q

from upstander.district.places.models.dated import Dated, ends_after_start, one_at_a_time
from upstander.foundation.kernel.models import DistrictForeignKey, DistrictModel
from upstander.foundation.kernel.refs import REF_LENGTH, new_ref


class District(models.Model):
    """One tenant: a school district, a county office or a state that runs its programme here."""

    class Kind(models.TextChoices):
        SCHOOL_DISTRICT = "school_district"
        COUNTY_OFFICE = "county_office"
        STATE = "state"

    ref = models.CharField(max_length=REF_LENGTH, unique=True, default=new_ref, editable=False)
    key = models.SlugField(unique=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.SCHOOL_DISTRICT)
    zone = models.CharField(max_length=40)
    # Which law packs apply, outermost first, e.g. "us-ca" and "us-ca-san-mateo".
    state_key = models.CharField(max_length=40)
    county_key = models.CharField(max_length=60, blank=True)
    is_fictional = models.BooleanField(default=False)

    def wall_time(self, at: dt.datetime) -> dt.datetime:
        """The moment `at` as clocks in the district tell it."""
        return at.astimezone(ZoneInfo(self.zone))

    def day(self, at: dt.datetime) -> dt.date:
        """The day it is in the district at the moment `at`."""
        return self.wall_time(at).date()


class Host(models.Model):
    """The name in the address bar that leads to a district. Read before any district is known."""

    hostname = models.CharField(max_length=200, unique=True)
    district = models.ForeignKey(District, on_delete=models.PROTECT)


class Region(Dated):
    """A part of the district with a lead and a deputy (who they are stands in people's posts)."""

    name = models.CharField(max_length=80)

    class Meta:
        constraints = [one_at_a_time("region_name_once", "name"), ends_after_start("region_period")]


class LawStation(DistrictModel):
    """A city police or county sheriff's station that takes reports; a school police department is never one."""

    class Kind(models.TextChoices):
        CITY_POLICE = "city_police"
        COUNTY_SHERIFF = "county_sheriff"

    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    phone = models.CharField(max_length=30, blank=True)  # blank means: a task for the site, never a guess
    verified_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["city_police", "county_sheriff"]), name="station_is_never_school_police"
            )
        ]


class Site(DistrictModel):
    """A school or a work site. Its code in the directory it came from is what makes it the same site again."""

    class Kind(models.TextChoices):
        SCHOOL = "school"
        OFFICE = "office"
        BUS_YARD = "bus_yard"
        KITCHEN = "kitchen"
        EARLY_EDUCATION = "early_education"

    source = models.CharField(max_length=40)  # which directory speaks for it; "own" when entered here
    code = models.CharField(max_length=40)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    name = models.CharField(max_length=160)
    sort_key = models.CharField(max_length=160)
    agency_code = models.CharField(max_length=40, blank=True)
    agency_name = models.CharField(max_length=160, blank=True)
    county_name = models.CharField(max_length=80, blank=True)
    school_type = models.CharField(max_length=80, blank=True)  # the directory's own word, e.g. "High Schools (Public)"
    is_charter = models.BooleanField(null=True)
    # Grades -1 (preschool), 0 (kindergarten), 1 to 12; null when the directory does not say.
    lowest_grade = models.SmallIntegerField(null=True)
    highest_grade = models.SmallIntegerField(null=True)
    serves_adults = models.BooleanField(default=False)
    grades_as_given = models.CharField(max_length=40, blank=True)
    street = models.CharField(max_length=160, blank=True)
    city = models.CharField(max_length=80, blank=True)
    postal_code = models.CharField(max_length=10, blank=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    phone = models.CharField(max_length=30, blank=True)
    law_station = DistrictForeignKey(LawStation, null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["district_id", "source", "code"], name="site_code_once"),
            models.CheckConstraint(
                condition=Q(lowest_grade__isnull=True) | Q(lowest_grade__lte=F("highest_grade")),
                name="site_grades_in_order",
            ),
        ]
        indexes = [models.Index(fields=["district_id", "sort_key"], name="site_by_name")]


class SiteStatus(Dated):
    """What a site is from one day to another: its history, which a closing never erases."""

    class Status(models.TextChoices):
        PENDING = "pending"
        ACTIVE = "active"
        CLOSED = "closed"
        MERGED = "merged"
        WITHDRAWN = "withdrawn"

    site = DistrictForeignKey(Site, related_name="statuses")
    status = models.CharField(max_length=10, choices=Status.choices)
    source = models.CharField(max_length=40)
    is_inferred = models.BooleanField(default=False)  # "closed" read from absence in a complete directory

    class Meta:
        constraints = [one_at_a_time("site_status_once", "site"), ends_after_start("site_status_period")]
        indexes = [models.Index(fields=["district_id", "starts_on", "ends_on"], name="site_status_by_day")]


class DirectoryLoad(DistrictModel):
    """That a directory was loaded, and which day it speaks of: an older one must not undo what a newer one said."""

    source = models.CharField(max_length=40)
    format = models.CharField(max_length=40)
    as_of = models.DateField()
    digest = models.CharField(max_length=64)  # SHA-256 of the file
    was_partial = models.BooleanField(default=False)  # loaded without its refused rows
    loaded_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["district_id", "source", "as_of"], name="directory_load_by_day")]


class SiteRegion(Dated):
    """Which region a site belongs to, by date."""

    site = DistrictForeignKey(Site, related_name="regions")
    region = DistrictForeignKey(Region)

    class Meta:
        constraints = [one_at_a_time("site_region_once", "site"), ends_after_start("site_region_period")]
        indexes = [models.Index(fields=["district_id", "starts_on", "ends_on"], name="site_region_by_day")]


class SecondaryRule(Dated):
    """Which schools the district counts as secondary: by the directory's type, or by grades served."""

    school_types = models.JSONField(default=list)  # directory words that count; empty means: go by grades
    lowest_grade = models.SmallIntegerField(default=7)
    highest_grade = models.SmallIntegerField(default=12)

    class Meta:
        constraints = [one_at_a_time("secondary_rule_once"), ends_after_start("secondary_rule_period")]
