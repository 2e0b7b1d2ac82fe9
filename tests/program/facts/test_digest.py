"""A week's mail about facts: to who answers for them, once, and none when there is nothing to tell; and what is carried
into the next edition."""

import datetime as dt
import json
from argparse import Namespace

import pytest
from tests.factories import make_actor, make_district
from tests.moments import AT, TODAY

from upstander.commands import corrections
from upstander.district.accounts.models import Account
from upstander.district.places.models import District
from upstander.foundation.audit.models import AuditEvent
from upstander.foundation.kernel.actor import Actor, job
from upstander.foundation.kernel.db import in_district
from upstander.foundation.notices.models import Notice
from upstander.foundation.notices.services import drawn
from upstander.program.facts.selectors import shipped_entries
from upstander.program.facts.services import Correction, check_again, correct_fact, tell_week

pytestmark = pytest.mark.django_db

LINE, OTHER, SITE = "line.childhelp", "line.crisis_988", "https://alder.example"
DAY, WEEK = dt.timedelta(days=1), dt.timedelta(days=7)
RIGHT = Correction("1-800-555-0199", None, None, "The line itself", "", TODAY, TODAY + 180 * DAY)


@pytest.fixture
def district() -> District:
    return make_district("alder", "alder.example")


@pytest.fixture
def editor(district: District) -> Actor:
    return make_actor(district)


def correct(editor: Actor, key: str = LINE) -> None:
    with in_district(editor.district_id, account_id=editor.account_id):
        correct_fact(actor=editor, key=key, correction=RIGHT, reason="wrong", over=0, at=AT)


def told(district: District, at: dt.datetime) -> int:
    with in_district(district.pk):
        return tell_week(actor=job("facts.tell_week", district.pk, frozenset({"facts.edit"})), at=at)


def mails(district: District) -> list[Notice]:
    with in_district(district.pk):
        return list(Notice.objects.filter(kind="facts_week").order_by("created_at", "recipient"))


def test_who_answers_for_facts_is_told_once_a_week_and_only_of_what_happened(district: District, editor: Actor) -> None:
    make_actor(district, "it_administrator")
    make_actor(make_district("fork", "fork.example"))
    assert told(district, AT) == 0
    correct(editor)
    assert told(district, AT) == 1, "what waits for a second person is told, though nothing was corrected last week"
    for late in (WEEK, WEEK, WEEK + 2 * DAY):
        told(district, AT + late)
    first, second = mails(district)
    assert {first.recipient, second.recipient} == {Account.objects.get(ref=editor.name).email}
    subject, body = drawn(second.kind, second.facts, "en", SITE)
    assert subject == "Numbers and facts: this week"
    assert "Corrected last week" in body and "Corrected last week" not in drawn(first.kind, first.facts, "en", SITE)[1]
    assert "(the coordinator, by Nov. 23, 2026)" in body
    assert body.count("1-800-555-0199") == 2 and f"{SITE}/en/facts/" in body
    assert drawn(second.kind, second.facts, "es", SITE)[0] == "Números y datos: esta semana"
    with in_district(district.pk):
        assert AuditEvent.objects.filter(event="facts.week_told").count() == 4


def test_what_runs_out_is_told_by_its_first_ones_and_the_number_of_the_others(
    district: District, editor: Actor
) -> None:
    last = max(entry.expires_on for entry in shipped_entries().values())
    told(district, dt.datetime.combine(last, dt.time(18), dt.UTC))
    (mail,) = mails(district)
    _subject, body = drawn(mail.kind, mail.facts, "en", SITE)
    assert "To be read again now:" in body and "Corrected" not in body
    assert body.count("\n- ") == 13
    assert f"- and {len(shipped_entries()) - 12} more" in body


def test_the_keeper_of_the_edition_sees_what_districts_say_otherwise(
    district: District, editor: Actor, capsys: pytest.CaptureFixture[str]
) -> None:
    fork = make_actor(make_district("fork", "fork.example"))
    correct(editor)
    correct(fork)
    days = {"read_on": TODAY, "expires_on": TODAY + 700 * DAY}
    with in_district(fork.district_id, account_id=fork.account_id):
        check_again(actor=fork, key=OTHER, over=0, at=AT, **days)
    assert corrections.run(Namespace(json=True)) == 0
    rows = json.loads(capsys.readouterr().out)
    assert [(row["fact"], row["district"], row["what"]) for row in rows] == [
        (LINE, "alder", "corrected, nobody has confirmed it"),
        (LINE, "fork", "corrected, nobody has confirmed it"),
        (OTHER, "fork", "read again"),
    ]
    corrections.run(Namespace(json=False))
    said = capsys.readouterr().out
    assert f"{LINE}: the edition says {shipped_entries()[LINE].value}" in said
    assert "3 to look at" in said
