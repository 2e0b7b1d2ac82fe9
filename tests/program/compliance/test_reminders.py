"""Reminders: one mail a week with all that is due, in the day's hours, once whatever happens; neutral in front."""

import datetime as dt
import random
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.factories import make_account, make_district, make_person, make_post, make_region, make_site
from tests.moments import AT
from tests.program.compliance.obligations_again import Books
from tests.program.compliance.test_obligations import LAW, hand, yearly
from upstander.district.people.models import Person
from upstander.district.people.services import put_on_leave
from upstander.district.places.models import ClosedDay, District
from upstander.district.places.services import add_school_year
from upstander.foundation.audit.models import AuditEvent
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.content import ContentRefused
from upstander.foundation.kernel.db import in_district
from upstander.foundation.kernel.errors import Invalid, NotAllowed
from upstander.foundation.notices.models import Notice
from upstander.program.compliance.content.schedules import read_schedule, usual_schedule
from upstander.program.compliance.models import Reminder, ReminderDigest, Requirement
from upstander.program.compliance.selectors.reminder_mail import mail_text
from upstander.program.compliance.selectors.reminder_plan import reminder_for, reminder_preview, reminders_planned
from upstander.program.compliance.selectors.reminders import (
    next_mail_day,
    reminder_log,
    schedule_in_force,
    unreached_people,
)
from upstander.program.compliance.services import (
    Entry,
    recompute_obligations,
    record_completions,
    set_requirement,
    set_schedule,
    write_reminders,
)

pytestmark = pytest.mark.django_db
USUAL = usual_schedule()
FIRST = dt.date(2026, 8, 10)
DUE = FIRST + dt.timedelta(days=42)  # Monday, September 21
NOON = dt.time(19, tzinfo=dt.UTC)  # in California


def noon(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, NOON)


@pytest.fixture
def district() -> District:
    """One yearly training of everyone, due six weeks after the school year began; reminders are on."""
    return begun(make_district())


def begun(district: District) -> District:
    actor = hand(district)
    with in_district(district.pk):
        add_school_year(actor=actor, name="2026-27", starts_on=FIRST, ends_on=dt.date(2027, 6, 5), at=AT)
        set_requirement(actor=actor, terms=yearly(title_es="Curso"), starts_on=dt.date(2026, 7, 1), at=AT)
        set_schedule(actor=actor, schedule=USUAL, is_on=True, at=AT)
    return district


def staff(district: District, site: Any, *, role: str = "teacher", **more: Any) -> Person:
    person = make_person(district, **more)
    make_post(person, role, site=site, starts_on=dt.date(2020, 1, 1))
    with in_district(district.pk):
        recompute_obligations(actor=hand(district), at=AT)
    return person


def run(district: District, day: dt.date) -> int:
    with in_district(district.pk):
        return write_reminders(actor=hand(district), at=noon(day))


def after(days: int) -> dt.date:
    return DUE + dt.timedelta(days=days)


def test_each_step_is_told_once_and_what_is_done_no_more(district: District) -> None:
    person = staff(district, make_site(district), email="ana@example.org", language="es")
    days = [after(each) for each in range(-40, 30)]
    assert [(day - DUE).days for day in days if run(district, day)] == [-28, -7, 1, 14]  # -30 is a Saturday
    with in_district(district.pk):
        assert list(Reminder.objects.order_by("pk").values_list("days", "outcome")) == [
            (step, "mailed") for step in (-30, -7, 1, 14)
        ]
        assert {notice.recipient for notice in Notice.objects.all()} == {"ana@example.org"}
        assert Notice.objects.order_by("pk")[0].facts["items"] == [
            {"title": "Curso", "due": "21 de septiembre de 2026", "is_late": False}
        ]
        record_completions(
            actor=hand(district), entries=[Entry(person.pk, LAW, after(20), "import", "list")], at=noon(after(20))
        )
        set_schedule(actor=hand(district), schedule=replace(USUAL, person_days=(21,)), is_on=True, at=AT)
    assert run(district, after(23)) == 0


