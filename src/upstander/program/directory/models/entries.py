"""Organizations, the services they give, and the places where they give them."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from upstander.district.accounts.models import Account
from upstander.foundation.kernel.models import DistrictForeignKey, DistrictModel
from upstander.program.directory.states import STATE_WORDS, State

NAME_LENGTH, TEXT_LENGTH, CITY_LENGTH, NUMBER_LENGTH = 120, 600, 60, 30


class Organization(DistrictModel):
    """Who gives services. `uid` is its name in the open standard, kept through every exchange."""

    uid = models.UUIDField(default=uuid.uuid4)
    name = models.CharField(max_length=NAME_LENGTH)
    about = models.CharField(max_length=TEXT_LENGTH, blank=True)
    website = models.URLField(blank=True)
    version = models.PositiveIntegerField(default=0)  # how often it was changed: of two editors at once one is told

    class Meta:
        constraints = [models.UniqueConstraint(fields=["district_id", "uid"], name="organization_once")]


class Location(DistrictModel):
    """A place of an organization. Of a confidential one only the area is ever published.

    One person closes it, at once; opening it is wished by one person (`opening_wished_by`) and done by another.
    """

    class Kind(models.TextChoices):
        OPEN = "open", _("Anyone may know the address")
        AREA = "area", _("Confidential: only the area is shown")
        VIRTUAL = "virtual", _("By phone or online, no place to go to")

    class Access(models.TextChoices):
        STEP_FREE = "step_free", _("No steps")
        RESTROOM = "restroom", _("Accessible restroom")
        BUS = "bus", _("Bus or train close by")
        SIGN = "sign", _("Sign language on request")

    organization = DistrictForeignKey(Organization, related_name="locations", db_index=False)
    uid = models.UUIDField(default=uuid.uuid4)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    name = models.CharField(max_length=NAME_LENGTH, blank=True)
    street = models.CharField(max_length=NAME_LENGTH, blank=True)
    city = models.CharField(max_length=CITY_LENGTH, blank=True)
    state_code = models.CharField(max_length=2, blank=True)
    postal_code = models.CharField(max_length=10, blank=True)
    address = models.CharField(max_length=64, blank=True, default="", db_default="")  # digest of street and city
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    access = ArrayField(models.CharField(max_length=12, choices=Access.choices), default=list)
    version = models.PositiveIntegerField(default=0)
    opening_wished_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["district_id", "uid"], name="location_once"),
            models.CheckConstraint(
                condition=~Q(kind="open") | Q(opening_wished_by__isnull=True), name="location_is_open_already"
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="location_on_earth",
            ),
        ]
        indexes = [models.Index(fields=["district_id", "address"], name="location_by_address")]


class Service(DistrictModel):
    """One thing that an organization does for people, or a department unit to which a school refers."""

    class Kind(models.TextChoices):
        SERVICE = "service", _("A service for students and families")
        UNIT = "unit", _("A department unit that schools refer to")

    class Cost(models.TextChoices):
        UNKNOWN = "unknown", _("Please ask about the cost")
        FREE = "free", _("Free")
        SLIDING = "sliding", _("By income")
        INSURANCE = "insurance", _("With insurance")
        PAID = "paid", _("Costs money")

    class MayReport(models.TextChoices):
        UNKNOWN = "unknown", _("Ask them before you tell: we do not know")
        YES = "yes", _("They may have to tell child welfare or the police when a young person is being hurt")
        NO = "no", _("They say that they pass nothing on unless you agree")

    class TakesReport(models.TextChoices):
        UNKNOWN = "unknown", _("Nobody has asked them yet")
        YES = "yes", _("Yes: they take reports of suspected abuse from people who must report")
        NO = "no", _("No: telling them is no report")

    organization = DistrictForeignKey(Organization, related_name="services", db_index=False)
    uid = models.UUIDField(default=uuid.uuid4)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.SERVICE)
    unit = models.CharField(max_length=24, blank=True)  # which of the units or partners that ship
    name_en = models.CharField(max_length=NAME_LENGTH)
    name_es = models.CharField(max_length=NAME_LENGTH, blank=True)
    about_en = models.CharField(max_length=TEXT_LENGTH, blank=True)
    about_es = models.CharField(max_length=TEXT_LENGTH, blank=True)
    who_en = models.CharField(max_length=TEXT_LENGTH, blank=True)  # whom it is for
    who_es = models.CharField(max_length=TEXT_LENGTH, blank=True)
    how_en = models.CharField(max_length=TEXT_LENGTH, blank=True)  # how to ask; of a unit, what to send
    how_es = models.CharField(max_length=TEXT_LENGTH, blank=True)
    website = models.URLField(blank=True)
    needs = ArrayField(models.CharField(max_length=24), default=list)
    languages = ArrayField(models.CharField(max_length=3), default=list)
    youngest = models.PositiveSmallIntegerField(null=True)
    oldest = models.PositiveSmallIntegerField(null=True)
    cost = models.CharField(max_length=10, choices=Cost.choices, default=Cost.UNKNOWN)
    may_report = models.CharField(max_length=10, choices=MayReport.choices, default=MayReport.UNKNOWN)
    takes_report = models.CharField(max_length=10, choices=TakesReport.choices, default=TakesReport.UNKNOWN)
    state = models.CharField(max_length=10, choices=[(state.value, STATE_WORDS[state]) for state in State])
    written_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["district_id", "uid"], name="service_once"),
            models.UniqueConstraint(fields=["district_id", "unit"], condition=~Q(unit=""), name="unit_taken_once"),
            models.CheckConstraint(
                condition=Q(youngest__isnull=True) | Q(oldest__isnull=True) | Q(youngest__lte=models.F("oldest")),
                name="service_ages_in_order",
            ),
            models.CheckConstraint(  # asking a unit of the district is no report
                condition=~Q(kind="unit") | ~Q(takes_report="yes"), name="service_unit_takes_no_report"
            ),
        ]
        indexes = [models.Index(fields=["district_id", "state", "name_en"], name="service_by_state")]

    def stand(self) -> str:
        """Which versions of the entry, of its organization and of its places stand: all that a check publishes."""
        places = sorted((each.location_id, each.location.version) for each in self.at_locations.all())
        return "-".join(map(str, (self.version, self.organization.version, *(version for _pk, version in places))))


class ServiceAtLocation(DistrictModel):
    """The service is given at the place."""

    service = DistrictForeignKey(Service, on_delete=models.CASCADE, related_name="at_locations", db_index=False)
    location = DistrictForeignKey(Location, on_delete=models.CASCADE, related_name="for_services", db_index=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["district_id", "service", "location"], name="at_location_once")]


class Phone(DistrictModel):
    """A number of a service, in the order in which to try."""

    class Kind(models.TextChoices):
        VOICE = "voice", _("Call")
        TEXT = "text", _("Text message")
        TTY = "tty", _("TTY")
        FAX = "fax", _("Fax")

    service = DistrictForeignKey(Service, on_delete=models.CASCADE, related_name="phones", db_index=False)
    number = models.CharField(max_length=NUMBER_LENGTH)
    extension = models.CharField(max_length=8, blank=True)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.VOICE)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["district_id", "service", "position"], name="phone_by_service")]


class Schedule(DistrictModel):
    """Open on a weekday (Monday is 0); past midnight where it closes not later than it opens."""

    service = DistrictForeignKey(Service, on_delete=models.CASCADE, related_name="schedules", db_index=False)
    weekday = models.PositiveSmallIntegerField()
    opens = models.TimeField()
    closes = models.TimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(weekday__lte=6), name="schedule_in_the_week")]
        indexes = [models.Index(fields=["district_id", "service", "weekday"], name="schedule_by_service")]
