"""Spreadsheets on their way into the ledgers: the file's rows while they are needed, and every decision about them.

The rows are kept for a while so that work can go on tomorrow, and then erased. What they led to stays: results and
matches are append-only.
"""

from django.db import models

from upstander.district.accounts.models import Account
from upstander.district.places.models import Site
from upstander.foundation.kernel.models import DistrictForeignKey, DistrictModel
from upstander.foundation.kernel.refs import REF_LENGTH

FILE_NAME_LENGTH, SAID_LENGTH = 120, 340


class Import(DistrictModel):
    """One file, what somebody said about it, and how far it has come (see `states`)."""

    class Kind(models.TextChoices):
        SITE_TRAININGS = "site_trainings"
        COMPLETIONS = "completions"
        REQUESTS = "requests"
        LEAVES = "leaves"
        HOURS = "hours"
        CLOSED_DAYS = "closed_days"
        TESTING_DAYS = "testing_days"
        ROSTER = "roster"

    kind = models.CharField(max_length=20, choices=Kind.choices)
    state = models.CharField(max_length=12)
    state_since = models.DateTimeField()
    file_name = models.CharField(max_length=FILE_NAME_LENGTH)
    digest = models.CharField(max_length=64)  # SHA-256 of the file
    loaded_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    loaded_at = models.DateTimeField()
    choice = models.JSONField(default=dict)  # see content.columns.Choice
    vouched = models.JSONField(default=dict)  # by post that opens doors: who said yes to it; see content.doors.key_of
    counts = models.JSONField(default=dict)  # what applying did, by outcome
    rows_until = models.DateTimeField()  # when the rows are erased, whatever became of them

    class Meta:
        indexes = [
            models.Index(fields=["district_id", "loaded_at"], name="import_by_time"),
            models.Index(fields=["district_id", "rows_until"], name="import_by_end"),
        ]


class ImportSheet(DistrictModel):
    """The cells of one sheet, as text; just of the columns chosen, once they are. Erased when no longer needed."""

    load = DistrictForeignKey(Import, related_name="sheets", db_index=False)
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=80)
    rows = models.JSONField()
    marks = models.JSONField()  # places of formulas, merged areas, texts left out, columns never kept

    class Meta:
        constraints = [models.UniqueConstraint(fields=["district_id", "load", "position"], name="sheet_once")]


class Match(DistrictModel):
    """Somebody's decision whom or what a list means. The newest holds, for this list and every later one."""

    class Kind(models.TextChoices):
        SITE = "site"
        PERSON = "person"
        COURSE = "course"
        AUDIENCE = "audience"
        ROLE = "role"
        STANDING = "standing"
        ASKED = "asked"

    kind = models.CharField(max_length=10, choices=Kind.choices)
    said = models.CharField(max_length=SAID_LENGTH)  # as the list says it, folded; see content.matching.key_of
    chosen = models.CharField(max_length=60, blank=True)  # ref of site or person, training, audience, role; "": none
    decided_at = models.DateTimeField()
    decided_by = models.CharField(max_length=60)  # the actor's name as in the audit

    class Meta:
        indexes = [models.Index(fields=["district_id", "kind", "said"], name="match_by_said")]


class ImportResult(DistrictModel):
    """A row that an import made in another part, so that it can be taken back."""

    load = DistrictForeignKey(Import, related_name="results", db_index=False)
    made_ref = models.CharField(max_length=REF_LENGTH)
    replaced_ref = models.CharField(max_length=REF_LENGTH, blank=True)  # the row that this one put right, if one

    class Meta:
        constraints = [models.UniqueConstraint(fields=["district_id", "load", "made_ref"], name="result_once")]


class EarlierRequest(DistrictModel):
    """A request that a site made before the district kept requests here: history, and nothing waits on it."""

    site = DistrictForeignKey(Site, related_name="+", db_index=False)
    asked_on = models.DateField()
    head_count = models.PositiveSmallIntegerField(null=True)
    load = DistrictForeignKey(Import, related_name="+", db_index=False)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=60)  # the actor's name as in the audit

    class Meta:
        indexes = [models.Index(fields=["district_id", "asked_on"], name="earlier_request_by_day")]


class EarlierRequestRetraction(DistrictModel):
    """An earlier request that its list no longer stands for. The row it takes back stays where it is."""

    request = DistrictForeignKey(EarlierRequest, related_name="retractions", db_index=False)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["district_id", "request"], name="earlier_retracted_once")]
