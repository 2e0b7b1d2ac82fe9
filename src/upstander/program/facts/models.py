"""Facts as the pages read them, and what a district lays over them.

`Fact` is published reference data: the same for every district, so without row security. `FactChange` is a district's
own ledger: what one district corrects reaches no other.
"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from upstander.district.accounts.models import Account
from upstander.foundation.kernel.models import DistrictModel
from upstander.program.facts.content import Kind


class Fact(models.Model):
    """One number, line, statute or practice with its source and its dates; `{value}` in a text is `value`."""

    key = models.CharField(max_length=80, unique=True)
    kind = models.CharField(max_length=12, choices=[(kind.value, kind.value) for kind in Kind])
    label_en = models.CharField(max_length=160)
    label_es = models.CharField(max_length=160)
    text_en = models.TextField()
    text_es = models.TextField()
    value = models.CharField(max_length=60, blank=True)
    citation_en = models.CharField(max_length=120, blank=True)
    citation_es = models.CharField(max_length=120, blank=True)
    hours_en = models.CharField(max_length=120, blank=True)
    hours_es = models.CharField(max_length=120, blank=True)
    after_hours_en = models.CharField(max_length=200, blank=True)
    after_hours_es = models.CharField(max_length=200, blank=True)
    tells = models.CharField(max_length=80, blank=True)
    fallback = models.CharField(max_length=80, blank=True)
    fulfils_report = models.BooleanField(default=False)
    source_name = models.CharField(max_length=200)
    source_address = models.CharField(max_length=300, blank=True)
    ask_en = models.CharField(max_length=200, blank=True)
    ask_es = models.CharField(max_length=200, blank=True)
    read_on = models.DateField()
    owner = models.CharField(max_length=20)
    expires_on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_on__gt=F("read_on")),
                name="fact_expires_after_it_was_read",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["emergency", "reporting", "counseling"]) | ~Q(value=""),
                name="fact_line_has_its_number",
            ),
        ]


class FactChange(DistrictModel):
    """One step in what a district says of a fact. Append-only: the newest row of a fact holds.

    Every row says the whole layer, so that none has to be added up; one that `lays` nothing leaves the edition as it
    is. `waits`: a second person has yet to look at it. `corrected_by` wrote the last correction nobody has confirmed.
    """

    class Step(models.TextChoices):
        CORRECTED = "corrected", _("Corrected")
        CHECKED = "checked", _("Read again")
        CONFIRMED = "confirmed", _("Confirmed by a second person")
        TAKEN_BACK = "taken_back", _("Taken back")
        KEPT = "kept", _("Kept over a new edition")
        EDITION = "edition", _("New edition taken")

    class Reason(models.TextChoices):
        WRONG = "wrong", _("The number was wrong")
        MOVED = "moved", _("The office has another number now")
        NEWER = "newer", _("A newer figure was published")
        HOURS = "hours", _("The hours are different")
        SOURCE = "source", _("Another source is better")

    key = models.CharField(max_length=80)
    number = models.PositiveIntegerField()
    step = models.CharField(max_length=10, choices=Step.choices)
    reason = models.CharField(max_length=10, choices=Reason.choices, blank=True)
    lays = models.BooleanField()
    value = models.CharField(max_length=60, blank=True)
    hours_en = models.CharField(max_length=120, blank=True)
    hours_es = models.CharField(max_length=120, blank=True)
    after_hours_en = models.CharField(max_length=200, blank=True)
    after_hours_es = models.CharField(max_length=200, blank=True)
    source_name = models.CharField(max_length=200, blank=True)
    source_address = models.CharField(max_length=300, blank=True)
    read_on = models.DateField(null=True)
    expires_on = models.DateField(null=True)
    over = models.CharField(max_length=16, blank=True)
    waits = models.BooleanField(default=False)
    due_on = models.DateField(null=True)
    author = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    corrected_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["district_id", "key", "number"], name="fact_change_once"),
            models.CheckConstraint(
                condition=~Q(step="confirmed") | ~Q(author=F("corrected_by")), name="fact_change_second_person"
            ),
            models.CheckConstraint(
                condition=Q(lays=False) | Q(expires_on__gt=F("read_on")), name="fact_change_expires_after_it_was_read"
            ),
            models.CheckConstraint(condition=Q(waits=False) | Q(due_on__isnull=False), name="fact_change_waits_until"),
        ]
