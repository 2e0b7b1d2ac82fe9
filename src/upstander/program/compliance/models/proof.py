"""Proofs made of the ledger, each with its moment; and how far a new count of due days is."""

from django.db import models
from django.db.models import Q

from upstander.district.people.models import Person
from upstander.district.places.models import SchoolYear, Site
from upstander.foundation.kernel.models import DistrictForeignKey, DistrictModel
from upstander.program.compliance.models.ledger import Requirement


class PackQuestion(DistrictModel):
    """What a pack answers: a day, as known at a moment, in a language; and by which recipe its file is made."""

    on = models.DateField()
    known_at = models.DateTimeField()
    language = models.CharField(max_length=5)
    recipe = models.PositiveSmallIntegerField(default=1, db_default=1)  # see `selectors.packs.recipes`

    class Meta:
        abstract = True


class AuditPack(PackQuestion):
    """The question of a pack and the digest of its file, for good: the same question makes the file again."""

    digest = models.CharField(max_length=64)  # SHA-256 of the zip file
    person_count = models.PositiveIntegerField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=60)

    class Meta:
        indexes = [models.Index(fields=["district_id", "digest"], name="pack_by_digest")]


class PackFile(PackQuestion):
    """The making of a pack by a job, and its file for some days. The pack, once made, has the same ref."""

    pack = DistrictForeignKey(AuditPack, null=True, related_name="files", db_index=False)  # None until it is made
    asked_at = models.DateTimeField()  # to make it, or to make it again
    asked_by = models.CharField(max_length=60)
    told_at = models.DateTimeField(null=True)  # when the job last gave a sign
    done_count = models.PositiveSmallIntegerField(default=0)
    part_count = models.PositiveSmallIntegerField(default=0)  # how many there are; 0 until the job knows
    ended_at = models.DateTimeField(null=True)
    has_changed = models.BooleanField(default=False)  # made again it came out differently, and was not kept
    content = models.BinaryField(null=True)
    kept_until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(done_count__lte=models.F("part_count")), name="pack_file_part"),
            models.CheckConstraint(
                condition=Q(content__isnull=True, kept_until__isnull=True)
                | Q(content__isnull=False, kept_until__isnull=False, ended_at__isnull=False, pack__isnull=False),
                name="pack_file_has_its_end",
            ),
        ]


class SiteCertification(DistrictModel):
    """A site's head has reviewed how the site stands, once a school year. A correction is a row that replaces it."""

    site = DistrictForeignKey(Site, related_name="certifications", db_index=False)
    school_year = DistrictForeignKey(SchoolYear, related_name="certifications", db_index=False)
    person = DistrictForeignKey(Person, related_name="certifications", db_index=False)
    certified_on = models.DateField()
    standing = models.JSONField()  # per training what was counted at that moment; see `services.certifications`
    replaces = DistrictForeignKey("self", null=True, db_index=False)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["district_id", "site", "school_year", "replaces"],
                name="site_certified_once",
                nulls_distinct=False,
            )
        ]


class Recount(DistrictModel):
    """One counting anew of everyone's due days, done by a job after a requirement changed; its progress."""

    requirement = DistrictForeignKey(Requirement, related_name="recounts", db_index=False)
    asked_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    person_count = models.PositiveIntegerField(default=0)  # how many there are
    counted = models.PositiveIntegerField(default=0)  # how many are done

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(counted__lte=models.F("person_count")), name="recount_part")]
        indexes = [models.Index(fields=["district_id", "asked_at"], name="recount_by_time")]
