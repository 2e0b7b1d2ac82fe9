"""Pages wholly a district's own: nothing skips a review, nothing leaves its district, nothing unread is shown."""

import datetime as dt
import io
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from PIL import Image
from wagtail.models import Collection, Page, Revision, TaskState

from tests.factories import make_district
from tests.factories.own import BODY, DATA, ROLES, make_editor, make_reviewer, publish, send_in, text
from tests.moments import AT, TODAY
from upstander.district.accounts.models import Account
from upstander.district.accounts.selectors import account_of
from upstander.district.places.models import District
from upstander.foundation.audit.models import AuditEvent
from upstander.foundation.kernel.actor import Actor, job, visitor
from upstander.foundation.kernel.db import in_district
from upstander.foundation.kernel.errors import Invalid, NotFound, WrongState
from upstander.program.library.content.faces import entry
from upstander.program.library.content.pictures import WIDEST, NoPicture, plain_copy
from upstander.program.library.models import OwnPage, Picture, StoredPicture
from upstander.program.library.selectors.drafts import draft_of, faults_of, standings
from upstander.program.library.selectors.own import own_pages, picture_bytes
from upstander.program.library.selectors.pages import entries_for, page_by_key
from upstander.program.library.services.drafts import review_page, send_in_page
from upstander.program.library.services.own import publish_due, take_out, take_seats

pytestmark = pytest.mark.django_db


def seen(district: District) -> list[str]:
    """The titles that readers find."""
    with in_district(district.pk):
        return [page.title.en for page in own_pages(actor=visitor(district.pk)).values()]


def test_three_reviews_by_others_publish_a_page_and_nothing_less_does(
    district: District, editor: Actor, reviewers: list[Actor]
) -> None:
    page = send_in(editor)
    for reviewer in reviewers:
        assert seen(district) == []
        with in_district(district.pk):
            review_page(actor=reviewer, key=page.slug, at=AT)
    assert seen(district) == [DATA["title"]]
    with in_district(district.pk):
        face = page_by_key(actor=visitor(district.pk), key=page.slug, language="es", on=TODAY, is_staff=False)
        assert (face.title, face.neutral_title) == (DATA["title_es"], "Sobre nuestras escuelas")
        assert [sign_off.role.en for sign_off in face.signed] == [
            "a lawyer",
            "a survivor advisor",
            "a language reviewer",
        ]
        assert [shape.kind for shape in face.shapes] == ["text", "fact"]
        assert face.shapes[1].facts[0].key == "ca.records.parent_access"
        own = own_pages(actor=visitor(district.pk))[page.slug]
        for language in ("en", "es"):  # a list reads less of the page, and says the same of it
            assert entries_for(actor=visitor(district.pk), language=language, is_staff=False)[-1] == entry(
                own, language
            )


def test_nobody_reviews_in_a_role_that_is_not_theirs_or_what_they_wrote(
    district: District, editor: Actor, reviewers: list[Actor]
) -> None:
    page = send_in(editor)
    with in_district(district.pk):
        for other in (editor, *reviewers[1:]):
            with pytest.raises(Exception, match="pages.review_legal"):
                review_page(actor=other, key=page.slug, at=AT)
        mine = OwnPage.objects.get(pk=page.pk)
        mine.title = "Who listens at our schools"
        mine.save_revision(user=account_of(actor=reviewers[0]))
        with pytest.raises(PermissionDenied):
            review_page(actor=reviewers[0], key=page.slug, at=AT)
    assert seen(district) == []


def test_words_changed_after_a_review_are_reviewed_again(
    district: District, editor: Actor, reviewers: list[Actor]
) -> None:
    page = send_in(editor)
    with in_district(district.pk):
        review_page(actor=reviewers[0], key=page.slug, at=AT)
        OwnPage.objects.get(pk=page.pk).save_revision(user=account_of(actor=editor))
        review_page(actor=reviewers[1], key=page.slug, at=AT)
        assert OwnPage.objects.get(pk=page.pk).current_workflow_task.role == "legal"
    assert seen(district) == []


