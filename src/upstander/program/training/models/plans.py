"""The year plan: what a plan proposes, how its search goes on, what people changed."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import Case, F, Q, When
from django.utils.translation import gettext_lazy as _

from upstander.district.accounts.models import Account
from upstander.district.places.models import SchoolYear, Site
from upstander.foundation.kernel.models import DistrictForeignKey, DistrictModel
from upstander.program.training.models.cadre import CODE_OF_LANGUAGE, CadreMember
from upstander.program.training.models.requests import ROOM_LENGTH, Request
from upstander.program.training.models.sessions import Assignment, Session


class Plan(DistrictModel):
    """One plan of a school year. `problem` is what it was made from, so that it can be checked and explained later."""

    year = DistrictForeignKey(SchoolYear)
    number = models.PositiveSmallIntegerField()  # 1, 2, ... within the year, as people name it
    seed = models.PositiveIntegerField()
    settings = models.JSONField()
    problem = models.JSONField()
    engine = models.CharField(max_length=20)
    proof = models.JSONField(default=dict)
    moved = ArrayField(
        models.CharField(max_length=40), default=list
    )  # keys of entries whose agreed session would be another
    state = models.CharField(max_length=10)
    state_since = models.DateTimeField()
    made_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["district_id", "year", "number"], name="plan_number_once"),
            models.UniqueConstraint(
                fields=["district_id", "year"], condition=Q(state="released"), name="one_released_plan_per_year"
            ),
        ]


def key_in_plans(site_ref: str, part: str) -> str:
    """Under which ref a plan's problem knows a session: the site's, with the audience where it trains several apart."""
    return f"{site_ref}:{part}" if part else site_ref


class PlanEntry(DistrictModel):
    """One site in a plan: its day, or why it has none. After the release also what became of it.

    A site whose staff are never free together has one for each audience of them, and is trained when all are held.

    A guest is trained with its `host`, whose entry alone says who comes and how far; its day is the same.
    """

    class Answer(models.TextChoices):
        ACCEPTED = "accepted", _("Accepted")
        DECLINED = "declined", _("Declined")

    plan = DistrictForeignKey(Plan, related_name="entries")
    site = DistrictForeignKey(Site)
    host = DistrictForeignKey("self", null=True, related_name="guests")
    audience = models.CharField(max_length=20)
    part = models.CharField(max_length=20, blank=True, default="", db_default="")  # its audience, if there are several
    minutes = models.PositiveSmallIntegerField()
    head_count = models.PositiveSmallIntegerField()
    languages = ArrayField(models.CharField(max_length=CODE_OF_LANGUAGE))
    mode = models.CharField(max_length=10, choices=Request.Mode.choices)
    room = models.CharField(max_length=ROOM_LENGTH, blank=True)
    seat_count = models.PositiveSmallIntegerField(default=0)  # of the room; 0: not known
    on = models.DateField(null=True)
    starts = models.TimeField(null=True)
    ends = models.TimeField(null=True)
    travel_km = models.PositiveIntegerField(default=0)  # there and back, all who come
    is_pinned = models.BooleanField(default=False)
    is_left_out = models.BooleanField(default=False)
    lacking = models.JSONField(default=dict)  # why it has no day, and the nearest relaxation, as the engine tells it
    request = DistrictForeignKey(Request, null=True, related_name="plan_entries")
    session = DistrictForeignKey(Session, null=True, related_name="plan_entries")
    answer = models.CharField(max_length=10, choices=Answer.choices, blank=True)
    answered_at = models.DateTimeField(null=True)
    asked_on = models.DateField(null=True)  # when its site was mailed last; nothing where nobody has an address
    asked_count = models.PositiveSmallIntegerField(default=0, db_default=0)  # only the link of the last mail holds
    answer_by = models.DateField(null=True)  # the last day on which it holds
    reminded_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["district_id", "plan", "site", "part"], name="audience_once_in_a_plan"),
            models.CheckConstraint(
                condition=Q(part="") | Q(part=F("audience")), name="plan_entry_part_is_its_audience"
            ),
            # As a whole or in parts, never both.
            ExclusionConstraint(
                name="site_whole_or_in_parts",
                expressions=[
                    ("district_id", RangeOperators.EQUAL),
                    ("plan", RangeOperators.EQUAL),
                    ("site", RangeOperators.EQUAL),
                    (
                        Case(When(part="", then=0), default=1, output_field=models.IntegerField()),
                        RangeOperators.NOT_EQUAL,
                    ),
                ],
            ),
            models.CheckConstraint(
                condition=Q(on__isnull=True, starts__isnull=True, ends__isnull=True)
                | Q(on__isnull=False, starts__isnull=False, ends__gt=F("starts")),
                name="plan_entry_has_a_time_or_none",
            ),
        ]
        indexes = [models.Index(fields=["district_id", "plan", "on"], name="plan_entry_by_day")]

    @property
    def key(self) -> str:
        """Under which the plan's problem knows it. Needs the site."""
        return key_in_plans(self.site.ref, self.part)


