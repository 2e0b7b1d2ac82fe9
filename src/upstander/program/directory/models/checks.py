"""What was checked when, how and by whom; and what readers say is wrong."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from upstander.foundation.kernel.models import DistrictForeignKey, DistrictModel
from upstander.program.directory.models.entries import Service

RIGHT_LENGTH = 80
# What a reader may put right is a number, a place or hours: nothing that could tell of a person.
right_value = RegexValidator(
    r"^[\w .,:;#&@/()+\-–]*$", _("Please write only the number, the address or the hours, without other signs.")
)


class Verification(DistrictModel):
    """One check of an entry. Rows are added, never changed: how fresh an entry is, is always the last of them."""

    class Method(models.TextChoices):
        CALLED = "called", _("I called the number")
        VISITED = "visited", _("I was there")
        WROTE = "wrote", _("They confirmed it in writing")
        WEBSITE = "website", _("I read it on their own site")

    class Role(models.TextChoices):
        EDITOR = "editor", _("Editor of the directory")
        COUNSELOR = "counselor", _("Counselor or social worker")
        LIAISON = "liaison", _("Liaison to the organization")

    class Outcome(models.TextChoices):
        RIGHT = "right", _("All of it is right")
        UNREACHED = "unreached", _("Nobody could be reached")

    service = DistrictForeignKey(Service, on_delete=models.PROTECT, related_name="verifications", db_index=False)
    at = models.DateTimeField()
    on = models.DateField()  # the day of it where the district is
    method = models.CharField(max_length=10, choices=Method.choices)
    role = models.CharField(max_length=10, choices=Role.choices)
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    by = models.CharField(max_length=60)

    class Meta:
        indexes = [models.Index(fields=["district_id", "service", "at"], name="verification_by_service")]


class Correction(DistrictModel):
    """A reader says that something is wrong: which part is chosen, and only its right value is written."""

    class What(models.TextChoices):
        PHONE = "phone", _("The number does not work or is another one")
        HOURS = "hours", _("The hours are wrong")
        PLACE = "place", _("The address is wrong")
        CLOSED = "closed", _("It does not exist anymore")
        LANGUAGE = "language", _("They do not speak the language")
        UNSAFE = "unsafe", _("I did not feel treated well there")
        WITHHELD = "withheld", _("The address should not be public")

    service = DistrictForeignKey(Service, on_delete=models.PROTECT, related_name="corrections", db_index=False)
    what = models.CharField(max_length=10, choices=What.choices)
    right = models.CharField(max_length=RIGHT_LENGTH, blank=True, validators=[right_value])
    sent_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_by = models.CharField(max_length=60, blank=True)
    is_used = models.BooleanField(null=True)

    class Meta:
        indexes = [models.Index(fields=["district_id", "settled_at", "sent_at"], name="correction_by_state")]