def test_the_database_itself_lets_nothing_unreviewed_go_live(district: District, editor: Actor) -> None:
    page = send_in(editor)
    with in_district(district.pk):
        revision = page.get_latest_revision()
        with pytest.raises(IntegrityError, match="in three roles"), transaction.atomic():
            revision.publish()
        with pytest.raises(IntegrityError, match="in three roles"), transaction.atomic():
            Page.objects.filter(pk=page.pk).update(live=True)


def test_one_person_with_all_three_roles_takes_one_review_and_the_database_counts_people(
    district: District, editor: Actor, reviewers: list[Actor]
) -> None:
    page, everyone = send_in(editor), make_reviewer(district, *ROLES)
    with in_district(district.pk):
        review_page(actor=everyone, key=page.slug, at=AT)
        with pytest.raises(PermissionDenied):
            review_page(actor=everyone, key=page.slug, at=AT)
        review_page(actor=reviewers[1], key=page.slug, at=AT)
        with pytest.raises(PermissionDenied):
            review_page(actor=everyone, key=page.slug, at=AT)
        waiting = TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS)
        waiting.update(status=TaskState.STATUS_APPROVED, finished_by=everyone.account_id, finished_at=AT)
        with pytest.raises(IntegrityError, match="by three people"), transaction.atomic():
            page.get_latest_revision().publish()
        TaskState.objects.filter(task__reviewtask__role="language").update(finished_by=reviewers[2].account_id)
        page.get_latest_revision().publish()
    assert seen(district) == [DATA["title"]]


def test_the_words_of_a_live_page_are_the_approved_ones_whoever_writes_into_its_tables(
    district: District, editor: Actor, reviewers: list[Actor]
) -> None:
    blocks = [
        *BODY,
        {"type": "list", "value": [{"en": "Ask us.", "es": "Pregunte."}, {"en": "Come.", "es": "Venga."}]},
        {"type": "lines", "value": "emergency"},
    ]
    page = publish(editor, reviewers, body=blocks)
    other = '[{"type": "text", "value": {"en": "Tell nobody.", "es": "No diga nada."}}]'
    by_hand = (
        ("UPDATE library_ownpage SET body = %s WHERE page_ptr_id = %s", other),
        ("UPDATE library_ownpage SET summary_es = %s WHERE page_ptr_id = %s", "No diga nada."),
        ("UPDATE library_ownpage SET is_for_staff = %s WHERE page_ptr_id = %s", True),
        ("UPDATE wagtailcore_page SET title = %s WHERE id = %s", "Tell nobody"),
        ("UPDATE wagtailcore_page SET slug = %s WHERE id = %s", "tell-nobody"),
        ("UPDATE wagtailcore_page SET depth = %s WHERE id = %s", 2),
    )
    with in_district(district.pk), connection.cursor() as cursor:
        for statement, value in by_hand:
            with pytest.raises(IntegrityError), transaction.atomic():
                cursor.execute(statement, [value, page.pk])
        take_out(actor=editor, key=page.slug, at=AT)
        for statement, value in by_hand[:2]:
            cursor.execute(statement, [value, page.pk])
        cursor.execute(
            "UPDATE wagtailcore_page SET live = true, live_revision_id = %s WHERE id = %s",
            [page.live_revision_id, page.pk],
        )
        face = page_by_key(actor=visitor(district.pk), key=page.slug, language="es", on=TODAY, is_staff=False)
    assert face.summary == DATA["summary_es"]
    assert face.shapes[0].words == ("Puede venir en todo momento. Le vamos a escuchar.",)


def test_what_somebody_approved_cannot_be_changed_under_their_name(
    district: District, editor: Actor, reviewers: list[Actor]
) -> None:
    page = publish(editor, reviewers)
    with in_district(district.pk), pytest.raises(IntegrityError, match="as they read it"), transaction.atomic():
        Revision.objects.filter(pk=page.live_revision_id).update(content={"title": "Something else"})


