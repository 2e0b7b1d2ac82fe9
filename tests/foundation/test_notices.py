"""A notice is written once, sent once, and drawn in its reader's language; a killed job sends no second mail."""

import datetime as dt
import smtplib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core import mail
from django.db import ProgrammingError, connection, transaction
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.factories import make_actor, make_district
from tests.factories.visits import holder
from tests.moments import AT
from upstander.district.places.models import District
from upstander.foundation.audit.models import AuditEvent
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.db import in_district
from upstander.foundation.kernel.errors import NotAllowed, NotFound, WrongState
from upstander.foundation.notices.disposal import ADDRESSES_ARE_KEPT, forget_addresses
from upstander.foundation.notices.models import Notice, NoticeSent, NoticeTrouble
from upstander.foundation.notices.selectors import sent_mail, troubled_mail
from upstander.foundation.notices.services import (
    WAITS,
    Draft,
    Recipient,
    give_up_notice,
    post_notice,
    post_notices,
    resend_notice,
    send_notice,
)
from upstander.foundation.notices.windows import kept, moment_to_go

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

    monkeypatch.setattr("upstander.foundation.notices.services.deliver", killed)
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
    ours = {**settings.TEMPLATES[0], "DIRS": [str(tmp_path), *settings.TEMPLATES[0]["DIRS"]]}
    with override_settings(TEMPLATES=[ours]):
        yield


