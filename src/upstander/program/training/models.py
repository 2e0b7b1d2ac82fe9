"""Requests, the Cadre, sessions and who was there.

No field takes a story: a child's name must have nowhere to stand. Moves and attendance are append-only rows; what a
row says now is always the last word of its ledger.
"""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from upstander.district.accounts.models import Account
from upstander.district.people.models import Person
from upstander.district.places.models import Site, ends_after_start
from upstander.foundation.kernel.models import DistrictForeignKey, DistrictModel

MOST_HEADS = 1500
LANGUAGES = (("en", _("English")), ("es", _("Spanish")))
ROOM_LENGTH = 40
ROOM_PATTERN = r"^[\w .#&/\-]*$"
room_name = RegexValidator(
    ROOM_PATTERN, _("A room is named with letters, digits and blanks, for instance “Library” or “Room 12”.")
)


class Moments(Func):
    """`tstzrange(a, b)` over two columns, for constraints."""

    function = "tstzrange"

    def __init__(self, first: str, last: str) -> None:
        super().__init__(F(first), F(last), output_field=models.Field())


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


class RequestMove(DistrictModel):
    """One move of a request: from where to where, by whom, when. Append-only."""

    request = DistrictForeignKey(Request, related_name="moves")
    from_state = models.CharField(max_length=10, blank=True)
    to_state = models.CharField(max_length=10)
    account = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    actor_name = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["district_id", "request", "at"], name="request_moves")]


class CadreMember(DistrictModel):
    """A consultant of the Cadre: home base, languages, and how much may be asked."""

    person = DistrictForeignKey(Person)
    home_latitude = models.FloatField()
    home_longitude = models.FloatField()
    languages = ArrayField(models.CharField(max_length=5, choices=LANGUAGES))
    most_per_day = models.PositiveSmallIntegerField(default=2)
    most_per_week = models.PositiveSmallIntegerField(default=5)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["district_id", "person"], name="cadre_member_once")]


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
    """Days away, half-open."""

    member = DistrictForeignKey(CadreMember, related_name="away")
    starts_on = models.DateField()
    ends_on = models.DateField()

    class Meta:
        constraints = [ends_after_start("availability_exception_period")]


class BusyTime(DistrictModel):
    """Taken by other work, known only as taken."""

    member = DistrictForeignKey(CadreMember, related_name="busy")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="busy_time_period")]


class Session(DistrictModel):
    """A training on a day. The moments are UTC; beside them the wall times people agreed on, zone and fold."""

    request = DistrictForeignKey(Request, related_name="sessions")
    site = DistrictForeignKey(Site)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    on = models.DateField()
    starts = models.TimeField()
    ends = models.TimeField()
    zone = models.CharField(max_length=40)
    fold = models.PositiveSmallIntegerField(default=0)
    mode = models.CharField(max_length=10, choices=Request.Mode.choices)
    room = models.CharField(max_length=ROOM_LENGTH, blank=True, validators=[room_name])
    state = models.CharField(max_length=10)
    state_since = models.DateTimeField()
    sequence = models.PositiveSmallIntegerField(default=0)  # of the calendar file; grows with what is sent

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="session_period"),
            models.UniqueConstraint(
                fields=["district_id", "request"], condition=~Q(state="cancelled"), name="one_session_per_request"
            ),
        ]
        indexes = [
            models.Index(fields=["district_id", "starts_at"], name="session_by_time"),
            models.Index(fields=["district_id", "state"], name="session_by_state"),
        ]


class SessionMove(DistrictModel):
    """One move of a session. Append-only."""

    session = DistrictForeignKey(Session, related_name="moves")
    from_state = models.CharField(max_length=10, blank=True)
    to_state = models.CharField(max_length=10)
    account = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    actor_name = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["district_id", "session", "at"], name="session_moves")]


class Assignment(DistrictModel):
    """Who holds a session. The database itself refuses two at once, and two sites without the way between them."""

    session = DistrictForeignKey(Session, related_name="assignments")
    member = DistrictForeignKey(CadreMember, related_name="assignments")
    site = DistrictForeignKey(Site)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    travel_minutes = models.PositiveSmallIntegerField()
    leaves_at = models.DateTimeField()  # the session widened by the travel; stored, since a constraint cannot add
    returns_at = models.DateTimeField()
    released_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="member_in_one_session",
                expressions=[
                    ("district_id", RangeOperators.EQUAL),
                    ("member", RangeOperators.EQUAL),
                    (Moments("starts_at", "ends_at"), RangeOperators.OVERLAPS),
                ],
                condition=Q(released_at__isnull=True),
            ),
            # Back to back at one site is fine; between two sites the travel of both must fit.
            ExclusionConstraint(
                name="member_can_get_there",
                expressions=[
                    ("district_id", RangeOperators.EQUAL),
                    ("member", RangeOperators.EQUAL),
                    ("site", RangeOperators.NOT_EQUAL),
                    (Moments("leaves_at", "returns_at"), RangeOperators.OVERLAPS),
                ],
                condition=Q(released_at__isnull=True),
            ),
            models.UniqueConstraint(
                fields=["district_id", "session"], condition=Q(released_at__isnull=True), name="one_lead_per_session"
            ),
        ]


class AttendanceMark(DistrictModel):
    """Who was there: a ledger. The latest row about a person (or a number) counts; a correction is a new row."""

    class How(models.TextChoices):
        CODE = "code", _("Checked in")
        TICKED = "ticked", _("Ticked off")
        WALK_IN = "walk_in", _("Walk-in")
        MATCHED = "matched", _("Number matched")
        STRUCK = "struck", _("Taken back")
        SET_ASIDE = "set_aside", _("Number set aside")

    session = DistrictForeignKey(Session, related_name="marks")
    person = DistrictForeignKey(Person, null=True)
    staff_number = models.CharField(max_length=20, blank=True)  # as typed, where nobody (yet) has that number
    how = models.CharField(max_length=10, choices=How.choices)
    account = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False) | ~Q(staff_number=""), name="mark_is_about_someone"
            )
        ]
        indexes = [models.Index(fields=["district_id", "session", "id"], name="marks_by_session")]
