"""What the district wishes for from outside, where it can be brought, and who promised it.

A wish says what is wanted and for which purpose of the programme; nobody who may receive it has a place here.
"""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from upstander.foundation.kernel.models import DistrictForeignKey, DistrictModel

WISH_LENGTH, HOURS_LENGTH, PLACE_LENGTH = 60, 80, 80
THING_PATTERN = r"^[\w &,'’()/\-]+$"
thing_name = RegexValidator(
    THING_PATTERN, _("Please name the thing with letters, digits and blanks, for instance “Notebooks, wide ruled”.")
)


class DropOff(DistrictModel):
    """Where gifts can be brought."""

    class Manner(models.TextChoices):
        DESK = "desk", _("Please hand it in at the front desk.")
        DOCK = "dock", _("Please use the delivery entrance.")
        CALL = "call", _("Please ring at the entrance; somebody comes down.")

    name = models.CharField(max_length=PLACE_LENGTH)
    street = models.CharField(max_length=PLACE_LENGTH)
    city = models.CharField(max_length=PLACE_LENGTH)
    hours_en = models.CharField(max_length=HOURS_LENGTH)
    hours_es = models.CharField(max_length=HOURS_LENGTH)
    manner = models.CharField(max_length=10, choices=Manner.choices)


class DonorWish(DistrictModel):
    """So many of a thing, for a purpose, until a day."""

    class Purpose(models.TextChoices):
        PRINT = "print", _("For printing posters and cards")
        EVENING = "evening", _("For evenings with families: food, and something to do for the youngest")
        TRAINING = "training", _("For training sessions of school staff")
        SUPPLIES = "supplies", _("For the supply closet, open to everyone who asks")
        TRAVEL = "travel", _("For the way to an appointment")

    title_en = models.CharField(max_length=WISH_LENGTH, validators=[thing_name])
    title_es = models.CharField(max_length=WISH_LENGTH, validators=[thing_name])
    purpose = models.CharField(max_length=10, choices=Purpose.choices)
    wanted_count = models.PositiveIntegerField()
    place = DistrictForeignKey(DropOff, related_name="wishes", db_index=False)
    last_on = models.DateField()  # the last day on which it can be promised
    ended_at = models.DateTimeField(null=True)  # taken off the list before that

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(wanted_count__gte=1), name="wish_for_something")]
        indexes = [models.Index(fields=["district_id", "last_on"], name="wish_by_last_day")]


class Pledge(DistrictModel):
    """Somebody outside promised to bring some; only an address, and that for a while (see `disposal`)."""

    wish = DistrictForeignKey(DonorWish, related_name="pledges", db_index=False)
    count = models.PositiveIntegerField()
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=5)
    state = models.CharField(max_length=10)
    state_since = models.DateTimeField()
    expires_at = models.DateTimeField()  # of the link, then of the promise
    reminded_at = models.DateTimeField(null=True)
    received_count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(count__gte=1), name="pledge_of_something"),
            models.UniqueConstraint(
                fields=["district_id", "wish", "email"],
                condition=Q(state="promised") & ~Q(email=""),
                name="promised_once_by_an_address",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("state_since")) | ~Q(state="promised"), name="promise_lasts"
            ),
        ]
        indexes = [
            models.Index(fields=["district_id", "wish", "state"], name="pledge_by_wish"),
            models.Index(fields=["district_id", "state", "expires_at"], name="pledge_by_end"),
        ]
