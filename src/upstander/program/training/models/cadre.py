"""The Cadre: who its consultants are, and when they can be asked."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from upstander.district.people.models import Person
from upstander.district.places.models import ends_after_start
from upstander.foundation.kernel.models import DistrictForeignKey, DistrictModel

CODE_OF_LANGUAGE = 5  # letters at most; which languages there are stands in content/languages/


class CadreMember(DistrictModel):
    """A consultant of the Cadre: languages, and how much may be asked."""

    person = DistrictForeignKey(Person)
    languages = ArrayField(models.CharField(max_length=CODE_OF_LANGUAGE))
    most_per_day = models.PositiveSmallIntegerField(default=2)
    most_per_week = models.PositiveSmallIntegerField(default=5)
    travel_limit_km = models.PositiveSmallIntegerField(null=True)  # one way, from the home base; null: no limit
    deputy = DistrictForeignKey("self", null=True, related_name="stands_in_for")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["district_id", "person"], name="cadre_member_once"),
            models.CheckConstraint(
                condition=Q(deputy__isnull=True) | ~Q(deputy=F("id")), name="nobody_is_their_own_deputy"
            ),
        ]


class Availability(DistrictModel):
    """The weekly pattern, in wall times of the district; weekday 0 is Monday."""

    member = DistrictForeignKey(CadreMember, related_name="weekly")
    weekday = models.PositiveSmallIntegerField()
    starts = models.TimeField()
    ends = models.TimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(weekday__lte=6), name="availability_weekday"),
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="availability_within_a_day"),
        ]


class AvailabilityException(DistrictModel):
    """Days unlike the week, half-open: away, wholly or for some hours of each; or at hand beside the week."""

    member = DistrictForeignKey(CadreMember, related_name="away")
    starts_on = models.DateField()
    ends_on = models.DateField()
    starts = models.TimeField(null=True)  # wall times of the district; null: the whole day
    ends = models.TimeField(null=True)
    is_extra = models.BooleanField(default=False, db_default=False)  # they can be asked then

    class Meta:
        constraints = [
            ends_after_start("availability_exception_period"),
            models.CheckConstraint(
                condition=Q(starts__isnull=True, ends__isnull=True, is_extra=False) | Q(ends__gt=F("starts")),
                name="availability_exception_hours",
            ),
        ]


class BusyTime(DistrictModel):
    """Taken by other work, known only as taken."""

    member = DistrictForeignKey(CadreMember, related_name="busy")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    is_from_file = models.BooleanField(default=False)  # the next file takes its place
    is_connected = models.BooleanField(default=False)  # the next reading of the connected calendar does

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="busy_time_period"),
            models.CheckConstraint(condition=~Q(is_from_file=True, is_connected=True), name="busy_time_one_source"),
        ]


class BusyFile(DistrictModel):
    """That a member's calendar file was read, and how far: the file itself is not kept."""

    member = DistrictForeignKey(CadreMember, related_name="busy_files")
    read_at = models.DateTimeField()
    until = models.DateTimeField()
    stretch_count = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["district_id", "member"], name="busy_file_once")]
