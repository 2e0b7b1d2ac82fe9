"""Wagtail's screens behind our door: who enters, what is open, and that the next district is not there."""

import io
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from PIL import Image
from wagtail.models import Collection, Page

from tests.factories import make_actor, make_district
from tests.factories.own import ROLES, make_editor, make_reviewer, publish, send_in, text
from tests.factories.visits import client_of
from tests.moments import AT
from tests.program.library.test_own import camera_picture
from upstander.district.places.models import District
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.db import in_district
from upstander.program.library.models import OwnPage, Picture, StoredPicture
from upstander.program.library.services.drafts import review_page
from upstander.web.explorer.urls import OPEN
from upstander.web.shared.access import Door, door_of
from upstander.web.shared.explorer import SEATED

pytestmark = pytest.mark.django_db
HOME = "/en/explorer/"


def typed(**more: Any) -> dict[str, Any]:
    """A page as its form sends it, with one block of text."""
    said = {"en": "You can come to us. We will listen.", "es": "Puede venir. Le vamos a escuchar."}
    return {
        "title": "Who can help",
        "title_es": "Quién puede ayudar",
        "tab": "school",
        "kind": "article",
        "audience": "families",
        "summary_en": "Our schools are here for you.",
        "summary_es": "La escuela está aquí para usted.",
        "body-count": "1",
        "body-0-deleted": "",
        "body-0-order": "0",
        "body-0-type": "text",
        "body-0-value-en": said["en"],
        "body-0-value-es": said["es"],
        "go_live_at": "",
        "expire_at": "",
        **more,
    }


def added(client: Client, district: District, **more: Any) -> Any:
    with in_district(district.pk):
        shelf = Page.objects.get(depth=2).pk
    return client.post(f"{HOME}pages/add/library/ownpage/{shelf}/", typed(**more))


def own_page(district: District) -> Any:
    with in_district(district.pk):
        return OwnPage.objects.first()


def test_an_editor_writes_three_review_and_families_read(
    district: District, editor: Actor, reviewers: list[Actor]
) -> None:
    response = added(client_of(editor), district, **{"action-submit": "x"})
    assert response.status_code == 302, response.content
    page = own_page(district)
    assert page is not None
    assert re.fullmatch("[0-9a-z]{12}", page.slug), "the address names no topic"
    reader = Client(SERVER_NAME="localhost")
    address = f"/es/learn/{page.slug}/"
    for reviewer in reviewers:
        assert reader.get(address).status_code == 404
        client = client_of(reviewer)
        assert client.get(HOME)["Location"] == "/en/editor/"
        assert "A page waits for you: Who can help" in client.get("/en/staff/").content.decode()
        listed = client.get("/en/editor/").content.decode()
        assert "Who can help" in listed
        assert "Who can take it: " in listed
        assert "Approve" in client.get(f"{HOME}pages/{page.pk}/edit/").content.decode()
        with in_district(district.pk):
            state = page.workflow_states.get().current_task_state_id
        assert client.post(f"{HOME}pages/workflow/action/{page.pk}/approve/{state}/").status_code == 302
    shown = reader.get(address)
    told = shown.content.decode()
    assert shown.status_code == 200
    assert "Le vamos a escuchar." in told
    assert "<title>Sobre nuestras escuelas" in told
    assert "leave" in told
    assert not shown.cookies
    assert page.slug in reader.get("/en/learn/").content.decode()


def test_half_a_page_is_kept_and_not_sent(district: District, editor: Actor) -> None:
    client = client_of(editor)
    half = {"title_es": "", "body-0-value-es": ""}
    assert added(client, district, **half, **{"action-submit": "x"}).status_code == 200
    assert own_page(district) is None
    assert added(client, district, **half).status_code == 302
    page = own_page(district)
    assert page is not None
    with in_district(district.pk):
        assert page.current_workflow_state is None


