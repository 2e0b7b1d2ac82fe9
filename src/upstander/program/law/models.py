"""Which local rule a district has made its own, by date."""

from django.db import models

from upstander.district.places.models import Dated, ends_after_start, one_at_a_time


class RuleAdoption(Dated):
    """From one day to another, staff of this district may walk this edition of its county's rule."""

    pack = models.CharField(max_length=60)
    rule = models.CharField(max_length=40)
    edition = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            one_at_a_time("rule_adoption_once"),
            ends_after_start("rule_adoption_period"),
        ]
        indexes = [
            models.Index(
                fields=["district_id", "starts_on", "ends_on"],
                name="rule_adoption_by_day",
            )
        ]
