"""The audit: one append-only row per thing that happened, written in the same transaction."""

from django.db import models

from upstander.foundation.kernel.models import DistrictModel


class AuditEvent(DistrictModel):
    """Refs and counts only, never a name, an address or a text. What pages show is not read from here."""

    event = models.CharField(max_length=60)
    happened_at = models.DateTimeField()
    actor_kind = models.CharField(max_length=10)
    actor_name = models.CharField(max_length=60)
    subject_ref = models.CharField(max_length=60)
    data = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)

    class Meta:
        indexes = [models.Index(fields=["district_id", "happened_at"], name="audit_by_time")]
