"""Files from elsewhere: every record as it came, beside what was read of it, until an editor takes or drops it."""

from django.db import models
from django.db.models import Q

from upstander.foundation.kernel.models import DistrictForeignKey, DistrictModel
from upstander.program.directory.models.entries import NAME_LENGTH, Service


class Batch(DistrictModel):
    """One file that was handed in."""

    file_name = models.CharField(max_length=NAME_LENGTH)
    received_at = models.DateTimeField()
    received_by = models.CharField(max_length=60)
    # Taking all that is clean: by whom and since when, up to which record, until when; and what was made beside drafts.
    taking_by = models.CharField(max_length=60, blank=True)
    taking_since = models.DateTimeField(null=True)
    taken_to = models.PositiveIntegerField(default=0)
    taken_at = models.DateTimeField(null=True)
    made = models.JSONField(default=list)  # refs of the organizations and places

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(taking_since__isnull=False) | Q(taken_at__isnull=True, taken_to=0),
                name="batch_taken_was_asked",
            )
        ]


class Candidate(DistrictModel):
    """One record of a file. `raw` is all of it, `faults` the pairs of field and reason that need a person's eye."""

    batch = DistrictForeignKey(Batch, on_delete=models.CASCADE, related_name="candidates", db_index=False)
    number = models.PositiveIntegerField()  # counted from one, as they stand in the file
    raw = models.JSONField()
    faults = models.JSONField(default=list)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.CharField(max_length=60, blank=True)
    service = DistrictForeignKey(Service, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["district_id", "batch", "number"], name="candidate_once"),
            models.CheckConstraint(
                condition=Q(service__isnull=True) | Q(settled_at__isnull=False), name="candidate_taken_is_settled"
            ),
        ]
        indexes = [models.Index(fields=["district_id", "settled_at", "batch", "number"], name="candidate_waiting")]
