"""Who is reminded when, and who was. All three are append-only."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from upstander.district.people.models import Person
from upstander.foundation.kernel.models import DistrictForeignKey, DistrictModel


class ReminderSchedule(DistrictModel):
    """When the district reminds whom. The newest row holds; without one nobody is reminded.

    Days are counted from the day something is due: -7 is a week before, 14 is two weeks after.
    """

    is_on = models.BooleanField()
    person_days = models.JSONField(default=list)  # the person themselves, on each of these days
    site_days = models.SmallIntegerField(null=True)  # their administrators, from this day on; null is never
    region_days = models.SmallIntegerField(null=True)  # their region's lead, from this day on
    from_hour = models.PositiveSmallIntegerField()  # mail goes out on school days from this hour
    until_hour = models.PositiveSmallIntegerField()  # until the minute before this one
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(from_hour__lt=F("until_hour"), until_hour__lte=24), name="reminder_schedule_hours"
            )
        ]
        indexes = [models.Index(fields=["district_id", "recorded_at"], name="reminder_schedule_newest")]


class ReminderDigest(DistrictModel):
    """One mail to one person with all that concerns them. The database lets no second one into the same week."""

    person = DistrictForeignKey(Person, related_name="digests", db_index=False)
    sent_on = models.DateField()
    free_on = models.DateField()  # the first day on which the next one may be written
    items_count = models.PositiveSmallIntegerField()  # of their own
    sites_count = models.PositiveSmallIntegerField()  # sites they administer, with people to speak to
    regions_count = models.PositiveSmallIntegerField()  # regions they lead
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="one_digest_a_week",
                expressions=[
                    ("district_id", RangeOperators.EQUAL),
                    ("person", RangeOperators.EQUAL),
                    (
                        Func(F("sent_on"), F("free_on"), function="daterange", output_field=models.Field()),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
            models.CheckConstraint(condition=Q(free_on__gt=F("sent_on")), name="reminder_digest_week"),
        ]
        indexes = [models.Index(fields=["district_id", "recorded_at"], name="reminder_digest_newest")]


class Reminder(DistrictModel):
    """That somebody was reminded of one thing at one step of the schedule, or why not."""

    class Outcome(models.TextChoices):
        MAILED = "mailed"
        NO_ADDRESS = "no_address"
        ON_LEAVE = "on_leave"

    person = DistrictForeignKey(Person, related_name="reminders", db_index=False)
    requirement_id = models.BigIntegerField()
    cycle_on = models.DateField()
    due_on = models.DateField()  # a due day that moves, after a leave, is reminded of anew
    days = models.SmallIntegerField()  # the step of the schedule
    outcome = models.CharField(max_length=12, choices=Outcome.choices)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["district_id", "person", "requirement_id", "due_on", "days", "outcome"], name="reminded_once"
            )
        ]
        indexes = [models.Index(fields=["district_id", "recorded_at"], name="reminder_newest")]