class PlanSeat(DistrictModel):
    """Who of the Cadre comes, in which role."""

    entry = DistrictForeignKey(PlanEntry, related_name="seats")
    member = DistrictForeignKey(CadreMember, related_name="plan_seats")
    role = models.CharField(max_length=10, choices=Assignment.Role.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["district_id", "entry", "member"], name="plan_seat_once")]


class PlanMove(DistrictModel):
    """What happened to a plan, and who did it: a ledger."""

    class Step(models.TextChoices):
        DRAFTED = "drafted", _("Drafted")
        IMPROVED = "improved", _("Improved by the planner")
        CHANGED = "changed", _("Day or consultant changed")
        PINNED = "pinned", _("Pinned")
        UNPINNED = "unpinned", _("Given free again")
        LEFT_OUT = "left_out", _("Left out")
        TAKEN_IN = "taken_in", _("Taken in again")
        ALLOWED = "allowed", _("Held by an exception")
        RELEASED = "released", _("Released")
        SET_ASIDE = "set_aside", _("Set aside")
        ACCEPTED = "accepted", _("Accepted by the site")
        DECLINED = "declined", _("Declined by the site")
        ASKED = "asked", _("Asked again")
        REMINDED = "reminded", _("Reminded")
        TAKEN_UP = "taken_up", _("Taken up again")
        REOPENED = "reopened", _("The decline was taken back")
        SUPERSEDED = "superseded", _("Replaced by the next plan")

    plan = DistrictForeignKey(Plan, related_name="moves")
    entry = DistrictForeignKey(PlanEntry, null=True, related_name="moves")
    step = models.CharField(max_length=10, choices=Step.choices)
    account = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    actor_name = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["district_id", "plan", "at"], name="plan_moves")]


class Allowance(DistrictModel):
    """An exception that people made so that a site gets a day: what they relaxed, for which session, why, until when.

    It holds for this site, day and team only. Until the plan is released every plan keeps the session so; it ends on
    its last day, or when somebody changes the session again.
    """

    class Reason(models.TextChoices):
        SITE = "site", _("The site agreed to it")
        CONSULTANT = "consultant", _("The consultant agreed to it")
        SUPERVISOR = "supervisor", _("The consultant's supervisor agreed to it")
        OFFICE = "office", _("The office decided it")

    year = DistrictForeignKey(SchoolYear)
    plan = DistrictForeignKey(Plan, related_name="allowances")
    site = DistrictForeignKey(Site)
    part = models.CharField(max_length=20, blank=True, default="", db_default="")  # as in the plan's entry
    on = models.DateField()
    starts = models.TimeField()
    team = models.JSONField()  # member and role, as the engine tells them
    steps = models.JSONField()  # the rules that were relaxed, as the engine tells them
    reason = models.CharField(max_length=10, choices=Reason.choices)
    until = models.DateField()  # the last day on which it holds
    account = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    actor_name = models.CharField(max_length=60)
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["district_id", "year", "site", "part"],
                condition=Q(ended_at__isnull=True),
                name="one_allowance_per_session",
            )
        ]

    @property
    def key(self) -> str:
        """Under which problems know its session. Needs the site."""
        return key_in_plans(self.site.ref, self.part)


class PlanRun(DistrictModel):
    """One search for a better plan, as a job: how far it is, whether somebody wants it to stop, how it ended."""

    class Ended(models.TextChoices):
        BETTER = "better", _("A better plan was found")
        SAME = "same", _("The plan could not be made better")
        STOPPED = "stopped", _("Stopped by a person; the best plan so far was kept")
        TIME = "time", _("The time was up; the best plan so far was kept")
        CHANGED = "changed", _("The plan was changed meanwhile; nothing was kept")
        NO_SOLVER = "no_solver", _("The solver is not installed on this server")
        FAILED = "failed", _("It broke off; the plan stayed as it was")

    plan = DistrictForeignKey(Plan, related_name="runs")
    state = models.CharField(max_length=10)
    limit_seconds = models.PositiveSmallIntegerField()
    asked_at = models.DateTimeField()
    began_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)  # when the job last gave a sign
    stage = models.CharField(max_length=10, blank=True)
    best = models.IntegerField(null=True)
    bound = models.IntegerField(null=True)
    seconds = models.FloatField(default=0)
    stop_wished_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_how = models.CharField(max_length=10, choices=Ended.choices, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["district_id", "plan"], condition=~Q(state="ended"), name="one_live_run_per_plan"
            )
        ]
