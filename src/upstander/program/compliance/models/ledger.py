"""What the district asks of its staff, and the ledger of who fulfilled it.

Completions, retractions, certificates and revocations are append-only: the serving role can neither change nor delete
them. Whether somebody is trained is never stored; it is read from here for a day, as it was known at a moment.
"""

from django.db import models
from django.db.models import F, Q

from upstander.district.people.models import Person
from upstander.district.places.models import Dated, Site, ends_after_start, one_at_a_time
from upstander.engines.obligations import Cadence
from upstander.foundation.kernel.models import DistrictForeignKey, DistrictModel
from upstander.foundation.kernel.refs import new_code

CODE_LENGTH = 16  # of 5 bits each: nobody finds a certificate by trying


class Requirement(Dated):
    """What counts as fulfilled, from one day to another. Every number the coverage uses stands here."""

    class Audience(models.TextChoices):
        SECONDARY_STAFF = "secondary_staff"  # everyone with a post at a school that the district calls secondary
        ALL_STAFF = "all_staff"  # everyone with any post
        WORK_SITE_STAFF = "work_site_staff"  # everyone with a post at a site that is no school

    class Cadence(models.TextChoices):
        ROLLING = Cadence.ROLLING.value
        SCHOOL_YEAR = Cadence.SCHOOL_YEAR.value
        FIXED = Cadence.FIXED.value
        HIRE_DATE = Cadence.HIRE_DATE.value

    class Reason(models.TextChoices):
        NEW = "new"
        CHANGED = "changed"  # the district decided otherwise
        MISTAKEN = "mistaken"  # it had never been so
        LAW_CHANGED = "law_changed"
        ENDED = "ended"  # it is no longer asked

    subject = models.SlugField(max_length=60, db_index=False)  # what has to be completed, e.g. "csec-awareness"
    audience = models.CharField(max_length=24, choices=Audience.choices)
    roles = models.JSONField(default=list)  # the posts it binds; empty means every post
    cadence = models.CharField(max_length=12, choices=Cadence.choices, default=Cadence.ROLLING)
    every_months = models.PositiveSmallIntegerField(default=12)  # from cycle to cycle, unless by school year
    grace_days = models.PositiveSmallIntegerField(default=0)  # from the day it begins for a person to the day it is due
    opens_days = models.PositiveSmallIntegerField(default=0)  # so long before a cycle a completion counts for it
    break_days = models.PositiveSmallIntegerField(default=0)  # who is away for no longer is not newly hired
    also_counts = models.JSONField(default=list)  # other trainings whose completion fulfills it
    proofs = models.JSONField(default=list)  # kinds of evidence accepted; empty means every kind
    content_version = models.CharField(max_length=40, blank=True, default="")  # the only edition that counts, if one is
    fact_key = models.CharField(max_length=80, blank=True, default="")  # the law's own sentence, where a law asks
    threshold_percent = models.PositiveSmallIntegerField()  # share of staff in post at which a school is trained
    validity_months = models.PositiveSmallIntegerField()  # how long a completion counts
    title_en = models.CharField(max_length=160)  # the training's name, as certificates print it
    title_es = models.CharField(max_length=160)
    source_en = models.CharField(max_length=300)  # where the district decided this
    source_es = models.CharField(max_length=300)
    owner_en = models.CharField(max_length=160)  # the office that answers for it
    owner_es = models.CharField(max_length=160)
    source_link = models.URLField(max_length=300, blank=True, default="")
    reason = models.CharField(max_length=20, choices=Reason.choices, blank=True, default="")  # why it was written
    recorded_by = models.CharField(max_length=60, blank=True, default="")  # the actor's name as in the audit

    class Meta:
        constraints = [
            one_at_a_time("requirement_once", "subject"),
            ends_after_start("requirement_period"),
            models.CheckConstraint(
                condition=Q(threshold_percent__gte=1, threshold_percent__lte=100), name="requirement_threshold"
            ),
            models.CheckConstraint(condition=Q(validity_months__gte=1), name="requirement_validity"),
            models.CheckConstraint(condition=Q(every_months__gte=1), name="requirement_every"),
        ]


class Completion(DistrictModel):
    """One person completed one training on one day, and why we believe it. Never changed."""

    class Evidence(models.TextChoices):
        SESSION = "session"  # attendance at a session held here; `evidence_ref` is the session's ref
        IMPORT = "import"  # a list from elsewhere; `evidence_ref` names the list

    person = DistrictForeignKey(Person, related_name="completions", db_index=False)
    subject = models.SlugField(max_length=60, db_index=False)
    completed_on = models.DateField()
    expires_on = models.DateField()  # the first day on which it no longer counts, fixed when it was recorded
    evidence_kind = models.CharField(max_length=10, choices=Evidence.choices)
    evidence_ref = models.CharField(max_length=60)
    content_version = models.CharField(max_length=40, blank=True, default="")  # what was given, where it is known
    replaces = DistrictForeignKey("self", null=True, db_index=False)  # the retracted row that this one puts right
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=60)  # the actor's name as in the audit: a ref or a job, never a person's

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["district_id", "person", "subject", "evidence_kind", "evidence_ref", "replaces"],
                name="completion_once_per_evidence",
                nulls_distinct=False,
            ),
            models.CheckConstraint(condition=Q(expires_on__gt=F("completed_on")), name="completion_period"),
        ]
        indexes = [
            models.Index(fields=["district_id", "person"], name="completion_by_person"),
            models.Index(fields=["district_id", "subject", "completed_on", "expires_on"], name="completion_by_day"),
            models.Index(fields=["district_id", "recorded_at"], name="completion_by_record"),
        ]