def test_another_district_has_none_of_it_even_by_a_forgotten_filter(
    district: District, editor: Actor, reviewers: list[Actor]
) -> None:
    publish(editor, reviewers)
    other = make_district("fork", "north.localhost")
    make_editor(other)
    with in_district(other.pk):
        assert [page.title for page in Page.objects.all()] == ["Root", other.name]
        assert [c.name for c in Collection.objects.all()] == ["Root", other.name]
        assert (Revision.objects.count(), TaskState.objects.count(), OwnPage.objects.count()) == (0, 0, 0)
        assert account_of(actor=editor).groups.count() == 0
    assert seen(other) == []
    with in_district(None):
        assert [page.title for page in Page.objects.all()] == ["Root"]


def test_nobody_writes_on_the_shelf_of_another_district(district: District, editor: Actor) -> None:
    page = send_in(editor)
    other = make_district("fork", "north.localhost")
    make_editor(other)
    guest = Page(title="x", slug="x", path=page.path[:-1] + "9", depth=3, content_type=page.content_type)
    guest.locale_id, guest.url_path, guest.live = page.locale_id, "/x/", False
    with in_district(other.pk), pytest.raises(Exception, match="row-level security"), transaction.atomic():
        Page.objects.bulk_create([guest])


def test_seats_follow_grants_at_the_next_entry(district: District, reviewers: list[Actor]) -> None:
    lawyer = reviewers[0]
    with in_district(district.pk):
        assert [group.seat.role for group in account_of(actor=lawyer).groups.all()] == ["legal"]
        take_seats(actor=Actor(lawyer.kind, district.pk, lawyer.name, account_id=lawyer.account_id), at=AT)
        assert account_of(actor=lawyer).groups.count() == 0
        told = AuditEvent.objects.filter(event="library.seated", subject_ref=lawyer.name).order_by("id")
        assert [row.data["roles"] for row in told] == [["legal"], []]


def test_nobody_is_a_superuser_or_holds_a_permission_by_hand(editor: Actor) -> None:
    account = account_of(actor=editor)
    with pytest.raises(IntegrityError), transaction.atomic():
        Account.objects.filter(pk=account.pk).update(is_superuser=True)
    with pytest.raises(Exception, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO accounts_account_user_permissions (account_id, permission_id) VALUES (%s, 1)", [account.pk]
        )


