"""Consultants who ask one another to take a session."""

from django.db import models
from django.db.models import Q

from upstander.foundation.kernel.models import DistrictForeignKey, DistrictModel
from upstander.program.training.models.cadre import CadreMember
from upstander.program.training.models.sessions import Assignment


class Swap(DistrictModel):
    """One consultant asks a colleague. One open question for each assignment."""

    class State(models.TextChoices):
        ASKED = "asked"
        TAKEN = "taken"
        DECLINED = "declined"
        WITHDRAWN = "withdrawn"

    assignment = DistrictForeignKey(Assignment, related_name="swaps")
    colleague = DistrictForeignKey(CadreMember, related_name="asked_of")
    state = models.CharField(max_length=10, choices=State.choices, default=State.ASKED)
    asked_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["district_id", "assignment"], condition=Q(state="asked"), name="one_open_swap"
            ),
            models.CheckConstraint(
                condition=Q(state="asked", settled_at__isnull=True) | ~Q(state="asked") & Q(settled_at__isnull=False),
                name="swap_settled",
            ),
        ]
        indexes = [models.Index(fields=["district_id", "asked_at"], name="swap_by_time")]