def test_one_mail_a_week_holds_everything_and_the_database_sees_to_it(district: District) -> None:
    site, region = make_site(district, "Birch"), make_region(district, "West")
    head = staff(district, site, role="site_administrator", email="head@example.org")
    make_post(head, "region_lead", region=region, starts_on=dt.date(2020, 1, 1))
    staff(district, site, email="")
    with in_district(district.pk):
        other = yearly(subject="second", grace_days=45, title_en="Second")
        set_requirement(actor=hand(district), terms=other, starts_on=dt.date(2026, 7, 1), at=AT)
    assert run(district, after(8)) == 1
    with in_district(district.pk):
        (notice,) = Notice.objects.all()
        assert [item["title"] for item in notice.facts["items"]] == ["title en", "Second"]
        assert notice.facts["sites"] == [{"ref": site.ref, "name": "Birch", "late": 2, "unreached": 1}]
        digest = ReminderDigest.objects.get()
        assert (digest.items_count, digest.sites_count, digest.free_on) == (2, 1, after(15))
    assert [run(district, after(days)) for days in (8, 9, 14)] == [0, 0, 0]
    assert run(district, after(15)) == 1
    with in_district(district.pk), pytest.raises(IntegrityError), transaction.atomic():
        ReminderDigest.objects.create(
            district_id=district.pk,
            person=head,
            sent_on=after(16),
            free_on=after(23),
            items_count=1,
            sites_count=0,
            regions_count=0,
            recorded_at=AT,
        )


def test_a_regions_lead_hears_of_sites_three_weeks_on(district: District) -> None:
    region = make_region(district, "West")
    site = make_site(district, "Birch", region=region)
    staff(district, site, email="a@example.org")
    lead = make_person(district, email="lead@example.org")
    make_post(lead, "region_lead", region=region, starts_on=dt.date(2020, 1, 1))
    with in_district(district.pk):
        at: dict[str, Any] = {"actor": hand(district), "schedule": USUAL, "ref": lead.ref}
        before, then = (reminder_for(on=after(days), **at) for days in (20, 21))
        assert before is None or before.regions == []
        assert then
        assert then.regions == [{"ref": region.ref, "name": "West", "late": 1, "sites": 1}]


@pytest.mark.parametrize(
    ("local", "goes"),
    [("2026-09-14T07:59", 0), ("2026-09-14T08:00", 1), ("2026-09-14T16:59", 1), ("2026-09-14T17:00", 0)]
    + [("2026-09-13T12:00", 0), ("2026-09-15T12:00", 0), ("2026-08-05T12:00", 0)],
)
def test_no_mail_at_night_on_weekends_in_recess_and_in_summer(district: District, local: str, goes: int) -> None:
    staff(district, make_site(district))
    at = dt.datetime.fromisoformat(f"{local}-07:00")
    with in_district(district.pk):
        ClosedDay.objects.create(district_id=district.pk, on=dt.date(2026, 9, 15), name="Recess")
        every = replace(USUAL, person_days=(-90,))
        set_schedule(actor=hand(district), schedule=every, is_on=True, at=AT)
        assert write_reminders(actor=hand(district), at=at) == goes
        assert next_mail_day(actor=hand(district), after=dt.date(2026, 9, 12)) == dt.date(2026, 9, 14)


def test_a_late_mail_waits_for_the_hours_of_the_next_school_day(district: District) -> None:
    staff(district, make_site(district))
    with in_district(district.pk):
        ClosedDay.objects.create(district_id=district.pk, on=dt.date(2026, 9, 21), name="Recess")
    assert run(district, dt.date(2026, 9, 18)) == 1  # a Friday
    with in_district(district.pk):
        windows = Notice.objects.get().windows
    assert windows[:2] == [
        ["2026-09-18T15:00:00+00:00", "2026-09-19T00:00:00+00:00"],
        ["2026-09-22T15:00:00+00:00", "2026-09-23T00:00:00+00:00"],
    ]


