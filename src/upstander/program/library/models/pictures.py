"""Pictures of a district's own pages."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition, WagtailImageField

from upstander.district.accounts.models import Account
from upstander.program.library.models.shelved import Shelved

ALT = 200


class Picture(AbstractImage):
    """A picture with words for those who do not see it. Somebody has looked: no person can be recognized in it.

    What is kept is a copy of ours, without the place and the device that a camera writes into its files.
    """

    description = None
    file = WagtailImageField(
        verbose_name=_("file"), storage=Shelved(), upload_to="", width_field="width", height_field="height"
    )
    uploaded_by_user = models.ForeignKey(
        Account, null=True, blank=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    alt_en = models.CharField(_("What it shows, in English"), max_length=ALT)
    alt_es = models.CharField(_("What it shows, in Spanish"), max_length=ALT)
    nobody_shown = models.BooleanField(_("No person can be recognized in it, and no school, street or plate"))

    admin_form_fields = ("title", "file", "alt_en", "alt_es", "nobody_shown")
    search_fields = ()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(nobody_shown=True), name="picture_shows_nobody"),
            models.CheckConstraint(condition=~Q(alt_en="") & ~Q(alt_es=""), name="picture_is_said"),
        ]


class PictureRendition(AbstractRendition):
    """A picture in another size, for the explorer's own lists."""

    image = models.ForeignKey(Picture, related_name="renditions", on_delete=models.CASCADE)
    file = WagtailImageField(storage=Shelved(), upload_to="", width_field="width", height_field="height")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="rendition_once")
        ]
