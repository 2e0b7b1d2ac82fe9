"""How far each passage of a district's own page is in Spanish, read from its versions alone."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Revision

from tests.factories.own import DATA, ROLES, make_reviewer, publish, send_in, text
from tests.moments import AT, TODAY
from upstander.district.places.models import District
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.db import in_district
from upstander.program.library.content.translation import Passage, Said, Translation, Version, translation, version_of
from upstander.program.library.models import OwnPage
from upstander.program.library.selectors.drafts import pages_to_decide, standings
from upstander.program.library.services.drafts import review_page

NONE, BEHIND, DRAFT, REVIEWED = Translation
A, B, C = ("one", "two", "three")


def said(english: str, spanish: str) -> Said:
    return (english,), (spanish,)


@pytest.mark.parametrize(
    ("history", "approved", "state"),
    [
        ([said(A, "")], (), NONE),
        ([said("", "uno")], (), NONE),
        ([said(A, " ")], (1,), NONE),
        ([said(A, "uno")], (), DRAFT),
        ([said(A, ""), said(A, "uno")], (), DRAFT),
        ([said(A, "uno"), said(B, "uno")], (), BEHIND),
        ([said(A, "uno"), said(B, "uno"), said(B, "dos")], (), DRAFT),
        ([said(A, "uno"), said(B, "dos")], (), DRAFT),
        ([said(A, "uno"), said(A, "dos")], (), DRAFT),
        ([said(A, "uno")], (1,), REVIEWED),
        ([said(A, "uno"), said(B, "uno")], (1,), BEHIND),
        ([said(A, "uno"), said(B, "uno")], (2,), REVIEWED),
        ([said(A, "uno"), said(B, "uno"), said(A, "uno")], (1,), REVIEWED),
        ([said(A, "uno"), said(B, "uno"), said(C, "uno"), said(C, "tres")], (2,), DRAFT),
        ([said(B, "dos"), None, said(A, "uno")], (), DRAFT),
    ],
)
def test_the_state_follows_from_the_versions_and_what_a_language_reviewer_read(
    history: list[Said | None], approved: tuple[int, ...], state: Translation
) -> None:
    versions = [Version(number, {"x": each} if each else {}) for number, each in enumerate(history, 1)]
    assert [passage.state for passage in translation(versions, approved)] == [state]


def test_every_passage_of_every_kind_of_block_is_looked_at_and_what_has_no_words_is_not() -> None:
    pair = {"en": "Hello.", "es": "Hola."}
    body = [
        {"type": "text", "value": pair, "id": "a"},
        {"type": "callout", "value": {"tone": "calm", "text": pair}, "id": "b"},
        {
            "type": "list",
            "value": [{"type": "item", "value": pair, "id": "i"}, {"type": "item", "value": pair}],
            "id": "c",
        },
        {"type": "myth", "value": {"says": pair, "fact": pair, "why": {"en": "W", "es": ""}, "facts": []}, "id": "d"},
        {"type": "link", "value": {"words": pair, "to": "talking"}, "id": "e"},
        {"type": "fact", "value": "emergency.number", "id": "f"},
        {"type": "picture", "value": 7, "id": "g"},
    ]
    fields = {"title": "T", "title_es": "", "summary_en": "S", "summary_es": "R", "body": json.dumps(body)}
    version = version_of(1, fields)
    assert {key: len(english) for key, (english, _spanish) in version.said.items()} == {
        "title": 1,
        "summary": 1,
        "a": 1,
        "b": 1,
        "c": 2,
        "d": 3,
        "e": 1,
    }
    found = translation([version], ())
    assert found[0] == Passage("title", "T", NONE)
    assert {passage.key for passage in found if passage.state == NONE} == {"title", "d"}
    assert translation([], ()) == []


def counts(actor: Actor) -> dict[Translation, int]:
    (page,) = standings(actor=actor, on=TODAY)
    return dict(page.translation)


@pytest.mark.django_db
def test_the_list_and_the_panel_tell_how_far_a_page_is_before_and_after_its_reviews(
    district: District, editor: Actor
) -> None:
    reviewers = [make_reviewer(district, role) for role in ROLES]
    page = send_in(editor)
    with in_district(district.pk):
        assert counts(editor) == {DRAFT: 3}
        for reviewer in reviewers:
            review_page(actor=reviewer, key=page.slug, at=AT)
        assert counts(editor) == {REVIEWED: 3}
        page = OwnPage.objects.get()
        block = page.body.raw_data[0]["id"]
        page.body = [
            {**text("You can come at any time.", "Puede venir en todo momento. Le vamos a escuchar."), "id": block}
        ]
        page.save_revision()
        assert counts(editor) == {REVIEWED: 2, BEHIND: 1}
        panel = {passage.key: passage.state for passage in OwnPage.objects.get().translation}
    assert panel == {"title": REVIEWED, "summary": REVIEWED, block: BEHIND}


@pytest.mark.django_db
def test_a_list_of_many_pages_asks_as_often_as_one_of_one(district: District, editor: Actor) -> None:
    def asked() -> int:
        with in_district(district.pk), CaptureQueriesContext(connection) as queries:
            standings(actor=editor, on=TODAY)
        return len(queries)

    send_in(editor)
    before = asked()
    for _page in range(4):
        send_in(editor)
    assert asked() == before


@pytest.mark.django_db
def test_versions_older_than_what_was_approved_are_not_read(district: District, editor: Actor) -> None:
    page = publish(editor, [make_reviewer(district, role) for role in ROLES])
    with in_district(district.pk):
        older = Revision.page_revisions.get(object_id=page.pk)
        older.pk, older.content = older.pk - 1, {"body": "unreadable"}
        Revision.objects.bulk_create([older])
        assert counts(editor) == {REVIEWED: 3}
        page.summary_en = "Our schools are here."
        page.save_revision()
        assert counts(editor) == {REVIEWED: 2, BEHIND: 1}


@pytest.mark.django_db
def test_what_waits_for_a_reviewer_is_told_without_reading_any_version(district: District, editor: Actor) -> None:
    reviewer = make_reviewer(district, *ROLES[:1])
    send_in(editor)
    with in_district(district.pk):
        Revision.objects.update(content={"body": "unreadable"})
        assert [page.title for page in pages_to_decide(actor=reviewer, on=TODAY)] == [DATA["title"]]
        assert pages_to_decide(actor=editor, on=TODAY) == []
