"""Two workers at the same moment, and one whose connection breaks: nobody gets a second mail, and nobody none."""

import pytest
from django.db import connection
from django.db.utils import OperationalError

from tests.factories import make_district, make_site
from tests.program.compliance.test_reminders import after, begun, run, staff
from tests.races import DONE, Wait, at_once
from upstander.district.places.models import District
from upstander.foundation.kernel.db import in_district
from upstander.foundation.notices.models import Notice
from upstander.program.compliance.models import Reminder, ReminderDigest

PEOPLE = 5


def test_two_workers_and_a_broken_one_write_one_mail_each(cloned_database: str) -> None:
    district = begun(make_district())
    site = make_site(district)
    for number in range(PEOPLE):
        staff(district, site, email=f"{number}@example.org")

    with pytest.raises(OperationalError):
        _run_without_power(district)
    connection.close()

    def work(wait: Wait) -> None:
        wait()
        run(district, after(1))

    assert at_once(work, work) == [DONE, DONE]
    with in_district(district.pk):
        counts = [table.objects.count() for table in (Notice, ReminderDigest, Reminder)]
    assert counts == [PEOPLE, PEOPLE, PEOPLE]


def _run_without_power(district: District) -> None:
    with in_district(district.pk):
        assert run(district, after(1)) == PEOPLE
        connection.connection.close()  # before anything is kept
        Notice.objects.count()
