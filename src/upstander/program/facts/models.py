"""Facts as the pages read them. Published reference data: the same for every district, so without row security."""

from django.db import models

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
    fulfils_report = models.BooleanField(default=False)
    source_name = models.CharField(max_length=200)
    source_address = models.CharField(max_length=300, blank=True)
    read_on = models.DateField()
    owner = models.CharField(max_length=20)
    expires_on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(expires_on__gt=models.F("read_on")),
                name="fact_expires_after_it_was_read",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind__in=["emergency", "reporting", "counseling"]) | ~models.Q(value=""),
                name="fact_line_has_its_number",
            ),
        ]
