"""What is published. One row for each place of a service; the first of them is the one that plain lists show.

Everyone may read these rows, so that the indexes of words, needs and languages are used: under a policy that tells
districts apart they would not be. Only the own district may write them.
"""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from upstander.program.directory.models.entries import CITY_LENGTH, NAME_LENGTH, TEXT_LENGTH


class WeekField(models.Field):  # type: ignore[type-arg]
    """Spans of minutes of a week, as the database's own set of ranges: whether one is open is a single comparison."""

    def db_type(self, connection: Any) -> str:
        return "int4multirange"

    def get_prep_value(self, value: Any) -> Any:
        return "{" + ",".join(f"[{start},{end})" for start, end in value or ()) + "}"


class Listing(models.Model):
    """A service at one of its places, complete for a reader, without anything confidential."""

    id = models.BigAutoField(primary_key=True)
    district_id = models.BigIntegerField()
    ref = models.CharField(max_length=12)  # of the service
    uid = models.UUIDField()
    number = models.PositiveSmallIntegerField(default=0)  # which of its places; 0 stands in plain lists
    kind = models.CharField(max_length=10)
    name_en = models.CharField(max_length=NAME_LENGTH)
    name_es = models.CharField(max_length=NAME_LENGTH)
    organization_uid = models.UUIDField()
    organization = models.CharField(max_length=NAME_LENGTH)
    about_en = models.CharField(max_length=TEXT_LENGTH, blank=True)
    about_es = models.CharField(max_length=TEXT_LENGTH, blank=True)
    needs = ArrayField(models.CharField(max_length=24), default=list)
    languages = ArrayField(models.CharField(max_length=3), default=list)
    terms = ArrayField(models.CharField(max_length=40), default=list)
    city = models.CharField(max_length=CITY_LENGTH, blank=True)
    postal_code = models.CharField(max_length=10, blank=True)  # with the coordinates: only where anybody may know it
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    week = WeekField()
    cost = models.CharField(max_length=10, default="unknown")
    takes_report = models.CharField(max_length=10, default="unknown")
    access = ArrayField(models.CharField(max_length=12), default=list)
    at_uid = models.UUIDField(null=True)  # of the service at this very place, in the open standard
    shown = models.JSONField(default=dict)  # what a page draws: numbers, hours, places, cost and the rest
    record = models.TextField(blank=True)  # the same in the open standard, as its JSON text; with row 0 only
    verified_on = models.DateField()
    published_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["district_id", "ref", "number"], name="listing_once")]
        indexes = [
            GinIndex(fields=["terms"], name="listing_by_term"),
            GinIndex(fields=["needs"], name="listing_by_need"),
            # For who seeks nothing in particular; any other search is kept from it, see `selectors.finding`.
            models.Index(
                fields=["district_id", "name_en", "id"],
                condition=models.Q(kind="service", number=0),
                name="listing_by_name",
            ),
            models.Index(fields=["district_id", "latitude", "longitude"], name="listing_by_place"),
            models.Index(fields=["district_id", "kind", "number"], name="listing_by_kind"),
            models.Index(fields=["district_id", "uid"], name="listing_by_uid"),
            models.Index(fields=["district_id", "city"], name="listing_by_city"),
            models.Index(fields=["district_id", "at_uid"], name="listing_by_at_uid"),
        ]


class Word(models.Model):
    """A word that stands in some listing of a district: what was mistyped is looked for among these."""

    id = models.BigAutoField(primary_key=True)
    district_id = models.BigIntegerField()
    word = models.CharField(max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["district_id", "word"], name="word_once")]
        indexes = [GinIndex(name="word_alike", fields=["word"], opclasses=["gin_trgm_ops"])]
