"""Requests for a training, with the days wished for."""

from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from upstander.district.accounts.models import Account
from upstander.district.places.models import Site
from upstander.foundation.kernel.models import DistrictForeignKey, DistrictModel
from upstander.program.training.models.cadre import LANGUAGES
from upstander.program.training.models.moves import Move

MOST_HEADS = 1500
ROOM_LENGTH = 40
ROOM_PATTERN = r"^[\w .#&/\-]*$"
room_name = RegexValidator(
    ROOM_PATTERN, _("A room is named with letters, digits and blanks, for instance “Library” or “Room 12”.")
)


class Request(DistrictModel):
    """A school asks for a training. What it may say is a list of choices, on purpose."""

    class Audience(models.TextChoices):
        ALL_STAFF = "all_staff", _("All staff of the site")
        TEACHERS = "teachers", _("Teachers")
        SUPPORT = "support", _("Counselors, social workers, psychologists, nurses")
        CLASSIFIED = "classified", _("Office, aides, bus, kitchen, custodians")
        LEADERS = "leaders", _("Site leaders and designees")

    class Mode(models.TextChoices):
        IN_PERSON = "in_person", _("In person")
        ONLINE = "online", _("Online")

    class Length(models.IntegerChoices):
        HOUR = 60, _("1 hour")
        HOUR_AND_HALF = 90, _("1½ hours")
        TWO_HOURS = 120, _("2 hours")

    class Decline(models.TextChoices):
        TRAINED = "trained", _("The site is already trained this year")
        TWICE = "twice", _("The same request was made twice")
        NO_DAY = ("no_day", _("No consultant is free on the wished days; please ask again with others"))
        OTHER_OFFICE = "other_office", _("Another office gives this training")

    site = DistrictForeignKey(Site)
    audience = models.CharField(max_length=20, choices=Audience.choices)
    head_count = models.PositiveSmallIntegerField()
    languages = ArrayField(models.CharField(max_length=5, choices=LANGUAGES))
    mode = models.CharField(max_length=10, choices=Mode.choices)
    minutes = models.PositiveSmallIntegerField(choices=Length.choices)
    room = models.CharField(max_length=ROOM_LENGTH, blank=True, validators=[room_name])
    requested_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    owner = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10)
    state_since = models.DateTimeField()
    decline_reason = models.CharField(max_length=20, choices=Decline.choices, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(head_count__gte=1, head_count__lte=MOST_HEADS), name="request_head_count"
            ),
            models.CheckConstraint(condition=Q(minutes__in=[60, 90, 120]), name="request_minutes"),
        ]
        indexes = [
            models.Index(fields=["district_id", "state", "requested_at"], name="request_by_state"),
            models.Index(fields=["district_id", "site"], name="request_by_site"),
        ]


class RequestWindow(DistrictModel):
    """A wished day with the wall times between which the session may lie."""

    request = DistrictForeignKey(Request, related_name="windows")
    on = models.DateField()
    starts = models.TimeField()
    ends = models.TimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="window_within_a_day")]
        indexes = [models.Index(fields=["district_id", "request"], name="window_by_request")]


class RequestMove(Move):
    """One move of a request."""

    request = DistrictForeignKey(Request, related_name="moves")

    class Meta:
        indexes = [models.Index(fields=["district_id", "request", "at"], name="request_moves")]
