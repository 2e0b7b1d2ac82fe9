"""A notice is written once, sent once, and drawn in its reader's language; a killed job sends no second mail."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core import mail
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.factories import make_actor, make_district
from tests.moments import AT
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.db import in_district
from upstander.foundation.kernel.errors import NotAllowed
from upstander.foundation.notices.models import Notice, NoticeSent
from upstander.foundation.notices.selectors import sent_mail
from upstander.foundation.notices.services import Draft, Recipient, post_notice, post_notices, send_notice

pytestmark = pytest.mark.django_db


@pytest.fixture
def actor() -> Actor:
    return make_actor(make_district(), "it_administrator")


def write(actor: Actor, key: str = "k", **more: object) -> None:
    to = Recipient("reader@example.org", "es")
    more = {"facts": {"site": "Alder"}, **more}
    post_notice(actor=actor, kind="test", to=to, key=key, at=AT, **more)  # type: ignore[arg-type]


def test_the_same_happening_writes_one_notice_and_one_job(actor: Actor) -> None:
    with in_district(actor.district_id):
        write(actor)
        write(actor)
        assert Notice.objects.count() == 1
        jobs = list(ProcrastinateJob.objects.all())
        assert [job.args for job in jobs] == [{"ref": Notice.objects.get().ref, "district_id": actor.district_id}]


def test_many_notices_take_as_many_statements_as_one(actor: Actor) -> None:
    def statements(*keys: str) -> int:
        drafts = [Draft(Recipient(f"{key}@example.org"), key, {}) for key in keys]
        with CaptureQueriesContext(connection) as asked:
            post_notices(actor=actor, kind="test", drafts=drafts, at=AT)
        return len(asked)

    with in_district(actor.district_id):
        assert statements("a") == statements("b", "c", "d")
        assert statements("d", "e") == statements("f")
        notices = dict(Notice.objects.values_list("key", "ref"))
        jobs = ProcrastinateJob.objects.values_list("args__ref", "lock")
        assert sorted(notices) == list("abcdef")
        assert sorted(jobs) == sorted((ref, f"notices.send:{ref}") for ref in notices.values())


def test_sending_twice_sends_once(actor: Actor, notice_template: None) -> None:
    with in_district(actor.district_id), override_settings(MAIL_TRANSPORT="smtp"):
        write(actor)
        ref = Notice.objects.get().ref
        assert [send_notice(actor=actor, ref=ref, at=AT, site_address="http://localhost") for _ in range(2)] == [
            True,
            False,
        ]
    assert [message.subject for message in mail.outbox] == ["Hola Alder"]


def test_a_calendar_file_says_in_its_header_what_it_asks_for(actor: Actor, notice_template: None) -> None:
    calendar = "BEGIN:VCALENDAR\r\nMETHOD:CANCEL\r\nEND:VCALENDAR\r\n"
    with in_district(actor.district_id), override_settings(MAIL_TRANSPORT="smtp"):
        write(actor, calendar=calendar)
        send_notice(actor=actor, ref=Notice.objects.get().ref, at=AT, site_address="http://localhost")
    (part,) = [part for part in mail.outbox[0].message().walk() if part.get_content_type() == "text/calendar"]
    assert (part.get_param("method"), part.get_filename()) == ("CANCEL", "invitation.ics")
    payload = part.get_payload(decode=True)
    assert isinstance(payload, bytes)
    assert payload.decode() == calendar


def test_a_mail_is_plain_text_and_keeps_apostrophes(actor: Actor, notice_template: None) -> None:
    with in_district(actor.district_id):
        write(actor, facts={"site": "O’Neill's & Sons <School>"})
        send_notice(actor=actor, ref=Notice.objects.get().ref, at=AT, site_address="http://localhost")
        assert NoticeSent.objects.get().subject == "Hola O’Neill's & Sons <School>"


def test_a_job_that_dies_while_sending_leaves_the_notice_unsent(
    actor: Actor, notice_template: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("upstander.foundation.notices.services._mail", killed)
    with in_district(actor.district_id), override_settings(MAIL_TRANSPORT="smtp"):
        write(actor)
        with pytest.raises(KeyboardInterrupt):
            send_notice(actor=actor, ref=Notice.objects.get().ref, at=AT, site_address="http://localhost")
        assert NoticeSent.objects.count() == 0


def test_private_notices_are_in_no_list(actor: Actor, notice_template: None) -> None:
    with in_district(actor.district_id):
        write(actor, "public")
        write(actor, "private", is_private=True)
        for ref in Notice.objects.values_list("ref", flat=True):
            send_notice(actor=actor, ref=ref, at=AT, site_address="http://localhost")
        assert [found.subject for found in sent_mail(actor=actor)] == ["Hola Alder"]


def test_the_outbox_is_for_holders_of_its_capability() -> None:
    teacher = make_actor(make_district(), "teacher")
    with in_district(teacher.district_id), pytest.raises(NotAllowed):
        sent_mail(actor=teacher)


@pytest.fixture
def notice_template(tmp_path: Path) -> Iterator[None]:
    """A template of the test's own, in a folder that Django looks in first."""
    (tmp_path / "notices").mkdir()
    text = "{% get_current_language as l %}{% if l == 'es' %}Hola{% endif %} {{ site }}\nBody."
    (tmp_path / "notices" / "test.txt").write_text(text)
    ours = {**settings.TEMPLATES[0], "DIRS": [str(tmp_path)]}
    with override_settings(TEMPLATES=[ours]):
        yield