class Obligation(models.Model):
    """What one person has to do in one cycle, and by when: derived from the ledger, posts, leaves and requirements.

    Kept so that a board need not derive it anew; `services.obligations` writes it, and can do so from nothing with the
    same result. It says what is known now. The state of a day is not stored: it follows from the dates.
    """

    id = models.BigAutoField(primary_key=True)
    district_id = models.BigIntegerField(editable=False)
    requirement_id = models.BigIntegerField()  # no keys of the database: it writes a hundred thousand rows in a second,
    person_id = models.BigIntegerField()  # all taken from rows that have them, and can be written again from nothing
    cycle_on = models.DateField()  # the day the cycle begins for those already here
    starts_on = models.DateField()  # the person is counted in this cycle from here
    ends_on = models.DateField(null=True)  # until the day before
    begins_on = models.DateField()  # the day from which grace runs
    due_on = models.DateField(null=True)  # the last day in time; null while a leave without end holds the clock
    fulfilled_on = models.DateField(null=True)  # the first completion that counts for the cycle

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["district_id", "person_id", "requirement_id", "starts_on"], name="obligation_once"
            )
        ]
        indexes = [models.Index(fields=["district_id", "requirement_id", "cycle_on"], name="obligation_by_cycle")]


class Retraction(DistrictModel):
    """A completion that should not have been recorded. The row it takes back stays where it is."""

    class Reason(models.TextChoices):
        WRONG_PERSON = "wrong_person"
        WRONG_DAY = "wrong_day"
        NOT_PRESENT = "not_present"
        EVIDENCE_WITHDRAWN = "evidence_withdrawn"

    completion = DistrictForeignKey(Completion, related_name="retractions", db_index=False)
    reason = models.CharField(max_length=20, choices=Reason.choices)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["district_id", "completion"], name="retracted_once")]


class SiteTraining(DistrictModel):
    """A list from elsewhere says that a site was trained in a school year. It names nobody, so it trains nobody.

    Kept beside the coverage, which counts people: what a district knew before it kept names. Never changed.
    """

    site = DistrictForeignKey(Site, related_name="site_trainings", db_index=False)
    subject = models.SlugField(max_length=60, db_index=False)
    school_year = models.PositiveSmallIntegerField()  # in which it began: 2024 is 2024-25
    held_on = models.DateField(null=True)  # where the list says a day
    head_count = models.PositiveSmallIntegerField(null=True)  # where the list says how many came
    evidence_ref = models.CharField(max_length=60)  # the list
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(school_year__gte=2000, school_year__lte=2100), name="site_training_school_year"
            ),
            models.CheckConstraint(
                condition=Q(head_count__isnull=True) | Q(head_count__gte=1), name="site_training_head_count"
            ),
        ]
        indexes = [models.Index(fields=["district_id", "site", "school_year"], name="site_training_by_site")]


class SiteTrainingRetraction(DistrictModel):
    """A site's training that a list no longer stands for. The row it takes back stays where it is."""

    site_training = DistrictForeignKey(SiteTraining, related_name="retractions", db_index=False)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["district_id", "site_training"], name="site_retracted_once")]


def new_certificate_code() -> str:
    """80 random bits, as a person can read them out."""
    return new_code(CODE_LENGTH)


class Certificate(DistrictModel):
    """The paper for one completion. Its code proves it to anyone, and says nothing about the person."""

    completion = DistrictForeignKey(Completion, related_name="certificates", db_index=False)
    code = models.CharField(max_length=CODE_LENGTH, unique=True, default=new_certificate_code, editable=False)
    issued_at = models.DateTimeField()
    # The paper whose name is no longer the person's, or whose day was put right. That one is shown as replaced, and by
    # whom or why nowhere.
    replaces = DistrictForeignKey("self", null=True, db_index=False, related_name="replaced_by")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["district_id", "completion", "replaces"], name="certificate_once", nulls_distinct=False
            ),
            models.UniqueConstraint(fields=["district_id", "replaces"], name="certificate_replaced_once"),
        ]


class Revocation(DistrictModel):
    """A certificate that no longer stands, because its completion was taken back."""

    certificate = DistrictForeignKey(Certificate, related_name="revocations", db_index=False)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["district_id", "certificate"], name="revoked_once")]
