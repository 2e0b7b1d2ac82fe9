"""The catalogue: materials and their editions."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from upstander.foundation.kernel.models import DistrictForeignKey, DistrictModel

LANGUAGES = (("en", _("English")), ("es", _("Spanish")))  # of what is printed
TITLE_LENGTH = 80


class Material(DistrictModel):
    """Something that is printed and given out. A retired one is kept, and offered no more."""

    class Kind(models.TextChoices):
        POSTER = "poster", _("Poster")
        CARD = "card", _("Card")
        SHEET = "sheet", _("Sheet")

    class Audience(models.TextChoices):
        STAFF = "staff", _("Staff")
        FAMILIES = "families", _("Families")
        EVERYONE = "everyone", _("Hallways and waiting rooms")

    class Size(models.TextChoices):
        POCKET = "pocket", _("Pocket card")
        LETTER = "letter", _("Letter page")
        TABLOID = "tabloid", _("Tabloid page")

    key = models.CharField(max_length=40, blank=True)  # of the one that ships; "": the district's own
    answers = models.CharField(max_length=40)  # the wish at the front door that it fulfils
    kind = models.CharField(max_length=10, choices=Kind.choices)
    audience = models.CharField(max_length=10, choices=Audience.choices)
    size = models.CharField(max_length=10, choices=Size.choices)
    title_en = models.CharField(max_length=TITLE_LENGTH)
    title_es = models.CharField(max_length=TITLE_LENGTH)
    most_per_site = models.PositiveIntegerField()  # copies a school year
    retired_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["district_id", "key"], condition=~Q(key=""), name="material_taken_once"),
        ]

    def title_in(self, language: str) -> str:
        """What it is called in a language of the house."""
        return self.title_es if language == "es" else self.title_en


class Edition(DistrictModel):
    """One printing of a material in one language. `prints` holds the facts on it, each with its fingerprint of then.

    A withdrawn edition is sent no more, and whoever holds a copy is asked to take it away.
    """

    class Withdrawal(models.TextChoices):
        FACT = "fact", _("Something printed on it has changed")
        MISPRINT = "misprint", _("It was printed wrong")
        REPLACED = "replaced", _("A newer one takes its place")

    material = DistrictForeignKey(Material, related_name="editions", db_index=False)
    language = models.CharField(max_length=5, choices=LANGUAGES)
    edition_on = models.DateField()
    prints = models.JSONField(default=dict)
    shelf_count = models.PositiveIntegerField(default=0)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_for = models.CharField(max_length=10, choices=Withdrawal.choices, blank=True)
    changed_facts = ArrayField(models.CharField(max_length=80), default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["district_id", "material", "language", "edition_on"], name="edition_of_a_day"
            ),
        ]
