"""When sites can be trained."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from upstander.district.places.models import Site, ends_after_start
from upstander.foundation.kernel.models import DistrictForeignKey, DistrictModel


class SiteWindow(DistrictModel):
    """A stretch of the week in which an audience can be trained: of one site, or the rule for a level of sites.

    A site's own windows stand in for those of its level. `most_per_year` is how many sessions the site gives these
    windows to in a school year. Drivers and cooks are trained between shifts and on paid time, or not at all.
    """

    class Level(models.TextChoices):
        SECONDARY = "secondary", _("Secondary schools")
        ELEMENTARY = "elementary", _("Other schools")
        OFFICE = "office", _("Offices")
        BUS_YARD = "bus_yard", _("Bus yards")
        KITCHEN = "kitchen", _("Kitchens")
        EARLY_EDUCATION = "early_education", _("Early education")

    site = DistrictForeignKey(Site, null=True, related_name="training_windows")
    level = models.CharField(max_length=20, choices=Level.choices, blank=True)
    audience = models.CharField(max_length=20)
    weekday = models.PositiveSmallIntegerField()
    starts = models.TimeField()
    ends = models.TimeField()
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    most_per_year = models.PositiveSmallIntegerField(null=True)
    is_paid_time = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(site__isnull=True) ^ Q(level=""), name="site_window_of_site_or_level"),
            models.CheckConstraint(condition=Q(weekday__lte=6), name="site_window_weekday"),
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="site_window_within_a_day"),
            models.CheckConstraint(
                condition=~Q(level__in=["bus_yard", "kitchen"]) | Q(is_paid_time=True), name="shifts_on_paid_time"
            ),
            ends_after_start("site_window_period"),
        ]
        indexes = [models.Index(fields=["district_id", "site"], name="site_window_by_site")]