def test_a_new_page_begins_empty_and_is_kept_before_its_tab_is_chosen(district: District, editor: Actor) -> None:
    client = client_of(editor)
    with in_district(district.pk):
        shelf = Page.objects.get(depth=2).pk
    shown = client.get(f"{HOME}pages/{shelf}/add_subpage/", follow=True)
    assert shown.status_code == 200
    assert "it says here how hard they are to read" in shown.content.decode()
    assert added(client, district, tab="").status_code == 302
    page = own_page(district)
    assert page.tab == ""
    assert client.get(f"{HOME}pages/{page.pk}/edit/").status_code == 200


def test_the_linter_stands_at_every_save_and_nothing_typed_is_lost(district: District, editor: Actor) -> None:
    response = added(client_of(editor), district, **{"body-0-value-en": "We help the child prostitute."})
    told = response.content.decode()
    assert response.status_code == 200
    assert "better say" in told
    assert "We help the child prostitute." in told
    assert own_page(district) is None


def test_the_level_stands_above_the_words(district: District, editor: Actor) -> None:
    page = send_in(editor)
    told = client_of(editor).get(f"/en/explorer/pages/{page.pk}/edit/").content.decode()
    assert "English: grade" in told
    assert "Spanish: ease" in told


def test_nobody_publishes_at_the_explorer(district: District, editor: Actor) -> None:
    client = client_of(editor)
    assert added(client, district, **{"action-publish": "x"}).status_code == 302
    page = own_page(district)
    assert page is not None
    assert not page.live
    assert client.post(f"{HOME}pages/{page.pk}/unpublish/").status_code == 404


def screens(patterns: list[URLPattern | URLResolver], space: str = "") -> list[str]:
    found = []
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            found += screens(pattern.url_patterns, f"{space}{pattern.namespace}:" if pattern.namespace else space)
        else:
            found.append(space + str(pattern.name))
    return found


def explorer_patterns() -> Any:
    house: Any = get_resolver().url_patterns[0].url_patterns  # type: ignore[union-attr]
    return next(p for p in house[0].url_patterns if str(p.pattern) == "explorer/").url_patterns


def test_every_open_screen_is_one_of_wagtails() -> None:
    assert sorted(OPEN - set(screens(explorer_patterns()))) == []


def doors(patterns: Any) -> set[object]:
    found: set[object] = set()
    for pattern in patterns:
        found |= doors(pattern.url_patterns) if isinstance(pattern, URLResolver) else {door_of(pattern.callback)}
    return found


def test_one_door_stands_before_every_screen() -> None:
    assert doors(explorer_patterns()) == {Door(SEATED)}


CLOSED = [
    "wagtailadmin_login",
    "wagtailadmin_account",
    "wagtailadmin_logout",
    "wagtailadmin_password_reset",
    "wagtailusers_users:index",
    "wagtailadmin_workflows:index",
    "wagtailadmin_collections:index",
    "wagtailadmin_reports:site_history",
    "wagtailadmin_api:pages:listing",
    "wagtailadmin_pages:search",
    "wagtailadmin_choose_page",
    "wagtailadmin_tag_autocomplete",
]


@pytest.mark.parametrize("name", CLOSED)
def test_screens_that_are_ours_or_nobodys_lead_back_and_take_nothing(editor: Actor, name: str) -> None:
    client = client_of(editor)
    back = client.get(reverse(name), follow=True)
    assert back.redirect_chain == [("/en/editor/", 302)]
    assert "That is not done here." in back.content.decode()
    assert client.post(reverse(name)).status_code == 404


def test_an_editor_meets_no_dead_link(district: District, editor: Actor, reviewers: list[Actor]) -> None:
    client = client_of(editor)
    taken_in(client, district)
    live, waiting = publish(editor, reviewers), send_in(editor)
    with in_district(district.pk):
        shelf = Page.objects.get(depth=2).pk
    paths = [f"{HOME}pages/{shelf}/", f"{HOME}pages/add/library/ownpage/{shelf}/", f"{HOME}images/"]
    paths += [f"{HOME}pages/{page.pk}/{name}/" for page in (live, waiting) for name in ("edit", "history", "delete")]
    linked: set[str] = set()
    for path in paths:
        answer = client.get(path, follow=True)
        assert answer.status_code == 200, path
        linked |= set(re.findall(r'href="(/en/[^"#?]*)', answer.content.decode()))
    assert len(linked) > 10
    assert [path for path in sorted(linked) if client.get(path).status_code not in {200, 302}] == []


