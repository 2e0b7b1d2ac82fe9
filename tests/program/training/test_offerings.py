"""What was given: an edition by its day and audience, kept by the session and told by every completion."""

import datetime as dt
import shutil
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from tests.factories.training import KNOWN, World, ask
from tests.factories.visits import client_of
from tests.moments import AT
from upstander.foundation.audit.models import AuditEvent
from upstander.foundation.kernel.content import ContentRefused
from upstander.foundation.kernel.db import in_district
from upstander.foundation.kernel.errors import Invalid
from upstander.program.compliance.models import Completion
from upstander.program.training.content import offerings
from upstander.program.training.content.kinds import shipped_kinds
from upstander.program.training.content.offerings import editions_by, name_of_edition, read_offerings
from upstander.program.training.models import Session
from upstander.program.training.services.attendance import tick
from upstander.program.training.services.sessions import (
    Slot,
    assign_member,
    close_session,
    confirm_session,
    open_session,
)
from upstander.program.training.services.tallies import Tally

DAY = dt.date(2026, 11, 18)
BEGINS = dt.datetime(2026, 11, 18, 22, 0, tzinfo=dt.UTC)


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """A content folder of one's own, to break."""
    for name in ("offerings", "schemas", "requests", "languages", "materials"):
        shutil.copytree(settings.CONTENT / name, tmp_path / name)
    return tmp_path


def put(shelf: Path, old: str, new: str) -> None:
    file = shelf / "offerings" / "staff.yaml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def held(world: World, **more: Any) -> Session:
    """A session that is open, with one person there."""
    request = ask(world, **more)
    with in_district(world.district.pk):
        slot = Slot(request.windows.get().ref, dt.time(14))
        told: dict[str, Any] = {"actor": world.coordinator, "request_ref": request.ref, "at": AT}
        assign_member(member_ref=world.near.ref, slot=slot, **told)
        session = confirm_session(**told)
        open_session(actor=world.consultant, ref=session.ref, at=BEGINS)
        tick(actor=world.consultant, session_ref=session.ref, person_ref=world.staff[0].ref, present=True, at=BEGINS)
    return session


def close(world: World, session: Session, tally: Tally) -> tuple[str, list[str]]:
    """What the session and its completions say was given."""
    with in_district(world.district.pk):
        close_session(actor=world.consultant, ref=session.ref, tally=tally, at=BEGINS + dt.timedelta(hours=1))
        session.refresh_from_db()
        return session.offering, list(Completion.objects.values_list("content_version", flat=True))


def test_every_session_that_can_be_asked_for_has_one_offering() -> None:
    for kind in shipped_kinds().values():
        if kind.ends_with_session:
            for audience in kind.options_of("audience"):
                assert name_of_edition(kind.key, audience, DAY), (kind.key, audience)


def test_the_day_decides_between_editions(shelf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = shelf / "offerings" / "staff.yaml"
    text = file.read_text(encoding="utf-8")
    later = text.split("editions:\n", 1)[1].replace("2026-07-01", "2026-12-01")
    file.write_text(text + later, encoding="utf-8")
    monkeypatch.setattr(offerings, "shipped_editions", lambda: read_offerings(shelf))
    days = [dt.date(2026, 6, 30), dt.date(2026, 7, 1), dt.date(2026, 11, 30), dt.date(2026, 12, 1)]
    assert [name_of_edition("training", "teachers", day) for day in days] == [
        "",
        "staff.2026-07-01",
        "staff.2026-07-01",
        "staff.2026-12-01",
    ]
    assert [each.name for each in editions_by("training", days[3])] == [
        "classified.2026-07-01",
        "staff.2026-12-01",
        "staff.2026-07-01",
    ]


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("minutes: [8, 10, 12]", "minutes: [9, 10, 12]", "do not add up"),
        ("minutes: [8, 10, 12]", "minutes: [8, 10]", "for each length"),
        ("lengths: [60, 90, 120]", "lengths: [60, 90, 110]", "not the lengths"),
        ("topic: fairness", "topic: myths", "needs fairness"),
        ("teachers", "pilots", "pilots cannot be asked for"),
        ("teachers", "classified", "classified has an offering"),
        ("staff_room_sheet", "leaflet", "no material leaflet"),
        ("kind: training", "kind: materials", "no kind of request that ends with a session"),
        ("what nobody knows.", "what 3 know.", "does not match"),
    ],
)
def test_a_bad_edition_is_refused_with_its_reason(shelf: Path, old: str, new: str, reason: str) -> None:
    put(shelf, old, new)
    with pytest.raises(ContentRefused, match=reason):
        read_offerings(shelf)


def test_the_planned_edition_is_what_was_given(world: World) -> None:
    assert close(world, held(world), KNOWN) == ("staff.2026-07-01", ["staff.2026-07-01"])


def test_the_consultant_corrects_what_was_given(world: World) -> None:
    session = held(world)
    assert session.offering == "staff.2026-07-01"
    given = Tally(0, "CC", difference_is_known=True, offering="classified.2026-07-01")
    assert close(world, session, given) == ("classified.2026-07-01", ["classified.2026-07-01"])


@pytest.mark.parametrize("name", ["families.2026-07-01", "staff.2027-07-01", "anything"])
def test_what_was_not_on_offer_cannot_have_been_given(world: World, name: str) -> None:
    session = held(world)
    with pytest.raises(Invalid) as refused:
        close(world, session, Tally(0, "CC", difference_is_known=True, offering=name))
    assert refused.value.field == "offering"


def test_a_district_names_its_own_slides_and_consultants_find_them(world: World) -> None:
    name = name_of_edition("training", "all_staff", DAY)
    page, client = f"/en/training/offerings/{name}/slides/", client_of(world.coordinator)
    assert "the outline to speak from" in client_of(world.consultant).get("/en/training/offerings/").content.decode()
    for wrong in ({"title": "<b>"}, {"title": "Fall", "address": "http://example.org"}, {"title": ""}):
        assert client.post(page, wrong).status_code == 422
    assert client.post(page, {"title": "Staff session, fall", "address": "https://example.org/fall"}).status_code == 302
    shown = client_of(world.consultant).get("/en/training/offerings/").content.decode()
    assert '<a href="https://example.org/fall" rel="noopener noreferrer">Staff session, fall</a>' in shown
    assert "slides/" not in shown
    assert client.get("/en/training/offerings/staff.1999-01-01/slides/").status_code == 404
    with in_district(world.district.pk):
        assert AuditEvent.objects.filter(event="training.slides_named").count() == 1
