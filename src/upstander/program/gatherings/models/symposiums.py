"""A symposium: its day, agenda, hosts, speakers with their pay and care, and who has signed up."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from upstander.district.accounts.models import Account
from upstander.foundation.kernel.models import DistrictForeignKey, DistrictModel
from upstander.program.gatherings.content.choices import (
    BREAKS,
    BRINGS,
    MOST_FEE,
    MOST_GUESTS,
    NAME_LENGTH,
    NEEDS,
    PLACE_LENGTH,
    SPOKEN_OF,
    TITLE_LENGTH,
    TONGUE_LENGTH,
)
from upstander.program.training.models import Request


class Symposium(DistrictModel):
    """One dated gathering with guests from outside. Counts stay when the guests' rows are erased."""

    title_en = models.CharField(max_length=TITLE_LENGTH)
    title_es = models.CharField(max_length=TITLE_LENGTH)
    place = models.CharField(max_length=PLACE_LENGTH)
    on = models.DateField()
    starts = models.TimeField()
    ends = models.TimeField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    zone = models.CharField(max_length=40)
    capacity = models.PositiveSmallIntegerField()
    interpreters = ArrayField(models.CharField(max_length=TONGUE_LENGTH), default=list)
    organizer = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    request = DistrictForeignKey(Request, null=True, related_name="symposiums", db_index=False)  # what it came of
    state = models.CharField(max_length=10)
    state_since = models.DateTimeField()
    sequence = models.PositiveSmallIntegerField(default=0)  # of the calendar file; grows with what is sent
    seated_count = models.PositiveSmallIntegerField(null=True)  # written when it was held
    came_count = models.PositiveSmallIntegerField(null=True)
    walk_in_count = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at"), capacity__gte=1, capacity__lte=MOST_GUESTS),
                name="symposium_possible",
            ),
            models.UniqueConstraint(
                fields=["district_id", "request"], condition=~Q(state="cancelled"), name="one_symposium_per_request"
            ),
        ]
        indexes = [models.Index(fields=["district_id", "on"], name="symposium_by_day")]


class AgendaSlot(DistrictModel):
    """One line of the agenda."""

    symposium = DistrictForeignKey(Symposium, related_name="slots", db_index=False)
    starts = models.TimeField()
    ends = models.TimeField()
    room = models.CharField(max_length=40, blank=True)
    title_en = models.CharField(max_length=TITLE_LENGTH)
    title_es = models.CharField(max_length=TITLE_LENGTH)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="slot_within_a_day")]
        indexes = [models.Index(fields=["district_id", "symposium", "starts"], name="slots_by_symposium")]


class CoHost(DistrictModel):
    """An organization that gives the symposium with the district, and what it brings."""

    symposium = DistrictForeignKey(Symposium, related_name="hosts", db_index=False)
    name = models.CharField(max_length=TITLE_LENGTH)
    brings = ArrayField(models.CharField(max_length=12, choices=BRINGS), default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["district_id", "symposium", "name"], name="host_once")]


class Speaker(DistrictModel):
    """Who speaks, for which fee, and what was agreed so that it goes well for them.

    Everyone is asked the same and offered the same care, so no row tells why somebody speaks. All of it is chosen.
    """

    symposium = DistrictForeignKey(Symposium, related_name="speakers", db_index=False)
    slot = DistrictForeignKey(AgendaSlot, null=True, related_name="speakers")
    name = models.CharField(max_length=NAME_LENGTH)  # as they wish to be announced
    organization = models.CharField(max_length=NAME_LENGTH, blank=True)
    fee = models.PositiveIntegerField(default=0)  # whole dollars
    topics = ArrayField(models.CharField(max_length=12, choices=SPOKEN_OF), default=list)
    break_minutes = models.PositiveSmallIntegerField(choices=BREAKS, default=0)
    may_be_recorded = models.BooleanField(default=False)
    care_name = models.CharField(max_length=NAME_LENGTH, blank=True)  # who of the district is there for them
    care_phone = models.CharField(max_length=30, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(fee__lte=MOST_FEE), name="fee_possible")]
        indexes = [models.Index(fields=["district_id", "symposium"], name="speakers_by_symposium")]


class SpeakerPayment(DistrictModel):
    """What was paid to a speaker: append-only. A mistake is put right by a row of the opposite amount."""

    speaker = DistrictForeignKey(Speaker, related_name="payments", db_index=False)
    amount = models.IntegerField()  # whole dollars
    paid_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=60)  # the actor's name as in the audit

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(amount=0), name="payment_is_something")]
        indexes = [models.Index(fields=["district_id", "speaker"], name="payments_by_speaker")]


class Guest(DistrictModel):
    """Somebody from outside who signed up: erased some weeks after the day, and at once when they withdraw."""

    symposium = DistrictForeignKey(Symposium, related_name="guests", db_index=False)
    name = models.CharField(max_length=NAME_LENGTH, blank=True)
    organization = models.CharField(max_length=NAME_LENGTH, blank=True)
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=5)
    interpreter = models.CharField(max_length=TONGUE_LENGTH, blank=True)
    needs = ArrayField(models.CharField(max_length=12, choices=NEEDS), default=list)
    state = models.CharField(max_length=10)
    state_since = models.DateTimeField()
    proved_at = models.DateTimeField(null=True)
    came_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["district_id", "symposium", "email"],
                condition=Q(state__in=["waiting", "seated"]),
                name="one_place_an_address",
            )
        ]
        indexes = [
            models.Index(fields=["district_id", "symposium", "state", "proved_at"], name="guests_in_order"),
            models.Index(fields=["district_id", "state", "state_since"], name="guests_by_age"),
        ]