def test_who_is_away_has_left_or_has_no_address_gets_none_and_it_is_written_why(district: District) -> None:
    site = make_site(district, "Birch")
    away, gone, silent = (staff(district, site, email=f"{n}@example.org" if n < 2 else "") for n in range(3))
    signs_in = staff(district, site, email="", account=make_account("by-account@example.org"))
    with in_district(district.pk):
        put_on_leave(actor=hand(district), leaves=[(away.pk, after(-1), after(40))], at=AT)
        gone.posts.update(ends_on=after(-10))
        recompute_obligations(actor=hand(district), at=AT)
    assert run(district, after(1)) == 1
    with in_district(district.pk):
        assert set(Reminder.objects.values_list("person_id", "outcome")) == {
            (silent.pk, "no_address"),
            (signs_in.pk, "mailed"),
        } | ({(away.pk, "on_leave")} if Reminder.objects.filter(person=away).exists() else set())
        assert Notice.objects.get().recipient == "by-account@example.org"
        lines = unreached_people(actor=hand(district), on=after(1), language="en")
        assert [(line.site, line.staff_number) for line in lines] == [("Birch", silent.staff_number)]
        assert {line.outcome for line in reminder_log(actor=hand(district), language="en")} >= {"mailed", "no_address"}


def test_nothing_goes_out_before_a_coordinator_starts_it_and_nobody_else_may(district: District) -> None:
    other = make_district("north", "north.localhost")
    with in_district(other.pk):
        assert not schedule_in_force(actor=hand(other)).is_on
        assert write_reminders(actor=hand(other), at=noon(after(1))) == 0
    staff(district, make_site(district))
    with in_district(district.pk):
        set_schedule(actor=hand(district), schedule=USUAL, is_on=False, at=AT)
        assert write_reminders(actor=hand(district), at=noon(after(1))) == 0
        nobody = Actor(hand(district).kind, district.pk, "nobody")
        for step in (
            lambda: set_schedule(actor=nobody, schedule=USUAL, is_on=True, at=AT),
            lambda: write_reminders(actor=nobody, at=noon(after(1))),
            lambda: reminder_preview(actor=nobody, schedule=USUAL, on=after(1)),
            lambda: unreached_people(actor=nobody, on=after(1), language="en"),
        ):
            with pytest.raises(NotAllowed):
                step()


@pytest.mark.parametrize(
    "change", [{"person_days": (-91,)}, {"person_days": tuple(range(7))}, {"from_hour": 17}, {"until_hour": 23}]
)
def test_a_schedule_out_of_bounds_is_refused(district: District, change: dict[str, Any]) -> None:
    with in_district(district.pk), pytest.raises(Invalid):
        set_schedule(actor=hand(district), schedule=replace(USUAL, **change), is_on=True, at=AT)


def test_a_preview_writes_nothing_and_is_what_then_happens(district: District) -> None:
    one, other = make_site(district, "Birch"), make_site(district, "Cedar")
    for number in range(3):
        staff(district, one, email=f"{number}@example.org")
    staff(district, other, email="")
    with in_district(district.pk):
        preview = reminder_preview(actor=hand(district), schedule=USUAL, on=after(1))
        assert (Notice.objects.count(), Reminder.objects.count(), ReminderDigest.objects.count()) == (0, 0, 0)
        assert preview.counts == {"mailed": 3, "waits": 0, "on_leave": 0, "no_address": 1}
        assert [(line.name, line.mailed, line.no_address) for line in preview.sites] == [
            ("Birch", 3, 0),
            ("Cedar", 0, 1),
        ]
        first = preview.recipients[0]
        said: dict[str, Any] = {"actor": hand(district), "told": first, "on": after(1), "site_address": "https://a.org"}
        subjects = {mail_text(language=code, **said)[0] for code in ("en", "es")}
        assert subjects == {"Your week: a few days to keep in mind", "Su semana: algunas fechas para tener presentes"}
        assert "Curso" in mail_text(language="es", **said)[1]
    assert run(district, after(1)) == 3
    with in_district(district.pk):
        assert reminder_preview(actor=hand(district), schedule=USUAL, on=after(2)).counts["mailed"] == 0