def test_only_who_writes_or_reviews_enters(district: District) -> None:
    assert "/account/sign-in/" in Client(SERVER_NAME="localhost").get(HOME)["Location"]
    assert client_of(make_actor(district, "teacher")).get(HOME).status_code == 403


def walked(patterns: Any, values: dict[str, str], prefix: str = HOME) -> list[str]:
    """Every address of Wagtail's with another district's ids in it."""
    found = []
    for pattern in patterns:
        here = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            found += walked(pattern.url_patterns, values, here)
        else:
            found.append(re.sub(r"<(?:\w+:)?(\w+)>", lambda m: values.get(m.group(1), "x"), here))
    return found


def test_an_editor_of_one_district_finds_no_page_of_another_by_any_screen(
    district: District, editor: Actor, reviewers: list[Actor]
) -> None:
    other = make_district("fork", "north.localhost")
    there = make_editor(other)
    page = publish(there, [make_reviewer(other, role) for role in ROLES], title="Only in the north")
    with in_district(other.pk):
        shelf, revision = Page.objects.get(depth=2).pk, page.live_revision_id
        picture = taken_in(client_of(there), other, host="north.localhost")
        collection = Collection.objects.get(depth=2).pk
        state = page.workflow_states.get()
        reviewed = state.task_states.earliest("pk")
    values = {
        "page_id": page.pk, "parent_page_id": shelf, "revision_id": revision, "image_id": picture.pk,
        "pk": picture.pk, "collection_id": collection, "content_type_app_name": "library", "app_label": "library",
        "content_type_model_name": "ownpage", "model_name": "ownpage", "workflow_state_id": state.pk,
        "task_state_id": reviewed.pk, "action_name": "approve", "object_id": page.pk,
        "page_to_move_id": page.pk, "destination_id": shelf, "task_id": reviewed.task_id,
        "session_id": 1, "filter_spec": "original",
    }  # fmt: skip
    texts = {name: str(value) for name, value in values.items()}
    addresses = [a for a in walked(explorer_patterns(), texts) if "(" not in a]
    addresses.append(f"{HOME}pages/{page.pk}/revisions/compare/earliest...latest/")
    for client in map(client_of, (editor, reviewers[0])):
        for address in addresses:
            answer = client.get(f"{address}?q=north&collection_id={collection}")
            assert b"Only in the north" not in answer.content, address
            assert picture.title.encode() not in answer.content, address
        assert client.post(f"{HOME}pages/{page.pk}/edit/", typed()).status_code in {302, 404}
        assert client.post(f"{HOME}pages/{page.pk}/delete/").status_code in {302, 404}
    with in_district(other.pk):
        assert OwnPage.objects.get(pk=page.pk).title == "Only in the north"


def taken_in(client: Client, district: District, *, host: str = "localhost", **more: Any) -> Any:
    """A photo that an editor took in."""
    file = io.BytesIO(camera_picture())
    file.name = "IMG_0001.jpg"
    said = {"title": "The north door", "alt_en": "A green door", "alt_es": "Una puerta verde", "nobody_shown": "on"}
    response = client.post("/en/explorer/images/add/", {"file": file, **said, **more}, SERVER_NAME=host)
    with in_district(district.pk):
        found = Picture.objects.first()
    assert found, response.content
    return found