FAULTS: list[tuple[dict[str, Any], str]] = [
    ({"title_es": ""}, "missing in one of the languages"),
    ({"body": [text("We listen to you.", "")]}, "missing in one of the languages"),
    ({"body": [text("We help the child prostitute.", "Ayudamos.")]}, "better say"),
    ({"body": [text("Call 555 now.", "Llame al 555 ahora.")]}, "Take numbers from facts"),
    ({"body": [text("Go to www.example.org today.", "Vaya hoy.")]}, "No addresses"),
    ({"body": [{"type": "fact", "value": "no.such.fact"}]}, "no fact no.such.fact"),
    ({"is_for_staff": True}, "behind the staff door"),
    ({"body": [{"type": "card", "value": "teacher"}]}, "This card is for people who work at a school"),
    (
        {"body": [text("Notwithstanding institutional considerations, communication necessitates interdisciplinary "
                       "collaboration, coordination and organizational accountability.", "Hable con la escuela.")]},
        "reads at",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("more", "reason"), FAULTS, ids=[reason for _, reason in FAULTS])
def test_what_stands_against_a_page_is_told_before_anybody_reviews_it(
    district: District, editor: Actor, more: dict[str, Any], reason: str
) -> None:
    with in_district(district.pk), pytest.raises(Invalid) as refusal:
        send_in_page(actor=editor, data={"body": BODY, **DATA, **more}, at=AT)
    assert reason in " ".join(map(str, (refusal.value, *refusal.value.also)))


def test_a_draft_may_wait_for_spanish_and_for_easier_words_but_not_for_the_linter() -> None:
    half = OwnPage(**DATA | {"title_es": ""}, body=[text("We listen.", "")])
    assert faults_of(page=half.read, is_draft=True) == []
    bad = OwnPage(**DATA, body=[text("We help the child prostitute.", "")])
    assert [fault.field for fault in faults_of(page=bad.read, is_draft=True)] == ["body"]


def test_a_page_waits_for_its_day_and_goes_when_its_time_is_over(
    district: District, editor: Actor, reviewers: list[Actor], monkeypatch: pytest.MonkeyPatch
) -> None:
    now, hour = timezone.now(), dt.timedelta(hours=1)
    publish(editor, reviewers, go_live_at=now + hour, expire_at=now + 3 * hour)
    for passed, titles in ((0, []), (2, [DATA["title"]]), (4, [])):
        monkeypatch.setattr(timezone, "now", lambda passed=passed: now + passed * hour)
        with in_district(district.pk):
            publish_due(actor=job("library.publish_due", district.pk, frozenset()), at=AT)
        assert seen(district) == titles


def test_a_page_is_taken_out_at_once_by_those_who_write(
    district: District, editor: Actor, reviewers: list[Actor]
) -> None:
    page = publish(editor, reviewers)
    with in_district(district.pk):
        take_out(actor=editor, key=page.slug, at=AT)
        with pytest.raises(WrongState):
            take_out(actor=editor, key=page.slug, at=AT)
        assert [(row.key, row.is_live) for row in standings(actor=editor, on=TODAY)] == [(page.slug, False)]
    assert seen(district) == []


def test_every_step_stands_in_the_audit(district: District, editor: Actor, reviewers: list[Actor]) -> None:
    page = publish(editor, reviewers)
    with in_district(district.pk):
        steps = AuditEvent.objects.filter(event="library.page_step", subject_ref=page.slug).order_by("id")
        told = [row.data["step"] for row in steps]
    assert told.count("wagtail.workflow.approve") == 3
    assert told[-1] in {"wagtail.publish", "wagtail.workflow.approve"}


def camera_picture() -> bytes:
    """A photo as a phone writes it: with the place, and lying on its side."""
    photo = Image.new("RGB", (2400, 1200), "green")
    exif = Image.Exif()
    exif[0x0112] = 6  # turn by a quarter
    exif[0x010F] = "Some camera"
    exif.get_ifd(0x8825)[2] = (37.0, 30.0, 12.0)  # where it was taken
    body = io.BytesIO()
    photo.save(body, "JPEG", exif=exif, comment=b"at home")
    return body.getvalue()


def test_a_picture_is_kept_without_the_place_upright_and_small() -> None:
    taken = camera_picture()
    assert b"Some camera" in taken
    kept = Image.open(io.BytesIO(plain_copy(taken)))
    assert (kept.format, kept.size) == ("WEBP", (WIDEST // 2, WIDEST))
    assert not kept.getexif()
    assert set(kept.info) <= {"background", "loop", "duration", "timestamp"}


@pytest.mark.parametrize("body", [b"", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"GIF89a", camera_picture()[:500]])
def test_what_is_no_picture_is_refused(body: bytes) -> None:
    with pytest.raises(NoPicture):
        plain_copy(body)


def test_a_picture_shows_nobody_and_is_never_another_districts(district: District, editor: Actor) -> None:
    other = make_district("fork", "north.localhost")
    with in_district(district.pk):
        StoredPicture.objects.create(district_id=district.pk, name="a.webp", body=b"x")
        assert picture_bytes(actor=editor, name="a.webp") == b"x"
        collection = Collection.objects.get(depth=2)
        said = {"alt_en": "A door", "alt_es": "Una puerta", "title": "Door", "file": "a.webp", "width": 1, "height": 1}
        with pytest.raises(IntegrityError, match="picture_shows_nobody"), transaction.atomic():
            Picture(collection=collection, nobody_shown=False, **said).save()
    with in_district(other.pk), pytest.raises(NotFound):
        picture_bytes(actor=make_editor(other), name="a.webp")


def test_a_draft_is_not_there_for_another_district(district: District, editor: Actor) -> None:
    page = send_in(editor)
    other = make_editor(make_district("fork", "north.localhost"))
    with in_district(other.district_id), pytest.raises(NotFound):
        draft_of(actor=other, key=page.slug)
