"""Sessions, and who of the Cadre holds them."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Case, F, Func, Q, When
from django.utils.translation import gettext_lazy as _

from upstander.district.places.models import Site
from upstander.foundation.kernel.models import DistrictForeignKey, DistrictModel
from upstander.program.training.models.cadre import CadreMember
from upstander.program.training.models.moves import Move
from upstander.program.training.models.requests import ROOM_LENGTH, Request, room_name
from upstander.program.training.models.slides import ADDRESS_LENGTH


class Moments(Func):
    """`tstzrange(a, b)` over two columns, for constraints."""

    function = "tstzrange"

    def __init__(self, first: str, last: str) -> None:
        super().__init__(F(first), F(last), output_field=models.Field())


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
    meeting = models.URLField(
        max_length=ADDRESS_LENGTH, blank=True, default="", db_default=""
    )  # where it is joined from afar
    offering = models.CharField(max_length=40, blank=True, default="")  # the edition given, as in content/offerings/
    minimum_minutes = models.PositiveSmallIntegerField(null=True)  # below them it is not complete; empty: any will do
    state = models.CharField(max_length=10)
    state_since = models.DateTimeField()
    marks_after = models.BigIntegerField(default=0)  # marks up to this id count no longer: opened by mistake
    sequence = models.PositiveSmallIntegerField(default=0)  # of the calendar file; grows with what is sent

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="session_period"),
            models.CheckConstraint(
                condition=Q(meeting="") | (Q(meeting__startswith="https://") & ~Q(mode=Request.Mode.IN_PERSON)),
                name="session_joined_from_afar",
            ),
            models.UniqueConstraint(
                fields=["district_id", "request"], condition=~Q(state="cancelled"), name="one_session_per_request"
            ),
        ]
        indexes = [
            models.Index(fields=["district_id", "starts_at"], name="session_by_time"),
            models.Index(fields=["district_id", "state"], name="session_by_state"),
        ]


class SessionMove(Move):
    """One move of a session."""

    session = DistrictForeignKey(Session, related_name="moves")

    class Meta:
        indexes = [models.Index(fields=["district_id", "session", "at"], name="session_moves")]


class Assignment(DistrictModel):
    """Who holds a session, and as what: one leads, others may co-lead, a shadow listens and learns.

    The database itself refuses two sessions at once, and two sites without the way between them.
    """

    class Role(models.TextChoices):
        LEAD = "lead", _("Leads")
        CO_LEAD = "co_lead", _("Co-leads")
        SHADOW = "shadow", _("Shadows")

    session = DistrictForeignKey(Session, related_name="assignments")
    member = DistrictForeignKey(CadreMember, related_name="assignments")
    role = models.CharField(max_length=10, choices=Role.choices, default=Role.LEAD)
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
                fields=["district_id", "session"],
                condition=Q(released_at__isnull=True, role="lead"),
                name="one_lead_per_session",
            ),
        ]


# The order in which a team is named.
LEAD_FIRST = Case(When(role=Assignment.Role.LEAD, then=0), When(role=Assignment.Role.CO_LEAD, then=1), default=2)