class Server:
    """A mail server's answers, one after the other; None takes the mail."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *answers: Exception | None) -> None:
        self.answers = list(answers)
        monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", self.take)

    def take(self, _messages: object) -> int:
        answer = self.answers.pop(0)
        if answer:
            raise answer
        return 1


def try_once(actor: Actor, ref: str, at: dt.datetime = AT) -> bool:
    with override_settings(MAIL_TRANSPORT="smtp"):
        return send_notice(actor=actor, ref=ref, at=at, site_address="http://localhost")


def test_what_is_refused_for_now_is_tried_again_later_and_then_goes_out(
    actor: Actor, notice_template: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    Server(monkeypatch, smtplib.SMTPDataError(451, b"later"), TimeoutError(), None)
    with in_district(actor.district_id):
        write(actor)
        ref = Notice.objects.get().ref
        assert [try_once(actor, ref), try_once(actor, ref)] == [False, False]
        assert not NoticeSent.objects.exists()
        found = troubled_mail(actor=actor)
        assert [(each.cause, each.tries_count, each.is_stopped) for each in found] == [("unreachable", 2, False)]
        waiting = ProcrastinateJob.objects.exclude(scheduled_at=None).order_by("scheduled_at")
        assert [job.scheduled_at for job in waiting] == [AT + WAITS[0], AT + WAITS[1]]
        assert try_once(actor, ref)
        assert (troubled_mail(actor=actor), NoticeSent.objects.count()) == ([], 1)


def test_a_late_or_refused_mail_waits_for_its_next_window_and_goes_after_the_last(
    actor: Actor, notice_template: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    Server(monkeypatch, smtplib.SMTPDataError(451, b"later"), None)
    hour, day = dt.timedelta(hours=1), dt.timedelta(days=1)
    windows = [(AT, AT + 2 * hour), (AT + day, AT + day + hour)]
    draft = Draft(Recipient("reader@example.org"), "k", {"site": "Alder"})
    with in_district(actor.district_id):
        post_notices(actor=actor, kind="test", drafts=[draft], at=AT, windows=windows)
        ref = Notice.objects.get().ref
        late = AT + 2 * hour
        assert [try_once(actor, ref, AT + hour), try_once(actor, ref, late)] == [False, False]
        waiting = ProcrastinateJob.objects.exclude(scheduled_at=None).order_by("scheduled_at")
        assert [job.scheduled_at for job in waiting] == [AT + hour + WAITS[0], AT + day]
        assert try_once(actor, ref, AT + day)
    assert moment_to_go(kept(windows), AT + 3 * day) == AT + 3 * day


def test_what_is_refused_for_good_waits_for_a_person_who_tries_again_or_gives_up(
    actor: Actor, notice_template: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    refusal = smtplib.SMTPRecipientsRefused({"reader@example.org": (550, b"reader@example.org is unknown")})
    Server(monkeypatch, refusal, refusal)
    with in_district(actor.district_id):
        write(actor)
        ref = Notice.objects.get().ref
        try_once(actor, ref)
        (found,) = troubled_mail(actor=actor)
        assert (found.cause, found.code, found.is_stopped) == ("refused", 550, True)
        resend_notice(actor=actor, ref=ref, at=AT)
        with pytest.raises(WrongState):
            give_up_notice(actor=actor, ref=ref, at=AT)
        try_once(actor, ref)
        give_up_notice(actor=actor, ref=ref, at=AT)
        assert troubled_mail(actor=actor) == []
        events = AuditEvent.objects.filter(subject_ref=ref).values_list("event", flat=True)
        assert sorted(events) == ["notices.given_up", "notices.resent"]


def test_tries_end_after_two_days_and_a_private_notice_is_then_forgotten_and_never_listed(
    actor: Actor, notice_template: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    Server(monkeypatch, *[smtplib.SMTPServerDisconnected("gone")] * 20)
    with in_district(actor.district_id):
        write(actor, is_private=True)
        ref = Notice.objects.get().ref
        for _ in range(len(WAITS) + 1):
            try_once(actor, ref)
        assert (Notice.objects.get().recipient, Notice.objects.get().facts) == ("", {})
        assert NoticeTrouble.objects.get().state == "stopped"
        assert troubled_mail(actor=actor) == []
        with pytest.raises(NotFound):
            resend_notice(actor=actor, ref=ref, at=AT)
        assert not try_once(actor, ref)


def test_the_page_of_mail_that_did_not_arrive_never_shows_what_it_says(
    notice_template: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    Server(monkeypatch, smtplib.SMTPRecipientsRefused({"reader@example.org": (550, b"no")}))
    client = holder(make_district(), "it_administrator")
    actor = make_actor(District.objects.get(), "it_administrator")
    with in_district(actor.district_id):
        write(actor, facts={"site": "Told in the mail"})
        ref = Notice.objects.get().ref
        try_once(actor, ref)
    text = client.get("/en/outbox/trouble/").content.decode()
    assert "reader@example.org" in text and "Told in the mail" not in text
    assert client.post("/en/outbox/trouble/", {"mail": ref, "move": "give_up"}).status_code == 302
    assert "All mail was taken" in client.get("/en/outbox/trouble/").content.decode()


def test_half_a_year_later_nobody_knows_to_whom_it_went(actor: Actor, notice_template: None) -> None:
    later = AT + ADDRESSES_ARE_KEPT
    with in_district(actor.district_id):
        write(actor, "old", calendar="BEGIN:VCALENDAR")
        ref = Notice.objects.get().ref
        send_notice(actor=actor, ref=ref, at=AT, site_address="http://localhost")
        with override_settings(LEGAL_HOLD=True):
            assert forget_addresses(actor=actor, at=later) == 0
        assert forget_addresses(actor=actor, at=later - dt.timedelta(seconds=1)) == 0
        assert [forget_addresses(actor=actor, at=later) for _ in range(2)] == [1, 0]
        assert list(Notice.objects.values_list("key", "recipient", "facts", "calendar")) == [("old", "", {}, "")]
        assert list(NoticeSent.objects.values_list("sent_at", "body")) == [(AT, "")]
        assert AuditEvent.objects.filter(event="notices.forgotten").get().data == {"count": 1}
        write(actor, "old")
        assert Notice.objects.get().recipient == ""


def test_what_was_sent_can_be_erased_and_never_edited(actor: Actor, notice_template: None) -> None:
    with in_district(actor.district_id):
        write(actor)
        send_notice(actor=actor, ref=Notice.objects.get().ref, at=AT, site_address="http://localhost")
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            NoticeSent.objects.update(sent_at=AT - dt.timedelta(days=1))
