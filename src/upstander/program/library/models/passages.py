"""What a district says in its own words on the pages that ship, and what was decided about it.

Rows are only added: history is the table itself.
"""

from django.db import models
from django.db.models import F, Q

from upstander.district.accounts.models import Account
from upstander.foundation.kernel.models import DistrictForeignKey, DistrictModel
from upstander.program.library.states import REVIEWS, Step

LONGEST = 700  # letters: twice the longest passage that ships
SECOND_PERSON = Q(step__in=[Step.WITHDRAWN.value, Step.ENDED.value]) | ~Q(taken_by=F("entered_by"))
REVIEW = Q(step__in=[step.value for step in REVIEWS])  # of which nobody takes two


class LocalPassage(DistrictModel):
    """A district's words for one passage of a page, in both languages; without Spanish they are a draft.

    `was_en` and `was_es` are the words that stood there when they were written.
    """

    page = models.CharField(max_length=60)
    kind = models.CharField(max_length=10)
    block = models.PositiveSmallIntegerField()
    item = models.PositiveSmallIntegerField()
    was_en = models.CharField(max_length=LONGEST)
    was_es = models.CharField(max_length=LONGEST)
    en = models.CharField(max_length=LONGEST)
    es = models.CharField(max_length=LONGEST, blank=True)
    replaces = DistrictForeignKey(
        "self", null=True, related_name="+"
    )  # what the district showed there when it was written
    shows_on = models.DateField()
    entered_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(en=""), name="passage_says_something")]
        indexes = [models.Index(fields=["district_id", "page"], name="passage_by_page")]


class PassageKept(DistrictModel):
    """That an editor kept a district's words over what a newer edition says: from then on they stand over that.

    Both languages of `was` are empty where the edition has no such passage any more.
    """

    passage = DistrictForeignKey(LocalPassage, related_name="kept")
    block = models.PositiveSmallIntegerField()
    item = models.PositiveSmallIntegerField()
    was_en = models.CharField(max_length=LONGEST, blank=True)
    was_es = models.CharField(max_length=LONGEST, blank=True)
    kept_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    kept_at = models.DateTimeField()


class Decision(DistrictModel):
    """That somebody reviewed, vetted, refused or took back a district's words.

    Nobody reviews their own, and nobody takes two of the three reviews.
    """

    step = models.CharField(max_length=16, choices=[(step.value, step.value) for step in Step])
    entered_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    taken_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField()

    class Meta:
        abstract = True


class PassageStep(Decision):
    """A decision about the words of a passage."""

    passage = DistrictForeignKey(LocalPassage, related_name="steps")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["district_id", "passage", "step"], name="passage_step_once"),
            models.CheckConstraint(condition=SECOND_PERSON, name="passage_second_person"),
            models.UniqueConstraint(
                fields=["district_id", "passage", "taken_by"], condition=REVIEW, name="passage_reviewer_once"
            ),
        ]
