"""What the district asks of its staff, and the ledger of who fulfilled it.

Completions, retractions, certificates and revocations are append-only: the serving role can neither change nor delete
them. Whether somebody is trained is never stored; it is read from here for a day, as it was known at a moment.
"""

from django.db import models
from django.db.models import F, Q

from upstander.district.people.models import Person
from upstander.district.places.models import Dated, Site, ends_after_start, one_at_a_time
from upstander.foundation.kernel.models import DistrictForeignKey, DistrictModel
from upstander.foundation.kernel.refs import new_code

CODE_LENGTH = 16  # of 5 bits each: nobody finds a certificate by trying


class Requirement(Dated):
    """What counts as fulfilled, from one day to another. Every number the coverage uses stands here."""

    class Audience(models.TextChoices):
        SECONDARY_STAFF = "secondary_staff"  # everyone with a post at a school that the district calls secondary

    subject = models.SlugField(max_length=60, db_index=False)  # what has to be completed, e.g. "csec-awareness"
    audience = models.CharField(max_length=24, choices=Audience.choices)
    threshold_percent = models.PositiveSmallIntegerField()  # share of staff in post at which a school is trained
    validity_months = models.PositiveSmallIntegerField()  # how long a completion counts
    title_en = models.CharField(max_length=160)  # the training's name, as certificates print it
    title_es = models.CharField(max_length=160)
    source_en = models.CharField(max_length=300)  # where the district decided this
    source_es = models.CharField(max_length=300)
    owner_en = models.CharField(max_length=160)  # the office that answers for it
    owner_es = models.CharField(max_length=160)

    class Meta:
        constraints = [
            one_at_a_time("requirement_once", "subject"),
            ends_after_start("requirement_period"),
            models.CheckConstraint(
                condition=Q(threshold_percent__gte=1, threshold_percent__lte=100), name="requirement_threshold"
            ),
            models.CheckConstraint(condition=Q(validity_months__gte=1), name="requirement_validity"),
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
        ]


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

    class Meta:
        constraints = [models.UniqueConstraint(fields=["district_id", "completion"], name="certificate_once")]


class Revocation(DistrictModel):
    """A certificate that no longer stands, because its completion was taken back."""

    certificate = DistrictForeignKey(Certificate, related_name="revocations", db_index=False)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["district_id", "certificate"], name="revoked_once")]
