"""The staff door of a site, and the clocks of reporters who asked for a copy on the server.

Nothing about a child, a concern or an answer is stored here or anywhere.
"""

from django.db import models
from django.db.models import Q

from upstander.district.accounts.models import Account
from upstander.district.places.models import Site
from upstander.foundation.kernel.models import DistrictForeignKey, DistrictModel
from upstander.foundation.kernel.refs import REF_LENGTH
from upstander.program.guidance.states import MANNERS, Agency, ClockState, LineKind, Manner

CODE_LENGTH = 16  # 80 random bits
PROOF_LENGTH = 4000


class StaffDoor(DistrictModel):
    """The code that opens what staff watch for to people at one site, on a sheet in the staff room."""

    site = DistrictForeignKey(Site)
    code = models.CharField(max_length=CODE_LENGTH, unique=True)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["district_id", "site"],
                condition=Q(closed_at__isnull=True),
                name="one_open_door_per_site",
            ),
        ]


def _closed_choices() -> Q:
    """A line says only what its kind allows: closed choices, so that no story can be written into it."""
    allowed = Q(kind=LineKind.RECEIVED, agency="", manner="", last_four="")
    for kind, manners in MANNERS.items():
        if manners:
            allowed |= Q(kind=kind, agency__in=Agency.values, manner__in=[manner.value for manner in manners])
    return allowed


class ReportClock(DistrictModel):
    """One reporter's clock, because they asked for a copy here. Row security shows it to their account alone."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT)
    state = models.CharField(max_length=10, choices=ClockState.choices, default=ClockState.OPEN)
    zone = models.CharField(max_length=40)
    hours = models.PositiveSmallIntegerField()  # as the law said when the clock was kept
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    keep_until = models.DateTimeField()  # when an open one is closed, and a closed one is reduced
    remind_to = models.EmailField(blank=True)  # only an address its owner gave for this
    remind_in = models.CharField(max_length=5, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ClockState.values), name="report_clock_state"),
            models.CheckConstraint(
                condition=Q(state=ClockState.OPEN, closed_at__isnull=True)
                | (~Q(state=ClockState.OPEN) & Q(closed_at__isnull=False)),
                name="report_clock_closed",
            ),
        ]


class ReportClockLine(DistrictModel):
    """One thing that happened, never changed: a correction is a new line that names the one it replaces."""

    clock = DistrictForeignKey(ReportClock)
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=LineKind.choices)
    happened_at = models.DateTimeField()
    agency = models.CharField(max_length=20, choices=Agency.choices, blank=True)
    manner = models.CharField(max_length=20, choices=Manner.choices, blank=True)
    last_four = models.CharField(max_length=4, blank=True)  # of the agency's reference number, never more
    replaces = models.PositiveSmallIntegerField(null=True, blank=True)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["district_id", "clock", "number"], name="report_line_once"),
            models.CheckConstraint(condition=_closed_choices(), name="report_line_choices"),
            models.CheckConstraint(condition=Q(last_four__regex=r"^([0-9]{4})?$"), name="report_line_last_four"),
        ]


class ClockYear(DistrictModel):
    """How many clocks were kept in a school year. A number and nothing else: it is not counted from the clocks."""

    starts_in = models.PositiveSmallIntegerField()
    clocks_count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["district_id", "starts_in"], name="clock_year_once")]


class ReportProof(DistrictModel):
    """A signed proof that a clock's owner asked for, so that its paper can be drawn again. Goes with the lines."""

    clock = DistrictForeignKey(ReportClock)
    code = models.CharField(max_length=CODE_LENGTH, unique=True)
    signed = models.CharField(max_length=PROOF_LENGTH)
    made_at = models.DateTimeField()


class ProofKey(models.Model):
    """A key of this server's signature. Its private half is not here: it is made of `salt` and the server's secret.

    When a key is retired its salt is erased, so that from then on nobody can sign with it, not even with the secret.
    """

    key_id = models.CharField(max_length=8, unique=True)
    public_key = models.CharField(max_length=64)
    salt = models.CharField(max_length=64, blank=True)
    started_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["retired_at"], nulls_distinct=False, name="one_proof_key_in_use"),
            models.CheckConstraint(condition=Q(retired_at__isnull=True) | Q(salt=""), name="retired_key_signs_nothing"),
        ]


class JointReport(DistrictModel):
    """Several people who agreed that one of them calls and signs. Row security shows it to its members alone."""

    received_at = models.DateTimeField()
    zone = models.CharField(max_length=40)
    started_at = models.DateTimeField()
    caller_ref = models.CharField(max_length=REF_LENGTH, blank=True)  # the member who calls; empty when that one left
    members_count = models.PositiveSmallIntegerField()
    done_at = models.DateTimeField(null=True, blank=True)  # since when one of them says so; it frees nobody else


class JointMember(DistrictModel):
    """One account's part in a joint report. Members do not see one another's rows, only how many they are."""

    joint = DistrictForeignKey(JointReport)
    account = models.ForeignKey(Account, on_delete=models.PROTECT)
    joined_at = models.DateTimeField()
    known_at = models.DateTimeField(null=True, blank=True)  # since when this member themselves says that it was made
    remind_to = models.EmailField(blank=True)  # only an address they gave for this
    remind_in = models.CharField(max_length=5, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["district_id", "joint", "account"], name="joint_member_once"),
        ]


class JointInvite(DistrictModel):
    """A one-time code, kept as a digest: who is told it may join, once, for a day."""

    joint = DistrictForeignKey(JointReport)
    digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