def test_a_photo_is_kept_without_its_place_and_shown_with_its_words(
    district: District, editor: Actor, reviewers: list[Actor]
) -> None:
    client = client_of(editor)
    assert client.get("/en/explorer/images/multiple/add/")["Location"] == "/en/explorer/images/add/"
    picture = taken_in(client, district)
    assert re.fullmatch(r"[0-9a-z]{12}\.webp", picture.file.name)
    assert client.get("/en/explorer/images/").status_code == 200
    with in_district(district.pk):
        stored = {row.name: bytes(row.body) for row in StoredPicture.objects.all()}
    assert len(stored) == 2, "the picture, and its small copy for the list"
    for body in stored.values():
        assert not Image.open(io.BytesIO(body)).getexif()
        assert b"Some camera" not in body
    words = [text("You can come to us.", "Puede venir."), {"type": "picture", "value": picture.pk}]
    page = publish(editor, reviewers, body=words)
    told = Client(SERVER_NAME="localhost").get(f"/es/learn/{page.slug}/").content.decode()
    assert 'alt="Una puerta verde"' in told
    assert f"/es/learn/image/{picture.file.name}/" in told


def test_a_page_points_to_a_card_and_to_the_call_screen_by_the_reader_s_own_door(
    district: District, editor: Actor, reviewers: list[Actor]
) -> None:
    call = text("Who to call", "A quién llamar") | {"type": "call"}
    gone = {"type": "card", "value": "of_an_older_edition"}
    words = [text("You can come to us.", "Puede venir."), {"type": "card", "value": "told"}, gone, call]
    page = publish(editor, reviewers, body=words)
    browser = Client(SERVER_NAME="localhost")
    told = browser.get(f"/es/learn/{page.slug}/").content.decode()
    assert '"/es/cards/told/"' in told
    assert re.search(r'href="/es/guide/call/">\s*.*A quién llamar', told, re.DOTALL)
    inside = client_of(editor).get(f"/en/learn/staff/{page.slug}/").content.decode()
    assert '"/en/cards/staff/told/"' in inside


def test_readers_get_a_picture_while_it_stands_on_a_page_of_theirs_and_nothing_keeps_it(
    district: District, editor: Actor, reviewers: list[Actor]
) -> None:
    client = client_of(editor)
    picture = taken_in(client, district)
    address = f"/en/learn/image/{picture.file.name}/"
    reader, staff = Client(SERVER_NAME="localhost"), client_of(make_actor(district, "teacher"))
    assert client.get("/en/explorer/images/").status_code == 200
    with in_district(district.pk):
        small = StoredPicture.objects.exclude(name=picture.file.name).get().name

    def found() -> list[int]:
        return [each.get(address).status_code for each in (reader, staff, client)]

    assert found() == [404, 404, 200]
    words = [text("You can come to us.", "Puede venir."), {"type": "picture", "value": picture.pk}]
    page = send_in(editor, body=words)
    assert found() == [404, 404, 200]
    with in_district(district.pk):
        for reviewer in reviewers:
            review_page(actor=reviewer, key=page.slug, at=AT)
    assert found() == [200, 200, 200]
    shown = reader.get(address)
    assert (shown["Content-Type"], shown["Cache-Control"]) == ("image/webp", "no-store")
    assert reader.get(f"/en/learn/image/{small}/").status_code == 404
    make_district("fork", "north.localhost")
    assert Client(SERVER_NAME="north.localhost").get(address).status_code == 404
    client.post(f"/en/editor/own/{page.slug}/out/")
    assert found() == [404, 404, 200]


@pytest.mark.parametrize("missing", ["alt_en", "alt_es", "nobody_shown", "file"])
def test_a_picture_without_words_or_with_somebody_in_it_is_not_taken(
    district: District, editor: Actor, missing: str
) -> None:
    file = io.BytesIO(camera_picture())
    file.name = "door.jpg"
    said = {"title": "Door", "alt_en": "A door", "alt_es": "Una puerta", "nobody_shown": "on", "file": file}
    del said[missing]
    assert client_of(editor).post("/en/explorer/images/add/", said).status_code == 200
    with in_district(district.pk):
        assert not Picture.objects.exists()
