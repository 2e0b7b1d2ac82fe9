"""Jobs open their own district, and mails link to the district's own host."""

import datetime as dt

import pytest
from django.contrib.sessions.models import Session
from django.test import override_settings
from procrastinate.contrib.django import app

from tests.factories import make_district
from upstander.district.places.selectors import site_address
from upstander.foundation.kernel.clock import now
from upstander.foundation.kernel.models import RateCount
from upstander.jobs.timetable import forget

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("address", "links"),
    [
        ("http://localhost:8000", "http://north.example:8000"),
        ("https://alder.example", "https://north.example"),
    ],
)
def test_a_mail_links_to_the_host_of_its_own_district(address: str, links: str) -> None:
    make_district("alder", "alder.example")
    north = make_district("fork", "north.example")
    with override_settings(SITE_ADDRESS=address):
        assert site_address(north.pk) == links


def test_each_day_ended_sessions_and_old_counters_go_and_nothing_else() -> None:
    at = now()
    for name, age in (("old", dt.timedelta(days=2)), ("new", dt.timedelta(minutes=5))):
        RateCount.objects.create(key=name, window_starts_at=at - age, tries_count=1)
        Session.objects.create(session_key=name, session_data="", expire_date=at + dt.timedelta(days=1) - age)
    for _ in range(2):
        forget(0)
        assert [row.key for row in RateCount.objects.all()] == ["new"]
        assert [row.session_key for row in Session.objects.all()] == ["new"]


def test_the_timetable_stands_in_the_queue() -> None:
    names = {task.task.name for task in app.periodic_registry.periodic_tasks.values()}
    assert names >= {"house.forget", "house.forget_jobs"}
