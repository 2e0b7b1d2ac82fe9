"""Who was there, how many were counted, and who answers in the room."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from upstander.district.accounts.models import Account
from upstander.district.people.models import Person
from upstander.foundation.kernel.models import DistrictForeignKey, DistrictModel
from upstander.program.training.models.requests import MOST_HEADS
from upstander.program.training.models.sessions import Session

MOST_CARD_USES = 50
DEVICE_LENGTH = 16
INITIALS_PATTERN = r"^[A-Z]{2,4}$"


class AttendanceMark(DistrictModel):
    """Who was there: a ledger of events, each named by the device that noted it and that device's own count.

    The server counts as a device without a name. What the rows say together is `engines.presence`; none is changed.
    """

    class How(models.TextChoices):
        CODE = "code", _("Checked in")
        JOINED = "joined", _("Checked in online")
        STAYED = "stayed", _("Checked in at the end")
        TICKED = "ticked", _("Ticked off")
        WALK_IN = "walk_in", _("Walk-in")
        MATCHED = "matched", _("Number matched")
        STRUCK = "struck", _("Taken back")
        PUT_BACK = "put_back", _("Put back")
        SET_ASIDE = "set_aside", _("Number set aside")
        LEFT = "left", _("Left early")

    class Standing(models.TextChoices):
        """What brings somebody here who is not on the site's list."""

        STAFF = "", _("Staff")
        SUBSTITUTE = "substitute", _("Substitute")
        CONTRACTOR = "contractor", _("Contractor")
        VOLUNTEER = "volunteer", _("Volunteer")

    session = DistrictForeignKey(Session, related_name="marks")
    person = DistrictForeignKey(Person, null=True)
    staff_number = models.CharField(max_length=20, blank=True)  # as typed, where nobody (yet) has that number
    how = models.CharField(max_length=10, choices=How.choices)
    standing = models.CharField(max_length=10, choices=Standing.choices, blank=True)
    device = models.CharField(max_length=DEVICE_LENGTH, blank=True)
    counter = models.PositiveIntegerField()
    device_at = models.DateTimeField(null=True)  # by the device's own clock, as it came
    happened_at = models.DateTimeField()  # the same moment by ours
    account = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()  # when we heard of it

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False) | ~Q(staff_number=""), name="mark_is_about_someone"
            ),
            models.UniqueConstraint(fields=["district_id", "session", "device", "counter"], name="mark_once"),
        ]
        indexes = [
            models.Index(fields=["district_id", "session", "id"], name="marks_by_session"),
            models.Index(fields=["district_id", "session", "person"], name="marks_by_person"),
        ]


class HeadCount(DistrictModel):
    """What the consultant counted by eye before closing, beside what had checked in by then.

    Whoever has no staff number is counted by what brings them, and never named.
    """

    session = DistrictForeignKey(Session, related_name="head_counts")
    counted = models.PositiveSmallIntegerField()
    present_count = models.PositiveSmallIntegerField()
    waiting_count = models.PositiveSmallIntegerField()  # numbers nobody is known by yet
    staff_count = models.PositiveSmallIntegerField(default=0)  # not at hand; whoever is counted below has none at all
    substitute_count = models.PositiveSmallIntegerField(default=0)
    contractor_count = models.PositiveSmallIntegerField(default=0)
    volunteer_count = models.PositiveSmallIntegerField(default=0)
    card_count = models.PositiveSmallIntegerField(default=0)  # how often the facilitator's card was needed; no more
    initials = models.CharField(max_length=4, validators=[RegexValidator(INITIALS_PATTERN)])
    account = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(counted__lte=MOST_HEADS, card_count__lte=MOST_CARD_USES), name="head_count_possible"
            ),
            models.CheckConstraint(
                condition=Q(
                    counted__gte=F("staff_count") + F("substitute_count") + F("contractor_count") + F("volunteer_count")
                ),
                name="head_count_holds_its_parts",
            ),
        ]
        indexes = [models.Index(fields=["district_id", "session", "id"], name="head_counts_by_session")]

    @property
    def unnumbered_count(self) -> int:
        """How many were counted without a number."""
        return self.staff_count + self.substitute_count + self.contractor_count + self.volunteer_count


class Responder(DistrictModel):
    """Who answers in the room when somebody needs help. The last one said counts; a session opens without one.

    Like a mark, what a device kept is named by the device and its own count.
    """

    class Who(models.TextChoices):
        LEAD = "lead", _("The consultant")
        ADMINISTRATOR = "administrator", _("The site administrator")

    session = DistrictForeignKey(Session, related_name="responders")
    who = models.CharField(max_length=13, choices=Who.choices)
    device = models.CharField(max_length=DEVICE_LENGTH, blank=True)
    counter = models.PositiveIntegerField(null=True)
    happened_at = models.DateTimeField()  # when it was said, by our clock
    account = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["district_id", "session", "device", "counter"], condition=~Q(device=""), name="responder_once"
            )
        ]
        indexes = [models.Index(fields=["district_id", "session", "id"], name="responders_by_session")]
