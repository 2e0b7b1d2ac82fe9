"""The year plan: when sites can be trained, what a plan proposes, how its search goes on, what people changed."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from upstander.district.accounts.models import Account
from upstander.district.places.models import SchoolYear, Site, ends_after_start
from upstander.foundation.kernel.models import DistrictForeignKey, DistrictModel
from upstander.program.training.models.cadre import CODE_OF_LANGUAGE, CadreMember
from upstander.program.training.models.requests import ROOM_LENGTH, Request
from upstander.program.training.models.sessions import Assignment, Session


class SiteWindow(DistrictModel):
    """A stretch of the week in which an audience can be trained: of one site, or the rule for a level of sites.

    A site's own windows stand in for those of its level. `most_per_year` is how many sessions the site gives these
    windows to in a school year. Drivers and cooks are trained between shifts and on paid time, or not at all.
    """

    class Level(models.TextChoices):
        SECONDARY = "secondary", _("Secondary schools")
        ELEMENTARY = "elementary", _("Other schools")
        OFFICE = "office", _("Offices")
        BUS_YARD = "bus_yard", _("Bus yards")
        KITCHEN = "kitchen", _("Kitchens")
        EARLY_EDUCATION = "early_education", _("Early education")

    site = DistrictForeignKey(Site, null=True, related_name="training_windows")
    level = models.CharField(max_length=20, choices=Level.choices, blank=True)
    audience = models.CharField(max_length=20)
    weekday = models.PositiveSmallIntegerField()
    starts = models.TimeField()
    ends = models.TimeField()
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    most_per_year = models.PositiveSmallIntegerField(null=True)
    is_paid_time = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(site__isnull=True) ^ Q(level=""), name="site_window_of_site_or_level"),
            models.CheckConstraint(condition=Q(weekday__lte=6), name="site_window_weekday"),
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="site_window_within_a_day"),
            models.CheckConstraint(
                condition=~Q(level__in=["bus_yard", "kitchen"]) | Q(is_paid_time=True), name="shifts_on_paid_time"
            ),
            ends_after_start("site_window_period"),
        ]
        indexes = [models.Index(fields=["district_id", "site"], name="site_window_by_site")]


class Plan(DistrictModel):
    """One plan of a school year. `problem` is what it was made from, so that it can be checked and explained later."""

    year = DistrictForeignKey(SchoolYear)
    number = models.PositiveSmallIntegerField()  # 1, 2, ... within the year, as people name it
    seed = models.PositiveIntegerField()
    settings = models.JSONField()
    problem = models.JSONField()
    engine = models.CharField(max_length=20)
    proof = models.JSONField(default=dict)
    moved = ArrayField(models.CharField(max_length=12), default=list)  # sites whose agreed session would be another
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


class PlanEntry(DistrictModel):
    """One site in a plan: its day, or why it has none. After the release also what became of it.

    A guest is trained with its `host`, whose entry alone says who comes and how far; its day is the same.
    """

    class Answer(models.TextChoices):
        ACCEPTED = "accepted", _("Accepted")
        DECLINED = "declined", _("Declined")

    plan = DistrictForeignKey(Plan, related_name="entries")
    site = DistrictForeignKey(Site)
    host = DistrictForeignKey("self", null=True, related_name="guests")
    audience = models.CharField(max_length=20)
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
            models.UniqueConstraint(fields=["district_id", "plan", "site"], name="site_once_in_a_plan"),
            models.CheckConstraint(
                condition=Q(on__isnull=True, starts__isnull=True, ends__isnull=True)
                | Q(on__isnull=False, starts__isnull=False, ends__gt=F("starts")),
                name="plan_entry_has_a_time_or_none",
            ),
        ]
        indexes = [models.Index(fields=["district_id", "plan", "on"], name="plan_entry_by_day")]


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
                fields=["district_id", "year", "site"],
                condition=Q(ended_at__isnull=True),
                name="one_allowance_per_site",
            )
        ]


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
