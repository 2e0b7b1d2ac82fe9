"""The words that readers get in one statement are those of which the editor's list says that they stand."""

import datetime as dt
from typing import Any

import pytest

from tests.factories import make_account, make_district
from tests.moments import AT, TODAY
from upstander.district.places.models import District
from upstander.foundation.kernel.actor import visitor
from upstander.foundation.kernel.db import in_district
from upstander.program.library.models import LocalPassage, PassageKept, PassageStep
from upstander.program.library.selectors.passages import versions_on, words_on
from upstander.program.library.states import REVIEWS, Stand, Step

pytestmark = pytest.mark.django_db
PAGE, EMPTY = "at_my_school", "welcome"
WHOLE = tuple(REVIEWS)
DAY = dt.timedelta(days=1)


def wrote(district: District, said: str, steps: tuple[Step, ...], **more: Any) -> LocalPassage:
    """Words for a passage of the page, with steps that people other than their writer took."""
    told = {"shows_on": TODAY, "kind": "text", "block": 1, "item": 0, **more}
    texts = {"was_en": "Then.", "was_es": "Antes.", "en": said, "es": said}
    writer = make_account()
    row = LocalPassage.objects.create(
        district_id=district.pk, page=PAGE, entered_by=writer, entered_at=AT, **texts, **told
    )
    for step in steps:
        by = {"entered_by": writer, "taken_by": make_account(), "taken_at": AT}
        PassageStep.objects.create(district_id=district.pk, passage=row, step=step, **by)
    return row


def kept(row: LocalPassage, block: int, at: dt.datetime) -> None:
    now = {"block": block, "item": 0, "was_en": f"Now {block}.", "was_es": "Ahora.", "kept_at": at}
    PassageKept.objects.create(district_id=row.district_id, passage=row, kept_by=make_account(), **now)


def test_readers_get_exactly_the_words_that_stand_over_what_they_were_last_kept_over() -> None:
    district, other = make_district("alder", "localhost"), make_district("north", "north.localhost")
    with in_district(other.pk):
        wrote(other, "Elsewhere.", WHOLE)
    with in_district(district.pk):
        wrote(district, "Stands.", WHOLE)
        wrote(district, "Waits.", WHOLE[:2])
        wrote(district, "Comes.", WHOLE, shows_on=TODAY + DAY)
        wrote(district, "Refused.", (Step.REFUSED,))
        wrote(district, "An office.", (Step.VETTED,), kind="confirm")
        first = wrote(district, "Was replaced.", WHOLE)
        second = wrote(district, "Was taken out.", (*WHOLE, Step.ENDED), replaces=first)
        wrote(district, "Would replace it.", (), replaces=second)
        twice = wrote(district, "Kept twice.", WHOLE)
        kept(twice, 7, AT)
        kept(twice, 8, AT + DAY)
        asked: dict[str, Any] = {"actor": visitor(district.pk), "pages": [PAGE, EMPTY], "on": TODAY}
        found = words_on(**asked)
        listed = versions_on(**asked)
    assert found == {
        page: [version.own for version in versions if version.stand == Stand.STANDS]
        for page, versions in listed.items()
    }
    assert [own.said.en for own in found[PAGE]] == ["Stands.", "An office.", "Kept twice."]
    assert (found[PAGE][-1].block, found[PAGE][-1].was.en, found[EMPTY]) == (8, "Now 8.", [])
