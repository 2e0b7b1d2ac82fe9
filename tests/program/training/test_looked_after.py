"""The daily round of requests: what a step has done stays, whatever becomes of the next one."""

import datetime as dt

import psycopg
import pytest
from django.conf import settings
from django.db import ProgrammingError

from tests.factories.training import ask, make_world
from tests.moments import AT
from tests.plugins.server import Server
from upstander.commands.database import OWNER
from upstander.foundation.kernel.db import in_district
from upstander.jobs.timetable import look_after_requests
from upstander.program.training.models import Request


def test_a_step_that_fails_leaves_what_was_done_before_it(cloned_database: str, server: Server) -> None:
    world, long_ago = make_world(), AT - dt.timedelta(days=200)
    late, ended = ask(world, at=long_ago), ask(world, at=long_ago)
    with in_district(world.district.pk):
        gone = {"state": "declined", "state_since": long_ago, "requested_by": None, "contact_email": "a@example.org"}
        Request.objects.filter(pk=ended.pk).update(**gone)
    with psycopg.connect(server.url(OWNER, cloned_database), autocommit=True) as owner:
        owner.execute(f"REVOKE INSERT ON notices_notice FROM {settings.DATABASE_APP_ROLE}")
    with pytest.raises(ProgrammingError, match="notices_notice"):
        look_after_requests(0)
    with in_district(world.district.pk):
        assert Request.objects.get(pk=ended.pk).contact_email == ""
        assert Request.objects.get(pk=late.pk).escalated == 0
