"""Which slides a district shows in its sessions."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from upstander.district.accounts.models import Account
from upstander.foundation.kernel.models import DistrictModel

SLIDES_LENGTH, ADDRESS_LENGTH = 80, 300
slides_name = RegexValidator(
    r"^[\w .,:&()#/\-]+$", _("Slides are named with letters, digits and blanks, for instance “Staff session, fall”.")
)


class OfferingSlides(DistrictModel):
    """The slides of an edition as a district names them, by a title and perhaps an address. The last row counts."""

    edition = models.CharField(max_length=40)  # its name, as in content/offerings/
    title = models.CharField(max_length=SLIDES_LENGTH, validators=[slides_name])
    address = models.URLField(max_length=ADDRESS_LENGTH, blank=True)
    account = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["district_id", "edition", "id"], name="slides_by_edition")]
