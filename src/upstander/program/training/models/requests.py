"""Requests of every kind, with the days wished for."""

from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from upstander.district.accounts.models import Account
from upstander.district.places.models import Site
from upstander.foundation.kernel.models import DistrictForeignKey, DistrictModel
from upstander.program.training.models.cadre import CODE_OF_LANGUAGE
from upstander.program.training.models.moves import Move

MOST_HEADS = 1500
ROOM_LENGTH = 40
ROOM_PATTERN = r"^[\w .#&/\-]*$"
room_name = RegexValidator(
    ROOM_PATTERN, _("A room is named with letters, digits and blanks, for instance “Library” or “Room 12”.")
)
PHONE_PATTERN = r"^(?=(.*\d){7})[\d ()+.x/\-]{7,30}$"
phone_number = RegexValidator(PHONE_PATTERN, _("Please give a number with its area code, for instance (555) 555-0100."))


class Request(DistrictModel):
    """Somebody asks for a session, a call, materials. What they may say is a list of choices, on purpose.

    The choices of a kind stand in `content/requests/`. What a kind does not ask is empty, or 0: only sessions have a
    length. Who asked is an account or, without one, an address that was proved by a mail.
    """

    class Mode(models.TextChoices):
        IN_PERSON = "in_person", _("In person")
        ONLINE = "online", _("Online")
        HYBRID = "hybrid", _("In person and online")

    class Decline(models.TextChoices):
        TRAINED = "trained", _("The site is already trained this year")
        TWICE = "twice", _("The same request was made twice")
        NO_DAY = ("no_day", _("No consultant is free on the wished days; please ask again with others"))
        OTHER_OFFICE = "other_office", _("Another office gives this")
        HELD = "held", _("It was held this year already")
        STAFF_FIRST = "staff_first", _("The staff of the site are trained first; please ask again then")
        NOT_REACHED = "not_reached", _("We called at several of the chosen times and reached nobody")
        NO_STOCK = "no_stock", _("The materials are out of stock; please ask again next month")

    class WaitsFor(models.TextChoices):
        SITE = "site", _("The site answers")  # a plan proposed a day to it
        HOST = "host", _("The host answers")  # it agreed to come to a session at another

    kind = models.CharField(max_length=20)
    edition = models.DateField()
    answers = models.JSONField(default=dict)
    site = DistrictForeignKey(Site)
    audience = models.CharField(max_length=20)
    head_count = models.PositiveSmallIntegerField()
    languages = ArrayField(models.CharField(max_length=CODE_OF_LANGUAGE))
    mode = models.CharField(max_length=10, choices=Mode.choices, blank=True)
    minutes = models.PositiveSmallIntegerField()
    room = models.CharField(max_length=ROOM_LENGTH, blank=True, validators=[room_name])
    seat_count = models.PositiveSmallIntegerField(default=0)  # of the room; 0: not known
    requested_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    contact_email = models.EmailField(blank=True)
    contact_phone = models.CharField(max_length=30, blank=True, default="", db_default="", validators=[phone_number])
    contact_language = models.CharField(max_length=5, blank=True)
    entered_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    owner = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10)
    state_since = models.DateTimeField()
    due_on = models.DateField(null=True)
    waits_for = models.CharField(  # nothing: the district acts
        max_length=4, choices=WaitsFor.choices, blank=True, default="", db_default=""
    )
    escalated = models.PositiveSmallIntegerField(default=0)
    decline_reason = models.CharField(max_length=20, choices=Decline.choices, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(head_count__gte=0, head_count__lte=MOST_HEADS), name="request_head_count"
            ),
            models.CheckConstraint(condition=Q(seat_count__lte=MOST_HEADS), name="request_seat_count"),
            models.CheckConstraint(
                condition=Q(minutes=0) | Q(minutes__gte=15, minutes__lte=240), name="request_minutes"
            ),
            models.CheckConstraint(
                condition=Q(requested_by__isnull=True) | Q(contact_email=""), name="request_of_one_requester"
            ),
            models.CheckConstraint(
                condition=Q(waits_for="") | Q(state="planned"), name="request_waits_for_an_answer_while_planned"
            ),
        ]
        indexes = [
            models.Index(fields=["district_id", "state", "requested_at"], name="request_by_state"),
            models.Index(fields=["district_id", "site"], name="request_by_site"),
            models.Index(fields=["district_id", "due_on"], name="request_by_due_day"),
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


class AnswerChange(DistrictModel):
    """One time that answers of a request were completed or corrected after it was asked for. Append-only.

    `before` and `after` hold the answers that changed, by question; of a number to call only that it changed.
    """

    request = DistrictForeignKey(Request, related_name="answer_changes")
    before = models.JSONField()
    after = models.JSONField()
    account = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    actor_name = models.CharField(max_length=60)
    is_of_district = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["district_id", "request", "at"], name="answer_changes")]


class UnprovenRequest(DistrictModel):
    """What somebody without an account wants to ask for, until the link in their mail is followed or runs out.

    It is no request: nobody sees it, and what is not proved in time is deleted.
    """

    email = models.EmailField()
    language = models.CharField(max_length=5)
    wish = models.JSONField()
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["district_id", "expires_at"], name="unproven_by_end")]