def test_a_killed_run_leaves_nothing_and_the_next_sends_once(
    district: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    staff(district, make_site(district))

    def killed(**_: object) -> None:
        raise KeyboardInterrupt

    with in_district(district.pk):
        with monkeypatch.context() as patched:
            patched.setattr("upstander.program.compliance.services.reminders.post_notices", killed)
            with pytest.raises(KeyboardInterrupt):
                write_reminders(actor=hand(district), at=noon(after(1)))
        assert (Notice.objects.count(), Reminder.objects.count(), ReminderDigest.objects.count()) == (0, 0, 0)
        assert [write_reminders(actor=hand(district), at=noon(after(1))) for _ in range(2)] == [1, 0]
        assert (Notice.objects.count(), AuditEvent.objects.filter(event="compliance.reminded").count()) == (1, 1)


def test_as_many_statements_for_thirty_people_as_for_one(district: District) -> None:
    site = make_site(district)

    def statements(more: int, day: dt.date) -> int:
        for number in range(more):
            staff(district, site, email=f"{day}{number}@example.org")
        with in_district(district.pk), CaptureQueriesContext(connection) as asked:
            assert write_reminders(actor=hand(district), at=noon(day)) == more
        return len(asked)

    assert statements(1, after(1)) == statements(30, after(2))


def test_a_second_route_agrees_to_the_person_for_random_days() -> None:
    """The plan, told again from the books row by row."""
    dice, seen = random.Random(7), Counter[str]()
    district = begun(make_district())
    sites = [make_site(district) for _ in range(3)]
    people = [make_person(district, email=dice.choice(["", f"{n}@example.org"])) for n in range(25)]
    actor = hand(district)
    with in_district(district.pk):
        for person in people:
            starts = dice.choice([dt.date(2020, 1, 1), FIRST + dt.timedelta(days=dice.randint(0, 60))])
            make_post(person, site=dice.choice(sites), starts_on=starts)
            if dice.random() < 0.3:
                away = FIRST + dt.timedelta(days=dice.randint(-20, 60))
                put_on_leave(actor=actor, leaves=[(person.pk, away, away + dt.timedelta(days=30))], at=AT)
            if dice.random() < 0.3:
                day = FIRST + dt.timedelta(days=dice.randint(0, 60))
                record_completions(actor=actor, entries=[Entry(person.pk, LAW, day, "import", "x")], at=AT)
        recompute_obligations(actor=actor, at=AT)
        (row,), books = Requirement.objects.filter(subject=LAW), Books()
        for days in (-45, -20, -7, 0, 3, 20, 60):
            found = {t.person_id: t.outcome for t in reminders_planned(actor=actor, schedule=USUAL, on=after(days))}
            again = {}
            for person in people:
                told = books.state(row, person.pk, after(days))
                state, due_on = told or ("none", None)
                reached = due_on and any(due_on + dt.timedelta(days=step) <= after(days) for step in USUAL.person_days)
                if reached and state in {"due", "grace", "overdue", "excused"}:
                    outcome = "on_leave" if state == "excused" else "mailed" if person.email else "no_address"
                    again[person.pk] = outcome
            assert found == again
            seen.update(found.values())
    assert set(seen) == {"mailed", "no_address", "on_leave"}


def test_the_shipped_schedule_is_read_and_a_broken_one_refused_with_its_line(tmp_path: Any) -> None:
    assert USUAL.person_days == (-30, -7, 1, 14)
    for folder in ("reminders", "schemas"):
        (tmp_path / folder).mkdir()
    schema = "schemas/reminders.schema.json"
    (tmp_path / schema).write_text((settings.CONTENT / schema).read_text())
    text = (settings.CONTENT / "reminders/usual.yaml").read_text()
    (tmp_path / "reminders/usual.yaml").write_text(text.replace("-30", "-3000"))
    with pytest.raises(ContentRefused, match="usual.yaml"):
        read_schedule(tmp_path)
